//! `palier keys`: which there are, and replacing them.

use std::process::ExitCode;

use clap::Subcommand;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use runtime::{
    Clock, Entropy, KeyFault, Keys, Purpose, SettingFault, Stage, announce_key, key_files,
    remove_older_keys, use_announced_key,
};
use store::{DELETIONS, Store, StoreFault};

use super::migrate::has_database;
use crate::cli::{CommandFault, tell};
use crate::config::Config;
use crate::rotation::{Stay, in_words, may_go};
use crate::wiring::{Role, log, open};

/// What to do with keys.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// List them: which are used, which are announced, which may go.
    List,
    /// Make the next key of each of these purposes. One process uses it from its next start; processes of their own are given it
    /// first, to read with.
    Rotate {
        /// Which.
        #[arg(required = true, value_name = "PURPOSE", value_parser = purpose())]
        purposes: Vec<Purpose>,
    },
    /// Use the keys that were announced: when every process has them.
    Use {
        /// Which.
        #[arg(required = true, value_name = "PURPOSE", value_parser = purpose())]
        purposes: Vec<Purpose>,
    },
    /// Remove older keys, where nothing is under them any more.
    Retire {
        /// Which.
        #[arg(required = true, value_name = "PURPOSE", value_parser = purpose())]
        purposes: Vec<Purpose>,
    },
}

fn purpose() -> impl TypedValueParser<Value = Purpose> {
    PossibleValuesParser::new(Purpose::ALL.map(Purpose::stem)).try_map(|stem| {
        let mut all = Purpose::ALL.into_iter();
        all.find(|purpose| purpose.stem() == stem)
            .ok_or("no such purpose")
    })
}

impl Command {
    /// Does it.
    pub async fn run(self, config: &Config) -> Result<ExitCode, CommandFault> {
        match self {
            Self::List => list(config).await,
            Self::Rotate { purposes } => rotate(config, &purposes),
            Self::Use { purposes } => begin_use(config, &purposes),
            Self::Retire { purposes } => retire(config, &purposes).await,
        }
    }
}

async fn list(config: &Config) -> Result<ExitCode, CommandFault> {
    let now_ms = Clock::System.now_ms();
    for purpose in Purpose::ALL {
        for file in key_files(&config.keys(), purpose).map_err(|why| fault(&why))? {
            let how = match file.stage {
                Stage::Used => format!("used for {}", in_words((now_ms - file.since_ms).max(0))),
                Stage::Announced => "announced, and not used yet".to_owned(),
                Stage::Older => match stay(config, purpose).await? {
                    None => "older; it may go".to_owned(),
                    Some(stay) => format!("older; it stays: {stay}"),
                },
            };
            tell(&format!("{} {}: {how}", purpose.stem(), file.id));
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn rotate(config: &Config, purposes: &[Purpose]) -> Result<ExitCode, CommandFault> {
    let folder = config.keys();
    // Not in place of keys that are elsewhere.
    let keys = Keys::given(&folder, &purposes.iter().copied().collect());
    keys.map_err(|why| fault(&why))?;
    for purpose in purposes {
        let id = announce_key(&folder, *purpose, &Entropy::System).map_err(|why| fault(&why))?;
        if config.bus.is_some() {
            let (stem, to) = (purpose.stem(), receivers(*purpose));
            tell(&format!("{stem}.{id}.next is made: give it to {to}"));
        }
    }
    publish(config)?;
    if config.bus.is_none() {
        return begin_use(config, purposes);
    }
    tell(
        "Restart the processes that were given a key, one after another; then run `palier keys use`.",
    );
    Ok(ExitCode::SUCCESS)
}

fn begin_use(config: &Config, purposes: &[Purpose]) -> Result<ExitCode, CommandFault> {
    let mut missing = false;
    for purpose in purposes {
        let used = use_announced_key(&config.keys(), *purpose, Clock::System.now_ms());
        let stem = purpose.stem();
        if let Some(id) = used.map_err(|why| fault(&why))? {
            tell(&format!(
                "{stem}.{id}.key is used from the next start of {}",
                receivers(*purpose)
            ));
        } else {
            missing = true;
            tell(&format!(
                "{stem}: no key is announced; run `palier keys rotate {stem}` first"
            ));
        }
    }
    Ok(ExitCode::from(u8::from(missing)))
}

async fn retire(config: &Config, purposes: &[Purpose]) -> Result<ExitCode, CommandFault> {
    let mut stayed = false;
    for purpose in purposes {
        let stem = purpose.stem();
        if let Some(stay) = stay(config, *purpose).await? {
            stayed = true;
            tell(&format!("{stem}: the older keys stay: {stay}"));
            continue;
        }
        if *purpose == Purpose::Deletions && has_database(config, DELETIONS.role) {
            prove(config).await?;
        }
        let gone = remove_older_keys(&config.keys(), *purpose).map_err(|why| fault(&why))?;
        if gone.is_empty() {
            tell(&format!("{stem}: there is no older key"));
        }
        for id in gone {
            tell(&format!(
                "{stem}.{id}.key is removed: remove it from {} too",
                receivers(*purpose)
            ));
        }
    }
    Ok(ExitCode::from(u8::from(stayed)))
}

/// Why the older keys of a purpose stay, if they do.
async fn stay(config: &Config, purpose: Purpose) -> Result<Option<Stay>, CommandFault> {
    let files = key_files(&config.keys(), purpose).map_err(|why| fault(&why))?;
    let Some(used) = files.iter().find(|file| file.stage == Stage::Used) else {
        return Ok(None);
    };
    if files.iter().all(|file| file.stage != Stage::Older) {
        return Ok(None);
    }
    let role = Role::Identity.name();
    let mut rows = 0;
    if matches!(purpose, Purpose::Addresses | Purpose::AddressLookup) && has_database(config, role)
    {
        let unreadable = |fault| unreadable(role, &fault);
        let store = Store::open(&config.store(role)).await.map_err(unreadable)?;
        let counted = identity::rows_under_other_keys(&store, purpose, &used.id).await;
        store.close().await;
        rows = counted.map_err(unreadable)?;
    }
    Ok(may_go(purpose, used.since_ms, rows, Clock::System.now_ms()).err())
}

/// That the log of deletions is ours is shown with the newest key from now on.
async fn prove(config: &Config) -> Result<(), CommandFault> {
    let keys =
        Keys::given(&config.keys(), &[Purpose::Deletions].into()).map_err(|why| fault(&why))?;
    let store = open(config, DELETIONS).await?;
    log(&store, &keys, &Clock::System, &Entropy::System).await?;
    store.close().await;
    Ok(())
}

fn unreadable(role: &str, fault: &StoreFault) -> SettingFault {
    let remedy = "run it where the settings of that role are, and after `palier migrate`";
    SettingFault::new(format!("stores.{role}"), fault.to_string(), remedy)
}

/// Writes the public halves of what signs standings, where this board has processes of their own that check them.
fn publish(config: &Config) -> Result<(), SettingFault> {
    if config.bus.is_none() {
        return Ok(());
    }
    let folder = config.keys();
    let keys = Keys::given(&folder, &[Purpose::Standings].into()).map_err(|why| fault(&why))?;
    keys.publish_halves(&folder, Purpose::Standings)
        .map_err(|why| fault(&why))
}

/// The processes that have a key of this purpose, in words.
fn receivers(purpose: Purpose) -> String {
    let with_key = Role::ALL.into_iter().filter(|role| role.has_key(purpose));
    let mut names: Vec<&str> = with_key.map(Role::name).collect();
    if purpose == Purpose::Standings {
        names.push("posts, media, feeds and moderation (the .pub)");
    }
    if purpose == Purpose::Backups {
        names.push("`palier backup`");
    }
    names.join(", ")
}

fn fault(fault: &KeyFault) -> SettingFault {
    SettingFault::new("keys", fault.to_string(), "then run it again")
}
