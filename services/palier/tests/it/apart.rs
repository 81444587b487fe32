//! What only roles in processes of their own can get wrong.

use palier::wiring::Role;
use reqwest::StatusCode;
use serde_json::json;

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

/// Either process of media does what the other began, and goes on alone.
#[tokio::test(flavor = "multi_thread")]
async fn two_processes_of_media_share_a_bucket() {
    let mut board = Board::apart().await;
    let (ann, ben) = (board.founder("Mésange").await, board.founder("Merle").await);
    let photo = photo(400, 300);
    let upload = || ann.upload(photo.clone(), "image/jpeg");
    let sent = tokio::join!(upload(), upload(), upload());
    let pictures = [sent.0, sent.1, sent.2].map(|(status, picture)| {
        assert_eq!(status, StatusCode::CREATED, "{picture}");
        picture["id"].as_str().unwrap().to_owned()
    });
    let mut draft = ann.draft("Three photos").await;
    draft["category"] = "GIVE_LEND".into();
    draft["media"] = json!(pictures);
    let notice = ann.publish(draft).await;
    assert_eq!(notice["__typename"], "PostPublished", "{notice}");
    board.drain().await;
    let seen = async || {
        let mut statuses = Vec::new();
        for picture in &pictures {
            let path = format!("/media/{picture}/large");
            statuses.push(ben.get(&path).await.status().as_u16());
        }
        statuses
    };
    assert_eq!(seen().await, [200; 3]);

    board.stop_one(Role::Media).await;
    assert_eq!(seen().await, [200; 3], "the other has them all");
    let (status, loose) = upload().await;
    assert_eq!(status, StatusCode::CREATED, "{loose}");
    assert_eq!(board.pictures().len(), 4 * 3);

    let input = json!({ "post": notice["post"]["id"] });
    ann.mutate("withdrawPost", "WithdrawPostInput", input, "")
        .await;
    board.drain().await;
    assert_eq!(seen().await, [404; 3]);
    assert_eq!(board.pictures().len(), 3, "only the loose one is left");
    board.close().await;
}
