//! Files that appear whole or not at all: for whoever reads them meanwhile, and after the power failed.

use std::fs::{self, Permissions};
use std::io::{self, Write};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use tempfile::{Builder, NamedTempFile};

/// Makes a file, never in place of one that another process made meanwhile.
///
/// # Errors
/// [`io::ErrorKind::AlreadyExists`] when it is there; when it cannot be written.
pub fn make_file(path: &Path, bytes: &[u8], mode: u32) -> io::Result<()> {
    written_beside(path, bytes, mode)?.persist_noclobber(path)?;
    sync_folder(path)
}

/// Makes a file, in place of what is there.
///
/// # Errors
/// When it cannot be written.
pub fn replace_file(path: &Path, bytes: &[u8], mode: u32) -> io::Result<()> {
    written_beside(path, bytes, mode)?.persist(path)?;
    sync_folder(path)
}

/// It is on the disk, under a name that nobody else uses.
fn written_beside(path: &Path, bytes: &[u8], mode: u32) -> io::Result<NamedTempFile> {
    let mut builder = Builder::new();
    builder
        .suffix(".part")
        .permissions(Permissions::from_mode(mode));
    let mut file = builder.tempfile_in(folder_of(path))?;
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    Ok(file)
}

fn folder_of(path: &Path) -> &Path {
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    folder.unwrap_or(Path::new("."))
}

fn sync_folder(path: &Path) -> io::Result<()> {
    fs::File::open(folder_of(path))?.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_there_is_replaced_where_that_is_asked_and_nothing_is_left_beside_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.key");
        make_file(&path, b"first", 0o600).unwrap();
        let refused = make_file(&path, b"second", 0o600).unwrap_err();
        assert_eq!(refused.kind(), io::ErrorKind::AlreadyExists);
        assert_eq!(fs::read(&path).unwrap(), b"first");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
        replace_file(&path, b"third", 0o640).unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"third");
        let mode = fs::metadata(&path).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o640);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }
}
