//! A backup: one sealed file with what every role's database held at one moment, and the pictures. Neither the keys nor the log
//! of deletions are in it.

mod parts;
mod restore;

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::BufWriter;
use std::path::{Path, PathBuf};

use futures_util::TryStreamExt;
use object_store::ObjectStoreExt;
use runtime::{Clock, DAY_MS, Entropy, Keys, Purpose, SealedFault, SealedWriter, SettingFault};
use store::{Backend, DELETIONS, Snapshot, Store, StoreFault};
use time::OffsetDateTime;
use time::format_description::BorrowedFormatItem;
use time::macros::format_description;

use crate::cli::CommandFault;
use crate::config::Config;
use crate::wiring::{MIGRATIONS, Pictures, Surroundings, log};

use parts::{Manifest, Part, Writer};
pub use restore::{Restored, restore};

/// For how long a backup may be kept, in milliseconds: what is deleted is gone from everywhere after this.
pub const BACKUP_KEPT_MS: i64 = 14 * DAY_MS;
/// How often the databases are asked to hold still; each time takes half a second at most.
const TRIES: usize = 20;
/// Below which the pictures are, in a folder or a bucket.
const PICTURES: &str = "pictures";

const NAME: &[BorrowedFormatItem<'_>] =
    format_description!("palier-[year][month][day]T[hour][minute][second]Z.backup");

/// Makes a backup in the folder `to`, beside a board that may be running, and deletes those there that are too old. Answers
/// its file.
///
/// # Errors
/// The setting that cannot be used, or what failed; then no file is left.
pub async fn back_up(
    config: &Config,
    clock: &Clock,
    entropy: &Entropy,
    to: &Path,
) -> Result<PathBuf, CommandFault> {
    let keys = keys(config)?;
    let mut stores = Vec::new();
    for migrations in MIGRATIONS {
        stores.push((migrations.role, opened(config, migrations).await?));
    }
    let deletions = opened(config, DELETIONS).await?;
    let log = log(&deletions, &keys, clock, entropy).await?;
    let taken_at_ms = clock.now_ms();
    let manifest = Manifest {
        taken_at_ms,
        log: log.id(entropy.bytes()).await.map_err(CopyFault::from)?,
        roles: stores
            .iter()
            .map(|(role, store)| ((*role).to_owned(), kind(store).to_owned()))
            .collect(),
    };
    let snapshots = cut(&stores).await?;

    runtime::make_private(to).map_err(|error| unwritable(to, &error))?;
    let name = name(taken_at_ms)?;
    let (whole, begun) = (to.join(&name), to.join(format!(".{name}.part")));
    let file = File::create_new(&begun).map_err(|error| unwritable(&begun, &error))?;
    let file = BufWriter::new(file);
    let written = async {
        let mut writer = Writer(SealedWriter::new(
            file,
            keys.ring(Purpose::Backups),
            entropy,
        )?);
        writer.part(&Part::Manifest(manifest))?;
        for (role, snapshot) in &snapshots {
            copy(role, snapshot, &mut writer).await?;
        }
        pictures(config, clock, &mut writer).await?;
        writer.part(&Part::End)?;
        let file = writer
            .0
            .finish()?
            .into_inner()
            .map_err(std::io::IntoInnerError::into_error)?;
        file.sync_all()?;
        fs::rename(&begun, &whole)?;
        File::open(to)?.sync_all()?;
        Ok::<_, CopyFault>(())
    };
    let written = written.await;
    if written.is_err() {
        // It has no end, so nobody could take it for a backup.
        let _ = fs::remove_file(&begun);
    }
    drop(snapshots);
    for (_, store) in stores {
        store.close().await;
    }
    deletions.close().await;
    written?;
    prune(to, taken_at_ms).map_err(|error| unwritable(to, &error))?;
    Ok(whole)
}

/// What may fail while a copy is made or put back.
#[derive(Debug, thiserror::Error)]
enum CopyFault {
    #[error("{0}")]
    Setting(#[from] SettingFault),
    #[error(transparent)]
    Store(#[from] StoreFault),
    #[error("a picture cannot be read or written: {0}")]
    Picture(#[from] object_store::Error),
    #[error(transparent)]
    Sealed(#[from] SealedFault),
    #[error("the backup cannot be written: {0}")]
    Io(#[from] std::io::Error),
    #[error("the backup says what this Palier does not understand")]
    Unknown,
}

impl From<CopyFault> for CommandFault {
    fn from(fault: CopyFault) -> Self {
        match fault {
            CopyFault::Setting(fault) => Self::Setting(fault),
            fault => Self::Failed(fault.to_string()),
        }
    }
}

/// What every database holds at one moment: nobody writes while they are looked at for the first time.
async fn cut(
    stores: &[(&'static str, Store)],
) -> Result<Vec<(&'static str, Snapshot)>, CommandFault> {
    let mut left = TRIES;
    loop {
        let begun = async {
            let mut held = Vec::new();
            for (_, store) in stores {
                held.push(store.hold().await?);
            }
            let mut snapshots = Vec::new();
            for (role, store) in stores {
                snapshots.push((*role, store.snapshot().await?));
            }
            Ok::<_, StoreFault>(snapshots)
        };
        left -= 1;
        match begun.await {
            Ok(snapshots) => return Ok(snapshots),
            Err(_) if left > 0 => {}
            Err(fault) => return Err(CopyFault::from(fault).into()),
        }
    }
}

async fn copy(
    role: &str,
    snapshot: &Snapshot,
    writer: &mut Writer<BufWriter<File>>,
) -> Result<(), CopyFault> {
    for table in snapshot.tables().await? {
        writer.part(&Part::Table {
            role: role.to_owned(),
            name: table.name.clone(),
            columns: table.columns.clone(),
        })?;
        let mut rows = std::pin::pin!(snapshot.rows(&table).await?);
        while let Some(row) = rows.try_next().await? {
            writer.part(&Part::Row(row))?;
        }
    }
    for (table, last) in snapshot.counters().await? {
        let role = role.to_owned();
        writer.part(&Part::Counter { role, table, last })?;
    }
    Ok(())
}

/// One picture after another: never more than one is held.
async fn pictures(
    config: &Config,
    clock: &Clock,
    writer: &mut Writer<BufWriter<File>>,
) -> Result<(), CopyFault> {
    let place = Pictures::at(config)?.open(&beside(config, clock)).await?;
    let folder = object_store::path::Path::from(PICTURES);
    let mut all = place.list(Some(&folder));
    while let Some(found) = all.try_next().await? {
        let content = async { place.get(&found.location).await?.bytes().await };
        match content.await {
            Ok(bytes) => writer.part(&Part::Picture(found.location.to_string(), bytes))?,
            // Gone since it was listed, and so it is for the backup.
            Err(object_store::Error::NotFound { .. }) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Ok(())
}

/// Every backup there that is too old to be kept goes.
fn prune(folder: &Path, now_ms: i64) -> std::io::Result<()> {
    let oldest = name(now_ms - BACKUP_KEPT_MS).unwrap_or_default();
    for file in fs::read_dir(folder)? {
        let file = file?;
        let named = file.file_name().to_string_lossy().into_owned();
        // Names sort by their time.
        let ours = named.starts_with("palier-") && named.ends_with(".backup");
        if ours && named.len() == oldest.len() && named < oldest {
            fs::remove_file(file.path())?;
        }
    }
    Ok(())
}

fn name(at_ms: i64) -> Result<String, CommandFault> {
    let at = OffsetDateTime::from_unix_timestamp(at_ms.div_euclid(1_000));
    let named = at.ok().and_then(|at| at.format(NAME).ok());
    named.ok_or_else(|| CommandFault::Failed("the clock says no time".to_owned()))
}

fn keys(config: &Config) -> Result<Keys, SettingFault> {
    let wanted = [Purpose::Backups, Purpose::Deletions];
    Keys::given(&config.keys(), &wanted.into()).map_err(|fault| {
        let remedy =
            "run this where the keys of the board are; `palier secrets` makes those that are new";
        SettingFault::new("keys", fault.to_string(), remedy)
    })
}

/// A database of the board, as it is.
async fn opened(config: &Config, migrations: store::Migrations) -> Result<Store, SettingFault> {
    let role = migrations.role;
    let fault = |fault: String| {
        let remedy = "check the address, and start this Palier once";
        SettingFault::new(format!("stores.{role}"), fault, remedy)
    };
    if let Some(file) = config.store_file(role)
        && !file.is_file()
    {
        return Err(fault(format!("there is no file {}", file.display())));
    }
    let store = Store::open(&config.store(role)).await;
    let store = store.map_err(|error| fault(error.to_string()))?;
    let pending = migrations.pending(&store).await;
    match pending.map_err(|error| fault(error.to_string()))?.len() {
        0 => Ok(store),
        count => Err(fault(format!("{count} migrations are pending"))),
    }
}

const fn kind(store: &Store) -> &'static str {
    match store.backend() {
        Backend::Sqlite => "sqlite",
        Backend::Postgres => "postgres",
    }
}

/// A command beside the board: it tidies nothing up.
fn beside(config: &Config, clock: &Clock) -> Surroundings {
    Surroundings {
        clock: clock.clone(),
        ..Surroundings::beside(config)
    }
}

fn unwritable(path: &Path, error: &std::io::Error) -> CommandFault {
    let fault = format!("{}: {error}", path.display());
    SettingFault::new("TO", fault, "name a folder that this user may write").into()
}

/// Roles, and on which kind of database each is.
type Kinds = BTreeMap<String, String>;
