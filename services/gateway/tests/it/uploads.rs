//! `POST /media` and `GET /media`, as far as nobody is signed in.

use axum::body::Body;
use http::{Request, StatusCode};

use crate::board::{Answer, Board};

const FORM: &str = "--x\r\ncontent-disposition: form-data; name=\"file\"; filename=\"a.jpg\"\r\n\r\nabc\r\n--x--\r\n";

async fn upload(headers: &[(&str, &str)]) -> Answer {
    let mut request =
        Request::post("/media").header("content-type", "multipart/form-data; boundary=x");
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    Board::open()
        .send(request.body(Body::from(FORM)).unwrap())
        .await
}

#[tokio::test]
async fn only_residents_send_pictures() {
    let answer = upload(&[]).await;
    assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
    assert_eq!(answer.header("content-type"), "application/problem+json");
    assert_eq!(answer.json()["code"], "UNAUTHENTICATED");
    assert_eq!(answer.json()["status"], 401);
}

#[tokio::test]
async fn other_pages_may_not_send_pictures() {
    for headers in [
        &[("origin", "https://elsewhere.example")][..],
        &[
            ("sec-fetch-site", "cross-site"),
            ("origin", "http://127.0.0.1:8080"),
        ],
    ] {
        let answer = upload(headers).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN);
        assert_eq!(answer.json()["code"], "FORBIDDEN");
    }
}

#[tokio::test]
async fn a_picture_that_cannot_be_is_not_looked_for() {
    let board = Board::open();
    for path in [
        "/media/x/thumb",
        "/media/x/..",
        "/media/cAAAAAAAAAAAAAAAAAAAAAA/thumb",
        "/media/bQAAAAAAAAAAAAAAAAAAAAA/huge",
    ] {
        let answer = board.get(path).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
        assert_eq!(answer.json()["code"], "NOT_FOUND");
    }
    let asked = board.get("/media/bQAAAAAAAAAAAAAAAAAAAAA/thumb").await;
    assert_eq!(
        asked.status,
        StatusCode::SERVICE_UNAVAILABLE,
        "media is asked"
    );
}
