//! What everybody may ask, signed out too, finds its rows by an index, on both databases.

use contract::NeighbourhoodId;
use sea_orm::entity::prelude::*;
use sea_orm::{ConnectionTrait, DbBackend, QueryTrait, Statement};
use store::Backend;
use store::scratch::Scratch;

use super::post;

#[tokio::test]
async fn no_question_from_outside_looks_at_every_notice() {
    for scratch in Scratch::each(crate::MIGRATIONS).await {
        let tx = scratch.store.begin().await.unwrap();
        if scratch.store.backend() == Backend::Postgres {
            // With so few rows the planner would rather not, and picks any index that serves.
            let sql = "SET LOCAL enable_seqscan = off";
            tx.execute_unprepared(sql).await.unwrap();
        }
        let here = NeighbourhoodId::from_random([4; 16]);
        let after = Some((9, Uuid::from_u128(1)));
        let among = post::open(7).filter(post::Column::Id.is_in([Uuid::from_u128(2)]));
        for (query, index) in [
            (post::soonest(Some(here), None, 7, 20), "post_public"),
            (post::soonest(Some(here), after, 7, 20), "post_public"),
            (post::soonest(None, None, 7, 20), "post_soonest"),
            (post::soonest(None, after, 7, 20), "post_soonest"),
            (among, "post_public_id"),
            (post::removed(here, 7), "post_removed"),
        ] {
            let backend = tx.get_database_backend();
            let (explain, column) = match backend {
                DbBackend::Postgres => ("EXPLAIN", "QUERY PLAN"),
                _ => ("EXPLAIN QUERY PLAN", "detail"),
            };
            let built = query.build(backend);
            let explained = Statement {
                sql: format!("{explain} {}", built.sql),
                ..built
            };
            let rows = tx.query_all_raw(explained).await.unwrap();
            let line = |row: &sea_orm::QueryResult| row.try_get::<String>("", column).unwrap();
            let plan = rows.iter().map(line).collect::<Vec<_>>().join("\n");
            if scratch.store.backend() == Backend::Sqlite {
                assert!(plan.contains(index), "{index}:\n{plan}");
            }
            assert!(
                !plan.contains("SCAN post") && !plan.contains("Seq Scan"),
                "{plan}"
            );
        }
    }
}
