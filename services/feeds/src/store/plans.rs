//! How the databases mean to answer: by stepping index cursors, never by reading or sorting an area.

use contract::NeighbourhoodId;
use sea_orm::{ConnectionTrait, Statement, Value};
use store::Backend;
use store::scratch::Scratch;
use uuid::Uuid;

use super::newest::{CURSORS_AT_MOST, merged};
use super::snapshot::bodies_of;
use super::steps::STEPS;
use super::sweep::{EXPIRED, EXPIRED_IN, FORGETTABLE_IN};
use crate::domain::Key;

/// Puts 20,000 posts into 20 places; written by the database itself, because only their number matters.
async fn fill(scratch: &Scratch, places: &[i64]) {
    let tx = scratch.store.begin().await.unwrap();
    let (numbers, post) = match scratch.store.backend() {
        Backend::Sqlite => (
            "(WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000) SELECT i FROM n)",
            "randomblob(16)",
        ),
        Backend::Postgres => (
            "(SELECT generate_series(1, 1000) AS i)",
            "gen_random_uuid()",
        ),
    };
    for (index, place) in places.iter().enumerate() {
        let base = index * 1_000;
        tx.execute_raw(Statement::from_sql_and_values(
            tx.get_database_backend(),
            format!(
                "INSERT INTO feed_row (neighbourhood, post, category, place, published_at_ms, expires_at_ms, version, \
                 appeared_seq, seq, body) SELECT $1, {post}, i % 9 + 1, $2, i * 1000, 100000000, 1, i + {base}, \
                 i + {base}, $3 FROM {numbers} AS numbers"
            ),
            [
                here().uuid().into(),
                (*place).into(),
                vec![7_u8; 300].into(),
            ],
        ))
        .await
        .unwrap();
    }
    // SQLite plans without statistics, as it does in service; PostgreSQL gathers its own there.
    if scratch.store.backend() == Backend::Postgres {
        tx.execute_unprepared("ANALYZE feed_row").await.unwrap();
    }
    tx.commit().await.unwrap();
}

fn here() -> NeighbourhoodId {
    NeighbourhoodId::from_random([1; 16])
}

/// The 16 cells of level 13 under one of level 11, and the whole neighbourhood.
fn places() -> Vec<i64> {
    let root = geo::CoarseCell::at(60.18, 24.95, 11).unwrap();
    let quarters = root.children().unwrap();
    let cells = quarters
        .iter()
        .flat_map(|quarter| quarter.children().unwrap())
        .map(geo::CoarseCell::to_i64);
    cells.chain([0]).collect()
}

async fn plan(scratch: &Scratch, sql: String, values: Vec<Value>) -> Vec<String> {
    let (explain, column) = match scratch.store.backend() {
        Backend::Sqlite => ("EXPLAIN QUERY PLAN", "detail"),
        Backend::Postgres => ("EXPLAIN", "QUERY PLAN"),
    };
    let store = scratch.store.read();
    let rows = store
        .query_all_raw(Statement::from_sql_and_values(
            store.get_database_backend(),
            format!("{explain} {sql}"),
            values,
        ))
        .await
        .unwrap();
    rows.iter()
        .map(|row| row.try_get("", column).unwrap())
        .collect()
}

fn page_values() -> [Value; 5] {
    [
        here().uuid().into(),
        Key::TOP.published_at_ms.into(),
        Key::TOP.post.into(),
        0_i64.into(),
        21_i64.into(),
    ]
}

/// One cursor in the index for each of `runs`; nothing else is read and nothing is sorted. What fills a statement up to
/// its size searches for NULL, which PostgreSQL knows to be nothing beforehand.
fn assert_stepped(backend: Backend, plan: &[String], index: &str, runs: usize) {
    let text = plan.join("\n");
    let count = |what: &str| plan.iter().filter(|line| line.contains(what)).count();
    match backend {
        Backend::Sqlite => {
            let search = format!("SEARCH feed_row USING COVERING INDEX {index} ");
            assert_eq!(count(&search), runs.next_power_of_two(), "{text}");
            assert_eq!(
                count("(published_at_ms,post)<"),
                runs.next_power_of_two(),
                "{text}"
            );
            assert_eq!(count("SCAN") + count("TEMP B-TREE"), 0, "{text}");
        }
        Backend::Postgres => {
            assert_eq!(count("Merge Append"), 1, "{text}");
            let scan = format!("Index Only Scan using {index} on feed_row");
            assert_eq!(count(&scan), runs, "{text}");
            assert_eq!(count("(ROW(published_at_ms, post) < ROW("), runs, "{text}");
            assert_eq!(count("Sort  ("), count("One-Time Filter: false"), "{text}");
            assert_eq!(count("Seq Scan") + count("Bitmap"), 0, "{text}");
        }
    }
}

#[tokio::test]
async fn a_page_steps_one_cursor_a_place_in_the_covering_index() {
    for scratch in Scratch::each(crate::MIGRATIONS).await {
        let places = places();
        fill(&scratch, &places).await;
        let backend = scratch.store.backend();
        let runs: Vec<_> = places.iter().map(|place| (Some(*place), None)).collect();
        let (sql, values) = merged(
            scratch.store.read().get_database_backend(),
            &runs,
            false,
            &page_values(),
        );
        let found = plan(&scratch, sql, values).await;
        assert_stepped(backend, &found, "feed_row_place", runs.len());

        let runs: Vec<_> = places.iter().map(|place| (Some(*place), Some(3))).collect();
        let (sql, values) = merged(
            scratch.store.read().get_database_backend(),
            &runs,
            true,
            &page_values(),
        );
        let found = plan(&scratch, sql, values).await;
        assert_stepped(backend, &found, "feed_row_category", runs.len());
    }
}

#[tokio::test]
async fn the_longest_statement_is_one_that_both_databases_take() {
    for scratch in Scratch::each(crate::MIGRATIONS).await {
        let runs = vec![(Some(0), Some(1)); CURSORS_AT_MOST];
        let (sql, values) = merged(
            scratch.store.read().get_database_backend(),
            &runs,
            true,
            &page_values(),
        );
        assert!(!plan(&scratch, sql, values).await.is_empty());
    }
}

#[tokio::test]
async fn bodies_changes_and_sweeps_search_their_indexes() {
    for scratch in Scratch::each(crate::MIGRATIONS).await {
        fill(&scratch, &places()).await;
        let statements: [(String, Vec<Value>); 5] = [
            (
                bodies_of(2),
                vec![here().uuid().into(), Uuid::nil().into(), Value::Uuid(None)],
            ),
            (
                STEPS.into(),
                vec![here().uuid().into(), 16_900_i64.into(), 100_i64.into()],
            ),
            (
                EXPIRED.into(),
                vec![here().uuid().into(), 5_i64.into(), 100_i64.into()],
            ),
            (EXPIRED_IN.into(), vec![5_i64.into()]),
            (FORGETTABLE_IN.into(), vec![5_i64.into()]),
        ];
        for (sql, values) in statements {
            let text = plan(&scratch, sql, values).await.join("\n");
            for slow in [
                "SCAN feed_row",
                "SCAN tombstone",
                "SCAN r",
                "SCAN t",
                "TEMP B-TREE",
                "Seq Scan on feed_row",
            ] {
                assert!(!text.contains(slow), "{text}");
            }
        }
    }
}
