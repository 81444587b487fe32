//! The sweeper: what is past its time goes by itself.

use bus::Topic;
use contract::feeds::change::What;
use contract::posts::Post;
use feeds::{INBOX_KEPT_MS, TOMBSTONES_KEPT_MS};
use futures_util::FutureExt;
use runtime::DAY_MS;
use sea_orm::ConnectionTrait;

use crate::support::*;

async fn count(board: &Board, table: &str) -> i64 {
    let row = board
        .scratch
        .store
        .read()
        .query_one_raw(sea_orm::Statement::from_string(
            board.scratch.store.read().get_database_backend(),
            format!("SELECT COUNT(*) AS n FROM {table}"),
        ))
        .await
        .unwrap();
    row.unwrap().try_get("", "n").unwrap()
}

#[tokio::test]
async fn what_has_expired_is_deleted_and_told() {
    for board in Board::each().await {
        for number in 0..120 {
            board.tell(&shown(&post(number, quarter(0)))).await;
        }
        let longer = Post {
            expires_at_ms: START_MS + 20 * DAY_MS,
            ..post(900, quarter(1))
        };
        board.tell(&shown(&longer)).await;
        let before = board.changes(following(&[], "")).await.cursor;
        board.feeds.sweep().await.unwrap();
        assert_eq!(count(&board, "feed_row").await, 121);

        let mut signals = board.bus.listen(Topic::Feed(here()));
        board.advance_ms(14 * DAY_MS);
        board.feeds.sweep().await.unwrap();
        assert!(signals.next().now_or_never().is_some());
        assert_eq!(count(&board, "feed_row").await, 1);
        assert_eq!(count(&board, "feed_place").await, 1);
        let mut told = 0;
        let mut after = before;
        loop {
            let missed = board.changes(following(&[], &after)).await;
            told += missed.changes.len();
            let gone = |what: &Option<What>| matches!(what, Some(What::Gone(_)));
            assert!(missed.changes.iter().all(|change| gone(&change.what)));
            after = missed.cursor;
            if !missed.has_next {
                break;
            }
        }
        assert_eq!(told, 120);

        board.feeds.sweep().await.unwrap();
        assert!(signals.next().now_or_never().is_none(), "twice is once");
        assert!(
            board
                .changes(following(&[], &after))
                .await
                .changes
                .is_empty()
        );
        // What posts says of it afterwards changes nothing more.
        board.tell(&gone(1, 2)).await;
        assert!(
            board
                .changes(following(&[], &after))
                .await
                .changes
                .is_empty()
        );
    }
}

#[tokio::test]
async fn a_post_whose_time_was_prolonged_comes_back() {
    for board in Board::each().await {
        board.tell(&shown(&post(1, quarter(0)))).await;
        for swept in [true, false] {
            let expires_at_ms = board.read(reading(&[], 1)).await.posts[0].expires_at_ms;
            let version = board.read(reading(&[], 1)).await.posts[0].version + 1;
            board.advance_ms(expires_at_ms - board.clock.now_ms());
            if swept {
                board.feeds.sweep().await.unwrap();
            }
            let start = board.changes(following(&[], "")).await.cursor;
            let prolonged = Post {
                version,
                expires_at_ms: expires_at_ms + DAY_MS,
                ..post(1, quarter(0))
            };
            board.tell(&shown(&prolonged)).await;
            assert_eq!(board.read(reading(&[], 10)).await.posts.len(), 1);
            let missed = board.changes(following(&[], &start)).await;
            let last = missed.changes.last().unwrap().what.clone();
            assert!(matches!(last, Some(What::Appeared(_))));
        }
    }
}

#[tokio::test]
async fn a_post_past_its_time_is_not_told_though_nobody_has_swept() {
    for board in Board::each().await {
        let start = board.changes(following(&[], "")).await.cursor;
        board.tell(&shown(&post(1, quarter(0)))).await;
        board.advance_ms(14 * DAY_MS);
        let missed = board.changes(following(&[], &start)).await;
        assert!(missed.changes.is_empty() && !missed.has_next);
    }
}

#[tokio::test]
async fn what_is_gone_is_remembered_for_as_long_as_it_matters_and_no_longer() {
    for board in Board::each().await {
        board.tell(&shown(&post(1, quarter(0)))).await;
        board.tell(&gone(1, 2)).await;
        board.feeds.sweep().await.unwrap();
        assert_eq!(count(&board, "tombstone").await, 1);
        board.advance_ms(TOMBSTONES_KEPT_MS + 1);
        board.feeds.sweep().await.unwrap();
        assert_eq!(count(&board, "tombstone").await, 0);
        board.tell(&shown(&post(1, quarter(0)))).await;
        assert!(board.read(reading(&[], 10)).await.posts.is_empty());
        board.advance_ms(INBOX_KEPT_MS);
        board.feeds.sweep().await.unwrap();
        assert_eq!(count(&board, "inbox").await, 0);
    }
}
