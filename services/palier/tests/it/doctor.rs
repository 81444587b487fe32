//! `palier doctor` looks and touches nothing.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::harness::process::{palier, seed};
use crate::privacy::contents;

fn doctor(data: &Path) -> (bool, String) {
    let mut command = palier();
    let run = command.arg("doctor").arg("--data").arg(data).output();
    let run = run.unwrap();
    (run.status.success(), String::from_utf8(run.stdout).unwrap())
}

/// What lies there, but for the files that SQLite keeps beside a database while it is open.
fn made_by_us(data: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut contents = contents(data);
    contents.retain(|path, _| !path.to_string_lossy().contains(".db"));
    contents
}

#[test]
fn doctor_names_what_is_missing_and_makes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let (well, said) = doctor(&data);
    assert!(!well && said.contains("WRONG data folder"), "{said}");
    assert!(!data.exists());

    let mut check = palier();
    check.args(["migrate", "--check", "--data"]).arg(&data);
    assert_eq!(check.output().unwrap().status.code(), Some(1));
    assert!(!data.exists(), "whoever only asks makes nothing");

    std::fs::create_dir(&data).unwrap();
    let (well, said) = doctor(&data);
    assert!(!well && said.contains("WRONG keys"), "{said}");
    assert!(said.contains("WRONG mail"), "{said}");
    assert!(made_by_us(&data).is_empty());

    seed(&data, 1);
    let before = made_by_us(&data);
    let (well, said) = doctor(&data);
    assert!(well && said.contains("note  mail"), "{said}");
    assert!(made_by_us(&data) == before, "something changed");

    std::fs::remove_file(data.join("keys/cursors.0001.key")).unwrap();
    let (well, said) = doctor(&data);
    assert!(!well && said.contains("cursors.0001.key"), "{said}");
    assert!(!data.join("keys/cursors.0001.key").exists());
}
