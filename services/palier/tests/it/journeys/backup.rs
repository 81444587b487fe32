//! A backup is put back elsewhere: what was deleted since stays gone, the rest is there.

use std::fs;
use std::path::Path;

use palier::backup::{BACKUP_KEPT_MS, back_up, restore};
use palier::cli::CommandFault;
use palier::config::Config;
use runtime::Entropy;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::harness::client::client_key;
use crate::harness::databases::Databases;
use crate::harness::pictures::telling_jpeg;
use crate::harness::{Board, Client, PASSWORD};
use crate::privacy::{files, holds};

/// A board that is not there yet: where it will be, with the keys and the log of another.
async fn elsewhere(board: &Board, folder: &TempDir) -> (Config, Option<Databases>) {
    let mut config = board.config.clone();
    config.keys = Some(board.config.keys());
    config.stores.deletions = Some(board.config.store("deletions"));
    config.data = folder.path().join("data");
    config.media.files = None;
    if board.config.bus.is_none() {
        return (config, None);
    }
    let databases = Databases::fresh().await;
    let deletions = config.stores.deletions.take();
    config.stores = databases.stores.clone();
    config.stores.deletions = deletions;
    (config, Some(databases))
}

async fn with_photo(author: &Client, title: &str) -> Value {
    let (status, picture) = author.upload(telling_jpeg(title), "image/jpeg").await;
    assert_eq!(status, 201);
    let mut draft = author.draft(title).await;
    draft["category"] = "GIVE_LEND".into();
    draft["media"] = json!([picture["id"]]);
    let published = author.publish(draft).await;
    assert_eq!(published["__typename"], "PostPublished", "{published}");
    published["post"].clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_deleted_since_a_backup_stays_gone_and_the_rest_is_back() {
    for mut board in Board::each().await {
        let (ann, ben, cleo) = (
            board.founder("Mésange").await,
            board.founder("Merle").await,
            board.founder("Chouette").await,
        );
        with_photo(&ann, "zqerased").await;
        let withdrawn = with_photo(&ben, "zqwithdrawn").await;
        let kept = with_photo(&ben, "A ladder to lend").await;
        let input =
            |body: &str| json!({ "clientKey": client_key(), "post": kept["id"], "body": body });
        let fields = "... on CommentAdded { comment { id } }";
        let answered = cleo
            .mutate(
                "addComment",
                "AddCommentInput",
                input("zqtakenback"),
                fields,
            )
            .await;
        cleo.mutate(
            "addComment",
            "AddCommentInput",
            input("I would like it."),
            fields,
        )
        .await;
        board.drain().await;

        let folder = tempfile::tempdir().unwrap();
        let backups = folder.path().join("backups");
        let backup = back_up(&board.config, &board.clock, &Entropy::System, &backups)
            .await
            .unwrap();

        let password = json!({ "password": PASSWORD });
        ann.mutate("eraseAccount", "EraseAccountInput", password, "")
            .await;
        let id = json!({ "post": withdrawn["id"] });
        ben.mutate("withdrawPost", "WithdrawPostInput", id, "")
            .await;
        let id = json!({ "comment": answered["comment"]["id"] });
        cleo.mutate("withdrawComment", "WithdrawCommentInput", id, "")
            .await;
        let passwords = json!({ "current": PASSWORD, "password": "nine herons above the weir" });
        let changed = cleo
            .mutate("changePassword", "ChangePasswordInput", passwords, "")
            .await;
        assert_eq!(changed["__typename"], "PasswordChanged", "{changed}");
        board.drain().await;

        let there = tempfile::tempdir().unwrap();
        let (config, databases) = elsewhere(&board, &there).await;
        let restored = restore(&config, &board.clock, &Entropy::System, &backup)
            .await
            .unwrap();
        // The account and its notice, a notice, a comment, a password.
        assert_eq!(restored.gone, 5);
        let again = restore(&config, &board.clock, &Entropy::System, &backup).await;
        assert!(said(again).contains("is not empty"));

        for path in files(&config.data) {
            // SQLite removes what it kept beside a database once the last connection is closed.
            let Ok(bytes) = fs::read(&path) else {
                continue;
            };
            for word in ["zqerased", "zqwithdrawn", "zqtakenback"] {
                let found = holds(&bytes, &[word.as_bytes().to_vec()]);
                assert!(!found, "{word} in {}", path.display());
            }
        }

        let restored = Board::restored(&mut board, config, there, databases).await;
        assert_eq!(
            restored.client().sign_in("mesange@example.org").await["__typename"],
            "SignInRefused"
        );
        let replaced = restored.client().sign_in("chouette@example.org").await;
        assert_eq!(replaced["__typename"], "SignInRefused", "{replaced}");
        let ben = restored.client();
        let signed_in = ben.sign_in("merle@example.org").await;
        assert_eq!(signed_in["__typename"], "SignedIn", "{signed_in}");
        assert_eq!(ben.titles().await, ["A ladder to lend"]);
        let read = "query($id: ID!) { node(id: $id) { ... on Post { media { id } comments { edges { node { body } } } } } }";
        let read = ben.data(read, json!({ "id": kept["id"] })).await;
        let comments = read["node"]["comments"]["edges"].as_array().unwrap();
        assert_eq!(comments.len(), 1);
        assert_eq!(comments[0]["node"]["body"], "I would like it.");
        let picture = read["node"]["media"][0]["id"].as_str().unwrap();
        assert_eq!(
            ben.get(&format!("/media/{picture}/large")).await.status(),
            200
        );
        assert_eq!(restored.pictures().len(), 3, "those of the ladder");
        ben.up("A notice of the new day").await;
        restored.drain().await;
        assert_eq!(ben.titles().await.len(), 2, "and life goes on");
        restored.close().await;
        board.close().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_whole_backup_of_this_board_is_refused_and_changes_nothing() {
    let board = Board::sqlite().await;
    let ann = board.founder("Mésange").await;
    with_photo(&ann, "zqsealed").await;
    let folder = tempfile::tempdir().unwrap();
    let backups = folder.path().join("backups");
    let backup = back_up(&board.config, &board.clock, &Entropy::System, &backups)
        .await
        .unwrap();
    let whole = fs::read(&backup).unwrap();
    assert!(!holds(&whole, &[b"zqsealed".to_vec(), b"Ladder".to_vec()]));

    let there = tempfile::tempdir().unwrap();
    let (config, _) = elsewhere(&board, &there).await;
    let put_back = async |config: &Config, bytes: &[u8]| {
        let file = folder.path().join("one.backup");
        fs::write(&file, bytes).unwrap();
        said(restore(config, &board.clock, &Entropy::System, &file).await)
    };
    let mut tampered = whole.clone();
    tampered[whole.len() / 2] ^= 1;
    for bytes in [
        &whole[..whole.len() - 1],
        &whole[..20],
        &tampered,
        b"",
        b"PK",
    ] {
        let told = put_back(&config, bytes).await;
        assert!(told.contains("name a whole backup"), "{told}");
        assert!(!told.contains('\n'), "{told}");
    }
    let keys = folder.path().join("keys");
    copy(&board.config.keys(), &keys);
    fs::write(keys.join("backups.0001.key"), "07".repeat(32)).unwrap();
    let with_keys = Config {
        keys: Some(keys),
        ..config.clone()
    };
    let told = put_back(&with_keys, &whole).await;
    assert!(told.contains("sealed with another key"), "{told}");

    let mut without_log = config.clone();
    let nowhere = folder.path().join("nowhere.db");
    without_log.stores.deletions = Some(format!("sqlite://{}", nowhere.display()));
    let told = put_back(&without_log, &whole).await;
    assert!(told.contains("put back the log of deletions"), "{told}");
    assert!(!nowhere.exists(), "none was made");
    let other = Board::sqlite().await;
    without_log.stores.deletions = Some(other.config.store("deletions"));
    let told = put_back(&without_log, &whole).await;
    assert!(told.contains("stores.deletions"), "{told}");
    other.close().await;

    assert!(!config.data.exists(), "nothing was made there");
    board.pass(BACKUP_KEPT_MS + 1_000);
    let told = put_back(&config, &whole).await;
    assert!(told.contains("older than 14 days"), "{told}");
    let younger = back_up(&board.config, &board.clock, &Entropy::System, &backups)
        .await
        .unwrap();
    assert_eq!(files(&backups), [younger], "the old one is gone");
    board.close().await;
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir(to).unwrap();
    for path in files(from) {
        // With its mode: a key that others may read is none.
        fs::copy(&path, to.join(path.file_name().unwrap())).unwrap();
    }
}

/// The one line with which a command ends.
fn said<T>(done: Result<T, CommandFault>) -> String {
    match done {
        Ok(_) => panic!("it was done"),
        Err(CommandFault::Setting(fault)) => fault.to_string(),
        Err(CommandFault::Failed(reason)) => reason,
    }
}
