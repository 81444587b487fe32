//! Secret keys: a folder of files, each key with a purpose and an id, so that they can be replaced without downtime.

mod halves;
mod replace;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{self, Write};
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};

use ed25519_dalek::SigningKey;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use zeroize::Zeroizing;

use crate::{Entropy, make_private};

pub use halves::public_halves;
pub use replace::{KeyFile, Stage, announce_key, key_files, remove_older_keys, use_announced_key};

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
}

impl Purpose {
    /// Every purpose there is.
    pub const ALL: [Self; 8] = [
        Self::Addresses,
        Self::AddressLookup,
        Self::Codes,
        Self::Standings,
        Self::Cursors,
        Self::Origins,
        Self::Backups,
        Self::Deletions,
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
        }
    }
}

/// 256 secret bits and their id.
#[derive(Clone)]
pub struct Key {
    id: String,
    bytes: Zeroizing<[u8; 32]>,
}

impl Key {
    /// The id under which this key is known; not secret.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The secret bits.
    pub fn bytes(&self) -> &[u8; 32] {
        &self.bytes
    }

    /// HMAC-SHA-256 (RFC 2104) of a value under this key.
    ///
    /// # Panics
    /// Never: HMAC takes keys of any length.
    pub fn hash(&self, value: &[u8]) -> [u8; 32] {
        let mut mac = Hmac::<Sha256>::new_from_slice(self.bytes.as_slice())
            .expect("HMAC takes keys of any length");
        mac.update(value);
        mac.finalize().into_bytes().into()
    }

    /// This key as an Ed25519 seed.
    pub fn signing(&self) -> SigningKey {
        SigningKey::from_bytes(&self.bytes)
    }
}

impl std::fmt::Debug for Key {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Key({})", self.id)
    }
}

/// The keys of one purpose: the newest is used, the older ones still read, and so are those that are announced and will be used.
#[derive(Clone, Debug)]
pub struct KeyRing {
    others: BTreeMap<String, Key>,
    newest: Key,
}

impl KeyRing {
    /// A ring of given keys, the last one newest: for tests.
    ///
    /// # Panics
    /// When no key is given.
    pub fn of<'a>(keys: impl IntoIterator<Item = (&'a str, [u8; 32])>) -> Self {
        let keys = keys.into_iter().map(|(id, bytes)| Key {
            id: id.to_owned(),
            bytes: Zeroizing::new(bytes),
        });
        Self::from_keys(keys, []).expect("a ring has at least one key")
    }

    /// Of keys that are used, the newest last, and of others that are only read.
    fn from_keys(
        used: impl IntoIterator<Item = Key>,
        announced: impl IntoIterator<Item = Key>,
    ) -> Option<Self> {
        let mut used: Vec<Key> = used.into_iter().collect();
        let newest = used.pop()?;
        let others = used.into_iter().chain(announced);
        Some(Self {
            others: others.map(|key| (key.id.clone(), key)).collect(),
            newest,
        })
    }

    /// The key for everything new.
    pub const fn newest(&self) -> &Key {
        &self.newest
    }

    /// A key by its id.
    pub fn get(&self, id: &str) -> Option<&Key> {
        if self.newest.id == id {
            Some(&self.newest)
        } else {
            self.others.get(id)
        }
    }

    /// Every key, the newest last.
    pub fn all(&self) -> impl Iterator<Item = &Key> {
        self.others.values().chain([&self.newest])
    }

    /// The same ids with other bits.
    #[must_use]
    pub fn map(&self, derive: impl Fn(&[u8; 32]) -> [u8; 32]) -> Self {
        let derived = |key: &Key| Key {
            id: key.id.clone(),
            bytes: Zeroizing::new(derive(&key.bytes)),
        };
        Self {
            others: self
                .others
                .iter()
                .map(|(id, key)| (id.clone(), derived(key)))
                .collect(),
            newest: derived(&self.newest),
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
            make(folder, purpose, entropy).map_err(io_fault(folder))
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
            make(folder, purpose, entropy).map_err(io_fault(folder))
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

const EXTENSION: &str = "key";

/// The keys of a purpose in files that end so, oldest first.
fn every(folder: &Path, purpose: Purpose, extension: &str) -> Result<Vec<Key>, KeyFault> {
    let ids = ids_in(folder, purpose, extension)?.into_iter();
    let keys = ids.map(|id| read(&file_of(folder, purpose, &id, extension), &id));
    keys.collect()
}

fn file_of(folder: &Path, purpose: Purpose, id: &str, extension: &str) -> PathBuf {
    folder.join(format!("{}.{id}.{extension}", purpose.stem()))
}

/// The ids of what is in a folder for a purpose, oldest first; none where there is no folder.
fn ids_in(folder: &Path, purpose: Purpose, extension: &str) -> Result<Vec<String>, KeyFault> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(io_fault(folder)(error)),
    };
    let mut ids: Vec<String> = entries
        .filter_map(|entry| {
            let name = entry.ok()?.file_name().into_string().ok()?;
            let rest = name.strip_prefix(purpose.stem())?.strip_prefix('.')?;
            Some(rest.strip_suffix(extension)?.strip_suffix('.')?.to_owned())
        })
        .collect();
    ids.sort();
    Ok(ids)
}

fn io_fault(path: &Path) -> impl Fn(io::Error) -> KeyFault {
    move |source| KeyFault::Io {
        path: path.to_owned(),
        source,
    }
}

fn read(path: &Path, id: &str) -> Result<Key, KeyFault> {
    let mode = fs::metadata(path)
        .map_err(io_fault(path))?
        .permissions()
        .mode();
    if mode & 0o077 != 0 {
        return Err(KeyFault::TooOpen(path.to_owned()));
    }
    let text = Zeroizing::new(fs::read_to_string(path).map_err(io_fault(path))?);
    let mut bytes = Zeroizing::new([0; 32]);
    hex::decode_to_slice(text.trim(), bytes.as_mut_slice())
        .map_err(|_| KeyFault::Unreadable(path.to_owned()))?;
    Ok(Key {
        id: id.to_owned(),
        bytes,
    })
}

/// The id of the first key of each purpose.
const FIRST: &str = "0001";

fn first_of(folder: &Path, purpose: Purpose) -> PathBuf {
    file_of(folder, purpose, FIRST, EXTENSION)
}

fn make(folder: &Path, purpose: Purpose, entropy: &Entropy) -> io::Result<Key> {
    let bytes = Zeroizing::new(entropy.bytes::<32>());
    write(folder, &first_of(folder, purpose), &bytes)?;
    Ok(Key {
        id: FIRST.to_owned(),
        bytes,
    })
}

fn write(folder: &Path, path: &Path, bytes: &[u8; 32]) -> io::Result<()> {
    // It appears whole or not at all, and never in place of one that another process made meanwhile.
    let unfinished = path.with_extension("part");
    match fs::remove_file(&unfinished) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let mut file = fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(&unfinished)?;
    file.write_all(Zeroizing::new(hex::encode(bytes)).as_bytes())?;
    file.sync_all()?;
    fs::hard_link(&unfinished, path)?;
    fs::remove_file(&unfinished)?;
    fs::File::open(folder)?.sync_all()
}

#[cfg(test)]
mod tests {
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
    fn a_key_that_was_being_made_when_the_process_died_is_made_anew() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("codes.0001.part"), "ab").unwrap();
        Keys::in_folder(folder.path(), &Entropy::seeded(1)).unwrap();
        assert!(Keys::existing(folder.path()).is_ok());
        assert!(!folder.path().join("codes.0001.part").exists());
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

    #[test]
    fn no_key_prints_itself() {
        let ring = KeyRing::of([("a", [0xab; 32])]);
        assert_eq!(format!("{:?}", ring.newest()), "Key(a)");
    }
}
