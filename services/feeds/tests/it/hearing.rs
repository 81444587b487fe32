//! Events: late, twice, out of order, at once, and wrong.

use std::sync::Arc;

use bus::{Envelope, Hear, Told, Topic};
use contract::events::envelope::Body;
use contract::feeds::change::What;
use contract::feeds::{ChangesReply, ReadRequest};
use contract::posts::Post;
use feeds::MIGRATIONS;
use futures_util::FutureExt;
use runtime::Tasks;
use store::scratch::Scratch;

use crate::support::*;

#[tokio::test]
async fn a_late_or_lower_version_revives_and_changes_nothing() {
    for board in Board::each().await {
        let edited = Post {
            version: 3,
            title: "Corrigé".into(),
            ..post(1, quarter(0))
        };
        board.tell(&shown(&edited)).await;
        let late = Post {
            version: 2,
            ..post(1, quarter(0))
        };
        board.tell(&shown(&late)).await;
        board.tell(&shown(&edited)).await;
        assert_eq!(
            board.read(reading(&[], 10)).await.posts,
            std::slice::from_ref(&edited)
        );
        let seq = board.changes(following(&[], "")).await.cursor;

        board.tell(&gone(1, 4)).await;
        for version in [1, 3, 4, 5, 99] {
            let revived = Post {
                version,
                ..post(1, quarter(0))
            };
            board.tell(&shown(&revived)).await;
        }
        assert!(board.read(reading(&[], 10)).await.posts.is_empty());
        let missed = board.changes(following(&[], &seq)).await;
        assert_eq!(missed.changes.len(), 1, "only that it is gone");
    }
}

#[tokio::test]
async fn a_post_that_was_gone_before_it_was_shown_never_appears() {
    for board in Board::each().await {
        let start = board.changes(following(&[], "")).await.cursor;
        board.tell(&gone(1, 2)).await;
        board.tell(&shown(&post(1, quarter(0)))).await;
        assert!(board.read(reading(&[], 10)).await.posts.is_empty());
        assert!(
            board
                .changes(following(&[], &start))
                .await
                .changes
                .is_empty()
        );
    }
}

#[tokio::test]
async fn a_post_that_is_held_again_goes_and_may_come_back() {
    for board in Board::each().await {
        board.tell(&held(1, 1)).await;
        let version = |version| Post {
            version,
            ..post(1, quarter(0))
        };
        board.tell(&shown(&version(2))).await;
        let start = board.changes(following(&[], "")).await.cursor;
        board.tell(&held(1, 3)).await;
        assert!(board.read(reading(&[], 10)).await.posts.is_empty());
        board.tell(&shown(&version(2))).await;
        assert!(board.read(reading(&[], 10)).await.posts.is_empty());
        board.tell(&shown(&version(4))).await;
        assert_eq!(board.read(reading(&[], 10)).await.posts, [version(4)]);
        let missed = board.changes(following(&[], &start)).await;
        let whats: Vec<What> = missed
            .changes
            .into_iter()
            .filter_map(|one| one.what)
            .collect();
        let expected = [What::Gone(id(1).to_bytes()), What::Appeared(version(4))];
        assert_eq!(whats, expected);
    }
}

#[tokio::test]
async fn the_moment_of_publishing_orders_and_is_not_shown() {
    for board in Board::each().await {
        for (number, order_at_ms) in [(1, START_MS + 5), (2, START_MS + 7), (3, START_MS + 6)] {
            let mut event = shown(&post(number, quarter(0)));
            let Some(Body::PostShown(told)) = &mut event.body else {
                unreachable!("shown makes a PostShown")
            };
            told.order_at_ms = order_at_ms;
            board.tell(&event).await;
        }
        let page = board.read(reading(&[], 10)).await;
        assert_eq!(ids(&page.posts), [2, 3, 1].map(id));
        assert!(
            page.posts
                .iter()
                .all(|post| post.published_at_ms == START_MS)
        );
    }
}

#[tokio::test]
async fn those_who_listen_are_woken_when_something_changed_and_only_then() {
    for board in Board::each().await {
        let mut signals = board.bus.listen(Topic::Feed(here()));
        board.tell(&shown(&post(1, quarter(0)))).await;
        assert!(signals.next().now_or_never().is_some());
        board.tell(&shown(&post(1, quarter(0)))).await;
        board.tell(&gone(2, 2)).await;
        assert!(signals.next().now_or_never().is_none());
        board.tell(&gone(1, 2)).await;
        assert!(signals.next().now_or_never().is_some());
    }
}

#[tokio::test]
async fn those_who_act_at_once_take_their_numbers_in_turn() {
    for scratch in Scratch::each(MIGRATIONS).await {
        let board = Arc::new(Board::on(scratch));
        let start = board.changes(following(&[], "")).await.cursor;
        let tasks = Tasks::new();
        let (done, mut finished) = tokio::sync::mpsc::channel(64);
        for hand in 0..4_u64 {
            let (board, done) = (board.clone(), done.clone());
            tasks.start(async move {
                for number in 0..12 {
                    // Three posts each of its own, and twice the versions of one that all share.
                    let own = Post {
                        version: number / 3 + 1,
                        ..post(100 * hand + number % 3 + 1, quarter(0))
                    };
                    board.tell(&shown(&own)).await;
                    let shared = Post {
                        version: number + 1,
                        ..post(9_000, quarter(1))
                    };
                    board.tell(&shown(&shared)).await;
                }
                done.send(()).await.unwrap();
            });
        }
        drop(done);
        // Followed while it happens: a number that became visible late would be missed.
        let (mut after, mut known) = (start, std::collections::BTreeSet::new());
        let mut open = true;
        while open {
            open = finished.try_recv() != Err(tokio::sync::mpsc::error::TryRecvError::Disconnected);
            loop {
                let missed = board.changes(following(&[], &after)).await;
                for change in missed.changes {
                    if let Some(What::Appeared(post)) = change.what {
                        assert!(known.insert(post.id), "a post appears once");
                    }
                }
                after = missed.cursor;
                if !missed.has_next {
                    break;
                }
            }
        }
        assert_eq!(known.len(), 13);
        let page = board.read(reading(&[], 30)).await;
        assert_eq!(page.posts.len(), 13);
        let versions: Vec<u64> = page.posts.iter().map(|post| post.version).collect();
        assert_eq!(versions.iter().filter(|version| **version == 12).count(), 1);
        assert_eq!(versions.iter().filter(|version| **version == 4).count(), 12);
        tasks.stop().await;
    }
}

#[tokio::test]
async fn what_is_told_at_once_reads_as_if_it_had_been_told_one_by_one_and_wakes_once() {
    let version = |number, version| {
        shown(&Post {
            version,
            ..post(number, quarter(0))
        })
    };
    let storm = [
        version(1, 1),
        version(2, 1),
        shown_in(
            elsewhere(),
            &Post {
                neighbourhood: elsewhere().to_bytes(),
                ..post(7, quarter(0))
            },
        ),
        version(1, 3),
        gone(2, 2),
        version(1, 2),
        version(3, 1),
        held(3, 2),
        version(4, 1),
    ];
    for (together, apart) in Board::each().await.into_iter().zip(Board::each().await) {
        let start = together.changes(following(&[], "")).await.cursor;
        let begin = apart.changes(following(&[], "")).await.cursor;
        let mut signals = together.bus.listen(Topic::Feed(here()));
        together.tell_together(&storm).await.unwrap();
        for event in &storm {
            apart.tell(event).await;
        }
        let page = together.read(reading(&[], 10)).await.posts;
        assert_eq!(page, apart.read(reading(&[], 10)).await.posts);
        assert_eq!(
            page.iter().map(|post| post.version).sum::<u64>(),
            3 + 1,
            "the first as it became, and the fourth"
        );
        let there = together.member(1, elsewhere());
        let request = ReadRequest {
            neighbourhood: elsewhere().to_bytes(),
            ..reading(&[], 10)
        };
        assert_eq!(
            together
                .try_read(&there, request)
                .await
                .unwrap()
                .posts
                .len(),
            1
        );
        let whats = |reply: ChangesReply| reply.changes.into_iter().map(|change| change.what);
        let missed = whats(together.changes(following(&[], &start)).await);
        assert!(missed.eq(whats(apart.changes(following(&[], &begin)).await)));
        assert!(signals.next().now_or_never().is_some());
        assert!(
            signals.next().now_or_never().is_none(),
            "all of it was there at once"
        );
    }
}

#[tokio::test]
async fn of_what_is_told_at_once_to_one_feed_all_is_taken_or_nothing() {
    for board in Board::each().await {
        let wrong = shown(&Post {
            place: 1,
            ..post(2, quarter(0))
        });
        let told = [
            shown(&post(1, quarter(0))),
            wrong,
            shown(&post(3, quarter(0))),
        ];
        assert!(board.tell_together(&told).await.is_err());
        assert!(board.read(reading(&[], 10)).await.posts.is_empty());
        let mut taken = Vec::new();
        for event in &told {
            taken.push(board.feeds.hear(event).await.is_ok());
        }
        assert_eq!(taken, [true, false, true]);
        assert_eq!(board.read(reading(&[], 10)).await.posts.len(), 2);
    }
}

/// Who heard of one post before they hold the sequence would wait for one who holds it and comes to that post.
#[tokio::test]
async fn those_who_hear_of_the_same_posts_in_another_order_do_not_stand_in_each_others_way() {
    for board in Board::each().await {
        let other = board.another(0);
        for version in (1..40).step_by(2) {
            let told = |version| {
                let pairs = [here(), elsewhere()].map(|neighbourhood| {
                    let number = if neighbourhood == here() { 1 } else { 11 };
                    [number, number + 1].map(|number| {
                        let told = Post {
                            neighbourhood: neighbourhood.to_bytes(),
                            version,
                            ..post(number, quarter(0))
                        };
                        shown_in(neighbourhood, &told).into()
                    })
                });
                pairs.into_iter().flatten().collect::<Vec<Told>>()
            };
            let (forwards, mut backwards) = (told(version), told(version + 1));
            backwards.reverse();
            let one = board.feeds.hear_together(&forwards);
            let (one, two) = tokio::join!(one, other.hear_together(&backwards));
            one.unwrap().unwrap();
            two.unwrap().unwrap();
        }
        let page = board.read(reading(&[], 10)).await.posts;
        let versions: Vec<u64> = page.iter().map(|post| post.version).collect();
        assert_eq!(versions, [40, 40]);
    }
}

#[tokio::test]
async fn an_event_that_is_not_what_its_contract_says_is_not_taken() {
    let [board, _] = Board::each().await;
    let told = shown(&post(1, quarter(0)));
    let wrong = [
        Envelope {
            subject: id(2).to_bytes(),
            ..told.clone()
        },
        Envelope {
            subject: vec![1].into(),
            ..told.clone()
        },
        Envelope {
            neighbourhood: elsewhere().to_bytes(),
            ..told.clone()
        },
        Envelope {
            version: u64::MAX,
            ..told.clone()
        },
        Envelope {
            body: Some(Body::PostShown(contract::events::PostShown::default())),
            ..told.clone()
        },
        shown(&Post {
            place: 1,
            ..post(1, quarter(0))
        }),
        Envelope {
            body: Some(Body::NeighbourhoodMapped(
                contract::events::NeighbourhoodMapped::default(),
            )),
            ..mapped()
        },
    ];
    for event in wrong {
        assert!(board.feeds.hear(&event).await.is_err());
    }
    assert!(board.read(reading(&[], 10)).await.posts.is_empty());
    board.tell(&told).await;
    assert_eq!(board.read(reading(&[], 10)).await.posts.len(), 1);
}

#[tokio::test]
async fn what_does_not_concern_feeds_is_heard_and_left() {
    let [board, _] = Board::each().await;
    for body in [
        None,
        Some(Body::ResidentErased(
            contract::events::ResidentErased::default(),
        )),
    ] {
        let event = Envelope {
            body,
            ..Envelope::default()
        };
        board.tell(&event).await;
    }
}
