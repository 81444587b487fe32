//! Runs exiftool (Debian's libimage-exiftool-perl). Without it these tests fail: they never pass for lack of a tool.

use std::path::Path;
use std::process::Command;

/// Writes tags into files, in place.
pub fn write<S: AsRef<str>>(arguments: &[S], files: &[&Path]) {
    let output = Command::new("exiftool")
        .args(["-q", "-q", "-m", "-overwrite_original"])
        .args(arguments.iter().map(AsRef::as_ref))
        .args(files)
        .output()
        .expect("exiftool is needed: install libimage-exiftool-perl");
    assert!(
        output.status.success(),
        "exiftool: {}",
        String::from_utf8_lossy(&output.stderr)
    );
}
