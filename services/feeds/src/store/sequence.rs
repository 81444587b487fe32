//! The change sequence of a neighbourhood.

use contract::NeighbourhoodId;
use sea_orm::ConnectionTrait;
use store::{StoreFault, Tx};

use super::statement;

/// The sequence of one neighbourhood, held by this transaction until it ends: whoever changes the same feed waits, so
/// numbers become visible in their order.
#[derive(Debug)]
pub struct Sequence<'t> {
    tx: &'t Tx,
    neighbourhood: NeighbourhoodId,
    seq: i64,
}

impl<'t> Sequence<'t> {
    /// Waits for the sequence and holds it. Before any row of the feed is looked at.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn hold(tx: &'t Tx, neighbourhood: NeighbourhoodId) -> Result<Self, StoreFault> {
        let row = tx
            .query_one_raw(statement(
                &**tx,
                "INSERT INTO feed_seq (neighbourhood, seq, horizon) VALUES ($1, 0, 0) \
                 ON CONFLICT (neighbourhood) DO UPDATE SET seq = feed_seq.seq RETURNING seq",
                [neighbourhood.uuid().into()],
            ))
            .await?
            .ok_or(StoreFault::Unreadable { table: "feed_seq" })?;
        Ok(Self {
            tx,
            neighbourhood,
            seq: row.try_get("", "seq")?,
        })
    }

    /// Whose it is.
    pub const fn neighbourhood(&self) -> NeighbourhoodId {
        self.neighbourhood
    }

    /// The next number.
    pub fn take(&mut self) -> i64 {
        self.seq += 1;
        self.seq
    }

    /// Keeps how far the sequence went.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn keep(self) -> Result<(), StoreFault> {
        self.tx
            .execute_raw(statement(
                &**self.tx,
                "UPDATE feed_seq SET seq = $2 WHERE neighbourhood = $1",
                [self.neighbourhood.uuid().into(), self.seq.into()],
            ))
            .await?;
        Ok(())
    }
}
