//! What is held in memory says what the tables say, whoever changed them.

use bus::Hear;
use contract::feeds::feeds_server::Feeds as _;
use contract::feeds::{HeadRequest, ReadReply, ReadRequest};
use contract::posts::Post;
use contract::{Caller, Fault, FaultKind};
use feeds::Feeds;
use geo::Place;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use runtime::{Entropy, Keys};
use store::scratch::Scratch;

use crate::support::*;

async fn read(feeds: &Feeds, caller: &Caller, request: ReadRequest) -> ReadReply {
    feeds
        .read(caller.request(request))
        .await
        .unwrap()
        .into_inner()
}

/// What happens to the tables, and in which process.
#[derive(Clone, Debug)]
enum Step {
    Shown {
        post: u64,
        place: usize,
        hours_ago: i64,
        days: i64,
    },
    Gone {
        post: u64,
    },
    Held {
        post: u64,
    },
    Mapped,
    Swept,
    HoursPass(i64),
}

fn step() -> impl Strategy<Value = Step> {
    let shown = (0..12_u64, 0..5_usize, 0..6_i64, 1..4_i64);
    prop_oneof![
        6 => shown.prop_map(|(post, place, hours_ago, days)| Step::Shown { post, place, hours_ago, days }),
        2 => (0..12_u64).prop_map(|post| Step::Gone { post }),
        1 => (0..12_u64).prop_map(|post| Step::Held { post }),
        1 => Just(Step::Mapped),
        1 => Just(Step::Swept),
        1 => (1..60_i64).prop_map(Step::HoursPass),
    ]
}

fn place(number: usize) -> Place {
    if number == 4 {
        Place::Whole
    } else {
        quarter(number)
    }
}

async fn take(step: &Step, version: u64, feeds: &Feeds, board: &Board) {
    let event = match step {
        Step::Shown {
            post: number,
            place: at,
            hours_ago,
            days,
        } => {
            let now_ms = board.clock.now_ms();
            shown(&Post {
                category: i32::try_from(number % 3 + 1).unwrap(),
                published_at_ms: now_ms - hours(*hours_ago),
                expires_at_ms: now_ms + hours(24 * days),
                version,
                ..post(*number, place(*at))
            })
        }
        Step::Gone { post } => gone(*post, version),
        Step::Held { post } => held(*post, version),
        Step::Mapped => mapped(),
        Step::Swept => return feeds.sweep().await.unwrap(),
        Step::HoursPass(count) => return board.advance_ms(hours(*count)),
    };
    feeds.hear(&event).await.unwrap();
}

/// The oracle holds nothing in memory and reads every page from the tables.
#[test]
fn a_page_from_memory_is_the_page_from_the_tables() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let scratches = runtime.block_on(Scratch::each(feeds::MIGRATIONS));
    let boards = scratches.map(Board::on);
    let world = (
        prop::collection::vec((step(), any::<bool>()), 1..40),
        prop::collection::btree_set(0..5_usize, 0..3),
        prop::collection::vec(1..4_i32, 0..3),
        1..8_u32,
    );
    let config = Config {
        cases: 16,
        failure_persistence: None,
        ..Config::default()
    };
    let version = std::cell::Cell::new(0);
    TestRunner::new(config)
        .run(&world, |(steps, places, categories, first)| {
            for board in &boards {
                runtime.block_on(async {
                    let (elsewhere, oracle) =
                        (board.another(feeds::POSTS_IN_MEMORY), board.another(0));
                    for (step, is_elsewhere) in &steps {
                        version.set(version.get() + 1);
                        let feeds = if *is_elsewhere {
                            &elsewhere
                        } else {
                            &board.feeds
                        };
                        take(step, version.get(), feeds, board).await;
                        if *is_elsewhere {
                            // No signal comes from there: this process looks once a second.
                            board.advance_ms(1_000);
                        }
                        let asked = ReadRequest {
                            categories: categories.clone(),
                            ..reading(
                                &places
                                    .iter()
                                    .map(|number| place(*number))
                                    .collect::<Vec<_>>(),
                                first,
                            )
                        };
                        let member = board.member(1, here());
                        let page = read(&board.feeds, &member, asked.clone()).await;
                        prop_assert_eq!(&page, &read(&oracle, &member, asked.clone()).await);
                        let next = ReadRequest {
                            after: page.cursors.last().cloned().unwrap_or_default(),
                            ..asked
                        };
                        let page = read(&board.feeds, &member, next.clone()).await;
                        prop_assert_eq!(page, read(&oracle, &member, next).await);
                    }
                    Ok(())
                })?;
            }
            Ok(())
        })
        .unwrap();
}

#[tokio::test]
async fn what_is_gone_in_another_process_is_shown_for_a_second_at_most_though_no_signal_comes() {
    for board in Board::each().await {
        board.tell(&shown(&post(1, quarter(0)))).await;
        assert_eq!(board.read(reading(&[], 10)).await.posts.len(), 1);
        board.another(0).hear(&gone(1, 2)).await.unwrap();
        board.advance_ms(999);
        let within = board.read(reading(&[], 10)).await.posts.len();
        board.advance_ms(1);
        assert!(board.read(reading(&[], 10)).await.posts.is_empty());
        assert_eq!(within, 1, "else this tells nothing of the second");
    }
}

#[tokio::test]
async fn what_changes_in_this_process_is_seen_at_once() {
    for board in Board::each().await {
        board.tell(&shown(&post(1, quarter(0)))).await;
        let before = board.read(reading(&[], 10)).await;
        let edited = Post {
            title: "Autre titre".into(),
            version: 2,
            ..post(1, quarter(0))
        };
        board.tell(&shown(&edited)).await;
        let after = board.read(reading(&[], 10)).await;
        assert_eq!(after.posts, [edited]);
        assert!(after.seq > before.seq);
        board.tell(&gone(1, 3)).await;
        assert!(board.read(reading(&[], 10)).await.posts.is_empty());
    }
}

#[tokio::test]
async fn a_board_that_is_too_large_is_read_from_the_tables_and_others_make_room() {
    for scratch in Scratch::each(feeds::MIGRATIONS).await {
        let board = Board::holding(scratch, Keys::ephemeral(&Entropy::seeded(1)), 3);
        let there = elsewhere();
        for number in 0..5 {
            board.tell(&shown(&post(number, quarter(0)))).await;
        }
        for number in 10..13 {
            let other = Post {
                neighbourhood: there.to_bytes(),
                ..post(number, quarter(0))
            };
            board.tell(&shown_in(there, &other)).await;
        }
        let member = board.member(1, there);
        for _ in 0..2 {
            assert_eq!(board.read(reading(&[], 10)).await.posts.len(), 5);
            let asked = ReadRequest {
                neighbourhood: there.to_bytes(),
                ..reading(&[], 10)
            };
            let page = board.try_read(&member, asked).await.unwrap();
            assert_eq!(page.posts.len(), 3);
        }
    }
}

#[tokio::test]
async fn a_table_put_back_to_an_earlier_day_is_read_anew() {
    for board in Board::each().await {
        for number in 0..3 {
            board.tell(&shown(&post(number, quarter(0)))).await;
        }
        assert_eq!(board.read(reading(&[], 10)).await.posts.len(), 3);
        let tx = board.scratch.store.begin().await.unwrap();
        for sql in [
            "DELETE FROM feed_row WHERE seq > 1",
            "UPDATE feed_seq SET seq = 1",
        ] {
            sea_orm::ConnectionTrait::execute_unprepared(&*tx, sql)
                .await
                .unwrap();
        }
        tx.commit().await.unwrap();
        board.advance_ms(1_000);
        assert_eq!(board.read(reading(&[], 10)).await.posts.len(), 1);
    }
}

#[tokio::test]
async fn the_head_tells_edges_and_members_whether_anything_changed() {
    for board in Board::each().await {
        let ask = async |caller: Caller| {
            let request = HeadRequest {
                neighbourhood: here().to_bytes(),
            };
            let reply = board.feeds.head(caller.request(request)).await;
            reply
                .map(|reply| reply.into_inner().seq)
                .map_err(Fault::from)
        };
        assert_eq!(ask(Caller::Role).await.unwrap(), 0);
        board.tell(&shown(&post(1, quarter(0)))).await;
        let page = board.read(reading(&[], 10)).await;
        assert_eq!(ask(Caller::Role).await.unwrap(), page.seq);
        assert_eq!(ask(board.member(1, here())).await.unwrap(), page.seq);
        let stranger = ask(board.member(1, elsewhere())).await.unwrap_err();
        assert_eq!(stranger.kind, FaultKind::NotFound);
    }
}

#[tokio::test]
async fn a_page_says_until_when_it_stays_as_it_is() {
    for board in Board::each().await {
        board.tell(&shown(&post(1, quarter(0)))).await;
        let soon = Post {
            expires_at_ms: START_MS + hours(5),
            ..post(2, quarter(0))
        };
        board.tell(&shown(&soon)).await;
        let page = board.read(reading(&[], 10)).await;
        assert_eq!(page.alike_until_ms, START_MS + hours(5));
        board.advance_ms(hours(5));
        let page = board.read(reading(&[], 10)).await;
        assert_eq!(
            page.alike_until_ms,
            START_MS + hours(7 * 24),
            "then only its day is shown"
        );
    }
}
