//! Answers that are the same for every member are made once, and never outlive what they say.

use reqwest::StatusCode;
use runtime::HOUR_MS;
use serde_json::{Value, json};

use crate::harness::Board;
use crate::harness::client::{Client, client_key};
use palier::wiring::Role;

const FEED: &str =
    "query($n: ID!) { feed(neighbourhood: $n) { edges { node { title state tile { name } } } } }";
/// Who asks is looked at for what they may see of the neighbourhood.
const PERSONAL: &str = "query($n: ID!) { feed(neighbourhood: $n) { edges { node { title neighbourhood { name } } } } }";

async fn feed(client: &Client, neighbourhood: &str) -> Value {
    client.data(FEED, json!({ "n": neighbourhood })).await["feed"].clone()
}

fn titles(feed: &Value) -> Vec<&str> {
    let edges = feed["edges"].as_array().unwrap().iter();
    edges
        .map(|edge| edge["node"]["title"].as_str().unwrap())
        .collect()
}

async fn a_tile(client: &Client) -> Value {
    let query = "{ viewer { memberships { neighbourhood { tiles { token } } } } }";
    let data = client.data(query, json!({})).await;
    let tiles = &data["viewer"]["memberships"][0]["neighbourhood"]["tiles"];
    tiles[0]["token"].clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_is_another_as_soon_as_anything_on_it_is() {
    for board in Board::each().await {
        let (ann, ben) = (
            board.moderator("Mésange").await,
            board.founder("Merle").await,
        );
        // What an appointment changes is known from here on.
        board.drain().await;
        let n = ann.neighbourhood().await;
        assert!(titles(&feed(&ben, &n).await).is_empty());
        let tile = a_tile(&ann).await;
        let mut draft = ann.draft("first").await;
        draft["cell"] = tile.clone();
        draft["category"] = "GIVE_LEND".into();
        let post = ann.up_with(draft).await;
        board.drain().await;
        assert_eq!(titles(&feed(&ben, &n).await), ["first"]);

        let input = json!({ "clientKey": client_key(), "post": post["id"], "title": "edited" });
        ann.mutate("editPost", "EditPostInput", input, "").await;
        board.drain().await;
        assert_eq!(titles(&feed(&ben, &n).await), ["edited"]);

        ann.mutate(
            "resolvePost",
            "ResolvePostInput",
            json!({ "post": post["id"] }),
            "",
        )
        .await;
        board.drain().await;
        assert_eq!(
            feed(&ben, &n).await["edges"][0]["node"]["state"],
            "RESOLVED"
        );

        let input = json!({ "neighbourhood": n, "cell": tile, "name": "Le lavoir" });
        ann.act("nameTile", input, "__typename").await;
        board.pass(5_000);
        assert_eq!(
            feed(&ben, &n).await["edges"][0]["node"]["tile"]["name"],
            "Le lavoir"
        );

        ann.mutate(
            "withdrawPost",
            "WithdrawPostInput",
            json!({ "post": post["id"] }),
            "",
        )
        .await;
        board.drain().await;
        assert!(titles(&feed(&ben, &n).await).is_empty());

        let mut draft = ann.draft("over by noon").await;
        draft["expiresAt"] = "2026-11-21T11:30:00Z".into();
        ann.up_with(draft).await;
        board.drain().await;
        assert_eq!(titles(&feed(&ben, &n).await), ["over by noon"]);
        // Nobody swept it, and nothing was signalled.
        board.pass(2 * HOUR_MS);
        assert!(titles(&feed(&ben, &n).await).is_empty());
        board.close().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_one_member_asked_another_gets_without_asking_feeds_and_moderators_and_strangers_do_not()
 {
    let board = Board::apart().await;
    let (ann, ben) = (board.founder("Mésange").await, board.founder("Merle").await);
    let moderator = board.moderator("Pinson").await;
    let stranger = board.stranger("Rouge-gorge").await;
    ann.up("first").await;
    board.drain().await;
    let n = ann.neighbourhood().await;
    let made = feed(&ann, &n).await;
    assert_eq!(titles(&made), ["first"]);
    // The second who asks makes sure where the board stands.
    assert_eq!(feed(&ann, &n).await, made);
    ann.data(PERSONAL, json!({ "n": n })).await;
    for client in [&ben, &moderator, &stranger] {
        // So that nothing has to be asked for who they are.
        client.neighbourhood().await;
    }

    // A second has not passed: where the board stands is known, and feeds is not asked.
    board.house(Role::Feeds).stop().await;
    assert_eq!(feed(&ben, &n).await, made);
    let code = async |client: &Client, query: &str| client.code(query, json!({ "n": n })).await;
    assert_eq!(
        code(&ben, PERSONAL).await,
        "UNAVAILABLE",
        "what looks at who asks is not kept"
    );
    assert_eq!(code(&moderator, FEED).await, "UNAVAILABLE");
    assert_eq!(code(&stranger, FEED).await, "NOT_FOUND");
    assert_eq!(code(&board.client(), FEED).await, "UNAUTHENTICATED");
    board.pass(1_000);
    assert_eq!(
        code(&ben, FEED).await,
        "UNAVAILABLE",
        "nobody says that it is still so"
    );
    board.close().await;
}

/// What comes of `POST /graphql` by one who wants a stream.
async fn stream(client: &Client, query: &str, variables: Value) -> reqwest::Response {
    client
        .request(reqwest::Method::POST, "/graphql")
        .header("accept", "text/event-stream")
        .json(&json!({ "query": query, "variables": variables }))
        .send()
        .await
        .unwrap()
}

const FOLLOW: &str = "subscription($n: ID!, $after: String) { feedChanges(neighbourhood: $n, after: $after) { \
     __typename ... on PostAppeared { post { title } } ... on PostGone { id } } }";

/// The next event of a stream: its name, and what it says.
async fn event(response: &mut reqwest::Response, read: &mut String) -> Option<(String, Value)> {
    loop {
        if let Some((event, rest)) = read
            .split_once("\n\n")
            .map(|(a, b)| (a.to_owned(), b.to_owned()))
        {
            *read = rest;
            if event == ":" {
                continue;
            }
            let (name, data) = event.split_once('\n').unwrap();
            let data = data.strip_prefix("data:").unwrap().trim();
            let data = if data.is_empty() {
                Value::Null
            } else {
                serde_json::from_str(data).unwrap()
            };
            return Some((name.strip_prefix("event: ").unwrap().to_owned(), data));
        }
        let chunk = response.chunk().await.unwrap()?;
        read.push_str(std::str::from_utf8(&chunk).unwrap());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_feed_is_followed_over_an_event_stream_until_the_session_ends() {
    for board in Board::each().await {
        let (ann, ben) = (board.founder("Mésange").await, board.founder("Merle").await);
        let n = ben.neighbourhood().await;
        let after = ben.feed().await["changesCursor"].clone();
        let mut stream = stream(&ben, FOLLOW, json!({ "n": n, "after": after })).await;
        assert_eq!(stream.status(), StatusCode::OK);
        assert_eq!(stream.headers()["content-type"], "text/event-stream");
        let mut read = String::new();
        let post = ann.up("first").await;
        board.drain().await;
        let (name, told) = event(&mut stream, &mut read).await.unwrap();
        assert_eq!(name, "next");
        assert_eq!(told["data"]["feedChanges"]["post"]["title"], "first");
        ann.mutate(
            "withdrawPost",
            "WithdrawPostInput",
            json!({ "post": post["id"] }),
            "",
        )
        .await;
        board.drain().await;
        let (_, told) = event(&mut stream, &mut read).await.unwrap();
        assert_eq!(told["data"]["feedChanges"]["id"], post["id"]);
        ben.data("mutation { signOut { signedOut } }", json!({}))
            .await;
        assert!(event(&mut stream, &mut read).await.is_none());
        board.close().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_query_over_an_event_stream_is_answered_and_complete_and_a_refusal_has_its_status() {
    let board = Board::sqlite().await;
    let ann = board.founder("Mésange").await;
    let mut answered = stream(&ann, "{ viewer { memberships { pseudonym } } }", json!({})).await;
    let mut read = String::new();
    let (_, told) = event(&mut answered, &mut read).await.unwrap();
    assert_eq!(
        told["data"]["viewer"]["memberships"][0]["pseudonym"],
        "Mésange"
    );
    let (name, _) = event(&mut answered, &mut read).await.unwrap();
    assert_eq!(name, "complete");
    assert!(event(&mut answered, &mut read).await.is_none());

    let n = ann.neighbourhood().await;
    for (client, query) in [
        (&board.client(), FOLLOW),
        (&ann, "mutation { signOut { signedOut } }"),
        (&ann, "subscription {"),
    ] {
        let refused = stream(client, query, json!({ "n": n })).await;
        assert_eq!(refused.status(), StatusCode::BAD_REQUEST, "{query}");
        let refused: Value = refused.json().await.unwrap();
        assert!(
            refused["errors"][0]["extensions"]["code"].is_string(),
            "{refused}"
        );
    }
    board.close().await;
}
