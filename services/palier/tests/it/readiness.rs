//! When a process serves, and what `/readyz` says of it.

use std::time::Duration;

use palier::wiring::Role;
use reqwest::StatusCode;
use runtime::MINUTE_MS;
use serde_json::{Value, json};

use crate::harness::Board;
use crate::harness::pictures::photo;

#[tokio::test(flavor = "multi_thread")]
async fn a_process_that_sweeps_no_more_is_not_ready() {
    let board = Board::sqlite().await;
    let ready = async || {
        let answer = board.client().get("/readyz").await;
        let status = answer.status();
        let body: Value = answer.json().await.unwrap();
        (status, body["parts"]["sweeps"].clone())
    };
    board.sweep().await;
    board.pass(5 * MINUTE_MS - 1);
    assert_eq!(ready().await, (StatusCode::OK, true.into()));
    board.pass(1);
    assert_eq!(
        ready().await,
        (StatusCode::SERVICE_UNAVAILABLE, false.into())
    );
    board.sweep().await;
    assert_eq!(ready().await, (StatusCode::OK, true.into()));
    board.close().await;
}

/// It may be much, or wait for a server that does not answer: residents do not.
#[tokio::test(flavor = "multi_thread")]
async fn a_process_serves_though_what_waited_is_not_heard_yet() {
    let board = Board::apart().await;
    let ann = board.founder("Mésange").await;
    let (_, picture) = ann.upload(photo(400, 300), "image/jpeg").await;
    let mut draft = ann.draft("A lamp").await;
    draft["category"] = "GIVE_LEND".into();
    draft["media"] = json!([picture["id"]]);
    let notice = ann.up_with(draft).await;
    board.drain().await;

    board.bucket().close();
    let input = json!({ "post": notice["id"] });
    ann.mutate("withdrawPost", "WithdrawPostInput", input, "")
        .await;
    board.house(Role::Posts).drain().await.unwrap();
    board.bucket().knocked().await;
    let started = tokio::time::timeout(Duration::from_secs(10), board.start()).await;
    board.bucket().open();
    started.expect("it waits for nobody");
    board.drain().await;
    assert_eq!(board.pictures().len(), 0);
    board.close().await;
}
