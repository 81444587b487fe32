//! What only roles in processes of their own can get wrong.

use reqwest::StatusCode;

use crate::harness::Board;
use crate::harness::pictures::photo;

/// The second waits for the first without being read, on the same connection: it must not keep the first from arriving.
#[tokio::test(flavor = "multi_thread")]
async fn photos_of_one_resident_that_come_at_once_all_arrive() {
    let board = Board::apart().await;
    let ann = board.founder("Mésange").await;
    let photo = photo(4_000, 3_000);
    assert!(photo.len() > 2 << 20, "{}", photo.len());
    let (one, two, three) = tokio::join!(
        ann.upload(photo.clone(), "image/jpeg"),
        ann.upload(photo.clone(), "image/jpeg"),
        ann.upload(photo.clone(), "image/jpeg"),
    );
    for (status, answer) in [one, two, three] {
        assert_eq!(status, StatusCode::CREATED, "{answer}");
    }
    board.close().await;
}
