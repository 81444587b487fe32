//! Settings by themselves: whether each can be read, and whether they go together.

use std::collections::BTreeMap;

use identity::Mail;
use runtime::SettingFault;

use crate::config::Config;
use crate::wiring::{Pictures, Role, Roles, Surroundings, addresses, bus, edge, identity_settings};

/// That what these roles are told can be read.
///
/// # Errors
/// The first setting that cannot be used.
pub(crate) fn settings(config: &Config, roles: &Roles) -> Result<(), SettingFault> {
    if roles.has(Role::Identity) {
        identity_settings(config).check()?;
        Mail::at(&config.mail())?;
    }
    if roles.has(Role::Gateway) {
        edge(config, false)?;
        for role in Role::ALL.into_iter().filter(|role| !roles.has(*role)) {
            addresses(config, role)?;
        }
    }
    if roles.has(Role::Media) {
        Pictures::at(config)?;
    }
    bus(config, &Surroundings::serving(roles.clone(), false))?;
    let mut taken = BTreeMap::new();
    for migrations in roles.databases() {
        let (role, address) = (migrations.role, config.store(migrations.role));
        if !["sqlite://", "postgres://", "postgresql://"]
            .iter()
            .any(|form| address.starts_with(form))
        {
            let fault = "this is no address of a database";
            return Err(SettingFault::new(
                format!("stores.{role}"),
                fault,
                STORE_FORMS,
            ));
        }
        if let Some(other) = taken.insert(address, role) {
            let fault = format!("this is the database of {other}, too");
            let remedy = "give each a file, a database or a schema of its own";
            return Err(SettingFault::new(format!("stores.{role}"), fault, remedy));
        }
    }
    Ok(())
}

const STORE_FORMS: &str = "write sqlite://PATH or postgres://USER:PASSWORD@HOST/DATABASE";
