//! Bounds before work.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use gateway::{Documents, Limits, Rate, Rates, Settings};
use http::StatusCode;
use http::header::RETRY_AFTER;
use serde_json::json;
use sha2::{Digest, Sha256};

use crate::board::{Board, open};

const JSON: (&str, &str) = ("content-type", "application/json");
const GRAPHQL: (&str, &str) = ("accept", "application/graphql-response+json");

#[tokio::test]
async fn a_body_is_at_most_64_kb_declared_or_not() {
    let board = Board::open();
    let long = json!({ "query": "{ __typename }", "variables": { "x": "a".repeat(66_000) } });
    let answer = board.post(&[JSON], long.to_string()).await;
    assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert_eq!(answer.error().1, "TOO_LARGE");
    let pieces =
        futures_util::stream::iter((0..100).map(|_| Ok::<_, std::io::Error>("a".repeat(1_000))));
    let answer = board.post(&[JSON], Body::from_stream(pieces)).await;
    assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
    let declared = board
        .post(&[JSON, ("content-length", "99999999")], Body::empty())
        .await;
    assert_eq!(declared.status, StatusCode::PAYLOAD_TOO_LARGE);
}

#[tokio::test]
async fn a_document_is_bounded_in_every_way() {
    let board = Board::open();
    let mut bomb = "{ ...F0 }".to_owned();
    for n in 0..60 {
        let m = n + 1;
        let _ = write!(bomb, " fragment F{n} on Query {{ ...F{m} ...F{m} }}");
    }
    bomb.push_str(" fragment F60 on Query { __typename }");
    let aliases: String = "abcdefghijklmnop"
        .chars()
        .flat_map(|alias| [' ', alias, ':', 'i', 'd'])
        .collect();
    for (document, reason) in [
        (
            format!("{{ __typename }} #{}", "x".repeat(15_000)),
            "DOCUMENT_TOO_LONG",
        ),
        (
            format!("{{ {} }}", "__typename ".repeat(1_000)),
            "TOO_MANY_TOKENS",
        ),
        (format!("{{ viewer {{ {aliases} }} }}"), "TOO_MANY_ALIASES"),
        (
            "{ __typename __typename __typename __typename __typename }".to_owned(),
            "TOO_MANY_ROOT_FIELDS",
        ),
        ("{viewer".repeat(300), "TOO_DEEP"),
        (
            format!("{{ a(b: {}1{}) }}", "[".repeat(400), "]".repeat(400)),
            "TOO_DEEP",
        ),
        (bomb, "TOO_MANY_ROOT_FIELDS"),
        (
            "{ ...F } fragment F on Query { ...F }".to_owned(),
            "FRAGMENT_CYCLE",
        ),
    ] {
        let answer = board.ask(&document).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{reason}");
        assert_eq!(answer.error(), ("INVALID".to_owned(), reason.to_owned()));
    }
}

#[tokio::test]
async fn the_cost_grows_with_what_may_come_back() {
    let board = Board::open();
    let dear = "{ feed(neighbourhood: \"x\", first: 30) { edges { node { id title comments(first: 30) { edges { node { id body signedBy publishedAt } } } } } } }";
    let answer = board.ask(dear).await;
    assert_eq!(answer.status, StatusCode::BAD_REQUEST);
    assert!(
        answer.json()["errors"][0]["message"]
            .to_string()
            .contains("too complex")
    );
    let whole = "{ feed(neighbourhood: \"x\", first: 30) { changesCursor pageInfo { hasNextPage endCursor } edges { cursor node { id category state title body tile { token name } signedBy publishedAt occurredAt expiresAt media { id width height blurhash alt url } event { startsAt endsAt placeName capacity audience } edited takesComments } } } }";
    assert_eq!(
        board.ask(whole).await.error().0,
        "UNAUTHENTICATED",
        "the whole feed may be asked for"
    );
    let names = "{ neighbourhoods { id slug name } publicEvents(first: 30) { edges { node { id title tile { name } publishedAt event { startsAt endsAt } } } } }";
    assert_eq!(board.ask(names).await.error().0, "UNAVAILABLE");
    let everywhere = "{ neighbourhoods { publicEvents(first: 1) { edges { node { id } } } } }";
    let answer = board.ask(everywhere).await;
    assert_eq!(
        answer.status,
        StatusCode::BAD_REQUEST,
        "a look-up for each of a list costs what all of them cost"
    );
}

#[tokio::test]
async fn who_is_signed_out_asks_for_less_unless_the_app_asks() {
    let pages = |count: usize| {
        let pages = ["a", "b", "c", "d"].map(|alias| {
            format!("{alias}: publicEvents(first: 30) {{ edges {{ node {{ id title body category state expiresAt publishedAt occurredAt edited version takesComments signature signedBy tile {{ token name level selectable }} event {{ startsAt endsAt placeName capacity audience }} }} }} }} ")
        });
        format!("{{ {} }}", pages[..count].concat())
    };
    let (some, more) = (pages(2), pages(4));
    let board = Board::open();
    assert_eq!(board.ask(&some).await.error().0, "UNAVAILABLE");
    let answer = board.ask(&more).await;
    assert_eq!(answer.status, StatusCode::BAD_REQUEST);
    let id = hex::encode(Sha256::digest(more.as_bytes()));
    let documents = Documents::from_json(&json!({ &id: more }).to_string()).unwrap();
    let board = Board::with(Settings {
        documents: Arc::new(documents),
        ..open()
    });
    let body = json!({ "documentId": id }).to_string();
    let answer = board.post(&[JSON, GRAPHQL], body).await;
    assert_eq!(answer.error().0, "UNAVAILABLE");
}

#[tokio::test]
async fn what_the_app_asks_is_within_the_bound() {
    let documents = include_str!("../../../../frontend/persisted-documents.json");
    let documents: HashMap<String, String> = serde_json::from_str(documents).unwrap();
    let board = Board::with(Settings {
        documents: Arc::new(Documents::of_web_app().unwrap()),
        ..open()
    });
    let variables = json!({
        "id": "x", "slug": "x", "neighbourhood": "x", "since": "x", "code": "x", "first": 30, "comments": 30,
        "lane": "EVERY", "month": "2026-10", "beginning": "xx",
    });
    let mut asked = 0;
    for (id, document) in documents {
        if !document.contains("query ") {
            continue;
        }
        asked += 1;
        let body = json!({ "documentId": id, "variables": variables }).to_string();
        // Each is of one of the schemas, and means nothing to the other.
        let mut refused = Vec::new();
        for path in ["/graphql", "/moderator/graphql"] {
            let answer = board.post_to(path, &[JSON, GRAPHQL], body.clone()).await;
            // What was executed has data, and may say of a value that it is none.
            if answer.error().0 == "INVALID" && answer.json().get("data").is_none() {
                refused.push(answer.json());
            }
        }
        assert_eq!(refused.len(), 1, "{document}: {refused:?}");
    }
    assert!(asked > 5, "{asked}");
}

#[tokio::test]
async fn u_0000_reaches_nobody() {
    let board = Board::open();
    let query = "mutation($i: SignInInput!) { signIn(input: $i) { __typename } }";
    let variables = json!({ "i": { "email": "a\0b", "password": "x" } });
    let answer = board.ask_with(query, variables).await;
    assert_eq!(answer.error(), ("INVALID".into(), "NUL_CHARACTER".into()));
    assert_eq!(answer.json()["errors"][0]["extensions"]["field"], "i.email");
}

fn slow(rates: Rates) -> Board {
    Board::with(Settings {
        limits: Limits {
            rates,
            ..Limits::default()
        },
        ..open()
    })
}

#[tokio::test]
async fn who_asks_too_often_is_told_when_it_goes_on() {
    for rates in [
        Rates {
            requests: Rate::new(2, 6),
            ..Rates::default()
        },
        Rates {
            queries: Rate::new(2, 6),
            ..Rates::default()
        },
    ] {
        let board = slow(rates);
        for _ in 0..2 {
            assert_eq!(board.ask("{ __typename }").await.status, StatusCode::OK);
        }
        let answer = board.ask("{ __typename }").await;
        assert_eq!(answer.status, StatusCode::TOO_MANY_REQUESTS);
        assert_eq!(answer.header(RETRY_AFTER.as_str()), "10");
        assert_eq!(answer.error().0, "RATE_LIMITED");
        let at = &answer.json()["errors"][0]["extensions"]["retryAfter"];
        assert_eq!(at, "2026-11-23T10:15:10Z");
        board.clock.advance(Duration::from_secs(10));
        assert_eq!(board.ask("{ __typename }").await.status, StatusCode::OK);
    }
}

#[tokio::test]
async fn passwords_and_codes_are_tried_slowly_and_that_is_an_honest_outcome() {
    let board = slow(Rates {
        entries: Rate::new(1, 6),
        ..Rates::default()
    });
    let sign_in = "mutation { signIn(input: { email: \"a@example.org\", password: \"x\" }) { __typename ... on RateLimited { limit retryAfter message } } }";
    assert_eq!(
        board.ask(sign_in).await.error().0,
        "UNAVAILABLE",
        "identity is asked"
    );
    let answer = board.ask(sign_in).await;
    let limited = &answer.json()["data"]["signIn"];
    assert_eq!(limited["__typename"], "RateLimited", "{}", answer.json());
    assert_eq!(limited["retryAfter"], "2026-11-23T10:15:10Z");
    let code = board
        .ask("{ invitation(code: \"x\") { __typename } }")
        .await;
    assert_eq!(
        code.json()["data"]["invitation"]["__typename"],
        "RateLimited"
    );
}

#[tokio::test]
async fn calendars_feeds_and_reports_are_counted_by_network_address() {
    for path in [
        "/n/canal/events.ics",
        "/n/canal/events.atom",
        "/post/x/event.ics",
        "/n/canal/transparency/2026-10.json",
    ] {
        let few = Settings {
            limits: Limits {
                rates: Rates {
                    requests: Rate::new(2, 1),
                    ..Rates::default()
                },
                ..Limits::default()
            },
            ..open()
        };
        let board = Board::with(few);
        for _ in 0..2 {
            let answer = board.get(path).await;
            assert_ne!(answer.status, StatusCode::TOO_MANY_REQUESTS, "{path}");
        }
        let answer = board.get(path).await;
        assert_eq!(answer.status, StatusCode::TOO_MANY_REQUESTS, "{path}");
        assert_eq!(answer.header(RETRY_AFTER.as_str()), "60");
    }
}
