//! The change sequence, read.

use contract::NeighbourhoodId;
use sea_orm::FromQueryResult;
use store::StoreFault;
use uuid::Uuid;

use super::row::place_of;
use super::{Snapshot, statement};
use crate::domain::{Entry, Key, Step};

/// The most steps that one answer looks at.
const LOOKED_AT: usize = 1_000;

/// A stretch of the change sequence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span {
    /// In order; with each what the post is, unless it is gone.
    pub steps: Vec<(Step, Option<Entry>)>,
    /// The last number looked at; `None` when there is nothing after the span.
    pub ends_at: Option<i64>,
}

#[derive(FromQueryResult)]
struct StepRow {
    seq: i64,
    appeared_seq: Option<i64>,
    post: Uuid,
    place: i64,
    category: i32,
    published_at_ms: Option<i64>,
    expires_at_ms: Option<i64>,
}

pub(super) const STEPS: &str = "SELECT seq, appeared_seq, post, place, category, published_at_ms, expires_at_ms \
     FROM feed_row WHERE neighbourhood = $1 AND seq > $2 \
     UNION ALL \
     SELECT seq, CAST(NULL AS BIGINT), post, place, category, CAST(NULL AS BIGINT), CAST(NULL AS BIGINT) \
     FROM tombstone WHERE neighbourhood = $1 AND seq > $2 \
     ORDER BY seq LIMIT $3";

impl Snapshot {
    /// What happened after a number of the sequence, as far as one answer looks.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn steps(
        &self,
        neighbourhood: NeighbourhoodId,
        after: i64,
    ) -> Result<Span, StoreFault> {
        let looked_at = i64::try_from(LOOKED_AT).unwrap_or(i64::MAX);
        let rows = StepRow::find_by_statement(statement(
            self.on(),
            STEPS,
            [neighbourhood.uuid().into(), after.into(), looked_at.into()],
        ))
        .all(self.on())
        .await?;
        let ends_at = (rows.len() == LOOKED_AT)
            .then(|| rows.last().map(|row| row.seq))
            .flatten();
        let steps = rows
            .into_iter()
            .map(|row| Ok((row.step()?, row.entry())))
            .collect::<Result<_, StoreFault>>()?;
        Ok(Span { steps, ends_at })
    }
}

impl StepRow {
    fn step(&self) -> Result<Step, StoreFault> {
        Ok(Step {
            seq: self.seq,
            appeared_seq: self.appeared_seq,
            post: self.post,
            place: place_of("feed_row", self.place)?,
            category: self.category,
        })
    }

    fn entry(&self) -> Option<Entry> {
        Some(Entry {
            key: Key {
                published_at_ms: self.published_at_ms?,
                post: self.post,
            },
            expires_at_ms: self.expires_at_ms?,
            seq: self.seq,
        })
    }
}
