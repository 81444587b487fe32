//! What only roles in processes of their own can get wrong.

use palier::config::Rate;
use palier::wiring::Role;
use reqwest::StatusCode;
use runtime::MINUTE_MS;
use serde_json::json;

use crate::harness::pictures::photo;
use crate::harness::{Board, Client};

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

/// Whichever edge one comes to: what is tried at one is counted at the other.
#[tokio::test(flavor = "multi_thread")]
async fn two_edges_count_together_and_tell_redis_nothing_of_anybody() {
    let entries = Rate {
        burst: 4,
        per_minute: 1,
    };
    let (board, second) = Board::apart_with_two_edges(entries).await;
    let (here, there) = (board.client(), Client::new(second));
    // Each time another address: what identity counts by itself is of one.
    let guess = async |client: &Client, number: usize| {
        let input =
            json!({ "email": format!("nobody{number}@example.org"), "password": "a guess" });
        let limited = "... on RateLimited { limit }";
        let outcome = client.mutate("signIn", "SignInInput", input, limited);
        let outcome = outcome.await;
        let limit = outcome["limit"].as_str().map(str::to_owned);
        limit.unwrap_or_else(|| outcome["__typename"].as_str().unwrap().to_owned())
    };
    let mut outcomes = Vec::new();
    for number in 0..6 {
        let client = if number % 2 == 0 { &here } else { &there };
        outcomes.push(guess(client, number).await);
    }
    assert_eq!(outcomes[..4], ["SignInRefused"; 4]);
    assert_eq!(outcomes[4..], ["ENTRIES"; 2]);
    let held = board.redis().dump().await;
    assert!(held.contains(":rates:"), "they count there");
    assert!(!held.contains("127.0.0.1") && !held.contains("nobody"));

    board.pass(MINUTE_MS);
    assert_eq!(guess(&there, 6).await, "SignInRefused");
    let after = guess(&here, 7).await;
    assert_eq!(after, "ENTRIES", "the one there was is gone");
    board.close().await;
}
