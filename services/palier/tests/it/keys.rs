//! Keys are replaced while a board runs, and an older one is removed only when nothing is under it.

use std::fs::OpenOptions;
use std::path::Path;
use std::process::Output;
use std::time::{Duration, SystemTime};

use serde_json::json;

use crate::harness::apart::Apart;
use crate::harness::free_address;
use crate::harness::process::{Server, palier, seed};
use crate::harness::resident::{signed_in, try_to_sign_in};

const VIEWER: &str = "{ viewer { memberships { neighbourhood { id } } } }";

fn keys(data: &Path, words: &[&str]) -> Output {
    let mut command = palier();
    command.arg("keys").args(words).arg("--data").arg(data);
    command.output().unwrap()
}

/// What a command says that is to succeed.
fn said(done: &Output) -> String {
    let faults = String::from_utf8_lossy(&done.stderr);
    assert!(done.status.success(), "{faults}");
    String::from_utf8(done.stdout.clone()).unwrap()
}

/// As if a key had come into use long ago.
fn used_long_ago(data: &Path, name: &str) {
    let file = OpenOptions::new()
        .write(true)
        .open(data.join("keys").join(name));
    let then = SystemTime::UNIX_EPOCH + Duration::from_hours(24 * 20_000);
    file.unwrap().set_modified(then).unwrap();
}

/// Waits until nothing of a board that runs is under an older key.
async fn moved(data: &Path) {
    while said(&keys(data, &["list"])).contains("rows of identity") {
        tokio::task::yield_now().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_board_of_one_process_goes_on_with_new_keys_and_then_without_the_old() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    seed(&data, 2);
    let port = free_address().port();
    let origin = format!("http://127.0.0.1:{port}");
    let server = Server::start(&data, port);
    let resident = signed_in(&origin, 0).await;
    let all = [
        "addresses",
        "address-lookup",
        "codes",
        "standings",
        "cursors",
        "origins",
        "backups",
        "deletions",
    ];

    let made = said(&keys(&data, &[&["rotate"], &all[..]].concat()));
    for purpose in all {
        assert!(
            made.contains(&format!("{purpose}.0002.key is used")),
            "{made}"
        );
    }
    let here = resident.ask(VIEWER, json!({})).await;
    assert!(here.is_some(), "who runs reads with the keys of before");
    let listed = said(&keys(&data, &["list"]));
    assert!(
        listed.contains("addresses 0001: older; it stays: 2 rows"),
        "{listed}"
    );
    assert!(
        listed
            .contains("origins 0001: older; it stays: limits may be under them for 24 hours more"),
        "{listed}"
    );

    server.stop();
    let server = Server::start(&data, port);
    assert!(
        resident.ask(VIEWER, json!({})).await.is_some(),
        "still signed in"
    );
    moved(&data).await;
    let early = keys(&data, &["retire", "addresses", "codes"]);
    let refused = String::from_utf8(early.stdout).unwrap();
    assert_eq!(early.status.code(), Some(1), "{refused}");
    assert!(
        refused.contains("sign-ups and mails may be under them for 4 days"),
        "{refused}"
    );
    assert!(
        refused.contains("invites and links may be under them for 32 days"),
        "{refused}"
    );

    for purpose in all {
        used_long_ago(&data, &format!("{purpose}.0002.key"));
    }
    let gone = said(&keys(&data, &[&["retire"], &all[..]].concat()));
    for purpose in all {
        assert!(
            gone.contains(&format!("{purpose}.0001.key is removed")),
            "{gone}"
        );
        assert!(!data.join(format!("keys/{purpose}.0001.key")).exists());
    }
    server.stop();
    let server = Server::start(&data, port);
    let answer = try_to_sign_in(&origin, 1).await;
    let answer: serde_json::Value = answer.json().await.unwrap();
    assert!(answer["data"]["signIn"]["viewer"].is_object(), "{answer}");
    server.stop();
}

#[tokio::test(flavor = "multi_thread")]
async fn processes_of_their_own_read_with_a_key_before_any_uses_it() {
    let folder = tempfile::tempdir().unwrap();
    let mut apart = Apart::settled(folder.path(), 2).await;
    for role in Apart::ROLES {
        apart.start(role);
    }
    let resident = signed_in(&apart.origin.clone(), 0).await;
    let at_work = async || resident.ask(VIEWER, json!({})).await.is_some();
    let replaced = [
        "addresses",
        "address-lookup",
        "codes",
        "standings",
        "cursors",
        "origins",
    ];
    let made = said(
        &apart
            .command()
            .args(["keys", "rotate"])
            .args(replaced)
            .output()
            .unwrap(),
    );
    assert!(
        made.contains("codes.0002.next is made: give it to identity"),
        "{made}"
    );
    assert!(folder.path().join("keys/standings.0002.pub").exists());
    for step in ["read", "use"] {
        if step == "use" {
            said(
                &apart
                    .command()
                    .args(["keys", "use"])
                    .args(replaced)
                    .output()
                    .unwrap(),
            );
        }
        for role in Apart::ROLES {
            apart.start(role);
            assert!(at_work().await, "{role} was restarted to {step}");
        }
        signed_in(&apart.origin.clone(), 1).await;
    }
    let kept = apart
        .command()
        .args(["keys", "retire", "codes"])
        .output()
        .unwrap();
    assert_eq!(kept.status.code(), Some(1));
    assert!(folder.path().join("keys/codes.0001.key").exists());
    apart.close().await;
}
