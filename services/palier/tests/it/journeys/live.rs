//! What changes while one looks, and what was missed while one did not.

use serde_json::json;

use crate::harness::Board;

#[tokio::test(flavor = "multi_thread")]
async fn after_a_reconnect_nothing_is_missed_and_what_is_gone_is_gone() {
    for board in Board::each().await {
        let (ann, ben) = (board.founder("Mésange").await, board.founder("Merle").await);
        let first = ann.up("first").await;
        board.drain().await;
        let mut live = ben
            .follow(Some(ben.feed().await["changesCursor"].as_str().unwrap()))
            .await;
        board.pass(1_000);
        ann.up("second").await;
        board.drain().await;
        let change = live.change().await;
        assert_eq!(change["post"]["title"], "second");
        drop(live);

        board.pass(1_000);
        ann.up("third").await;
        ann.mutate(
            "withdrawPost",
            "WithdrawPostInput",
            json!({ "post": first["id"] }),
            "",
        )
        .await;
        board.drain().await;
        let mut live = ben.follow(change["cursor"].as_str()).await;
        let third = live.change().await;
        assert_eq!(third["post"]["title"], "third");
        let gone = live.change().await;
        assert_eq!(
            (gone["__typename"].as_str(), &gone["id"]),
            (Some("PostGone"), &first["id"])
        );
        assert_eq!(ben.titles().await, ["third", "second"]);
        drop(live);
        board.close().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_socket_ends_with_its_session() {
    let board = Board::sqlite().await;
    let ann = board.founder("Mésange").await;
    let live = ann.follow(None).await;
    ann.data("mutation { signOut { signedOut } }", json!({}))
        .await;
    assert_eq!(live.closed().await, 4403);
    board.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn when_the_server_stops_sockets_are_told_to_come_back() {
    let board = Board::sqlite().await;
    let ann = board.founder("Mésange").await;
    let live = ann.follow(None).await;
    board.house.tasks().ask_to_stop();
    assert_eq!(live.closed().await, 1012);
    board.close().await;
}
