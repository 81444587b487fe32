//! The web app. Needs it to be built: `make web`.

use std::collections::BTreeSet;
use std::path::Path;

use axum::body::Body;
use http::{Request, StatusCode};

use crate::board::Board;

#[tokio::test]
async fn every_page_of_the_app_has_its_address() {
    let routes = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../frontend/src/routes");
    let mut pages = BTreeSet::new();
    collect(&routes, "", &mut pages);
    assert!(pages.len() > 5, "{pages:?}");
    let board = Board::open();
    for page in &pages {
        let path = page.replace("[slug]", "kallio-demo").replace("[id]", "x");
        let answer = board.get(&path).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}");
        assert_eq!(answer.header("content-type"), "text/html; charset=utf-8");
        assert_eq!(answer.header("cache-control"), "no-cache");
    }
}

/// The addresses of the pages below a folder of routes: folders in parentheses only group.
fn collect(folder: &Path, address: &str, pages: &mut BTreeSet<String>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        if name == "+page.svelte" {
            let address = if address.is_empty() { "/" } else { address };
            pages.insert(address.to_owned());
        } else if path.is_dir() && name.starts_with('(') {
            collect(&path, address, pages);
        } else if path.is_dir() {
            collect(&path, &format!("{address}/{name}"), pages);
        }
    }
}

#[tokio::test]
async fn a_file_is_kept_as_long_as_its_name_says_and_asked_for_in_short() {
    let board = Board::open();
    let manifest = board.get("/manifest.webmanifest").await;
    assert_eq!(manifest.status, StatusCode::OK);
    assert_eq!(manifest.header("content-type"), "application/manifest+json");
    let request = Request::get("/manifest.webmanifest")
        .header("if-none-match", manifest.header("etag"))
        .body(Body::empty())
        .unwrap();
    let again = board.send(request).await;
    assert_eq!(again.status, StatusCode::NOT_MODIFIED);
    assert!(again.body.is_empty());

    let page = String::from_utf8(board.get("/").await.body).unwrap();
    let (_, rest) = page.split_once("/_app/immutable/").unwrap();
    let (name, _) = rest.split_once('"').unwrap();
    let path = format!("/_app/immutable/{name}");
    let plain = board.get(&path).await;
    assert_eq!(
        plain.header("cache-control"),
        "public, max-age=31536000, immutable"
    );
    let request = Request::get(&path)
        .header("accept-encoding", "gzip, br")
        .body(Body::empty())
        .unwrap();
    let packed = board.send(request).await;
    assert_eq!(packed.header("content-encoding"), "br");
    assert!(packed.body.len() < plain.body.len());
}

#[tokio::test]
async fn what_is_not_there_is_said_as_it_was_asked() {
    let board = Board::open();
    let answer = board.get("/nothing").await;
    assert_eq!(answer.status, StatusCode::NOT_FOUND);
    assert_eq!(answer.header("content-type"), "application/problem+json");
    let request = Request::get("/nothing")
        .header("accept", "text/html,*/*")
        .body(Body::empty())
        .unwrap();
    let page = board.send(request).await;
    assert_eq!(page.status, StatusCode::NOT_FOUND);
    assert_eq!(page.header("content-type"), "text/html; charset=utf-8");
}
