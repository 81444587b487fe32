//! Cookies and the pages that requests come from.

use http::StatusCode;

use crate::board::Board;

const JSON: (&str, &str) = ("content-type", "application/json");
const QUERY: &str = r#"{"query":"{ viewer { id } }"}"#;
const TOKEN: &str = "palier=AbCdEfGhIjKlMnOpQrStUvWxYz0123456789-_AbCdE";

#[tokio::test]
async fn other_pages_may_not_call() {
    let board = Board::open();
    for headers in [
        &[("origin", "https://elsewhere.example")][..],
        &[("origin", "null")],
        &[
            ("origin", "http://127.0.0.1:8080"),
            ("sec-fetch-site", "cross-site"),
        ],
        &[("sec-fetch-site", "same-origin")],
        &[("cookie", TOKEN), ("sec-fetch-dest", "empty")],
    ] {
        let answer = board.post(&[&[JSON], headers].concat(), QUERY).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{headers:?}");
        assert_eq!(answer.error().0, "FORBIDDEN");
        assert_eq!(answer.header("set-cookie"), "");
    }
    let ours = [
        JSON,
        ("origin", "http://localhost:8080"),
        ("sec-fetch-site", "same-origin"),
    ];
    assert_eq!(board.post(&ours, QUERY).await.status, StatusCode::OK);
}

#[tokio::test]
async fn who_carries_no_session_is_a_visitor() {
    let answer = Board::open().ask("{ viewer { id } }").await;
    assert_eq!(answer.json()["data"]["viewer"], serde_json::Value::Null);
    assert_eq!(answer.header("set-cookie"), "");
}

#[tokio::test]
async fn what_can_be_no_session_is_cleared() {
    let answer = Board::open()
        .post(&[JSON, ("cookie", "palier=nonsense")], QUERY)
        .await;
    assert_eq!(answer.status, StatusCode::OK);
    assert_eq!(
        answer.header("set-cookie"),
        "palier=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0"
    );
}

#[tokio::test]
async fn a_session_that_cannot_be_checked_is_not_guessed() {
    let answer = Board::open().post(&[JSON, ("cookie", TOKEN)], QUERY).await;
    assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(answer.error().0, "UNAVAILABLE");
    assert_eq!(answer.header("set-cookie"), "", "it may be good");
}

#[tokio::test]
async fn signing_out_clears_the_cookie_even_of_a_visitor() {
    let answer = Board::open()
        .ask("mutation { signOut { signedOut } }")
        .await;
    assert_eq!(answer.json()["data"]["signOut"]["signedOut"], true);
    assert!(answer.header("set-cookie").starts_with("palier=; "));
}
