//! Properties: equal questions, equal bytes; whatever the order of events, the same feed.

use contract::feeds::ReadRequest;
use contract::posts::Post;
use geo::{CoarseCell, Place};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use prost::Message;
use runtime::DAY_MS;

use crate::support::*;

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Runtime::new().unwrap()
}

fn cases(cases: u32) -> TestRunner {
    TestRunner::new(Config {
        cases,
        failure_persistence: None,
        ..Config::default()
    })
}

/// A cell of the map, and one way to name it: itself, or one of its quarters.
fn named() -> impl Strategy<Value = (usize, Option<usize>)> {
    (0..4_usize, prop::option::of(0..4_usize))
}

fn spelt((leaf, finer): (usize, Option<usize>)) -> CoarseCell {
    let leaf = quarters()[leaf];
    finer.map_or(leaf, |quarter| leaf.children().unwrap()[quarter])
}

#[test]
fn two_members_who_ask_for_the_same_places_get_the_same_bytes() {
    let runtime = runtime();
    let boards = runtime.block_on(async {
        let boards = Board::each().await;
        for board in &boards {
            board.tell(&mapped()).await;
            for number in 0..60 {
                let place = match number % 5 {
                    4 => Place::Whole,
                    quarter_of => quarter(usize::try_from(quarter_of).unwrap()),
                };
                let one = Post {
                    category: i32::try_from(number % 7 + 1).unwrap(),
                    published_at_ms: START_MS - hours(i64::try_from(number / 3).unwrap()),
                    ..post(number, place)
                };
                board.tell(&shown(&one)).await;
            }
        }
        boards
    });
    let questions = (
        prop::collection::vec(named(), 1..6),
        prop::collection::vec(
            (any::<prop::sample::Index>(), prop::option::of(0..4_usize)),
            0..6,
        ),
        prop::collection::vec(1..8_i32, 0..4),
        1..31_u32,
        any::<bool>(),
    );
    cases(32)
        .run(
            &questions,
            |(places, again, categories, first, next_page)| {
                // The other member names the same cells backwards, some twice, and each as finely as they like.
                let mut other: Vec<i64> = Vec::new();
                for (index, finer) in &again {
                    let (leaf, _) = index.get(&places);
                    other.push(spelt((*leaf, *finer)).to_i64());
                }
                other.extend(
                    places
                        .iter()
                        .rev()
                        .map(|(leaf, _)| quarters()[*leaf].to_i64()),
                );
                let mut doubled = categories.clone();
                doubled.reverse();
                doubled.extend(&categories);
                let request = |places: Vec<i64>, categories: Vec<i32>, after: &str| ReadRequest {
                    places,
                    categories,
                    after: after.to_owned(),
                    ..reading(&[], first)
                };
                let places: Vec<i64> = places.iter().map(|cell| spelt(*cell).to_i64()).collect();
                let mut texts = Vec::new();
                for board in &boards {
                    let (one, two) = (board.member(1, here()), board.member(2, here()));
                    let (mine, theirs) = runtime.block_on(async {
                        let mut after = String::new();
                        if next_page {
                            let page = board
                                .try_read(&two, request(other.clone(), doubled.clone(), ""))
                                .await
                                .unwrap();
                            after = page.cursors.last().cloned().unwrap_or_default();
                        }
                        let mine = request(places.clone(), categories.clone(), &after);
                        let theirs = request(other.clone(), doubled.clone(), &after);
                        (
                            board.try_read(&one, mine).await.unwrap().encode_to_vec(),
                            board.try_read(&two, theirs).await.unwrap().encode_to_vec(),
                        )
                    });
                    prop_assert_eq!(&mine, &theirs);
                    texts.push(mine);
                }
                prop_assert_eq!(&texts[0], &texts[1], "both databases say the same");
                Ok(())
            },
        )
        .unwrap();
}

/// What happens to one post, in the order in which posts tells it.
#[derive(Clone, Debug)]
struct Life {
    places: Vec<usize>,
    ends: bool,
}

#[test]
fn in_whatever_order_and_however_often_events_come_the_feed_ends_the_same() {
    let runtime = runtime();
    let boards = runtime.block_on(Board::each());
    let lives = (
        (prop::collection::vec(0..4_usize, 1..4), any::<bool>())
            .prop_map(|(places, ends)| Life { places, ends }),
        prop::collection::vec(any::<prop::sample::Index>(), 0..4),
    )
        .prop_flat_map(|(life, again)| {
            let count = life.places.len() + usize::from(life.ends);
            let mut order: Vec<usize> = (0..count).collect();
            order.extend(again.iter().map(|index| index.index(count)));
            (Just(life), Just(order).prop_shuffle())
        });
    let mut number = 0;
    let mut runner = cases(32);
    let counted = std::cell::RefCell::new(&mut number);
    runner
        .run(&lives, |(life, order)| {
            let number = {
                let mut counted = counted.borrow_mut();
                **counted += 1;
                **counted
            };
            let told: Vec<Post> = (1..)
                .zip(&life.places)
                .map(|(version, place)| Post {
                    version,
                    title: format!("Version {version}"),
                    expires_at_ms: START_MS + DAY_MS,
                    ..post(number, quarter(*place))
                })
                .collect();
            for board in &boards {
                let (feed, known) = runtime.block_on(async {
                    let mut follower = board.changes(following(&[], "")).await.cursor;
                    let mut known = None;
                    for index in &order {
                        let event = told.get(*index).map_or_else(
                            || gone(number, u64::try_from(told.len()).unwrap() + 1),
                            shown,
                        );
                        board.tell(&event).await;
                        let missed = board.changes(following(&[], &follower)).await;
                        for change in missed.changes {
                            use contract::feeds::change::What;
                            known = match change.what.unwrap() {
                                What::Appeared(post) | What::Changed(post) => Some(post),
                                What::Gone(_) => None,
                                What::Reload(_) => panic!("nothing was forgotten"),
                            };
                        }
                        follower = missed.cursor;
                    }
                    let page = board.read(reading(&[], 1)).await;
                    board.tell(&gone(number, 100)).await;
                    (page.posts.into_iter().next(), known)
                });
                let expected = (!life.ends).then(|| told[told.len() - 1].clone());
                prop_assert_eq!(&feed, &expected);
                prop_assert_eq!(&known, &expected, "whoever followed knows the same");
            }
            Ok(())
        })
        .unwrap();
}
