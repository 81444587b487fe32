//! `palier doctor`: what is wrong and what to do. Changes nothing.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use identity::Mail;
use runtime::{Clock, Keys, SettingFault, is_open_to_others};
use store::{Outbox, Store};

use crate::cli::{CommandFault, tell};
use crate::config::Config;
use crate::key_folder;
use crate::wiring::{DATABASES, Pictures};

/// 2025-01-01: a clock before this is wrong.
const EARLIEST_MS: i64 = 1_735_689_600_000;
/// More than this many waiting events mean that something does not hear.
const WAITING_AT_MOST: i64 = 1_000;

struct Findings(u8);

impl Findings {
    fn well(what: &str) {
        tell(&format!("ok    {what}"));
    }

    fn note(what: &str) {
        tell(&format!("note  {what}"));
    }

    fn wrong(&mut self, what: &str, remedy: &str) {
        self.0 = 1;
        tell(&format!("WRONG {what}: {remedy}"));
    }
}

/// Looks at everything, one line for each thing.
pub async fn run(config: &Config) -> Result<ExitCode, CommandFault> {
    let mut findings = Findings(0);
    Findings::well("configuration: every setting is known");
    if Clock::System.now_ms() < EARLIEST_MS {
        findings.wrong(
            "clock: it says a time before 2025",
            "set the machine's clock (NTP)",
        );
    } else {
        Findings::well("clock");
    }
    if config.data.is_dir() {
        let pictures = look_at_pictures(config, &mut findings).await;
        look_at_folders(config, pictures, &mut findings);
    } else {
        findings.wrong(
            "data folder: it is not there",
            "start `palier all` once, or name it with --data",
        );
        return Ok(ExitCode::from(findings.0));
    }
    let keys = look_at_keys(config, &mut findings);
    for migrations in DATABASES {
        look_at_store(config, migrations, keys.as_ref(), &mut findings).await;
    }
    look_at_mail(config, &mut findings);
    Ok(ExitCode::from(findings.0))
}

fn look_at_keys(config: &Config, findings: &mut Findings) -> Option<Keys> {
    if !config.keys().is_dir() {
        findings.wrong(
            "keys: no folder",
            "restore it from its backup, or start `palier all` on an empty board",
        );
        return None;
    }
    match Keys::existing(&config.keys()) {
        Ok(keys) => {
            Findings::well("keys");
            Some(keys)
        }
        Err(fault) => {
            findings.wrong(&fault.to_string(), "then run doctor again");
            None
        }
    }
}

/// Whether the pictures can be reached; the folder they are in, if they are in one.
async fn look_at_pictures(config: &Config, findings: &mut Findings) -> Option<PathBuf> {
    let looked = async {
        let pictures = Pictures::at(config)?;
        pictures.look().await?;
        Ok::<_, SettingFault>(pictures)
    };
    match looked.await {
        Ok(Pictures::Folder(folder)) => Some(folder),
        Ok(Pictures::Bucket(_)) => {
            Findings::well("pictures: the bucket opens");
            None
        }
        Err(fault) => {
            let found = format!("{}: {}", fault.setting, fault.fault);
            findings.wrong(&found, &fault.remedy);
            None
        }
    }
}

/// Whether nobody else on this machine can read what is kept, wherever that is.
fn look_at_folders(config: &Config, pictures: Option<PathBuf>, findings: &mut Findings) {
    let mut kept = BTreeSet::from([config.data.clone(), config.keys()]);
    kept.extend(pictures);
    if let Ok(Mail::Folder(folder)) = Mail::at(&config.mail()) {
        kept.insert(folder);
    }
    for migrations in DATABASES {
        let address = config.store(migrations.role);
        let file = address.strip_prefix("sqlite://").map(Path::new);
        kept.extend(file.and_then(Path::parent).map(Path::to_owned));
    }
    // What is not there is somebody else's finding.
    let open = |path: &PathBuf| is_open_to_others(path).unwrap_or(false);
    let open: Vec<PathBuf> = kept.into_iter().filter(open).collect();
    for path in &open {
        findings.wrong(
            &format!("data folder: others may read {}", path.display()),
            "run chmod 700 on it",
        );
    }
    if open.is_empty() {
        Findings::well("data folder");
    }
}

fn look_at_mail(config: &Config, findings: &mut Findings) {
    match Mail::at(&config.mail()) {
        Ok(Mail::Folder(folder)) if folder.is_dir() => Findings::note(&format!(
            "mail: goes into the folder {} and to nobody; name a mail server in mail.to before neighbours join",
            folder.display()
        )),
        Ok(Mail::Folder(folder)) => findings.wrong(
            &format!("mail: there is no folder {}", folder.display()),
            "start `palier all` once, or name a mail server in mail.to",
        ),
        Ok(Mail::Smtp(_)) => Findings::well("mail: its address can be read"),
        Err(fault) => findings.wrong(&fault.to_string(), "then run doctor again"),
    }
}

async fn look_at_store(
    config: &Config,
    migrations: store::Migrations,
    keys: Option<&Keys>,
    findings: &mut Findings,
) {
    let role = migrations.role;
    let address = config.store(role);
    if let Some(path) = address.strip_prefix("sqlite://")
        && !std::path::Path::new(path).is_file()
    {
        return findings.wrong(
            &format!("store of {role}: no file"),
            "start `palier all`, or run `palier migrate`",
        );
    }
    let store = match Store::open(&address).await {
        Ok(store) => store,
        Err(fault) => {
            return findings.wrong(
                &format!("store of {role}: {fault}"),
                "check stores in palier.toml and that the server runs",
            );
        }
    };
    match migrations.pending(&store).await {
        Ok(pending) if pending.is_empty() => {
            Findings::well(&format!("store of {role}"));
            if let Some(keys) = keys.filter(|_| role == identity::STREAM)
                && let Err(fault) = key_folder::belong(config, &store, keys).await
            {
                let found = format!("{}: {}", fault.setting, fault.fault);
                findings.wrong(&found, &fault.remedy);
            }
        }
        Ok(pending) => findings.wrong(
            &format!("store of {role}: {} migrations are pending", pending.len()),
            "run `palier migrate`",
        ),
        Err(fault) => findings.wrong(&format!("store of {role}: {fault}"), "restore a backup"),
    }
    if [identity::STREAM, posts::STREAM].contains(&role) {
        match Outbox::of(store.clone()).depth().await {
            Ok(depth) if depth <= WAITING_AT_MOST => {
                Findings::well(&format!("events of {role}: {depth} wait"));
            }
            Ok(depth) => findings.wrong(
                &format!("events of {role}: {depth} wait"),
                "look in the log for \"events wait\": a role cannot handle them",
            ),
            Err(fault) => findings.wrong(
                &format!("events of {role}: {fault}"),
                "run `palier migrate`",
            ),
        }
    }
    store.close().await;
}
