//! `palier doctor`: what is wrong and what to do. Changes nothing.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use identity::Mail;
use runtime::{Clock, DAY_MS, Keys, Purpose, SettingFault, is_open_to_others};
use store::{Migrations, Outbox, Store};

use crate::cli::{CommandFault, tell};
use crate::config::Config;
use crate::examine::{Seen, keys, settings, store};
use crate::key_folder;
use crate::wiring::{
    Pictures, Role, Roles, Surroundings, addresses, bus, credentials, is_heard_of,
};

/// 2025-01-01: a clock before this is wrong.
const EARLIEST_MS: i64 = 1_735_689_600_000;
/// More than this many waiting events mean that something does not hear.
const WAITING_AT_MOST: i64 = 1_000;
/// A certificate that is over within this time is told of.
const RENEWED_BEFORE_MS: i64 = 30 * DAY_MS;

/// What was told, each thing once: processes of their own have much in common.
#[derive(Default)]
struct Findings {
    wrong: bool,
    told: BTreeSet<String>,
}

impl Findings {
    fn tell(&mut self, line: &str) {
        if self.told.insert(line.to_owned()) {
            tell(line);
        }
    }

    fn well(&mut self, what: &str) {
        self.tell(&format!("ok    {what}"));
    }

    fn note(&mut self, what: &str) {
        self.tell(&format!("note  {what}"));
    }

    fn wrong(&mut self, what: &str, remedy: &str) {
        self.wrong = true;
        self.tell(&format!("WRONG {what}: {remedy}"));
    }

    fn fault(&mut self, fault: &SettingFault) {
        self.wrong(
            &format!("{}: {}", fault.setting, fault.fault),
            &fault.remedy,
        );
    }
}

/// Looks at everything that these roles need, one line for each thing: each role as a process of its own where there is a bus,
/// else the one process that is the board. No role stands for all.
pub async fn run(config: &Config, roles: &[Role]) -> Result<ExitCode, CommandFault> {
    let mut findings = Findings::default();
    findings.well("configuration: every setting is known");
    if Clock::System.now_ms() < EARLIEST_MS {
        findings.wrong(
            "clock: it says a time before 2025",
            "set the machine's clock (NTP)",
        );
    } else {
        findings.well("clock");
    }
    let processes: Vec<Roles> = match (config.bus.is_some(), roles) {
        (false, []) => vec![Roles::all()],
        (_, []) => Role::ALL.map(|role| Roles::of([role])).into(),
        (_, roles) => roles.iter().map(|role| Roles::of([*role])).collect(),
    };
    for roles in processes {
        look_at_process(config, &roles, &mut findings).await;
    }
    Ok(ExitCode::from(u8::from(findings.wrong)))
}

async fn look_at_process(config: &Config, roles: &Roles, findings: &mut Findings) {
    if let Err(fault) = settings(config, roles) {
        findings.fault(&fault);
    }
    if config.data.is_dir() {
        let pictures = look_at_pictures(config, roles, findings).await;
        look_at_folders(config, roles, pictures, findings);
    } else if roles.is_all() {
        return findings.wrong(
            "data folder: it is not there",
            "start `palier all` once, or name it with --data",
        );
    } else {
        look_at_pictures(config, roles, findings).await;
    }
    let keys = look_at_keys(config, roles, findings);
    for migrations in roles.databases() {
        look_at_store(config, migrations, keys.as_ref(), findings).await;
    }
    if roles.has(Role::Identity) {
        look_at_mail(config, findings).await;
    }
    if !roles.is_all() {
        look_at_bus(config, roles, findings).await;
        look_at_others(config, roles, findings).await;
    }
}

fn look_at_keys(config: &Config, roles: &Roles, findings: &mut Findings) -> Option<Keys> {
    if !config.keys().is_dir() {
        findings.wrong(
            "keys: no folder",
            "restore it from its backup, or start `palier all` on an empty board",
        );
        return None;
    }
    let wanted = if roles.is_all() {
        Purpose::ALL.into()
    } else {
        roles.purposes()
    };
    if let Err(fault) = keys(config, roles, false) {
        findings.fault(&fault);
        return None;
    }
    match Keys::given(&config.keys(), &wanted) {
        Ok(keys) => {
            findings.well("keys");
            Some(keys)
        }
        Err(fault) => {
            findings.wrong(&fault.to_string(), "then run doctor again");
            None
        }
    }
}

/// Whether the pictures can be reached; the folder they are in, if they are in one.
async fn look_at_pictures(
    config: &Config,
    roles: &Roles,
    findings: &mut Findings,
) -> Option<PathBuf> {
    if !roles.has(Role::Media) {
        return None;
    }
    let looked = async {
        let pictures = Pictures::at(config)?;
        pictures.look().await?;
        Ok::<_, SettingFault>(pictures)
    };
    match looked.await {
        Ok(Pictures::Folder(folder)) => Some(folder),
        Ok(Pictures::Bucket(_)) => {
            findings.well("pictures: the bucket opens");
            None
        }
        Err(fault) => {
            findings.fault(&fault);
            None
        }
    }
}

/// Whether nobody else on this machine can read what is kept, wherever that is.
fn look_at_folders(
    config: &Config,
    roles: &Roles,
    pictures: Option<PathBuf>,
    findings: &mut Findings,
) {
    let mut kept = BTreeSet::from([config.data.clone(), config.keys()]);
    kept.extend(pictures);
    if let Ok(Mail::Folder(folder)) = Mail::at(&config.mail()) {
        kept.insert(folder);
    }
    for migrations in roles.databases() {
        let file = config.store_file(migrations.role);
        kept.extend(file.as_deref().and_then(Path::parent).map(Path::to_owned));
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
        findings.well("data folder");
    }
}

async fn look_at_mail(config: &Config, findings: &mut Findings) {
    match Mail::at(&config.mail()) {
        Ok(Mail::Folder(folder)) if folder.is_dir() => findings.note(&format!(
            "mail: goes into the folder {} and to nobody; name a mail server in mail.to before neighbours join",
            folder.display()
        )),
        Ok(Mail::Folder(folder)) => findings.wrong(
            &format!("mail: there is no folder {}", folder.display()),
            "start `palier all` once, or name a mail server in mail.to",
        ),
        Ok(mail) => match mail.look().await {
            Ok(()) => findings.well("mail: the server answers"),
            Err(why) => findings.wrong(
                &format!("mail.to: {why}"),
                "check the server, its port and the name and password in mail.to",
            ),
        },
        // Told with the other settings.
        Err(_) => {}
    }
}

async fn look_at_bus(config: &Config, roles: &Roles, findings: &mut Findings) {
    // Where the setting itself is wrong, that is told already.
    let Ok(bus) = bus(config, &Surroundings::serving(roles.clone(), false)) else {
        return;
    };
    match bus.look().await {
        Ok(()) => findings.well("bus"),
        Err(fault) => findings.wrong(
            &format!("bus: {fault}"),
            "check the address and that the server runs; until then events wait, and each edge counts rates alone",
        ),
    }
}

/// The certificates of these roles, and, as the edge sees them, the others.
async fn look_at_others(config: &Config, roles: &Roles, findings: &mut Findings) {
    for role in roles.iter() {
        let own = match credentials(config, role) {
            Ok(own) => own,
            Err(fault) => {
                findings.fault(&fault);
                continue;
            }
        };
        let name = role.name();
        if own.are_good_at(name, Clock::System.now_ms() + RENEWED_BEFORE_MS) {
            findings.well(&format!("certificate of {name}"));
        } else {
            findings.wrong(
                &format!("certificates: {name}.pem is over within 30 days"),
                "run `palier secrets --renew` and give each process its new one",
            );
        }
        if role != Role::Gateway {
            continue;
        }
        for other in Role::ALL.into_iter().filter(|other| !roles.has(*other)) {
            for address in addresses(config, other).unwrap_or_default() {
                let (name, what) = (other.name(), format!("{} at {address}", other.name()));
                match transport::knock(name, &address, &own).await {
                    Ok(()) => findings.well(&what),
                    Err(why) => findings.wrong(
                        &format!("roles.{name}.at: {what} does not answer: {why}"),
                        "start its process, check the address, and that both have certificates of one authority",
                    ),
                }
            }
        }
    }
}

async fn look_at_store(
    config: &Config,
    migrations: Migrations,
    keys: Option<&Keys>,
    findings: &mut Findings,
) {
    let role = migrations.role;
    let store = match store(config, migrations).await {
        Ok(Seen::There(store)) => store,
        Ok(Seen::NotYet) => {
            return findings.wrong(
                &format!("store of {role}: no file"),
                "start `palier all`, or run `palier migrate`",
            );
        }
        Err(fault) => return findings.fault(&fault),
    };
    match migrations.pending(&store).await {
        Ok(pending) if pending.is_empty() => {
            findings.well(&format!("store of {role}"));
            look_into(config, role, &store, keys, findings).await;
        }
        Ok(pending) => findings.wrong(
            &format!("store of {role}: {} migrations are pending", pending.len()),
            "run `palier migrate`",
        ),
        Err(fault) => findings.wrong(&format!("store of {role}: {fault}"), "restore a backup"),
    }
    store.close().await;
}

/// Whether the keys are those of the accounts, and how many events wait.
async fn look_into(
    config: &Config,
    role: &str,
    store: &Store,
    keys: Option<&Keys>,
    findings: &mut Findings,
) {
    if let Some(keys) = keys.filter(|_| role == identity::STREAM)
        && let Err(fault) = key_folder::belong(config, store, keys).await
    {
        findings.fault(&fault);
    }
    if !is_heard_of(role) {
        return;
    }
    match Outbox::of(store.clone()).depth().await {
        Ok(depth) if depth <= WAITING_AT_MOST => {
            findings.well(&format!("events of {role}: {depth} wait"));
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
