//! Pictures in a folder of this machine.

use std::fs;
use std::io;
use std::path::Path;

use object_store::local::LocalFileSystem;
use runtime::make_private;

use crate::blobs::FOLDER;

/// Opens a folder for the one process that keeps pictures there, made for this user alone if missing. What is written survives the loss of
/// power, and nothing is left of what is deleted, not even an empty folder. Files that a crash left half written go now:
/// they have no name by which they could be found later.
///
/// # Errors
/// When the folder cannot be made, read or written.
pub fn folder(path: &Path) -> io::Result<LocalFileSystem> {
    let pictures = path.join(FOLDER);
    make_private(&pictures)?;
    for name in fs::read_dir(&pictures)? {
        let name = name?;
        if name.file_type()?.is_dir() {
            clear(&name.path())?;
        }
    }
    let folder = LocalFileSystem::new_with_prefix(path).map_err(io::Error::other)?;
    Ok(folder.with_fsync(true).with_automatic_cleanup(true))
}

fn clear(folder: &Path) -> io::Result<()> {
    let mut cleared = false;
    for file in fs::read_dir(folder)? {
        let file = file?;
        if is_half_written(&file.file_name().to_string_lossy()) {
            fs::remove_file(file.path())?;
            cleared = true;
        }
    }
    if cleared {
        // Not empty: whole files are in it.
        let _ = fs::remove_dir(folder);
    }
    Ok(())
}

/// `object_store` writes `large.jpg` as `large.jpg#1` first.
fn is_half_written(name: &str) -> bool {
    name.split_once(".jpg#")
        .is_some_and(|(_, number)| number.bytes().all(|byte| byte.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    #[test]
    fn what_a_crash_left_half_written_goes_and_nothing_else() {
        let home = tempfile::tempdir().unwrap();
        let pictures = home.path().join(FOLDER);
        for (name, files) in [
            ("whole", &["large.jpg", "small.jpg"][..]),
            ("half", &["large.jpg", "small.jpg#1"]),
            ("none", &["large.jpg#12"]),
            ("foreign", &["large.jpg#a", "notes"]),
        ] {
            fs::create_dir_all(pictures.join(name)).unwrap();
            for file in files {
                fs::write(pictures.join(name).join(file), b"x").unwrap();
            }
        }
        folder(home.path()).unwrap();
        for (path, stays) in [
            ("whole/small.jpg", true),
            ("half/large.jpg", true),
            ("half/small.jpg#1", false),
            ("none", false),
            ("foreign/large.jpg#a", true),
            ("foreign/notes", true),
        ] {
            assert_eq!(pictures.join(path).exists(), stays, "{path}");
        }
    }

    #[test]
    fn a_folder_is_made_where_there_is_none() {
        let home = tempfile::tempdir().unwrap();
        let inner = home.path().join("data/pictures");
        folder(&inner).unwrap();
        for made in [inner.clone(), inner.join(FOLDER)] {
            let mode = fs::metadata(made).unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o700, "for nobody else to look at");
        }
        let file = home.path().join("file");
        fs::write(&file, b"").unwrap();
        assert!(folder(&file).is_err());
    }
}
