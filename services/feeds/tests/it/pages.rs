//! Read: what is on a page, and in which order.

use std::collections::BTreeSet;

use contract::common::Category;
use contract::feeds::ReadRequest;
use contract::posts::Post;
use geo::Place;
use runtime::{DAY_MS, MINUTE_MS};

use crate::support::*;

#[tokio::test]
async fn a_page_is_newest_first_and_its_cursors_lead_through_everything_once() {
    for board in Board::each().await {
        let mut expected = Vec::new();
        for number in 0..50 {
            // Five to each quarter of an hour: among them the greatest id comes first.
            let published_at_ms = START_MS + 15 * MINUTE_MS * i64::try_from(number / 5).unwrap();
            let one = Post {
                published_at_ms,
                ..post(number, quarter(usize::try_from(number % 4).unwrap()))
            };
            expected.push((published_at_ms, id(number)));
            board.tell(&shown(&one)).await;
        }
        expected.sort_unstable_by(|a, b| b.cmp(a));
        let expected: Vec<_> = expected.into_iter().map(|(_, id)| id).collect();
        let (mut seen, mut after) = (Vec::new(), String::new());
        loop {
            let page = board
                .read(ReadRequest {
                    after,
                    ..reading(&[], 7)
                })
                .await;
            assert_eq!(page.posts.len(), page.cursors.len());
            seen.extend(ids(&page.posts));
            after = page.cursors.last().unwrap().clone();
            if !page.has_next {
                break;
            }
        }
        assert_eq!(seen, expected);
        let all_at_once = board.read(reading(&[], 30)).await;
        assert_eq!(ids(&all_at_once.posts), expected[..30]);
        assert!(all_at_once.has_next);
    }
}

#[tokio::test]
async fn a_cell_reads_what_is_in_it_around_it_and_in_the_whole_neighbourhood() {
    for board in Board::each().await {
        let [first, second, ..] = quarters();
        let places = [
            Place::Cell(first),
            Place::Cell(second),
            Place::Whole,
            Place::Cell(first.parent().unwrap()),
            Place::Cell(first.children().unwrap()[2]),
            Place::Cell(second.children().unwrap()[2]),
        ];
        for (number, place) in (0..).zip(places) {
            board.tell(&shown(&post(number, place))).await;
        }
        let found = |posts: &[Post]| ids(posts).into_iter().collect::<BTreeSet<_>>();
        let page = board.read(reading(&[Place::Cell(first)], 30)).await;
        assert_eq!(found(&page.posts), [0, 2, 3, 4].map(id).into());
        let page = board.read(reading(&[Place::Whole], 30)).await;
        assert_eq!(page.posts.len(), places.len());
    }
}

#[tokio::test]
async fn categories_are_kept_apart() {
    for board in Board::each().await {
        let categories = [Category::Help, Category::Hazard, Category::Event];
        for number in 0..30 {
            let one = Post {
                category: categories[usize::try_from(number % 3).unwrap()].into(),
                published_at_ms: START_MS + i64::try_from(number).unwrap() * hours(1),
                ..post(number, quarter(usize::try_from(number % 2).unwrap()))
            };
            board.tell(&shown(&one)).await;
        }
        let request = |categories: &[Category]| ReadRequest {
            categories: categories.iter().map(|one| i32::from(*one)).collect(),
            ..reading(&[quarter(0), quarter(1)], 30)
        };
        let one = board.read(request(&[Category::Hazard])).await;
        assert_eq!(one.posts.len(), 10);
        assert!(
            one.posts
                .iter()
                .all(|post| post.category() == Category::Hazard)
        );
        let two = board
            .read(request(&[Category::Event, Category::Help]))
            .await;
        assert_eq!(two.posts.len(), 20);
        assert!(two.posts.is_sorted_by_key(|post| -post.published_at_ms));
    }
}

#[tokio::test]
async fn more_cells_than_one_statement_takes_are_read_all_the_same() {
    for board in Board::each().await {
        let parent = quarters()[0].parent().unwrap().parent().unwrap();
        let finest = |cells: Vec<geo::CoarseCell>| -> Vec<geo::CoarseCell> {
            cells
                .iter()
                .flat_map(|cell| cell.children().unwrap())
                .collect()
        };
        let cells = finest(finest(finest(vec![parent])));
        assert_eq!(cells.len(), 64);
        for (number, cell) in (0..).zip(&cells) {
            board.tell(&shown(&post(number, Place::Cell(*cell)))).await;
        }
        let page = board
            .read(ReadRequest {
                categories: (1..=8).collect(),
                ..reading(&[], 30)
            })
            .await;
        assert_eq!(page.posts.len(), 30);
        let mut sorted = ids(&page.posts);
        sorted.sort_unstable_by(|a, b| b.cmp(a));
        assert_eq!(ids(&page.posts), sorted);
        let all: BTreeSet<_> = (0..64).map(id).collect();
        assert_eq!(all.iter().next_back(), sorted.first());
    }
}

#[tokio::test]
async fn what_has_expired_is_not_shown_though_nobody_has_swept() {
    for board in Board::each().await {
        board.tell(&shown(&post(1, quarter(0)))).await;
        board.advance_ms(14 * DAY_MS - 1);
        assert_eq!(board.read(reading(&[], 10)).await.posts.len(), 1);
        board.advance_ms(1);
        assert!(board.read(reading(&[], 10)).await.posts.is_empty());
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
async fn what_is_shown_is_what_was_told_and_nobody_s_own() {
    for board in Board::each().await {
        let told = Post {
            mine: true,
            ..post(1, quarter(0))
        };
        board.tell(&shown(&told)).await;
        let page = board.read(reading(&[], 10)).await;
        assert_eq!(page.posts, [post(1, quarter(0))]);
        board.advance_ms(8 * DAY_MS);
        let page = board.read(reading(&[], 10)).await;
        assert_eq!(page.posts[0].published_at_ms % DAY_MS, 0);
    }
}
