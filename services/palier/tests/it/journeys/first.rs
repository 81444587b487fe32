//! The first whole journey.

use runtime::DAY_MS;
use serde_json::json;

use crate::harness::client::client_key;
use crate::harness::pictures::telling_jpeg;
use crate::harness::{Board, PASSWORD, SLUG, cells, email};

#[tokio::test(flavor = "multi_thread")]
async fn a_resident_joins_publishes_and_a_neighbour_sees_it_arrive() {
    for board in Board::each().await {
        let code = board.code(true).await;
        let ann = board.client();
        let shown = ann
            .data(
                "query($s: String!) { neighbourhood(slug: $s) { name } viewer { id } }",
                json!({ "s": SLUG }),
            )
            .await;
        assert_eq!(shown["neighbourhood"]["name"], "Le Canal");
        assert!(shown["viewer"].is_null());
        let sent = ann
            .sign_up(&email("Mésange"), PASSWORD, &code, "Mésange")
            .await;
        assert_eq!(sent["__typename"], "MailSent");
        assert_eq!(
            ann.confirm(&board.mailed_token().await).await["__typename"],
            "SignedIn"
        );
        let home = cells()[3].token();
        let input = json!({ "neighbourhood": ann.neighbourhood().await, "cell": home });
        let changed = ann
            .mutate("changeHomeCell", "ChangeHomeCellInput", input, "")
            .await;
        assert_eq!(changed["__typename"], "HomeCellChanged", "{changed}");

        let ben = board.founder("Merle").await;
        let cursor = ben.feed().await["changesCursor"]
            .as_str()
            .unwrap()
            .to_owned();
        let mut live = ben.follow(Some(&cursor)).await;

        let (status, picture) = ann
            .upload(telling_jpeg("PLC-canary-7731"), "image/jpeg")
            .await;
        assert_eq!(status, 201, "{picture}");
        let mut draft = ann.draft("Vide-grenier dimanche").await;
        draft["category"] = "GIVE_LEND".into();
        draft["media"] = json!([picture["id"]]);
        draft["mediaAlt"] = json!(["Une table pleine de livres"]);
        let published = ann.publish(draft.clone()).await;
        assert_eq!(published["__typename"], "PostPublished", "{published}");
        let post = &published["post"];
        assert_eq!(post["signedBy"], "Mésange");
        assert_eq!(post["tile"]["token"], home);
        assert_eq!(
            post["publishedAt"], "2026-11-21T10:00:00Z",
            "a quarter of an hour"
        );

        board.drain().await;
        let change = live.change().await;
        assert_eq!(change["__typename"], "PostAppeared");
        assert_eq!(change["post"]["id"], post["id"]);
        assert_eq!(ben.titles().await, ["Vide-grenier dimanche"]);
        let retried = ann.publish(draft.clone()).await;
        assert_eq!(
            retried["post"]["id"], post["id"],
            "a retry finds its notice though the picture is taken"
        );
        draft["clientKey"] = client_key().into();
        let twice =
            "mutation($input: PublishPostInput!) { publishPost(input: $input) { __typename } }";
        assert_eq!(
            ann.code(twice, json!({ "input": draft })).await,
            "NOT_FOUND",
            "a picture hangs once"
        );

        let path = format!("/media/{}/large", picture["id"].as_str().unwrap());
        let shown = ben.get(&path).await;
        assert_eq!(shown.status(), 200);
        assert_eq!(shown.headers()["cache-control"], "private, no-cache");
        let etag = shown.headers()["etag"].clone();
        let bytes = shown.bytes().await.unwrap();
        assert!(
            !bytes.windows(10).any(|window| window == b"PLC-canary"),
            "nothing hidden is served"
        );
        let again = ben
            .request(reqwest::Method::GET, &path)
            .header("if-none-match", etag)
            .send()
            .await
            .unwrap();
        assert_eq!(again.status(), 304);
        assert_eq!(
            board.client().get(&path).await.status(),
            401,
            "not for those signed out"
        );

        let input = json!({ "clientKey": client_key(), "post": post["id"], "body": "J’y serai." });
        let added = ben
            .mutate(
                "addComment",
                "AddCommentInput",
                input,
                "... on CommentAdded { comment { body signedBy } }",
            )
            .await;
        assert_eq!(added["comment"]["signedBy"], "Merle", "{added}");
        let read = ann
            .data("query($id: ID!) { node(id: $id) { ... on Post { mine comments { edges { node { body } } } } } }", json!({ "id": post["id"] }))
            .await;
        assert_eq!(read["node"]["mine"], true);
        assert_eq!(
            read["node"]["comments"]["edges"][0]["node"]["body"],
            "J’y serai."
        );

        ann.mutate(
            "resolvePost",
            "ResolvePostInput",
            json!({ "post": post["id"] }),
            "",
        )
        .await;
        board.drain().await;
        let change = live.change().await;
        assert_eq!(
            (
                change["__typename"].as_str(),
                change["post"]["state"].as_str()
            ),
            (Some("PostChanged"), Some("RESOLVED"))
        );

        board.pass(15 * DAY_MS);
        board.sweep().await;
        board.drain().await;
        // Sessions live on, standings are fetched anew: a fortnight later the notice is gone from everywhere.
        assert!(ben.titles().await.is_empty());
        assert_eq!(ben.get(&path).await.status(), 404);
        let pictures = board.pictures();
        assert!(pictures.is_empty(), "{pictures:?}");
        drop(live);
        board.close().await;
    }
}
