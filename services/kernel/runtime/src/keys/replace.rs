//! Replacing a key: it is announced, so that every process can read with it before any uses it; then used; and when nothing is
//! under the older ones any more, these are removed.

use std::fs;
use std::path::Path;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use zeroize::Zeroizing;

use super::files::{EXTENSION, file_of, ids_in, io_fault, write};
use super::{KeyFault, Purpose, halves};
use crate::Entropy;

/// How the name of the file of a key ends that is announced.
pub(super) const ANNOUNCED: &str = "next";

/// How far a key has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Read with, where something is still under it.
    Older,
    /// Used for everything new.
    Used,
    /// Read with, and used later.
    Announced,
}

/// A key in a folder, without its secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyFile {
    /// What it is for.
    pub purpose: Purpose,
    /// Its id.
    pub id: String,
    /// How far it has come.
    pub stage: Stage,
    /// Since when it is used, as its file says, in milliseconds since 1970; where it is announced, since when that is.
    pub since_ms: i64,
}

/// The keys of a purpose in a folder, oldest first.
///
/// # Errors
/// When the folder cannot be read.
pub fn key_files(folder: &Path, purpose: Purpose) -> Result<Vec<KeyFile>, KeyFault> {
    let used = ids_in(folder, purpose, EXTENSION)?;
    let newest = used.len().saturating_sub(1);
    let stages = used.into_iter().enumerate().map(|(at, id)| {
        let stage = if at == newest {
            Stage::Used
        } else {
            Stage::Older
        };
        (id, stage, EXTENSION)
    });
    let announced = ids_in(folder, purpose, ANNOUNCED)?.into_iter();
    let announced = announced.map(|id| (id, Stage::Announced, ANNOUNCED));
    let files = stages.chain(announced).map(|(id, stage, extension)| {
        let path = file_of(folder, purpose, &id, extension);
        let modified = fs::metadata(&path).and_then(|file| file.modified());
        let since = modified.map_err(io_fault(&path))?;
        let since = since.duration_since(UNIX_EPOCH).unwrap_or_default();
        Ok(KeyFile {
            purpose,
            id,
            stage,
            since_ms: i64::try_from(since.as_millis()).unwrap_or(i64::MAX),
        })
    });
    files.collect()
}

/// Makes a key that is read with and not used yet; answers its id. Where one is announced, it is that one's.
///
/// # Errors
/// When a file cannot be written; [`KeyFault::Uncounted`] when the last id is no number that another follows.
pub fn announce_key(
    folder: &Path,
    purpose: Purpose,
    entropy: &Entropy,
) -> Result<String, KeyFault> {
    let files = key_files(folder, purpose)?;
    if let Some(announced) = files.iter().find(|file| file.stage == Stage::Announced) {
        return Ok(announced.id.clone());
    }
    let last = files.last().map_or("0000", |file| file.id.as_str());
    let next = last.parse::<u16>().ok().and_then(|id| id.checked_add(1));
    let id = next
        .map(|id| format!("{id:04}"))
        .filter(|id| id.as_str() > last);
    let id = id.ok_or_else(|| KeyFault::Uncounted(file_of(folder, purpose, last, EXTENSION)))?;
    let path = file_of(folder, purpose, &id, ANNOUNCED);
    let bytes = Zeroizing::new(entropy.bytes::<32>());
    write(&path, &bytes).map_err(io_fault(&path))?;
    Ok(id)
}

/// From now on the announced key is used; answers its id, where there is one.
///
/// # Errors
/// When its file cannot be renamed.
pub fn use_announced_key(
    folder: &Path,
    purpose: Purpose,
    now_ms: i64,
) -> Result<Option<String>, KeyFault> {
    let Some(id) = ids_in(folder, purpose, ANNOUNCED)?.pop() else {
        return Ok(None);
    };
    let announced = file_of(folder, purpose, &id, ANNOUNCED);
    let since = UNIX_EPOCH + Duration::from_millis(now_ms.max(0).unsigned_abs());
    let used = || {
        stamp(&announced, since)?;
        fs::rename(&announced, file_of(folder, purpose, &id, EXTENSION))?;
        fs::File::open(folder)?.sync_all()
    };
    used().map_err(io_fault(&announced))?;
    Ok(Some(id))
}

fn stamp(path: &Path, at: SystemTime) -> std::io::Result<()> {
    fs::OpenOptions::new()
        .write(true)
        .open(path)?
        .set_modified(at)
}

/// Removes the keys of a purpose that are older than the one in use, and their public halves; answers their ids.
///
/// # Errors
/// When a file cannot be removed.
pub fn remove_older_keys(folder: &Path, purpose: Purpose) -> Result<Vec<String>, KeyFault> {
    let files = key_files(folder, purpose)?.into_iter();
    let older = files.filter(|file| file.stage == Stage::Older);
    let older: Vec<String> = older.map(|file| file.id).collect();
    for id in &older {
        for extension in [EXTENSION, halves::EXTENSION] {
            let path = file_of(folder, purpose, id, extension);
            match fs::remove_file(&path) {
                Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                    return Err(io_fault(&path)(error));
                }
                _ => {}
            }
        }
    }
    Ok(older)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Keys, Sealer};

    const PURPOSE: Purpose = Purpose::Addresses;

    fn stages(folder: &Path) -> Vec<(String, Stage)> {
        let files = key_files(folder, PURPOSE).unwrap().into_iter();
        files.map(|file| (file.id, file.stage)).collect()
    }

    #[test]
    fn a_key_is_read_with_before_it_is_used_and_the_older_one_until_it_is_removed() {
        let folder = tempfile::tempdir().unwrap();
        let (folder, entropy) = (folder.path(), Entropy::seeded(1));
        let keys = || Keys::in_folder(folder, &entropy).unwrap();
        let sealer = || Sealer::new(keys().ring(PURPOSE).clone());
        let old = sealer();
        let before = old.seal(b"value", b"", &entropy);

        assert_eq!(announce_key(folder, PURPOSE, &entropy).unwrap(), "0002");
        assert_eq!(announce_key(folder, PURPOSE, &entropy).unwrap(), "0002");
        let told = sealer();
        assert_eq!(told.seal(b"value", b"", &entropy).key_id, "0001");

        let now_ms = 1_800_000_000_000;
        let used = use_announced_key(folder, PURPOSE, now_ms).unwrap();
        assert_eq!(used.as_deref(), Some("0002"));
        assert_eq!(use_announced_key(folder, PURPOSE, now_ms).unwrap(), None);
        let new = sealer();
        let later = new.seal(b"value", b"", &entropy);
        assert_eq!(later.key_id, "0002");
        let open =
            |by: &Sealer, what: &crate::Sealed| by.open(&what.key_id, &what.bytes, b"").is_some();
        assert!(open(&new, &before) && open(&told, &later));
        assert!(!open(&old, &later), "who was not told cannot read it");
        let files = key_files(folder, PURPOSE).unwrap();
        assert_eq!(files[1].since_ms, now_ms);
        assert_eq!(
            stages(folder),
            [
                ("0001".to_owned(), Stage::Older),
                ("0002".to_owned(), Stage::Used)
            ]
        );

        assert_eq!(remove_older_keys(folder, PURPOSE).unwrap(), ["0001"]);
        assert!(remove_older_keys(folder, PURPOSE).unwrap().is_empty());
        assert!(!open(&sealer(), &before) && open(&sealer(), &later));
    }

    #[test]
    fn a_key_after_the_last_that_can_be_counted_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let (folder, entropy) = (folder.path(), Entropy::seeded(1));
        Keys::in_folder(folder, &entropy).unwrap();
        for last in ["9999", "spring"] {
            let path = file_of(folder, PURPOSE, last, EXTENSION);
            write(&path, &[7; 32]).unwrap();
            let fault = announce_key(folder, PURPOSE, &entropy).unwrap_err();
            assert!(matches!(fault, KeyFault::Uncounted(named) if named == path));
        }
    }
}
