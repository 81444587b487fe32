//! The files of keys: `<purpose>.<id>.key`, 64 hexadecimal digits, mode 0600.

use std::fs;
use std::io;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use zeroize::Zeroizing;

use super::{Key, KeyFault, Purpose};
use crate::{Entropy, make_file};

/// How the name of the file of a key ends.
pub(super) const EXTENSION: &str = "key";

/// The keys of a purpose in files that end so, oldest first.
pub(super) fn every(
    folder: &Path,
    purpose: Purpose,
    extension: &str,
) -> Result<Vec<Key>, KeyFault> {
    let ids = ids_in(folder, purpose, extension)?.into_iter();
    let keys = ids.map(|id| read(&file_of(folder, purpose, &id, extension), &id));
    keys.collect()
}

pub(super) fn file_of(folder: &Path, purpose: Purpose, id: &str, extension: &str) -> PathBuf {
    folder.join(format!("{}.{id}.{extension}", purpose.stem()))
}

/// The ids of what is in a folder for a purpose, oldest first; none where there is no folder.
pub(super) fn ids_in(
    folder: &Path,
    purpose: Purpose,
    extension: &str,
) -> Result<Vec<String>, KeyFault> {
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

pub(super) fn io_fault(path: &Path) -> impl Fn(io::Error) -> KeyFault {
    move |source| KeyFault::Io {
        path: path.to_owned(),
        source,
    }
}

pub(super) fn read(path: &Path, id: &str) -> Result<Key, KeyFault> {
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

pub(super) fn first_of(folder: &Path, purpose: Purpose) -> PathBuf {
    file_of(folder, purpose, FIRST, EXTENSION)
}

/// The first key of a purpose: the one of another process where that made it meanwhile.
pub(super) fn make(folder: &Path, purpose: Purpose, entropy: &Entropy) -> Result<Key, KeyFault> {
    let path = first_of(folder, purpose);
    let bytes = Zeroizing::new(entropy.bytes::<32>());
    match write(&path, &bytes) {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => Err(io_fault(&path)(error)),
        _ => read(&path, FIRST),
    }
}

pub(super) fn write(path: &Path, bytes: &[u8; 32]) -> io::Result<()> {
    make_file(path, Zeroizing::new(hex::encode(bytes)).as_bytes(), 0o600)
}
