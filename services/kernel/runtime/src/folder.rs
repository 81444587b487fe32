//! Folders that are this user's alone, whatever umask the process was started with.

use std::fs;
use std::io;
use std::os::unix::fs::{DirBuilderExt, PermissionsExt};
use std::path::Path;

/// What others need to look into a folder, or to read a file.
const READ_OR_ENTER: u32 = 0o077;
/// What others need to come to what is in a folder.
const ENTER: u32 = 0o011;

/// Makes a folder, and what is missing above it, for this user alone (mode 0700): whatever is put into it is out of others'
/// reach. A folder that is there stays as it is.
///
/// # Errors
/// When it cannot be made.
pub fn make_private(folder: &Path) -> io::Result<()> {
    fs::DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(folder)
}

/// Whether other users of the machine may look into a folder, or read a file: it lets them, and so does every folder above.
///
/// # Errors
/// When it is not there, or cannot be looked at.
pub fn is_open_to_others(path: &Path) -> io::Result<bool> {
    let path = path.canonicalize()?;
    let modes = path
        .ancestors()
        .map(|path| Ok(fs::metadata(path)?.permissions().mode()));
    Ok(lets_others(&modes.collect::<io::Result<Vec<_>>>()?))
}

/// The same, from the modes: its own, and those of the folders above it.
fn lets_others(modes: &[u32]) -> bool {
    let Some((own, above)) = modes.split_first() else {
        return false;
    };
    own & READ_OR_ENTER != 0 && above.iter().all(|mode| mode & ENTER != 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(path: &Path, mode: u32) {
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    }

    #[test]
    fn a_private_folder_is_made_whole_and_one_that_is_there_stays() {
        let home = tempfile::tempdir().unwrap();
        let inner = home.path().join("data/pictures");
        make_private(&inner).unwrap();
        for made in [&inner, inner.parent().unwrap()] {
            let mode = fs::metadata(made).unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o700);
        }
        set(&inner, 0o750);
        make_private(&inner).unwrap();
        let mode = fs::metadata(&inner).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o750);
    }

    #[test]
    fn what_lies_in_a_closed_folder_is_closed() {
        for (modes, open) in [
            (&[0o755, 0o755, 0o755][..], true),
            (&[0o750, 0o755], true),
            (&[0o711, 0o711], true),
            (&[0o644, 0o755], true),
            (&[0o700, 0o755], false),
            (&[0o600, 0o755], false),
            (&[0o755, 0o700, 0o755], false),
            (&[0o644, 0o755, 0o744], false),
        ] {
            assert_eq!(lets_others(modes), open, "{modes:?}");
        }
    }

    #[test]
    fn a_closed_folder_is_seen_to_close_what_is_in_it() {
        let home = tempfile::tempdir().unwrap();
        set(home.path(), 0o700);
        let file = home.path().join("identity.db");
        fs::write(&file, "").unwrap();
        set(&file, 0o644);
        assert!(!is_open_to_others(&file).unwrap());
        assert!(is_open_to_others(&home.path().join("nothing")).is_err());
    }
}
