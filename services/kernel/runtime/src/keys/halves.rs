//! The public halves of signing keys, as files for processes that only check: `<purpose>.<id>.pub`, 64 hexadecimal digits.

use std::fs;
use std::path::Path;

use ed25519_dalek::VerifyingKey;

use super::files::{file_of, first_of, ids_in, io_fault};
use super::{KeyFault, Keys, Purpose};
use crate::replace_file;

pub(super) const EXTENSION: &str = "pub";

/// The public halves in a folder, by the id of their key.
///
/// # Errors
/// [`KeyFault`] naming the file; [`KeyFault::Missing`] when there is none.
pub fn public_halves(
    folder: &Path,
    purpose: Purpose,
) -> Result<Vec<(String, VerifyingKey)>, KeyFault> {
    let mut halves = Vec::new();
    for id in ids_in(folder, purpose, EXTENSION)? {
        let path = file_of(folder, purpose, &id, EXTENSION);
        let text = fs::read_to_string(&path).map_err(io_fault(&path))?;
        let mut bytes = [0; 32];
        let half = hex::decode_to_slice(text.trim(), &mut bytes)
            .ok()
            .and_then(|()| VerifyingKey::from_bytes(&bytes).ok())
            .ok_or(KeyFault::Unreadable(path))?;
        halves.push((id, half));
    }
    if halves.is_empty() {
        return Err(KeyFault::Missing(
            first_of(folder, purpose).with_extension(EXTENSION),
        ));
    }
    Ok(halves)
}

impl Keys {
    /// Writes the public halves of the keys of one purpose beside them.
    ///
    /// # Errors
    /// When a file cannot be written.
    pub fn publish_halves(&self, folder: &Path, purpose: Purpose) -> Result<(), KeyFault> {
        for key in self.ring(purpose).all() {
            let path = file_of(folder, purpose, key.id(), EXTENSION);
            let text = hex::encode(key.signing().verifying_key().as_bytes());
            replace_file(&path, text.as_bytes(), 0o644).map_err(io_fault(&path))?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Entropy;

    #[test]
    fn who_checks_is_given_the_public_half_and_no_secret() {
        let (ours, theirs) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let keys = Keys::in_folder(ours.path(), &Entropy::seeded(1)).unwrap();
        keys.publish_halves(ours.path(), Purpose::Standings)
            .unwrap();
        let file = "standings.0001.pub";
        fs::copy(ours.path().join(file), theirs.path().join(file)).unwrap();
        let halves = public_halves(theirs.path(), Purpose::Standings).unwrap();
        let key = keys.ring(Purpose::Standings).newest();
        assert_eq!(
            halves,
            vec![("0001".to_owned(), key.signing().verifying_key())]
        );
        assert_eq!(
            Keys::given(ours.path(), &[Purpose::Standings].into())
                .unwrap()
                .ring(Purpose::Standings)
                .all()
                .count(),
            1
        );
    }

    #[test]
    fn a_half_that_is_missing_or_damaged_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("standings.0001.pub");
        assert!(matches!(
            public_halves(folder.path(), Purpose::Standings),
            Err(KeyFault::Missing(missing)) if missing == path
        ));
        fs::write(&path, "short").unwrap();
        assert!(matches!(
            public_halves(folder.path(), Purpose::Standings),
            Err(KeyFault::Unreadable(found)) if found == path
        ));
    }
}
