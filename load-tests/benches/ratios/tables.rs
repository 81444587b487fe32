//! Fills the tables of feeds faster than events would.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::Result;
use contract::NeighbourhoodId;
use geo::Place;
use sea_orm::{ConnectionTrait, Statement, Value};
use store::{Store, Tx};

use crate::town::{EXPIRES_AT_MS, Notice};

const ROWS_A_STATEMENT: usize = 100;
const COLUMNS: usize = 10;

/// The address of a SQLite file.
pub fn sqlite(path: &Path) -> String {
    format!("sqlite://{}", path.display())
}

/// Writes notices, oldest first as they would have come, each on the board and at the place that is told of it. The indexes
/// are made afterwards, which changes how long it takes and not what is there.
pub async fn fill(
    address: &str,
    notices: impl Iterator<Item = (Notice, NeighbourhoodId, Place)>,
) -> Result<()> {
    let store = Store::open(address).await?;
    feeds::MIGRATIONS.apply(&store).await?;
    let tx = store.begin().await?;
    tx.execute_unprepared("PRAGMA cache_size = -400000").await?;
    let indexes = indexes(&tx).await?;
    for (name, _) in &indexes {
        tx.execute_unprepared(&format!("DROP INDEX {name}")).await?;
    }
    let mut values = Vec::with_capacity(ROWS_A_STATEMENT * COLUMNS);
    let mut sequences: BTreeMap<NeighbourhoodId, i64> = BTreeMap::new();
    for (notice, board, place) in notices {
        let seq = sequences.entry(board).or_default();
        *seq += 1;
        row(&notice, board, place, *seq, &mut values);
        if values.len() == ROWS_A_STATEMENT * COLUMNS {
            insert(&tx, std::mem::take(&mut values)).await?;
        }
    }
    insert(&tx, values).await?;
    for (_, sql) in &indexes {
        tx.execute_unprepared(sql).await?;
    }
    for sql in [
        "INSERT OR REPLACE INTO feed_place SELECT DISTINCT neighbourhood, place FROM feed_row",
        "INSERT OR REPLACE INTO feed_seq SELECT neighbourhood, MAX(seq), 0 FROM feed_row GROUP BY neighbourhood",
    ] {
        tx.execute_unprepared(sql).await?;
    }
    tx.commit().await?;
    store.close().await;
    Ok(())
}

async fn indexes(tx: &Tx) -> Result<Vec<(String, String)>> {
    let sql = "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = 'feed_row' AND sql IS NOT NULL";
    let asked = Statement::from_string(tx.get_database_backend(), sql);
    let found = tx.query_all_raw(asked).await?;
    let read = |row: &sea_orm::QueryResult| Ok((row.try_get("", "name")?, row.try_get("", "sql")?));
    found.iter().map(read).collect()
}

fn row(notice: &Notice, board: NeighbourhoodId, place: Place, seq: i64, values: &mut Vec<Value>) {
    values.extend([
        Value::from(board.uuid()),
        notice.id.uuid().into(),
        notice.category.into(),
        place.to_i64().into(),
        notice.published_at_ms.into(),
        EXPIRES_AT_MS.into(),
        1_i64.into(),
        seq.into(),
        seq.into(),
        notice.body(board, place).into(),
    ]);
}

async fn insert(tx: &Tx, values: Vec<Value>) -> Result<()> {
    let rows: Vec<String> = (0..values.len() / COLUMNS)
        .map(|row| {
            let marks = (1..=COLUMNS).map(|mark| format!("${}", row * COLUMNS + mark));
            format!("({})", marks.collect::<Vec<_>>().join(", "))
        })
        .collect();
    if rows.is_empty() {
        return Ok(());
    }
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
    .await?;
    Ok(())
}
