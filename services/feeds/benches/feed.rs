//! What a page costs with ten times the posts: `cargo bench -p palier-feeds --bench feed`.
//!
//! One city of 30 places and 200 towns of four, a third of the posts in the city, bodies of some 300 bytes; once with
//! 1e5 posts and once with 1e6, in two SQLite files. A page is the 20 newest posts of 18 places of the city, read as the
//! service reads it. The two are asked in turns, so that whatever else the machine does falls on both. Fails when the
//! median with 1e6 posts is more than 1.3 times that with 1e5.

#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a measure prints its figures and has nobody to hand an error to"
)]

use std::collections::BTreeSet;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use contract::NeighbourhoodId;
use contract::posts::Post;
use feeds::domain::Key;
use feeds::store::Snapshot;
use geo::{CoarseCell, Place};
use prost::Message;
use runtime::{DAY_MS, Entropy};
use sea_orm::{ConnectionTrait, Statement, Value};
use store::{Store, Tx};
use uuid::Uuid;

const SMALL: u64 = 100_000;
const LARGE: u64 = 1_000_000;
const TOWNS: u32 = 200;
const CITY_PLACES: usize = 30;
const ASKED_PLACES: usize = 18;
const PAGE: usize = 20;
const WARM_UP: usize = 200;
const ROUNDS: usize = 3_000;
const RATIO_AT_MOST: f64 = 1.3;

/// The last post is published now.
const NOW_MS: i64 = 20_000 * DAY_MS;
const ROWS_A_STATEMENT: usize = 100;
const COLUMNS: usize = 10;

fn main() -> ExitCode {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(measure())
}

async fn measure() -> ExitCode {
    let folder = tempfile::tempdir().unwrap();
    let mut stores = Vec::new();
    for posts in [SMALL, LARGE] {
        let address = format!(
            "sqlite://{}",
            folder.path().join(format!("{posts}.db")).display()
        );
        fill(&address, posts).await;
        stores.push(Store::open(&address).await.unwrap());
    }
    let entropy = Entropy::seeded(2);
    let mut times = [Vec::with_capacity(ROUNDS), Vec::with_capacity(ROUNDS)];
    for round in 0..WARM_UP + ROUNDS {
        let asked = some_of(&city(), &entropy);
        for (store, times) in stores.iter().zip(&mut times) {
            let took = page(store, &asked).await;
            if round >= WARM_UP {
                times.push(took);
            }
        }
    }
    let [small, large] = times.map(|mut times| {
        times.sort_unstable();
        (
            times[ROUNDS / 2].as_secs_f64() * 1e6,
            times[ROUNDS * 99 / 100].as_secs_f64() * 1e6,
        )
    });
    let ratio = large.0 / small.0;
    println!(
        "feed sqlite 1e5 p50 {:.0} p99 {:.0} us · 1e6 p50 {:.0} p99 {:.0} us · ratio {ratio:.2}",
        small.0, small.1, large.0, large.1
    );
    if ratio > RATIO_AT_MOST {
        println!("feed sqlite: the ratio is above {RATIO_AT_MOST}");
        return ExitCode::FAILURE;
    }
    ExitCode::SUCCESS
}

/// Reads a page as the service does, and answers how long that took.
async fn page(store: &Store, asked: &BTreeSet<Place>) -> Duration {
    let begun = now();
    let snapshot = Snapshot::of(store).await.unwrap();
    let head = snapshot.head(board(0)).await.unwrap();
    let present = snapshot.places(board(0)).await.unwrap();
    let places: Vec<Place> = present.intersection(asked).copied().collect();
    let keys = snapshot
        .newest(board(0), &places, &[], Key::TOP, NOW_MS, PAGE + 1)
        .await
        .unwrap();
    let ids: Vec<Uuid> = keys[..PAGE].iter().map(|key| key.post).collect();
    let bodies = snapshot.bodies(board(0), &ids).await.unwrap();
    snapshot.end().await.unwrap();
    let took = begun.elapsed();
    assert!(head.seq > 0 && places.len() == ASKED_PLACES && bodies.len() == PAGE);
    took
}

#[expect(
    clippy::disallowed_methods,
    reason = "what is measured is the machine's own time"
)]
fn now() -> Instant {
    Instant::now()
}

/// The city is number 0.
fn board(number: u32) -> NeighbourhoodId {
    let mut bytes = [1; 16];
    bytes[..4].copy_from_slice(&number.to_be_bytes());
    NeighbourhoodId::from_random(bytes)
}

fn city() -> Vec<Place> {
    let first = CoarseCell::at(60.18, 24.95, 11).unwrap();
    let quarters = |cells: Vec<CoarseCell>| -> Vec<CoarseCell> {
        cells
            .iter()
            .flat_map(|cell| cell.children().unwrap())
            .collect()
    };
    let cells = quarters(quarters(vec![first, first.neighbours()[0]]));
    cells
        .into_iter()
        .take(CITY_PLACES)
        .map(Place::Cell)
        .collect()
}

fn some_of(places: &[Place], entropy: &Entropy) -> BTreeSet<Place> {
    let mut asked = BTreeSet::new();
    while asked.len() < ASKED_PLACES {
        asked.insert(one_of(places, entropy));
    }
    asked
}

fn one_of(places: &[Place], entropy: &Entropy) -> Place {
    places[entropy.below(u32::try_from(places.len()).unwrap()) as usize]
}

/// Writes so many posts, oldest first as they would have come. The indexes are made afterwards, which changes how long
/// it takes and not what is there.
async fn fill(address: &str, posts: u64) {
    let store = Store::open(address).await.unwrap();
    feeds::MIGRATIONS.apply(&store).await.unwrap();
    let tx = store.begin().await.unwrap();
    tx.execute_unprepared("PRAGMA cache_size = -400000")
        .await
        .unwrap();
    let indexes = indexes(&tx).await;
    for (name, _) in &indexes {
        tx.execute_unprepared(&format!("DROP INDEX {name}"))
            .await
            .unwrap();
    }
    let entropy = Entropy::seeded(1);
    let city = city();
    let mut values = Vec::with_capacity(ROWS_A_STATEMENT * COLUMNS);
    for number in 0..posts {
        row(number, posts, &city, &entropy, &mut values);
        if values.len() == ROWS_A_STATEMENT * COLUMNS {
            insert(&tx, std::mem::take(&mut values)).await;
        }
    }
    for (_, sql) in &indexes {
        tx.execute_unprepared(sql).await.unwrap();
    }
    for sql in [
        "INSERT INTO feed_place SELECT DISTINCT neighbourhood, place FROM feed_row",
        "INSERT INTO feed_seq SELECT neighbourhood, MAX(seq), 0 FROM feed_row GROUP BY neighbourhood",
    ] {
        tx.execute_unprepared(sql).await.unwrap();
    }
    tx.commit().await.unwrap();
    store.close().await;
}

async fn indexes(tx: &Tx) -> Vec<(String, String)> {
    let sql = "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = 'feed_row' AND sql IS NOT NULL";
    let found = tx
        .query_all_raw(Statement::from_string(tx.get_database_backend(), sql))
        .await
        .unwrap();
    let read = |row: &sea_orm::QueryResult, column: &str| row.try_get("", column).unwrap();
    found
        .iter()
        .map(|row| (read(row, "name"), read(row, "sql")))
        .collect()
}

fn row(number: u64, posts: u64, city: &[Place], entropy: &Entropy, values: &mut Vec<Value>) {
    let in_city = entropy.below(3) == 0;
    let town = if in_city { 0 } else { 1 + entropy.below(TOWNS) };
    let place = one_of(if in_city { city } else { &city[..4] }, entropy);
    let seq = i64::try_from(number).unwrap() + 1;
    // One a second, the last one now.
    let published_at_ms = NOW_MS - 1_000 * i64::try_from(posts - number).unwrap();
    let id = contract::PostId::from_random(entropy.bytes());
    let category = i32::try_from(entropy.below(9)).unwrap() + 1;
    let body = Post {
        id: id.to_bytes(),
        neighbourhood: board(town).to_bytes(),
        category,
        title: format!("Perceuse à prêter, no {number}"),
        body: "Elle perce le béton, avec ses mèches; à rendre propre. ".repeat(4),
        place: place.to_i64(),
        signed_by: "Mésange bleue".into(),
        published_at_ms,
        expires_at_ms: NOW_MS + DAY_MS,
        ..Post::default()
    };
    values.extend([
        Value::from(board(town).uuid()),
        id.uuid().into(),
        category.into(),
        place.to_i64().into(),
        published_at_ms.into(),
        (NOW_MS + DAY_MS).into(),
        1_i64.into(),
        seq.into(),
        seq.into(),
        body.encode_to_vec().into(),
    ]);
}

async fn insert(tx: &Tx, values: Vec<Value>) {
    let row = |first: usize| {
        let marks: Vec<String> = (first..first + COLUMNS)
            .map(|mark| format!("${mark}"))
            .collect();
        format!("({})", marks.join(", "))
    };
    let rows: Vec<String> = (0..ROWS_A_STATEMENT)
        .map(|index| row(index * COLUMNS + 1))
        .collect();
    let sql = format!(
        "INSERT INTO feed_row (neighbourhood, post, category, place, published_at_ms, expires_at_ms, version, \
         appeared_seq, seq, body) VALUES {}",
        rows.join(", ")
    );
    tx.execute_raw(Statement::from_sql_and_values(
        tx.get_database_backend(),
        sql,
        values,
    ))
    .await
    .unwrap();
}
