//! What the roles of a process stand on: databases, the bus, settings of the edge.

use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use bus::Bus;
use gateway::Documents;
use runtime::{Clock, Entropy, Health, Keys, Purpose, SettingFault, make_private};
use store::{DeletionLog, Migrations, Store};

use super::Surroundings;
use crate::config::Config;

/// Keys on a Redis that the board may share with others.
const BUS_PREFIX: &str = "palier";

/// How the roles here tell the others.
pub(crate) fn bus(config: &Config, around: &Surroundings) -> Result<Bus, SettingFault> {
    match &config.bus {
        Some(address) => {
            let prefix = config.bus_prefix.as_deref().unwrap_or(BUS_PREFIX);
            Bus::redis(address, prefix, around.clock.clone(), &around.entropy)
        }
        None if around.roles.is_all() => Ok(Bus::memory()),
        None => Err(SettingFault::new(
            "bus",
            "roles in processes of their own need one",
            "name a Redis: redis://HOST:PORT",
        )),
    }
}

/// What identity is told about the instance.
pub(crate) fn identity_settings(config: &Config) -> identity::Settings {
    identity::Settings {
        public_url: config.public_url(),
        sender_name: config.mail.sender_name.clone(),
        sender_address: config.mail.sender_address.clone(),
    }
}

/// One role's database, migrated.
pub(crate) async fn open(config: &Config, migrations: Migrations) -> Result<Store, SettingFault> {
    let setting = format!("stores.{}", migrations.role);
    let remedy = "check the address, that the server runs and that this user may use it";
    let store = Store::open(&config.store(migrations.role))
        .await
        .map_err(|fault| SettingFault::new(&setting, fault.to_string(), remedy))?;
    migrations.apply(&store).await.map_err(|fault| {
        SettingFault::new(
            &setting,
            fault.to_string(),
            "run `palier migrate` with a newer palier, or restore a backup",
        )
    })?;
    Ok(store)
}

/// The log of what was deleted, in its own database, which becomes one of `stores`.
///
/// # Errors
/// When it cannot be opened, or was written with other keys.
pub(crate) async fn log(
    store: &Store,
    keys: &Keys,
    clock: &Clock,
    entropy: &Entropy,
) -> Result<DeletionLog, SettingFault> {
    let (ring, clock) = (keys.ring(Purpose::Deletions).clone(), clock.clone());
    let log = DeletionLog::new(
        store.clone(),
        Arc::new(move |name| {
            let newest_last: Vec<_> = ring.all().map(|key| key.hash(name)).collect();
            newest_last.into_iter().rev().collect()
        }),
        Arc::new(move || clock.now_ms()),
    );
    log.id(entropy.bytes()).await.map_err(|fault| {
        let remedy = "restore the key folder from its copy, or name the log of this board";
        SettingFault::new("stores.deletions", fault.to_string(), remedy)
    })?;
    Ok(log)
}

/// That no backup was restored half-way: in between the board has what is gone.
pub(super) async fn whole(log: &DeletionLog, serves: bool) -> Result<(), SettingFault> {
    let fault = |fault: String, remedy: &str| SettingFault::new("stores", fault, remedy);
    match log.is_restoring().await {
        Ok(true) if serves => Err(fault(
            "a backup was being restored and is not whole".to_owned(),
            "empty the databases and the pictures, then run `palier restore` again",
        )),
        Ok(_) => Ok(()),
        Err(error) => Err(fault(error.to_string(), "run `palier doctor`")),
    }
}

pub(super) async fn check(stores: &[(&'static str, Store)], bus: &Bus, health: &Health) {
    for (role, store) in stores {
        health.set(&format!("{role}.store"), store.is_well().await);
    }
    health.set("bus", bus.is_well().await);
}

/// Makes a folder for this user alone, unless it is there.
pub(crate) fn prepare(path: &Path, setting: &str) -> Result<(), SettingFault> {
    make_private(path).map_err(|error| {
        SettingFault::new(
            setting,
            format!("{}: {error}", path.display()),
            "name a folder that this user may write",
        )
    })
}

/// What the edge is told.
pub(crate) fn edge(config: &Config, demo: bool) -> Result<gateway::Settings, SettingFault> {
    let public_url = config.public_url();
    let listed = Documents::of_web_app();
    let listed = listed.map_err(|fault| {
        SettingFault::new(
            "the web app's documents",
            fault.to_string(),
            "build Palier anew",
        )
    })?;
    let documents = match &config.gateway.documents {
        None => listed,
        Some(path) => fs::read_to_string(path)
            .map_err(|error| error.to_string())
            .and_then(|json| Documents::from_json(&json).map_err(|fault| fault.to_string()))
            .map(|more| listed.and(more))
            .map_err(|fault| {
                SettingFault::new(
                    "gateway.documents",
                    fault,
                    "name the file that the client generator wrote",
                )
            })?,
    };
    let mut limits = gateway::Limits::default();
    if let Some(connections) = config.gateway.connections {
        limits.connections = usize::from(connections).max(1);
    }
    limits.rates = config.gateway.rates.over(&limits.rates);
    if let Some(ms) = config.gateway.shared_rates_within_ms {
        limits.shared_rates_within = Duration::from_millis(ms.into());
    }
    Ok(gateway::Settings {
        limits,
        insecure_cookie: demo && public_url.starts_with("http://"),
        public_url,
        more_origins: config.gateway.more_origins.clone(),
        introspection: demo || config.gateway.introspection,
        free_form_documents: demo || config.gateway.free_form_documents,
        documents: Arc::new(documents),
        tiles: Some(config.tiles()),
        trusted_proxies: config.gateway.trusted_proxies,
    })
}
