//! One process alone serves a SQLite file: what another did beside it, from memories of its own, would not be seen.

use std::fs::{File, OpenOptions, TryLockError};
use std::io;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use runtime::SettingFault;

/// Files that this process serves, until it ends or this is dropped.
#[derive(Debug, Default)]
pub(super) struct Sole {
    _held: Vec<File>,
}

impl Sole {
    /// Takes the files of these databases.
    ///
    /// # Errors
    /// The setting of the one that another process serves.
    pub(super) fn take<'a>(
        databases: impl Iterator<Item = (&'a str, PathBuf)>,
    ) -> Result<Self, SettingFault> {
        let mut held = Vec::new();
        for (role, file) in databases {
            let lock = OpenOptions::new()
                .create(true)
                .truncate(false)
                .write(true)
                .mode(0o600)
                .open(beside(&file));
            held.push(locked(role, &file, lock)?);
        }
        Ok(Self { _held: held })
    }
}

/// That no other process serves the file of a role's database.
///
/// # Errors
/// The setting that names it.
pub(crate) fn is_free(role: &str, file: &Path) -> Result<(), SettingFault> {
    match File::open(beside(file)) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        lock => locked(role, file, lock).map(drop),
    }
}

/// Not the database itself: whoever closed it would let go of what SQLite holds.
fn beside(file: &Path) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(".serving");
    PathBuf::from(name)
}

fn locked(role: &str, file: &Path, lock: io::Result<File>) -> Result<File, SettingFault> {
    let fault = |fault: &dyn std::fmt::Display, remedy: &str| {
        let fault = format!("{}: {fault}", file.display());
        SettingFault::new(format!("stores.{role}"), fault, remedy)
    };
    let unusable =
        |error: io::Error| fault(&error, "name a file in a folder that this user may write");
    let lock = lock.map_err(unusable)?;
    match lock.try_lock() {
        Ok(()) => Ok(lock),
        Err(TryLockError::WouldBlock) => Err(fault(
            &"another process serves it",
            "stop that one, or name another with --data or stores",
        )),
        Err(TryLockError::Error(error)) => Err(unusable(error)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_one_process_s_until_it_lets_go_of_it() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("posts.db");
        let of = || [("posts", file.clone())].into_iter();
        is_free("posts", &file).unwrap();
        assert!(!beside(&file).exists(), "whoever looks makes nothing");
        let held = Sole::take(of()).unwrap();
        for refused in [Sole::take(of()).map(drop), is_free("posts", &file)] {
            let fault = refused.unwrap_err();
            assert_eq!(fault.setting, "stores.posts");
            assert!(fault.fault.contains("another process serves it"), "{fault}");
        }
        drop(held);
        is_free("posts", &file).unwrap();
        Sole::take(of()).unwrap();
    }
}
