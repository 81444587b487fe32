//! All that is shown in a neighbourhood, for the index in memory.

use contract::NeighbourhoodId;
use futures_util::TryStreamExt;
use sea_orm::{FromQueryResult, StreamTrait};
use store::StoreFault;
use uuid::Uuid;

use super::row::place_of;
use super::{Snapshot, statement};
use crate::domain::{Entry, Key, Runs};

#[derive(FromQueryResult)]
struct Count {
    count: i64,
}

#[derive(FromQueryResult)]
struct IndexRow {
    place: i64,
    category: i32,
    published_at_ms: i64,
    post: Uuid,
    expires_at_ms: i64,
    seq: i64,
}

const COUNT: &str = "SELECT COUNT(*) AS count FROM feed_row WHERE neighbourhood = $1";

/// Each run comes in its order, so that it is only ever appended to.
const EVERYTHING: &str = "SELECT place, category, published_at_ms, post, expires_at_ms, seq FROM feed_row \
     WHERE neighbourhood = $1 ORDER BY place, published_at_ms, post";

impl Snapshot {
    /// How many posts there are, those whose time has passed and that are not swept yet included.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn count(&self, neighbourhood: NeighbourhoodId) -> Result<usize, StoreFault> {
        let found =
            Count::find_by_statement(statement(self.on(), COUNT, [neighbourhood.uuid().into()]))
                .one(self.on())
                .await?;
        let count = found.map_or(0, |found| found.count);
        Ok(usize::try_from(count).unwrap_or(usize::MAX))
    }

    /// Where every post stands.
    ///
    /// # Errors
    /// When the database cannot be read, or a row not be understood.
    pub async fn everything(&self, neighbourhood: NeighbourhoodId) -> Result<Runs, StoreFault> {
        let all = statement(self.on(), EVERYTHING, [neighbourhood.uuid().into()]);
        let mut rows = self.on().stream_raw(all).await?;
        let mut runs = Runs::default();
        while let Some(row) = rows.try_next().await? {
            let row = IndexRow::from_query_result(&row, "")?;
            let entry = Entry {
                key: Key {
                    published_at_ms: row.published_at_ms,
                    post: row.post,
                },
                expires_at_ms: row.expires_at_ms,
                seq: row.seq,
            };
            runs.put_in(place_of("feed_row", row.place)?, row.category, entry);
        }
        runs.fit();
        Ok(runs)
    }
}
