//! `palier doctor` looks and touches nothing.

use std::collections::BTreeMap;
use std::fs::{Permissions, set_permissions};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use runtime::{Clock, DAY_MS};

use crate::harness::apart::Apart;
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

    // Palier makes it for its user alone, whatever the umask.
    std::fs::remove_dir(&data).unwrap();
    seed(&data, 1);
    let mode = std::fs::metadata(&data).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o700);
    let before = made_by_us(&data);
    let (well, said) = doctor(&data);
    assert!(well && said.contains("note  mail"), "{said}");
    assert!(made_by_us(&data) == before, "something changed");

    std::fs::remove_file(data.join("keys/cursors.0001.key")).unwrap();
    let (well, said) = doctor(&data);
    assert!(!well && said.contains("cursors.0001.key"), "{said}");
    assert!(!data.join("keys/cursors.0001.key").exists());
}

#[test]
fn doctor_names_a_folder_that_others_can_read() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    seed(&data, 1);
    set_permissions(folder.path(), Permissions::from_mode(0o755)).unwrap();
    assert!(doctor(&data).0, "the data folder keeps others out");
    set_permissions(&data, Permissions::from_mode(0o755)).unwrap();
    let (well, said) = doctor(&data);
    let named = format!("others may read {}: run chmod 700", data.display());
    assert!(!well && said.contains(&named), "{said}");
}

/// Data restored without its keys: keys made now would open nothing, and nobody could sign in.
#[test]
fn a_board_does_not_start_with_other_keys_than_its_own() {
    let folder = tempfile::tempdir().unwrap();
    let (data, keys) = (folder.path().join("data"), folder.path().join("data/keys"));
    seed(&data, 1);
    let away = folder.path().join("keys-elsewhere");
    std::fs::rename(&keys, &away).unwrap();
    let refused = || {
        let mut start = palier();
        start.args(["all", "--listen", "127.0.0.1:0", "--data"]);
        let run = start.arg(&data).output().unwrap();
        let said = String::from_utf8(run.stderr).unwrap();
        assert_eq!(run.status.code(), Some(2), "{said}");
        assert!(said.contains(&keys.display().to_string()), "{said}");
        assert!(said.contains("restore the key folder"), "{said}");
    };
    refused();
    assert!(!keys.exists(), "none were made");

    let other = folder.path().join("other");
    seed(&other, 1);
    std::fs::rename(other.join("keys"), &keys).unwrap();
    refused();
    let (well, said) = doctor(&data);
    assert!(!well && said.contains("these keys open none"), "{said}");
    assert!(said.contains("restore the key folder"), "{said}");

    std::fs::remove_dir_all(&keys).unwrap();
    std::fs::rename(&away, &keys).unwrap();
    assert!(doctor(&data).0);
}

/// What is wrong with one process is told of it alone, and of the edge whom it does not reach.
#[tokio::test(flavor = "multi_thread")]
async fn doctor_of_processes_of_their_own_names_what_each_lacks() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let mut apart = Apart::settled(&data, 1).await;
    for role in Apart::ROLES {
        apart.start(role);
    }
    let doctor = |apart: &Apart, words: &[&str]| {
        let run = apart.command().arg("doctor").args(words).output().unwrap();
        (run.status.success(), String::from_utf8(run.stdout).unwrap())
    };
    let (well, said) = doctor(&apart, &[]);
    assert!(well, "{said}");
    for line in [
        "bus",
        "store of posts",
        "certificate of gateway",
        "keys",
        "posts at ",
    ] {
        assert!(said.contains(&format!("ok    {line}")), "{line}: {said}");
    }

    let wrong = |apart: &Apart, words: &[&str], fault: &str, remedy: &str| {
        let (well, said) = doctor(apart, words);
        let mut lines = said.lines().filter(|line| line.starts_with("WRONG"));
        let line = lines.next().unwrap_or_else(|| panic!("{said}"));
        assert!(!well && lines.next().is_none(), "{said}");
        assert!(line.contains(fault) && line.contains(remedy), "{line}");
    };
    apart.stop("posts");
    wrong(
        &apart,
        &[],
        "WRONG roles.posts.at: posts at ",
        "start its process",
    );
    assert!(doctor(&apart, &["posts"]).0, "it can be started");

    let key = data.join("keys/cursors.0001.key");
    let away = folder.path().join("away");
    std::fs::rename(&key, &away).unwrap();
    wrong(&apart, &["posts"], "cursors.0001.key", "`palier secrets`");
    assert!(doctor(&apart, &["identity"]).0, "it needs no such key");
    std::fs::rename(&away, &key).unwrap();

    let certificates = data.join("certificates");
    let then = Clock::manual(Clock::System.now_ms() - 720 * DAY_MS);
    transport::issue(&certificates, &["media"], &then).unwrap();
    wrong(
        &apart,
        &["media"],
        "media.pem is over within 30 days",
        "--renew",
    );

    apart.set("MAIL__TO", "smtp://127.0.0.1:1");
    wrong(
        &apart,
        &["identity"],
        "WRONG mail.to: it does not answer",
        "check the server",
    );
    apart.set("BUS", "redis://127.0.0.1:1");
    wrong(
        &apart,
        &["posts"],
        "WRONG bus: Redis does not answer",
        "that the server runs",
    );
    apart.close().await;
}
