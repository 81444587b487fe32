//! `palier doctor` looks and touches nothing.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::harness::process::{palier, seed};
use crate::privacy::files;

fn doctor(data: &Path) -> (bool, String) {
    let mut command = palier();
    let run = command.arg("doctor").arg("--data").arg(data).output();
    let run = run.unwrap();
    (run.status.success(), String::from_utf8(run.stdout).unwrap())
}

fn contents(data: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let files = files(data).into_iter();
    files
        .map(|path| (path.clone(), std::fs::read(path).unwrap()))
        .collect()
}

#[test]
fn doctor_names_what_is_missing_and_makes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let (well, said) = doctor(&data);
    assert!(!well && said.contains("WRONG data folder"), "{said}");
    assert!(!data.exists());

    std::fs::create_dir(&data).unwrap();
    let (well, said) = doctor(&data);
    assert!(!well && said.contains("WRONG keys"), "{said}");
    assert!(said.contains("WRONG mail"), "{said}");
    assert!(contents(&data).is_empty());

    seed(&data, 1);
    std::fs::create_dir(data.join("mails")).unwrap();
    let before = contents(&data);
    let (well, said) = doctor(&data);
    assert!(well && said.contains("note  mail"), "{said}");
    assert_eq!(contents(&data), before);

    std::fs::remove_file(data.join("keys/cursors.0001.key")).unwrap();
    let (well, said) = doctor(&data);
    assert!(!well && said.contains("cursors.0001.key"), "{said}");
    assert!(!data.join("keys/cursors.0001.key").exists());
}
