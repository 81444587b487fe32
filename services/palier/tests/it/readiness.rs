//! What `/readyz` says of a whole process.

use reqwest::StatusCode;
use runtime::MINUTE_MS;
use serde_json::Value;

use crate::harness::Board;

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
