//! Secret keys: a folder of files, each key with a purpose and an id, so that they can be replaced without downtime.

mod files;
mod halves;
mod replace;
mod ring;

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Path, PathBuf};

use crate::{Entropy, make_private};
use files::{EXTENSION, every, first_of, ids_in, io_fault, make};

pub use halves::public_halves;
pub use replace::{KeyFile, Stage, announce_key, key_files, remove_older_keys, use_announced_key};
pub use ring::{Key, KeyRing};

/// What a key is for. One key never serves two purposes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Purpose {
    /// E-mail addresses at rest.
    Addresses,
    /// Looking an e-mail address up without knowing it.
    AddressLookup,
    /// Standings: an Ed25519 seed.
    Standings,
    /// Feed cursors.
    Cursors,
    /// Invite codes and mailed tokens at rest.
    Codes,
    /// Network addresses of visitors, for rate limits.
    Origins,
    /// Backups, which are sealed as a whole.
    Backups,
    /// Names in the log of what was deleted.
    Deletions,
    /// Copies of what moderators decided about, until nobody may appeal any more.
    Copies,
}

impl Purpose {
    /// Every purpose there is.
    pub const ALL: [Self; 9] = [
        Self::Addresses,
        Self::AddressLookup,
        Self::Codes,
        Self::Standings,
        Self::Cursors,
        Self::Origins,
        Self::Backups,
        Self::Deletions,
        Self::Copies,
    ];

    /// Whether what is kept about residents cannot be read, found or used any more without the keys of this purpose. Those of
    /// others can be made anew at any time.
    pub const fn is_irreplaceable(self) -> bool {
        matches!(self, Self::Addresses | Self::AddressLookup | Self::Codes)
    }

    /// As the names of its files begin.
    pub const fn stem(self) -> &'static str {
        match self {
            Self::Addresses => "addresses",
            Self::AddressLookup => "address-lookup",
            Self::Standings => "standings",
            Self::Cursors => "cursors",
            Self::Codes => "codes",
            Self::Origins => "origins",
            Self::Backups => "backups",
            Self::Deletions => "deletions",
            Self::Copies => "copies",
        }
    }
}

/// Why keys could not be read or made.
#[derive(Debug, thiserror::Error)]
pub enum KeyFault {
    /// The folder or a file in it cannot be used.
    #[error(
        "{path}: {source}; make the folder readable and writable for the user that runs palier"
    )]
    Io {
        /// Which file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// Others may read the file.
    #[error("{0}: others may read this file; run chmod 600 on it")]
    TooOpen(PathBuf),
    /// A purpose without a key.
    #[error("{0}: no such key; restore it from the backup of the keys")]
    Missing(PathBuf),
    /// Not 64 hexadecimal digits.
    #[error("{0}: not 64 hexadecimal digits; restore it from the backup of the keys")]
    Unreadable(PathBuf),
    /// An id after which none can be counted.
    #[error(
        "{0}: its id is not a number of four digits that another follows; name the newest key of its purpose so"
    )]
    Uncounted(PathBuf),
}

/// Every key of this process.
#[derive(Clone, Debug)]
pub struct Keys {
    rings: BTreeMap<Purpose, KeyRing>,
}

impl Keys {
    /// Reads a folder of files named `<purpose>.<id>.key` (64 hexadecimal digits, mode 0600). Ids sort by age: the
    /// last is newest. A purpose without a key gets one. Of files named `<purpose>.<id>.next` the keys are read with and not used.
    ///
    /// # Errors
    /// [`KeyFault`] naming the file and the remedy.
    pub fn in_folder(folder: &Path, entropy: &Entropy) -> Result<Self, KeyFault> {
        make_private(folder).map_err(io_fault(folder))?;
        Self::gather(folder, Purpose::ALL, |purpose| {
            make(folder, purpose, entropy)
        })
    }

    /// Whether there is a key of any purpose in a folder.
    pub fn are_in(folder: &Path) -> bool {
        Purpose::ALL
            .into_iter()
            .any(|purpose| ids_in(folder, purpose, EXTENSION).is_ok_and(|ids| !ids.is_empty()))
    }

    /// The same for a board that somebody has an account on: keys that its rows were sealed or hashed under are never made
    /// anew.
    ///
    /// # Errors
    /// As [`Keys::in_folder`], and [`KeyFault::Missing`]; then nothing was made.
    pub fn of_accounts(folder: &Path, entropy: &Entropy) -> Result<Self, KeyFault> {
        Self::gather(folder, Purpose::ALL, |purpose| {
            if purpose.is_irreplaceable() {
                return Err(KeyFault::Missing(first_of(folder, purpose)));
            }
            make(folder, purpose, entropy)
        })
    }

    /// Reads the same folder and makes nothing.
    ///
    /// # Errors
    /// As [`Keys::in_folder`], and [`KeyFault::Missing`].
    pub fn existing(folder: &Path) -> Result<Self, KeyFault> {
        Self::given(folder, &Purpose::ALL.into())
    }

    /// The same for a process that is given the keys of some purposes only, and looks at no other.
    ///
    /// # Errors
    /// As [`Keys::existing`].
    pub fn given(folder: &Path, purposes: &BTreeSet<Purpose>) -> Result<Self, KeyFault> {
        Self::gather(folder, purposes.iter().copied(), |purpose| {
            Err(KeyFault::Missing(first_of(folder, purpose)))
        })
    }

    fn gather(
        folder: &Path,
        purposes: impl IntoIterator<Item = Purpose>,
        missing: impl Fn(Purpose) -> Result<Key, KeyFault>,
    ) -> Result<Self, KeyFault> {
        let mut rings = BTreeMap::new();
        for purpose in purposes {
            let mut keys = every(folder, purpose, EXTENSION)?;
            if keys.is_empty() {
                keys.push(missing(purpose)?);
            }
            let announced = every(folder, purpose, replace::ANNOUNCED)?;
            if let Some(ring) = KeyRing::from_keys(keys, announced) {
                rings.insert(purpose, ring);
            }
        }
        Ok(Self { rings })
    }

    /// Fresh keys that are kept nowhere: for tests.
    pub fn ephemeral(entropy: &Entropy) -> Self {
        Self {
            rings: Purpose::ALL
                .into_iter()
                .map(|purpose| (purpose, KeyRing::of([("k1", entropy.bytes())])))
                .collect(),
        }
    }

    /// The keys for one purpose.
    ///
    /// # Panics
    /// When this process was not given them: a role asks for none but its own.
    pub fn ring(&self, purpose: Purpose) -> &KeyRing {
        self.rings
            .get(&purpose)
            .expect("a role is given the keys of its purposes")
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::os::unix::fs::PermissionsExt;
    use std::thread;

    use super::*;

    #[test]
    fn keys_are_made_once_and_read_afterwards() {
        let folder = tempfile::tempdir().unwrap();
        let first = Keys::in_folder(folder.path(), &Entropy::seeded(1)).unwrap();
        let second = Keys::in_folder(folder.path(), &Entropy::seeded(2)).unwrap();
        for purpose in Purpose::ALL {
            assert_eq!(
                first.ring(purpose).newest().bytes(),
                second.ring(purpose).newest().bytes()
            );
        }
        assert_ne!(
            first.ring(Purpose::Cursors).newest().bytes(),
            first.ring(Purpose::Codes).newest().bytes()
        );
    }

    #[test]
    fn processes_that_open_a_new_folder_at_once_have_the_same_keys() {
        let folder = tempfile::tempdir().unwrap();
        let open = |seed| Keys::in_folder(folder.path(), &Entropy::seeded(seed)).unwrap();
        let open = &open;
        let all: Vec<Keys> = thread::scope(|scope| {
            let opening: Vec<_> = (0..8).map(|seed| scope.spawn(move || open(seed))).collect();
            opening
                .into_iter()
                .map(|keys| keys.join().unwrap())
                .collect()
        });
        let kept = Keys::existing(folder.path()).unwrap();
        for purpose in Purpose::ALL {
            let bytes = |keys: &Keys| *keys.ring(purpose).newest().bytes();
            assert!(all.iter().all(|keys| bytes(keys) == bytes(&kept)));
        }
    }

    #[test]
    fn looking_makes_no_key_and_names_the_one_that_is_missing() {
        let folder = tempfile::tempdir().unwrap();
        Keys::in_folder(folder.path(), &Entropy::seeded(1)).unwrap();
        let path = folder.path().join("cursors.0001.key");
        fs::remove_file(&path).unwrap();
        assert!(matches!(
            Keys::existing(folder.path()),
            Err(KeyFault::Missing(missing)) if missing == path
        ));
        assert!(!path.exists());
    }

    #[test]
    fn keys_of_accounts_are_not_made_anew_and_the_others_are() {
        let folder = tempfile::tempdir().unwrap();
        let lost = folder.path().join("keys");
        assert!(matches!(
            Keys::of_accounts(&lost, &Entropy::seeded(1)),
            Err(KeyFault::Missing(missing)) if missing == lost.join("addresses.0001.key")
        ));
        assert!(!lost.exists());
        Keys::in_folder(folder.path(), &Entropy::seeded(1)).unwrap();
        for (purpose, refused) in [
            (Purpose::Addresses, true),
            (Purpose::AddressLookup, true),
            (Purpose::Codes, true),
            (Purpose::Standings, false),
            (Purpose::Cursors, false),
            (Purpose::Origins, false),
        ] {
            let path = first_of(folder.path(), purpose);
            let kept = fs::read(&path).unwrap();
            fs::remove_file(&path).unwrap();
            let keys = Keys::of_accounts(folder.path(), &Entropy::seeded(2));
            assert_eq!(keys.is_err(), refused, "{purpose:?}");
            assert_eq!(path.exists(), !refused, "{purpose:?}");
            fs::write(&path, kept).unwrap();
            fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).unwrap();
        }
    }

    #[test]
    fn a_key_added_later_is_used_and_the_older_one_still_known() {
        let folder = tempfile::tempdir().unwrap();
        Keys::in_folder(folder.path(), &Entropy::seeded(1)).unwrap();
        let path = folder.path().join("cursors.0002.key");
        fs::write(&path, "ab".repeat(32)).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).unwrap();
        let keys = Keys::in_folder(folder.path(), &Entropy::seeded(1)).unwrap();
        assert_eq!(keys.ring(Purpose::Cursors).newest().id(), "0002");
        assert!(keys.ring(Purpose::Cursors).get("0001").is_some());
    }

    #[test]
    fn a_key_that_others_may_read_stops_the_start() {
        let folder = tempfile::tempdir().unwrap();
        Keys::in_folder(folder.path(), &Entropy::seeded(1)).unwrap();
        let path = folder.path().join("codes.0001.key");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).unwrap();
        assert!(matches!(
            Keys::in_folder(folder.path(), &Entropy::seeded(1)),
            Err(KeyFault::TooOpen(found)) if found == path
        ));
    }

    #[test]
    fn a_damaged_key_stops_the_start() {
        let folder = tempfile::tempdir().unwrap();
        Keys::in_folder(folder.path(), &Entropy::seeded(1)).unwrap();
        fs::write(folder.path().join("codes.0001.key"), "short").unwrap();
        assert!(matches!(
            Keys::in_folder(folder.path(), &Entropy::seeded(1)),
            Err(KeyFault::Unreadable(_))
        ));
    }
}
