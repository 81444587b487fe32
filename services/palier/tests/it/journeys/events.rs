//! Events: who comes, and what everybody may read of them, signed out too.

use contract::Caller;
use contract::identity::{CreateNeighbourhoodRequest, Density, Households};
use reqwest::StatusCode;
use serde_json::{Value, json};

use crate::harness::client::client_key;
use crate::harness::pictures::telling_jpeg;
use crate::harness::{Board, Client, SLUG};

const COMING: &str = "event { capacity placesLeft myRsvp answers { pseudonym answer } }";
const POST: &str = "id title body signedBy signature mine takesComments tile { token } neighbourhood { slug tiles { token } } \
     event { placesLeft myRsvp answers { answer } startsAt placeName } comments { edges { node { body } } } media { url }";

async fn say(client: &Client, event: &Value, answer: Value) -> Value {
    let input = json!({ "post": event["id"], "answer": answer });
    let fields = format!(
        "... on RsvpSet {{ post {{ {COMING} }} }} ... on RsvpRefused {{ reasons {{ code message }} }}"
    );
    client
        .mutate("setRsvp", "SetRsvpInput", input, &fields)
        .await
}

/// What a page of the feed tells of who comes.
async fn in_feed(client: &Client) -> Value {
    let query = format!(
        "query($n: ID!) {{ feed(neighbourhood: $n) {{ edges {{ node {{ title {COMING} }} }} }} }}"
    );
    let variables = json!({ "n": client.neighbourhood().await });
    client.data(&query, variables).await["feed"].clone()
}

async fn coming(client: &Client, event: &Value) -> Value {
    let query = format!("query($id: ID!) {{ node(id: $id) {{ ... on Post {{ {COMING} }} }} }}");
    let read = client.data(&query, json!({ "id": event["id"] })).await;
    read["node"]["event"].clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn neighbours_say_whether_they_come_and_the_author_alone_reads_who() {
    for board in Board::each().await {
        let (ann, ben) = (board.founder("Mésange").await, board.founder("Merle").await);
        let moderator = board.moderator("Lanterne").await;
        let mut draft = ann.event("Le grand repas").await;
        draft["event"]["capacity"] = 1.into();
        let meal = ann.up_with(draft).await;
        board.pass(60_000);
        ann.up_with(ann.event("La balade").await).await;
        board.drain().await;

        let set = say(&ben, &meal, "GOING".into()).await;
        let expected =
            json!({ "capacity": 1, "placesLeft": 0, "myRsvp": "GOING", "answers": null });
        assert_eq!(set["post"]["event"], expected, "{set}");
        let refused = say(&moderator, &meal, "GOING".into()).await;
        assert_eq!(refused["reasons"][0]["code"], "EVENT_FULL");
        let message = refused["reasons"][0]["message"].as_str().unwrap();
        assert!(message.contains("maybe"), "{message}");
        let maybe = say(&moderator, &meal, "MAYBE".into()).await;
        assert_eq!(maybe["__typename"], "RsvpSet", "{maybe}");
        assert!(coming(&moderator, &meal).await["answers"].is_null());
        let answers = json!([
            { "pseudonym": "Lanterne", "answer": "MAYBE" },
            { "pseudonym": "Merle", "answer": "GOING" },
        ]);
        let expected =
            json!({ "capacity": 1, "placesLeft": 0, "myRsvp": null, "answers": answers });
        assert_eq!(coming(&ann, &meal).await, expected);
        let mine = format!("query($n: ID!) {{ myPosts(neighbourhood: $n) {{ title {COMING} }} }}");
        let mine = ann
            .data(&mine, json!({ "n": ann.neighbourhood().await }))
            .await;
        assert_eq!(mine["myPosts"][0]["event"]["answers"], json!([]));
        assert_eq!(mine["myPosts"][1]["event"], expected);

        let (anns, bens) = (in_feed(&ann).await, in_feed(&ben).await);
        assert_eq!(
            anns.to_string(),
            bens.to_string(),
            "a feed is the same for both"
        );
        let told = &anns["edges"][1]["node"]["event"];
        let expected = json!({ "capacity": 1, "placesLeft": 0, "myRsvp": null, "answers": null });
        assert_eq!(told, &expected, "{anns}");

        let taken_back = say(&ben, &meal, Value::Null).await;
        assert_eq!(taken_back["post"]["event"]["placesLeft"], 1);
        let export = ben
            .data(
                "mutation { exportMyData { parts { name json } } }",
                json!({}),
            )
            .await;
        assert!(!export.to_string().contains("GOING"), "{export}");
        let export = moderator
            .data(
                "mutation { exportMyData { parts { name json } } }",
                json!({}),
            )
            .await;
        assert!(export.to_string().contains("MAYBE"), "{export}");
        board.close().await;
    }
}

/// The public events of the neighbourhood, as somebody sees them.
async fn listed(client: &Client) -> Vec<Value> {
    let query = format!(
        "query($s: String!) {{ neighbourhood(slug: $s) {{ publicEvents(first: 3) {{ edges {{ node {{ {POST} }} }} \
         pageInfo {{ hasNextPage }} }} }} }}"
    );
    let data = client.data(&query, json!({ "s": SLUG })).await;
    let edges = data["neighbourhood"]["publicEvents"]["edges"]
        .as_array()
        .unwrap();
    edges.iter().map(|edge| edge["node"].clone()).collect()
}

/// What somebody who knows no neighbourhood finds: each by its name, and the events of all.
async fn found(client: &Client) -> Value {
    let query = format!(
        "{{ neighbourhoods {{ slug name mapVersion }} publicEvents(first: 6) {{ edges {{ node {{ {POST} }} }} }} }}"
    );
    client.data(&query, json!({})).await
}

struct Addresses {
    calendar: String,
    feed: String,
    single: String,
    picture: String,
}

#[tokio::test(flavor = "multi_thread")]
async fn a_public_event_is_everybodys_until_it_is_public_no_more() {
    for board in Board::each().await {
        let (ann, ben) = (board.founder("Mésange").await, board.founder("Merle").await);
        let anyone = board.client();
        let (_, picture) = ann
            .upload(telling_jpeg("PLC-canary-9925"), "image/jpeg")
            .await;
        let mut draft = ann.event("Vide-grenier; à 10 h, ]]> 🦔").await;
        draft["event"]["audience"] = "PUBLIC".into();
        draft["event"]["capacity"] = 3.into();
        draft["media"] = json!([picture["id"]]);
        let party = ann.up_with(draft).await;
        let private = ann.up_with(ann.event("Entre voisins").await).await;
        say(&ben, &party, "GOING".into()).await;
        let input = json!({ "clientKey": client_key(), "post": party["id"], "body": "J’y serai." });
        ann.mutate("addComment", "AddCommentInput", input, "").await;
        board.drain().await;

        let listed_now = listed(&anyone).await;
        assert_eq!(listed_now.len(), 1, "{listed_now:?}");
        let seen = &listed_now[0];
        assert_eq!(
            (&seen["signedBy"], &seen["signature"], &seen["comments"]),
            (&json!("a neighbour"), &json!("NEIGHBOUR"), &Value::Null)
        );
        assert_eq!(seen["tile"]["token"], party["tile"]["token"]);
        assert!(seen["neighbourhood"]["tiles"].is_null(), "its name only");
        assert_eq!(seen["event"]["placesLeft"], 2);
        assert_eq!(
            listed(&ann).await[0]["signedBy"],
            "a neighbour",
            "alike for members"
        );
        let everywhere = found(&anyone).await;
        let [there] = everywhere["neighbourhoods"].as_array().unwrap().as_slice() else {
            panic!("{everywhere}");
        };
        assert_eq!(
            (&there["slug"], &there["name"]),
            (&json!(SLUG), &json!("Le Canal"))
        );
        assert!(there["mapVersion"].is_null(), "its name only");
        assert_eq!(
            everywhere["publicEvents"]["edges"],
            json!([{ "node": seen }])
        );
        let by_id = format!("query($id: ID!) {{ node(id: $id) {{ ... on Post {{ {POST} }} }} }}");
        let node = anyone.data(&by_id, json!({ "id": party["id"] })).await;
        assert_eq!(node["node"]["body"], party["body"]);
        for (hidden, nothing) in [("comments", Value::Null), ("mine", false.into())] {
            assert_eq!(node["node"][hidden], nothing);
        }
        for personal in ["myRsvp", "answers"] {
            assert!(node["node"]["event"][personal].is_null(), "{node}");
        }
        let code = anyone.code(&by_id, json!({ "id": private["id"] })).await;
        assert_eq!(code, "UNAUTHENTICATED", "as if it were not there");

        let addresses = Addresses {
            calendar: format!("/n/{SLUG}/events.ics"),
            feed: format!("/n/{SLUG}/events.atom"),
            single: format!("/post/{}/event.ics", party["id"].as_str().unwrap()),
            picture: node["node"]["media"][0]["url"].as_str().unwrap().to_owned(),
        };
        for (path, content_type, says) in [
            (
                &addresses.calendar,
                "text/calendar; charset=utf-8",
                "SUMMARY:Vide-grenier\\; à 10 h\\, ]]> 🦔\r\n",
            ),
            (
                &addresses.single,
                "text/calendar; charset=utf-8",
                "DTSTART:20261122T100000Z\r\n",
            ),
            (
                &addresses.feed,
                "application/atom+xml; charset=utf-8",
                "<title>Vide-grenier; à 10 h, ]]&gt; 🦔</title>",
            ),
        ] {
            assert_read(&anyone, path, content_type, says).await;
        }
        assert_eq!(
            anyone.get(&addresses.picture).await.status(),
            StatusCode::OK
        );

        let members = format!("/post/{}/event.ics", private["id"].as_str().unwrap());
        assert_eq!(anyone.get(&members).await.status(), StatusCode::NOT_FOUND);
        let read = ben.get(&members).await;
        assert_eq!(read.headers()["cache-control"], "private, no-cache");
        assert!(
            read.text()
                .await
                .unwrap()
                .contains("SUMMARY:Entre voisins\r\n")
        );

        let mut closed = json!({ "startsAt": "2026-11-22T10:00:00Z", "endsAt": "2026-11-22T11:00:00Z", "placeName": "La rotonde" });
        closed["audience"] = "NEIGHBOURHOOD".into();
        let input = json!({ "clientKey": client_key(), "post": party["id"], "event": closed });
        let edited = ann.mutate("editPost", "EditPostInput", input, "").await;
        assert_eq!(edited["__typename"], "PostPublished", "{edited}");
        assert_gone(&anyone, &by_id, &party, &addresses).await;
        board.drain().await;
        assert_eq!(
            anyone.get(&addresses.picture).await.status(),
            StatusCode::UNAUTHORIZED
        );
        assert_eq!(ben.get(&addresses.picture).await.status(), StatusCode::OK);
        assert_eq!(ben.get(&addresses.single).await.status(), StatusCode::OK);
        board.close().await;
    }
}

/// That an address answers everybody, with a tag that spares the rest the next time.
async fn assert_read(anyone: &Client, path: &str, content_type: &str, says: &str) {
    let read = anyone.get(path).await;
    assert_eq!(read.status(), StatusCode::OK, "{path}");
    let headers = read.headers().clone();
    assert_eq!(headers["content-type"], content_type);
    assert!(
        headers["cache-control"]
            .to_str()
            .unwrap()
            .ends_with("no-cache")
    );
    assert_eq!(headers["x-content-type-options"], "nosniff");
    let text = read.text().await.unwrap();
    assert!(text.contains(says), "{text}");
    for word in ["Mésange", "Merle", "J’y serai", "Entre voisins"] {
        assert!(!text.contains(word), "{word} in {text}");
    }
    let again = anyone
        .request(reqwest::Method::GET, path)
        .header("if-none-match", headers["etag"].clone())
        .send()
        .await
        .unwrap();
    assert_eq!(again.status(), StatusCode::NOT_MODIFIED, "{path}");
    assert_eq!(again.headers()["etag"], headers["etag"]);
}

async fn assert_gone(anyone: &Client, by_id: &str, party: &Value, addresses: &Addresses) {
    assert!(listed(anyone).await.is_empty());
    let everywhere = found(anyone).await;
    assert_eq!(everywhere["publicEvents"]["edges"], json!([]));
    let still = &everywhere["neighbourhoods"][0];
    assert_eq!(still["slug"], SLUG, "listed without an event, too");
    let code = anyone.code(by_id, json!({ "id": party["id"] })).await;
    assert_eq!(code, "UNAUTHENTICATED");
    assert_eq!(
        anyone.get(&addresses.single).await.status(),
        StatusCode::NOT_FOUND
    );
    for path in [&addresses.calendar, &addresses.feed] {
        let read = anyone.get(path).await;
        assert_eq!(read.status(), StatusCode::OK, "{path}");
        let text = read.text().await.unwrap();
        assert!(!text.contains("Vide-grenier"), "{text}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_there_is_not_found_by_calendars_and_feeds() {
    let board = Board::sqlite().await;
    let ann = board.founder("Mésange").await;
    let question = ann.up("a question").await["id"]
        .as_str()
        .unwrap()
        .to_owned();
    for path in [
        "/n/nowhere/events.ics".to_owned(),
        "/n/nowhere/events.atom".to_owned(),
        format!("/n/{}/events.ics", "x".repeat(2_000)),
        "/post/x/event.ics".to_owned(),
        format!("/post/{question}/event.ics"),
    ] {
        for client in [&ann, &board.client()] {
            let answer = client.get(&path).await;
            assert_eq!(answer.status(), StatusCode::NOT_FOUND, "{path}");
            assert_eq!(answer.headers()["content-type"], "application/problem+json");
        }
    }
    board.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn everybody_finds_the_neighbourhoods_by_name_and_identity_is_not_asked_each_time() {
    let board = Board::sqlite().await;
    let anyone = board.client();
    let names = || async {
        let found = anyone.data("{ neighbourhoods { name } }", json!({})).await;
        found["neighbourhoods"].clone()
    };
    assert_eq!(names().await, json!([{ "name": "Le Canal" }]));
    let request = Caller::Operator.request(CreateNeighbourhoodRequest {
        slug: "zz-first".into(),
        name: "atelier".into(),
        grain: 14,
        density: Some(Density {
            cells: vec![Households {
                place: geo::CoarseCell::at(60.17, 24.94, 14).unwrap().to_i64(),
                count: 500,
            }],
        }),
        names: Vec::new(),
    });
    let mut identity = board.identity();
    identity.create_neighbourhood(request).await.unwrap();
    assert_eq!(names().await, json!([{ "name": "Le Canal" }]), "as known");
    board.pass(5_000);
    let both = json!([{ "name": "atelier" }, { "name": "Le Canal" }]);
    assert_eq!(names().await, both);
    board.close().await;
}
