//! Queues and the public log step an index, on both databases, however many rows there are.

use contract::moderation::Lane;
use contract::{NeighbourhoodId, ResidentId};
use sea_orm::entity::prelude::*;
use sea_orm::{ConnectionTrait, DbBackend, QueryTrait, Statement};
use store::Backend;
use store::scratch::Scratch;

use super::{appeal, case_file, logged};

/// Ten thousand open cases; written by the database itself, because only their number matters.
async fn fill(scratch: &Scratch, here: NeighbourhoodId) {
    let tx = scratch.store.begin().await.unwrap();
    let (numbers, id, anyone) = match scratch.store.backend() {
        Backend::Sqlite => (
            "(WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 10000) SELECT i FROM n)",
            "randomblob(16)",
            "randomblob(16)",
        ),
        Backend::Postgres => (
            "(SELECT generate_series(1, 10000) AS i)",
            "gen_random_uuid()",
            "gen_random_uuid()",
        ),
    };
    for sql in [
        format!(
            "INSERT INTO case_file (neighbourhood, id, content, kind, category, author, causes, deadline_ms, lane, \
             opened_at_ms, closing, claimed_by, claimed_until_ms) SELECT $1, {id}, {anyone}, 1, i % 9 + 1, {anyone}, 256, \
             i * 1000, i % 3 + 1, 0, 0, CASE WHEN i % 100 = 0 THEN {anyone} END, CASE WHEN i % 100 = 0 THEN 1 END \
             FROM {numbers} AS numbers"
        ),
        format!(
            "INSERT INTO logged (neighbourhood, id, day, kind, category, measure, rule, ground, paused, appeal) \
             SELECT $1, {id}, i / 10, 1, 1, 1, 1, 1, FALSE, 0 FROM {numbers} AS numbers"
        ),
    ] {
        let values = [here.uuid().into()];
        let backend = tx.get_database_backend();
        let statement = Statement::from_sql_and_values(backend, sql, values);
        tx.execute_raw(statement).await.unwrap();
    }
    // SQLite plans without statistics, as it does in service; PostgreSQL gathers its own there.
    if scratch.store.backend() == Backend::Postgres {
        tx.execute_unprepared("ANALYZE case_file").await.unwrap();
        tx.execute_unprepared("ANALYZE logged").await.unwrap();
    }
    tx.commit().await.unwrap();
}

async fn plan(on: &impl ConnectionTrait, query: &impl QueryTrait) -> String {
    let backend = on.get_database_backend();
    let (explain, column) = match backend {
        DbBackend::Postgres => ("EXPLAIN", "QUERY PLAN"),
        _ => ("EXPLAIN QUERY PLAN", "detail"),
    };
    let built = query.build(backend);
    let explained = Statement {
        sql: format!("{explain} {}", built.sql),
        ..built
    };
    let rows = on.query_all_raw(explained).await.unwrap();
    let line = |row: &sea_orm::QueryResult| row.try_get::<String>("", column).unwrap();
    rows.iter().map(line).collect::<Vec<_>>().join("\n")
}

#[tokio::test]
async fn a_page_of_the_queue_reads_a_page_of_the_index() {
    for scratch in Scratch::each(crate::MIGRATIONS).await {
        let here = NeighbourhoodId::from_random([4; 16]);
        let me = ResidentId::from_random([5; 16]);
        fill(&scratch, here).await;
        let on = scratch.store.read();
        let after = Some((5_000_000, Uuid::from_u128(1)));
        let queue = |lane, after| case_file::queue(here, me, lane, after, 51);
        for (query, index) in [
            (queue(Lane::Every, None), "case_queue"),
            (queue(Lane::Every, after), "case_queue"),
            (queue(Lane::Waits, None), "case_lane"),
            (queue(Lane::Notices, after), "case_lane"),
            (queue(Lane::Claimed, after), "case_claim"),
        ] {
            assert_stepped(&plan(on, &query).await, index, "case_file");
        }
        for after in [None, Some((500, Uuid::from_u128(1)))] {
            let query = logged::pages(here, after, 51);
            assert_stepped(&plan(on, &query).await, "logged_day", "logged");
        }
    }
}

#[tokio::test]
async fn so_does_a_page_of_appeals() {
    for scratch in Scratch::each(crate::MIGRATIONS).await {
        let here = NeighbourhoodId::from_random([4; 16]);
        let me = ResidentId::from_random([5; 16]);
        let tx = scratch.store.begin().await.unwrap();
        if scratch.store.backend() == Backend::Postgres {
            // With so few rows the planner would rather not.
            let sql = "SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off; SET LOCAL enable_sort = off";
            tx.execute_unprepared(sql).await.unwrap();
        }
        for after in [None, Some((7, Uuid::from_u128(1)))] {
            let query = appeal::queue(here, me, after, 51);
            assert_stepped(&plan(&*tx, &query).await, "appeal_queue", "appeal");
        }
    }
}

/// The index gives the order and the position: nothing is sorted, and nothing is read that is not looked at.
fn assert_stepped(plan: &str, index: &str, table: &str) {
    assert!(plan.contains(index), "{index}:\n{plan}");
    for slow in [
        "TEMP B-TREE".to_owned(),
        "Sort".to_owned(),
        format!("Bitmap Heap Scan on {table} "),
    ] {
        assert!(!plan.contains(&slow), "{slow}:\n{plan}");
    }
    for scan in [format!("SCAN {table}"), format!("Seq Scan on {table}")] {
        assert!(!plan.contains(&scan), "{plan}");
    }
}
