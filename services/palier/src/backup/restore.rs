//! Putting a backup back into an empty board, and deleting again what was deleted since.

use std::fs::File;
use std::io::BufReader;
use std::path::Path;
use std::sync::Arc;

use futures_util::TryStreamExt;
use object_store::{ObjectStore, ObjectStoreExt};
use runtime::{Clock, Entropy, KeyRing, Keys, MINUTE_MS, Purpose, SealedReader, SettingFault};
use store::{DELETIONS, DeletionLog, Loading, Store, Table};

use super::parts::{Manifest, Part, Reader};
use super::{BACKUP_KEPT_MS, CopyFault, PICTURES, beside, keys, kind, opened};
use crate::cli::CommandFault;
use crate::config::Config;
use crate::wiring::{House, MIGRATIONS, Pictures, Roles, Surroundings, log, open};

/// What was noted in the log so long before a backup may not have been deleted yet when it was taken: the log is written first.
const OVERLAP_MS: i64 = 5 * MINUTE_MS;

/// What became of a backup.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Restored {
    /// When it was taken, in milliseconds since 1970.
    pub taken_at_ms: i64,
    /// Rows of all databases.
    pub rows: u64,
    /// Files of pictures.
    pub pictures: u64,
    /// Notices, comments, accounts and the like that were deleted since, and are gone again; what went with them is not counted.
    pub gone: usize,
}

/// Puts a backup back. The databases and the pictures must be empty; the keys and the log of deletions must be those of the
/// board.
///
/// # Errors
/// The setting or file that cannot be used; up to then nothing was changed. Later faults leave a board that does not start.
pub async fn restore(
    config: &Config,
    clock: &Clock,
    entropy: &Entropy,
    from: &Path,
) -> Result<Restored, CommandFault> {
    let keys = keys(config)?;
    let ring = keys.ring(Purpose::Backups);
    let manifest = checked(from, ring)?;
    if clock.now_ms() - manifest.taken_at_ms > BACKUP_KEPT_MS {
        return Err(refused(
            "FROM",
            "it is older than 14 days",
            "take a younger backup",
        ));
    }
    let (deletions, log) = the_log(config, clock, entropy, &keys, &manifest).await?;
    let stores = empty_stores(config, &manifest).await?;
    let place = empty_place(config, clock).await?;

    log.restoring(true).await.map_err(CopyFault::from)?;
    let (rows, pictures) = load(from, ring, &stores, &place).await?;
    for (_, store) in stores {
        store.close().await;
    }
    deletions.close().await;
    let gone = delete_again(config, clock, entropy, manifest.taken_at_ms).await?;
    Ok(Restored {
        taken_at_ms: manifest.taken_at_ms,
        rows,
        pictures,
        gone,
    })
}

/// Reads all of a backup: whether it is whole, of this board's key, and what it says of itself.
fn checked(from: &Path, ring: &KeyRing) -> Result<Manifest, CommandFault> {
    let read = || {
        let mut reader = reader(from, ring)?;
        let Part::Manifest(manifest) = reader.part()? else {
            return Err(CopyFault::Unknown);
        };
        while !matches!(reader.part()?, Part::End) {}
        Ok(manifest)
    };
    read().map_err(|fault: CopyFault| {
        let fault = format!("{}: {fault}", from.display());
        refused(
            "FROM",
            &fault,
            "name a whole backup of this board, and its keys",
        )
    })
}

fn reader(from: &Path, ring: &KeyRing) -> Result<Reader<BufReader<File>>, CopyFault> {
    let file = BufReader::new(File::open(from)?);
    Ok(Reader(SealedReader::new(file, ring)?))
}

/// The log of deletions that the backup names.
async fn the_log(
    config: &Config,
    clock: &Clock,
    entropy: &Entropy,
    keys: &Keys,
    manifest: &Manifest,
) -> Result<(Store, DeletionLog), CommandFault> {
    let remedy =
        "put back the log of deletions of this board: without it, what was deleted would come back";
    // Not made where there is none: an empty log knows of nothing.
    let store = opened(config, DELETIONS).await;
    let store = store.map_err(|fault| refused(&fault.setting, &fault.fault, remedy))?;
    let log = log(&store, keys, clock, entropy).await?;
    if log.id(entropy.bytes()).await.map_err(CopyFault::from)? != manifest.log {
        let fault = "this is another log than that of the backup";
        return Err(refused("stores.deletions", fault, remedy));
    }
    Ok((store, log))
}

/// The database of each role: of the same kind as in the backup, with the same tables, and nothing in them.
async fn empty_stores(
    config: &Config,
    manifest: &Manifest,
) -> Result<Vec<(&'static str, Store)>, CommandFault> {
    let mut stores = Vec::new();
    crate::wiring::prepare(&config.data, "data")?;
    for migrations in MIGRATIONS {
        let role = migrations.role;
        let setting = format!("stores.{role}");
        let store = open(config, migrations).await?;
        if manifest.roles.get(role).map(String::as_str) != Some(kind(&store)) {
            let fault = "the backup is of another kind of database";
            return Err(refused(&setting, fault, "name one of the same kind"));
        }
        let snapshot = store.snapshot().await.map_err(CopyFault::from)?;
        for table in snapshot.tables().await.map_err(CopyFault::from)? {
            let ours = is_ours(role, &table.name);
            if !ours && snapshot.count(&table).await.map_err(CopyFault::from)? > 0 {
                let fault = format!("{} is not empty", table.name);
                return Err(refused(&setting, &fault, "name an empty database"));
            }
        }
        stores.push((role, store));
    }
    Ok(stores)
}

/// Which migrations were applied is the database's own.
fn is_ours(role: &str, table: &str) -> bool {
    table.strip_suffix("_migrations") == Some(role)
}

async fn empty_place(config: &Config, clock: &Clock) -> Result<Arc<dyn ObjectStore>, CommandFault> {
    let place = Pictures::at(config)?.open(&beside(config, clock)).await?;
    let folder = object_store::path::Path::from(PICTURES);
    let first = place.list(Some(&folder)).try_next().await;
    match first.map_err(CopyFault::from)? {
        None => Ok(place),
        Some(_) => Err(refused(
            "media.files",
            "there are pictures",
            "name an empty place",
        )),
    }
}

/// Puts everything back: each database in one transaction, and the pictures.
async fn load(
    from: &Path,
    ring: &KeyRing,
    stores: &[(&'static str, Store)],
    place: &Arc<dyn ObjectStore>,
) -> Result<(u64, u64), CopyFault> {
    let mut reader = reader(from, ring)?;
    let mut loading: Vec<(&str, Vec<Table>, Loading)> = Vec::new();
    for (role, store) in stores {
        let tables = store.snapshot().await?.tables().await?;
        loading.push((role, tables, store.load().await?));
    }
    let of = |wanted: &str| loading.iter().find(|(role, ..)| *role == wanted);
    let mut under: Option<(&Loading, &Table)> = None;
    let (mut rows, mut pictures) = (0, 0);
    loop {
        match reader.part()? {
            Part::Manifest(_) => {}
            Part::Table {
                role,
                name,
                columns,
            } => {
                let (_, tables, into) = of(&role).ok_or(CopyFault::Unknown)?;
                let known = tables
                    .iter()
                    .find(|table| table.name == name && table.columns == columns);
                let known = known.ok_or(CopyFault::Unknown)?;
                under = (!is_ours(&role, &name)).then_some((into, known));
            }
            Part::Row(row) => {
                if let Some((into, table)) = under {
                    into.row(table, &row).await?;
                    rows += 1;
                }
            }
            Part::Counter { role, table, last } => {
                let (.., into) = of(&role).ok_or(CopyFault::Unknown)?;
                into.counter(&table, last).await?;
            }
            Part::Picture(path, bytes) => {
                let path = object_store::path::Path::parse(path).map_err(|_| CopyFault::Unknown)?;
                place.put(&path, bytes.into()).await?;
                pictures += 1;
            }
            Part::End => break,
        }
    }
    for (.., into) in loading {
        into.commit().await?;
    }
    Ok((rows, pictures))
}

/// Deletes again what the log knows as gone, and what is over by now; every role hears of it.
async fn delete_again(
    config: &Config,
    clock: &Clock,
    entropy: &Entropy,
    taken_at_ms: i64,
) -> Result<usize, CommandFault> {
    // Here and now, whoever else will play a role later.
    let alone = Config {
        bus: None,
        ..config.clone()
    };
    let house = House::build(
        &alone,
        Surroundings {
            roles: Roles::all(),
            clock: clock.clone(),
            entropy: entropy.clone(),
            demo: false,
            serves: false,
        },
    )
    .await?;
    let since_ms = taken_at_ms - OVERLAP_MS;
    let done = async {
        let mut gone = 0;
        if let (Some(log), Some(identity), Some(posts), Some(moderation)) = (
            house.log(),
            &house.identity,
            &house.posts,
            &house.moderation,
        ) {
            gone += identity.delete_again(log, since_ms).await?;
            gone += posts.delete_again(log, since_ms).await?;
            gone += moderation.delete_again(log, since_ms).await?;
            house.drain().await?;
            house.sweep().await;
            house.drain().await?;
            house.sweep().await;
            log.restoring(false).await?;
        }
        Ok::<_, anyhow::Error>(gone)
    };
    let done = done.await;
    house.stop().await;
    Ok(done?)
}

fn refused(setting: &str, fault: &str, remedy: &str) -> CommandFault {
    SettingFault::new(setting, fault, remedy).into()
}
