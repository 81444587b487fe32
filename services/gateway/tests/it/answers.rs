//! What every answer carries, and the addresses that are no API.

use axum::body::Body;
use gateway::Settings;
use http::{Request, StatusCode};
use serde_json::json;

use crate::board::{Board, open};

#[tokio::test]
async fn every_answer_carries_the_security_headers() {
    let board = Board::with(Settings {
        public_url: "https://board.example.org".to_owned(),
        ..open()
    });
    for path in [
        "/",
        "/manifest.webmanifest",
        "/healthz",
        "/readyz",
        "/graphql",
        "/nothing",
        "/media/x/thumb",
    ] {
        let answer = board.get(path).await;
        for (name, value) in [
            ("x-content-type-options", "nosniff"),
            ("referrer-policy", "no-referrer"),
            ("cross-origin-opener-policy", "same-origin"),
            ("cross-origin-resource-policy", "same-origin"),
            ("x-frame-options", "DENY"),
        ] {
            assert_eq!(answer.header(name), value, "{path}");
        }
        let policy = answer.header("content-security-policy");
        assert!(policy.starts_with("default-src 'none'"), "{path}");
        assert!(policy.contains("frame-ancestors 'none'"), "{path}");
        for unsafe_source in ["'unsafe-inline'", "'unsafe-eval'", "http:", "https:", "*"] {
            assert!(!policy.contains(unsafe_source), "{path}: {policy}");
        }
        assert!(
            answer
                .header("permissions-policy")
                .contains("camera=(), display-capture=()"),
            "{path}"
        );
        assert_eq!(answer.header("server"), "");
        assert!(
            answer
                .header("strict-transport-security")
                .starts_with("max-age=63072000"),
            "{path}"
        );
    }
    let plain = Board::open().get("/").await;
    assert_eq!(plain.header("strict-transport-security"), "");
}

#[tokio::test]
async fn alive_and_ready_are_two_things() {
    let board = Board::open();
    assert_eq!(board.get("/healthz").await.status, StatusCode::OK);
    assert_eq!(
        board.get("/readyz").await.status,
        StatusCode::SERVICE_UNAVAILABLE
    );
    board.health.set("identity", true);
    let ready = board.get("/readyz").await;
    assert_eq!(ready.status, StatusCode::OK);
    assert_eq!(ready.json()["parts"]["identity"], true);
    board.health.set("posts", false);
    assert_eq!(
        board.get("/readyz").await.status,
        StatusCode::SERVICE_UNAVAILABLE
    );
    board.health.set("posts", true);
    board.tasks.stop().await;
    assert_eq!(
        board.get("/readyz").await.status,
        StatusCode::SERVICE_UNAVAILABLE
    );
    assert_eq!(board.get("/healthz").await.status, StatusCode::OK);
}

#[tokio::test]
async fn what_is_not_there_is_404_and_says_nothing_more() {
    let board = Board::open();
    for path in [
        "/nothing/secret",
        "/graphql/x",
        "/media",
        "/../etc/passwd",
        "/%00",
    ] {
        let answer = board.get(path).await;
        assert!(answer.status.is_client_error(), "{path}");
        assert_eq!(answer.header("content-type"), "application/problem+json");
        let body = String::from_utf8(answer.body).unwrap();
        assert!(
            !body.contains("secret") && !body.contains("passwd"),
            "{body}"
        );
    }
    let answer = board
        .send(Request::delete("/healthz").body(Body::empty()).unwrap())
        .await;
    assert_eq!(answer.status, StatusCode::METHOD_NOT_ALLOWED);
    assert_eq!(answer.json()["code"], "METHOD_NOT_ALLOWED");
}

#[tokio::test]
async fn what_one_role_does_not_answer_leaves_the_rest_of_an_answer() {
    let board = Board::open();
    let query = "{ __typename neighbourhoods { slug } publicEvents { edges { cursor } } }";
    let answer = board.ask(query).await.json();
    let expected = json!({ "__typename": "Query", "neighbourhoods": null, "publicEvents": null });
    assert_eq!(answer["data"], expected);
    let errors = answer["errors"].as_array().unwrap().iter();
    let mut paths: Vec<&str> = errors
        .map(|error| error["path"][0].as_str().unwrap())
        .collect();
    paths.sort_unstable();
    assert_eq!(paths, ["neighbourhoods", "publicEvents"]);
}
