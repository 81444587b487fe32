//! Changes: what a reader missed, and that nothing is.

use std::collections::BTreeSet;

use contract::PostId;
use contract::common::Category;
use contract::feeds::change::What;
use contract::feeds::{Change, ChangesReply, ChangesRequest};
use contract::posts::Post;
use geo::Place;

use crate::support::*;

/// What a change says, in short.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Said {
    Appeared(PostId),
    Changed(PostId),
    Gone(PostId),
    Reload,
}

fn said(change: &Change) -> Said {
    let id = |bytes: &[u8]| PostId::from_bytes(bytes).unwrap();
    match change.what.as_ref().unwrap() {
        What::Appeared(post) => Said::Appeared(id(&post.id)),
        What::Changed(post) => Said::Changed(id(&post.id)),
        What::Gone(bytes) => Said::Gone(id(bytes)),
        What::Reload(_) => Said::Reload,
    }
}

fn all_said(reply: &ChangesReply) -> Vec<Said> {
    reply.changes.iter().map(said).collect()
}

fn version(version: u64, post: Post) -> Post {
    Post { version, ..post }
}

#[tokio::test]
async fn a_reader_is_told_what_appeared_changed_and_went() {
    for board in Board::each().await {
        board.tell(&shown(&post(1, quarter(0)))).await;
        board.tell(&shown(&post(2, quarter(0)))).await;
        let page = board.read(reading(&[], 10)).await;
        let none = board.changes(following(&[], &page.changes_cursor)).await;
        assert!(none.changes.is_empty() && !none.has_next);

        board.tell(&shown(&post(3, quarter(1)))).await;
        board.tell(&shown(&version(2, post(1, quarter(0))))).await;
        board.tell(&gone(2, 2)).await;
        let missed = board.changes(following(&[], &page.changes_cursor)).await;
        let expected = [
            Said::Appeared(id(3)),
            Said::Changed(id(1)),
            Said::Gone(id(2)),
        ];
        assert_eq!(all_said(&missed), expected);
        assert!(!missed.has_next);

        // Whoever lost the connection after any of them goes on from there and hears the rest.
        for (index, change) in missed.changes.iter().enumerate() {
            let rest = board.changes(following(&[], &change.cursor)).await;
            assert_eq!(all_said(&rest), expected[index + 1..]);
        }
        let end = board.changes(following(&[], &missed.cursor)).await;
        assert!(end.changes.is_empty());
        assert_eq!(end.cursor, missed.cursor);
    }
}

#[tokio::test]
async fn without_a_cursor_it_is_from_now_on() {
    for board in Board::each().await {
        board.tell(&shown(&post(1, quarter(0)))).await;
        let now = board.changes(following(&[], "")).await;
        assert!(now.changes.is_empty() && !now.has_next);
        board.tell(&shown(&post(2, quarter(0)))).await;
        let missed = board.changes(following(&[], &now.cursor)).await;
        assert_eq!(all_said(&missed), [Said::Appeared(id(2))]);
    }
}

#[tokio::test]
async fn what_happens_elsewhere_is_passed_over() {
    for board in Board::each().await {
        let start = board.changes(following(&[quarter(0)], "")).await;
        for number in 0..5 {
            board.tell(&shown(&post(number, quarter(1)))).await;
        }
        let missed = board.changes(following(&[quarter(0)], &start.cursor)).await;
        assert!(missed.changes.is_empty() && !missed.has_next);
        assert_ne!(missed.cursor, start.cursor);
        board.tell(&shown(&post(9, Place::Whole))).await;
        let missed = board
            .changes(following(&[quarter(0)], &missed.cursor))
            .await;
        assert_eq!(all_said(&missed), [Said::Appeared(id(9))]);
    }
}

#[tokio::test]
async fn a_post_that_moves_is_gone_here_and_new_there() {
    for board in Board::each().await {
        board.tell(&shown(&post(1, quarter(0)))).await;
        let here = board.changes(following(&[quarter(0)], "")).await.cursor;
        let there = board.changes(following(&[quarter(1)], "")).await.cursor;
        let everywhere = board.changes(following(&[], "")).await.cursor;
        board.tell(&shown(&version(2, post(1, quarter(1))))).await;
        let missed = board.changes(following(&[quarter(0)], &here)).await;
        assert_eq!(all_said(&missed), [Said::Gone(id(1))]);
        let missed = board.changes(following(&[quarter(1)], &there)).await;
        assert_eq!(all_said(&missed), [Said::Appeared(id(1))]);
        let missed = board.changes(following(&[], &everywhere)).await;
        let both = [Said::Gone(id(1)), Said::Appeared(id(1))];
        assert_eq!(all_said(&missed), both);
        assert!(
            board
                .read(reading(&[quarter(0)], 10))
                .await
                .posts
                .is_empty()
        );
    }
}

#[tokio::test]
async fn a_post_that_leaves_the_category_is_gone() {
    for board in Board::each().await {
        let hazards = |after: &str| ChangesRequest {
            categories: vec![Category::Hazard.into()],
            ..following(&[], after)
        };
        let hazard = Post {
            category: Category::Hazard.into(),
            ..post(1, quarter(0))
        };
        board.tell(&shown(&hazard)).await;
        let start = board.changes(hazards("")).await;
        board.tell(&shown(&version(2, post(1, quarter(0))))).await;
        let missed = board.changes(hazards(&start.cursor)).await;
        assert_eq!(all_said(&missed), [Said::Gone(id(1))]);
    }
}

#[tokio::test]
async fn a_long_absence_is_caught_up_in_parts_and_tells_of_every_post() {
    for board in Board::each().await {
        let start = board.changes(following(&[], "")).await;
        for number in 0..12 {
            board.tell(&shown(&post(number, quarter(0)))).await;
        }
        let (mut posts, mut after) = (BTreeSet::new(), start.cursor);
        let mut parts = 0;
        loop {
            let part = board
                .changes(ChangesRequest {
                    first: 5,
                    ..following(&[], &after)
                })
                .await;
            assert!(part.changes.len() <= 5);
            for change in &part.changes {
                match said(change) {
                    Said::Appeared(id) => posts.insert(id),
                    other => panic!("{other:?} of a post the reader does not know"),
                };
            }
            after = part.cursor;
            // The first part is read; now the last post of what is left is edited.
            if parts == 0 {
                board.tell(&shown(&version(2, post(11, quarter(0))))).await;
                board.tell(&shown(&version(2, post(7, quarter(0))))).await;
            }
            parts += 1;
            if !part.has_next {
                break;
            }
        }
        assert_eq!(posts.len(), 12);
        board.tell(&shown(&version(3, post(7, quarter(0))))).await;
        let missed = board.changes(following(&[], &after)).await;
        assert_eq!(all_said(&missed), [Said::Changed(id(7))]);
    }
}

#[tokio::test]
async fn more_than_one_answer_looks_at_is_passed_over_in_steps() {
    let [board, _] = Board::each().await;
    let start = board.changes(following(&[quarter(0)], "")).await;
    for number in 0..1_001 {
        board.tell(&shown(&post(number, quarter(1)))).await;
    }
    board.tell(&shown(&post(5_000, quarter(0)))).await;
    let first = board.changes(following(&[quarter(0)], &start.cursor)).await;
    assert!(first.changes.is_empty() && first.has_next);
    let second = board.changes(following(&[quarter(0)], &first.cursor)).await;
    assert_eq!(all_said(&second), [Said::Appeared(id(5_000))]);
    assert!(!second.has_next);
}

#[tokio::test]
async fn a_cursor_older_than_what_is_remembered_says_reload() {
    for board in Board::each().await {
        board.tell(&shown(&post(1, quarter(0)))).await;
        let old = board.changes(following(&[], "")).await.cursor;
        board.tell(&gone(1, 2)).await;
        let fresh = board.changes(following(&[], "")).await.cursor;
        board.advance_ms(hours(48));
        board.feeds.sweep().await.unwrap();
        let still = board.changes(following(&[], &old)).await;
        assert_eq!(all_said(&still), [Said::Gone(id(1))], "48 hours are kept");
        board.advance_ms(1);
        board.feeds.sweep().await.unwrap();
        let reload = board.changes(following(&[], &old)).await;
        assert_eq!(all_said(&reload), [Said::Reload]);
        assert_eq!(reload.cursor, reload.changes[0].cursor);
        assert!(!reload.has_next);
        assert!(
            board
                .changes(following(&[], &fresh))
                .await
                .changes
                .is_empty()
        );
        let after = board.changes(following(&[], &reload.cursor)).await;
        assert!(after.changes.is_empty());
    }
}

#[tokio::test]
async fn a_cursor_from_before_a_backup_was_restored_says_reload() {
    let [board, other] = Board::each().await;
    for number in 0..3 {
        board.tell(&shown(&post(number, quarter(0)))).await;
    }
    let ahead = board.changes(following(&[], "")).await.cursor;
    let reload = other.changes(following(&[], &ahead)).await;
    assert_eq!(all_said(&reload), [Said::Reload]);
}

#[tokio::test]
async fn what_cannot_be_asked_is_refused_with_a_code() {
    let [board, _] = Board::each().await;
    board.tell(&shown(&post(1, quarter(0)))).await;
    let page = board.read(reading(&[], 10)).await;
    let member = board.member(1, here());
    let code = |request: ChangesRequest| {
        let (board, member) = (&board, &member);
        async move {
            let fault = board.try_changes(member, request).await.unwrap_err();
            fault.code.into_owned()
        }
    };
    for first in [0, 201] {
        let request = ChangesRequest {
            first,
            ..following(&[], "")
        };
        assert_eq!(code(request).await, "FIRST_OUT_OF_RANGE");
    }
    for cursor in ["x", &page.cursors[0]] {
        assert_eq!(code(following(&[], cursor)).await, "CURSOR_UNKNOWN");
    }
    let of_all = page.changes_cursor.as_str();
    assert_eq!(
        code(following(&[quarter(0)], of_all)).await,
        "CURSOR_UNKNOWN"
    );
}
