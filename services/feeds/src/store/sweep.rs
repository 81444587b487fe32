//! What is past its time.

use contract::NeighbourhoodId;
use sea_orm::{ConnectionTrait, FromQueryResult};
use store::{Store, StoreFault, Tx};
use uuid::Uuid;

use super::row::{place_of, take_out};
use super::{Sequence, statement};
use crate::domain::Before;

/// How many rows one transaction of a sweep removes.
const BATCH: usize = 100;

#[derive(FromQueryResult)]
struct Where {
    neighbourhood: Uuid,
}

pub(super) const EXPIRED_IN: &str = "SELECT neighbourhood FROM feed_seq s WHERE EXISTS \
     (SELECT 1 FROM feed_row r WHERE r.neighbourhood = s.neighbourhood AND r.expires_at_ms <= $1) \
     ORDER BY neighbourhood";

pub(super) const FORGETTABLE_IN: &str = "SELECT neighbourhood FROM feed_seq s WHERE EXISTS \
     (SELECT 1 FROM tombstone t WHERE t.neighbourhood = s.neighbourhood AND t.gone_at_ms < $1) \
     ORDER BY neighbourhood";

/// The neighbourhoods that hold posts past their time.
///
/// # Errors
/// When the database cannot be read.
pub async fn expired_in(store: &Store, now_ms: i64) -> Result<Vec<NeighbourhoodId>, StoreFault> {
    neighbourhoods(store, EXPIRED_IN, now_ms).await
}

/// The neighbourhoods that hold tombstones from before `before_ms`.
///
/// # Errors
/// When the database cannot be read.
pub async fn forgettable_in(
    store: &Store,
    before_ms: i64,
) -> Result<Vec<NeighbourhoodId>, StoreFault> {
    neighbourhoods(store, FORGETTABLE_IN, before_ms).await
}

async fn neighbourhoods(
    store: &Store,
    sql: &'static str,
    at_ms: i64,
) -> Result<Vec<NeighbourhoodId>, StoreFault> {
    let found = Where::find_by_statement(statement(store.read(), sql, [at_ms.into()]))
        .all(store.read())
        .await?;
    let ids = found.into_iter().map(|row| row.neighbourhood);
    Ok(ids.map(NeighbourhoodId::new).collect())
}

#[derive(FromQueryResult)]
struct Expired {
    post: Uuid,
    place: i64,
    category: i32,
    appeared_seq: i64,
    expires_at_ms: i64,
}

pub(super) const EXPIRED: &str = "SELECT post, place, category, appeared_seq, expires_at_ms FROM feed_row \
     WHERE neighbourhood = $1 AND expires_at_ms <= $2 ORDER BY expires_at_ms LIMIT $3";

/// Takes out posts past their time; answers whether that was all of them. Some 100 at most.
///
/// # Errors
/// When the database refuses.
pub async fn expire(
    tx: &Tx,
    neighbourhood: NeighbourhoodId,
    now_ms: i64,
) -> Result<bool, StoreFault> {
    let mut sequence = Sequence::hold(tx, neighbourhood).await?;
    let expired = Expired::find_by_statement(statement(
        &**tx,
        EXPIRED,
        [
            neighbourhood.uuid().into(),
            now_ms.into(),
            i64::try_from(BATCH).unwrap_or(i64::MAX).into(),
        ],
    ))
    .all(&**tx)
    .await?;
    for row in &expired {
        let was = Before {
            place: place_of("feed_row", row.place)?,
            category: row.category,
            appeared_seq: row.appeared_seq,
            expires_at_ms: row.expires_at_ms,
        };
        take_out(tx, &mut sequence, row.post, was, now_ms).await?;
    }
    sequence.keep().await?;
    Ok(expired.len() < BATCH)
}

#[derive(FromQueryResult)]
struct Oldest {
    oldest: Option<i64>,
}

/// Forgets tombstones from before `before_ms`, and remembers up to where something was forgotten.
///
/// # Errors
/// When the database refuses.
pub async fn forget(
    tx: &Tx,
    neighbourhood: NeighbourhoodId,
    before_ms: i64,
) -> Result<(), StoreFault> {
    // Held only so that nobody else moves the horizon meanwhile.
    let sequence = Sequence::hold(tx, neighbourhood).await?;
    let found = Oldest::find_by_statement(statement(
        &**tx,
        "SELECT MAX(seq) AS oldest FROM tombstone WHERE neighbourhood = $1 AND gone_at_ms < $2",
        [neighbourhood.uuid().into(), before_ms.into()],
    ))
    .one(&**tx)
    .await?;
    let Some(horizon) = found.and_then(|found| found.oldest) else {
        return Ok(());
    };
    tx.execute_raw(statement(
        &**tx,
        "DELETE FROM tombstone WHERE neighbourhood = $1 AND seq <= $2",
        [neighbourhood.uuid().into(), horizon.into()],
    ))
    .await?;
    tx.execute_raw(statement(
        &**tx,
        "UPDATE feed_seq SET horizon = $2 WHERE neighbourhood = $1",
        [neighbourhood.uuid().into(), horizon.into()],
    ))
    .await?;
    sequence.keep().await
}
