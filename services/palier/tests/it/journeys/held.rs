//! A newcomer's notice waits for a moderator.

use serde_json::json;

use crate::harness::Board;
use crate::harness::desk::keeping;

#[tokio::test(flavor = "multi_thread")]
async fn a_moderator_releases_what_a_newcomer_wrote() {
    for board in Board::each().await {
        let (new, ben, mo) = (
            board.newcomer("Crocus").await,
            board.founder("Merle").await,
            board.moderator("Lanterne").await,
        );
        let held = new.publish(new.draft("Bonjour à tous").await).await;
        assert_eq!(held["__typename"], "PostInReview", "{held}");
        board.drain().await;
        assert!(ben.titles().await.is_empty());
        let node = "query($id: ID!) { node(id: $id) { ... on Post { title } } }";
        assert!(ben.data(node, json!({ "id": held["post"]["id"] })).await["node"].is_null());

        let waiting = mo.queue().await.remove(0);
        assert_eq!(waiting["causes"], json!(["NEWCOMER"]), "{waiting}");
        let read = mo.case(&waiting["id"]).await;
        assert_eq!(read["content"]["post"]["title"], "Bonjour à tous", "{read}");
        let views = "{ staffViews { what day } }";
        let seen = new.data(views, json!({})).await;
        assert_eq!(
            seen["staffViews"],
            json!([{ "what": "WRITTEN", "day": "2026-11-21T00:00:00Z" }]),
            "its author can see that somebody looked"
        );
        let mut unread = keeping();
        unread["case"] = waiting["id"].clone();
        unread["version"] = read["version"].clone();
        assert_eq!(
            mo.act_code("decideCase", unread.clone()).await,
            "CONFLICT",
            "nobody claimed it"
        );
        mo.decide(&waiting, keeping()).await;
        board.drain().await;
        assert_eq!(ben.titles().await, ["Bonjour à tous"]);
        let mut other = unread.clone();
        other["measure"] = "LIMIT".into();
        other["rule"] = "OFF_TOPIC".into();
        mo.act("decideCase", unread, "id").await;
        assert_eq!(mo.act_code("decideCase", other).await, "CONFLICT");
        board.close().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_changed_while_it_is_read_is_read_again() {
    let board = Board::sqlite().await;
    let (new, ben, mo) = (
        board.newcomer("Crocus").await,
        board.founder("Merle").await,
        board.moderator("Lanterne").await,
    );
    let held = new.publish(new.draft("Bonjour à tous").await).await;
    board.drain().await;
    let waiting = mo.queue().await.remove(0);
    let claimed = mo
        .act(
            "claimCase",
            json!({ "case": waiting["id"] }),
            "case { version }",
        )
        .await;
    let input = json!({
        "clientKey": crate::harness::client::client_key(), "post": held["post"]["id"], "title": "Autre chose",
    });
    new.mutate("editPost", "EditPostInput", input, "").await;
    // Moderation has not heard of the change yet: what was read is not there any more all the same.
    let mut removal = crate::harness::desk::removing(0);
    removal["case"] = waiting["id"].clone();
    removal["version"] = claimed["case"]["version"].clone();
    assert_eq!(mo.act_code("decideCase", removal.clone()).await, "CONFLICT");
    board.drain().await;
    assert_eq!(mo.act_code("decideCase", removal).await, "CONFLICT");
    mo.decide_the_only(&board, keeping()).await;
    assert_eq!(ben.titles().await, ["Autre chose"]);
    board.close().await;
}
