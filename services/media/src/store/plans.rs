//! Every query finds its rows by an index, on both databases, however many pictures there are.

use std::collections::BTreeMap;

use contract::{MediaId, NeighbourhoodId, PostId, ResidentId};
use sea_orm::entity::prelude::*;
use sea_orm::{ConnectionTrait, DbBackend, QueryTrait, Statement};
use store::scratch::Scratch;
use store::{Backend, Tx};

use super::picture::{self, Entity};
use crate::blobs::BlobName;

async fn plan(tx: &Tx, query: Select<Entity>) -> String {
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
    rows.iter().map(line).collect::<Vec<_>>().join("\n")
}

#[tokio::test]
async fn no_query_looks_at_every_picture() {
    for scratch in Scratch::each(crate::MIGRATIONS).await {
        let tx = scratch.store.begin().await.unwrap();
        if scratch.store.backend() == Backend::Postgres {
            // With so few rows the planner would rather not, and picks any index that serves.
            let sql = "SET LOCAL enable_seqscan = off";
            tx.execute_unprepared(sql).await.unwrap();
        }
        let owner = ResidentId::from_random([1; 16]);
        let blobs = [1, 2].map(|n| BlobName::new(Uuid::from_u128(n)));
        let neighbourhood = NeighbourhoodId::from_random([4; 16]);
        let posts = [[5; 16], [6; 16]].map(PostId::from_random).to_vec();
        let posts = BTreeMap::from([(neighbourhood, posts)]);
        let named = [[7; 16], [8; 16]].map(MediaId::from_random);
        for (query, index) in [
            (picture::hanging_or_named(&posts, &named), "picture_post"),
            (picture::loose_of(owner, 7), "picture_owner"),
            (picture::all_of(owner), "picture_owner"),
            (picture::loose_before(7, 100), "picture_loose"),
            (picture::named(&blobs), "picture_blob"),
        ] {
            let plan = plan(&tx, query).await;
            if scratch.store.backend() == Backend::Sqlite {
                assert!(plan.contains(index), "{index}:\n{plan}");
            }
            let looks_at_all = plan.contains("SCAN picture") || plan.contains("Seq Scan");
            assert!(!looks_at_all, "{plan}");
        }
    }
}
