//! A newcomer's notice waits for a moderator.

use serde_json::json;

use crate::harness::Board;

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

        let queue = "query($n: ID!) { heldPosts(neighbourhood: $n) { id title state version } }";
        let variables = json!({ "n": mo.neighbourhood().await });
        let waiting = mo.data(queue, variables.clone()).await;
        assert_eq!(waiting["heldPosts"][0]["state"], "IN_REVIEW", "{waiting}");
        assert_eq!(ben.code(queue, variables).await, "FORBIDDEN");
        let input = json!({
            "post": held["post"]["id"],
            "version": waiting["heldPosts"][0]["version"],
            "release": true,
        });
        mo.mutate("reviewPost", "ReviewPostInput", input.clone(), "")
            .await;
        board.drain().await;
        assert_eq!(ben.titles().await, ["Bonjour à tous"]);
        let again =
            "mutation($input: ReviewPostInput!) { reviewPost(input: $input) { __typename } }";
        assert_eq!(mo.code(again, json!({ "input": input })).await, "CONFLICT");
        board.close().await;
    }
}
