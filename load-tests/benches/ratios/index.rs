//! F1: the index alone, with a hundred times the notices.
//!
//! Both are asked about the same circles in turns, so that whatever else the machine does falls on both.

use std::collections::HashMap;
use std::time::{Duration, Instant};

use anyhow::{Result, ensure};
use feeds::domain::{Entry, Key, Runs};
use geo::Place;
use load_tests::figures::{Spread, micros};
use load_tests::goals::{Bound, Ratio, Table};
use runtime::Entropy;
use uuid::Uuid;

use crate::town::{self, CATEGORIES, CITY, Circle, EXPIRES_AT_MS, NOW_MS};

const PAGE: usize = 20;
const WARM_UP: usize = 1_000;
const ROUNDS: usize = 20_000;

/// What the index holds of the city, with so many notices on all boards together.
pub fn runs_of(count: u64, tiles: &[Place]) -> Runs {
    let mut boards: HashMap<u32, Runs> = HashMap::new();
    for notice in town::notices(count) {
        let entry = Entry {
            key: Key {
                published_at_ms: notice.published_at_ms,
                post: notice.id.uuid(),
            },
            expires_at_ms: EXPIRES_AT_MS,
            seq: i64::try_from(notice.number).unwrap_or_default(),
        };
        let runs = boards.entry(notice.town).or_default();
        runs.put_in(tiles[notice.tile as usize], notice.category, entry);
    }
    let mut city = boards.remove(&CITY).unwrap_or_default();
    city.fit();
    city
}

pub fn measure(table: &mut Table, small: bool) -> Result<()> {
    let counts = if small {
        [10_000, 100_000]
    } else {
        [100_000, 10_000_000]
    };
    let tiles = town::tiles()?;
    let cities = counts.map(|count| (count, runs_of(count, &tiles)));
    let entropy = Entropy::seeded(3);
    let mut seen: [[Vec<Duration>; 2]; 3] = Default::default();
    for round in 0..WARM_UP + ROUNDS {
        let circle = Circle::somewhere(&entropy);
        let places: Vec<Place> = circle
            .tiles
            .iter()
            .map(|tile| tiles[*tile as usize])
            .collect();
        let category = 1 + i32::try_from(entropy.below(CATEGORIES))?;
        let thousandths = i64::from(entropy.below(500));
        for (of_size, (count, runs)) in cities.iter().enumerate() {
            let back_s = i64::try_from(*count)? * thousandths / 1_000;
            let cursor = Key {
                published_at_ms: NOW_MS - 1_000 * back_s,
                post: Uuid::max(),
            };
            let kinds: [(&[i32], Key); 3] =
                [(&[], Key::TOP), (&[category], Key::TOP), (&[], cursor)];
            for (seen, (categories, after)) in seen.iter_mut().zip(kinds) {
                let begun = Instant::now();
                let found = runs.newest(&places, categories, after, NOW_MS, PAGE);
                let took = begun.elapsed();
                ensure!(found.len() == PAGE, "{} found", found.len());
                if round >= WARM_UP {
                    seen[of_size].push(took);
                }
            }
        }
    }
    let kinds = [
        ("the newest", 1.3, true),
        ("one category", 1.5, true),
        ("after a cursor far down", 1.5, false),
    ];
    for ((kind, bound, is_held), [few, many]) in kinds.into_iter().zip(seen) {
        let (few, many) = (Spread::of(few)?.median(), Spread::of(many)?.median());
        table.add(
            "F1",
            Ratio {
                what: format!(
                    "the index with {} notices, of the same with {}: {kind}",
                    counts[1], counts[0]
                ),
                seen: format!("p50 {:.2} µs and {:.2} µs", micros(many), micros(few)),
                ratio: many.as_secs_f64() / few.as_secs_f64(),
                bound: Bound::AtMost(bound),
                is_held,
            },
        );
    }
    Ok(())
}
