//! The demo is loaded whole or not at all, and onto nobody's board.

use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use palier::cli::CommandFault;
use palier::config::Config;
use palier::demo;

use crate::harness::process::seed;
use crate::privacy::{contents, files};

fn config(data: &Path) -> Config {
    Config {
        data: data.to_owned(),
        ..Config::default()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_demo_begins_anew_after_it_was_stopped_and_loading_it_twice_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("demo");
    // What a start that was stopped leaves behind.
    let half = folder.path().join("demo.loading");
    std::fs::create_dir_all(&half).unwrap();
    std::fs::write(half.join("identity.db"), "half of it").unwrap();

    let accounts = demo::load(&config(&data)).await.unwrap();
    assert!(accounts.contains("kallio-demo"), "{accounts}");
    assert!(!half.exists());
    let mode = std::fs::metadata(&data).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o700, "for nobody else to look at");
    let pictures = files(&data.join("pictures")).len();
    assert!(pictures > 40, "{pictures} files");

    let before = contents(&data);
    assert_eq!(demo::load(&config(&data)).await.unwrap(), accounts);
    assert!(contents(&data) == before, "something changed");
}

#[tokio::test]
async fn the_demo_is_not_loaded_onto_a_board() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    seed(&data, 1);
    let before = contents(&data);
    let refused = demo::load(&config(&data)).await;
    assert!(matches!(refused, Err(CommandFault::Setting(_))));
    assert!(contents(&data) == before, "something changed");
}
