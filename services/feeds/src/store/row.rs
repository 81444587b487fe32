//! Rows come, change and go.

use contract::NeighbourhoodId;
use geo::Place;
use sea_orm::{ConnectionTrait, FromQueryResult};
use store::{StoreFault, Tx};
use uuid::Uuid;

use super::{Sequence, statement};
use crate::domain::{Before, Landing, landing};

/// A post ready to show.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Whose feed it is in.
    pub neighbourhood: NeighbourhoodId,
    /// Which post.
    pub post: Uuid,
    /// Its category, as the contract numbers them.
    pub category: i32,
    /// Where it is shown.
    pub place: Place,
    /// When it was published, to the millisecond since 1970: orders the feed and is shown to nobody.
    pub published_at_ms: i64,
    /// Until when it is shown, in milliseconds since 1970.
    pub expires_at_ms: i64,
    /// How often it changed.
    pub version: i64,
    /// The bytes of a `posts.Post`.
    pub body: Vec<u8>,
}

#[derive(FromQueryResult)]
struct Standing {
    place: i64,
    category: i32,
    appeared_seq: i64,
    expires_at_ms: i64,
}

/// Puts a post into the feed as it is now.
///
/// # Errors
/// When the database refuses.
pub async fn show(
    tx: &Tx,
    sequence: &mut Sequence<'_>,
    row: &Row,
    now_ms: i64,
) -> Result<(), StoreFault> {
    let before = find(tx, row.neighbourhood, row.post).await?;
    let appeared_seq = match landing(before, row.place, row.category, now_ms) {
        Landing::Stays { appeared_seq } => Some(appeared_seq),
        Landing::Arrives => None,
        Landing::Returns => {
            if let Some(before) = before {
                take_out(tx, sequence, row.post, before, now_ms).await?;
            }
            None
        }
    };
    let seq = sequence.take();
    tx.execute_raw(statement(
        &**tx,
        "INSERT INTO feed_row (neighbourhood, post, category, place, published_at_ms, expires_at_ms, version, \
         appeared_seq, seq, body) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) \
         ON CONFLICT (neighbourhood, post) DO UPDATE SET published_at_ms = excluded.published_at_ms, \
         expires_at_ms = excluded.expires_at_ms, version = excluded.version, seq = excluded.seq, body = excluded.body",
        [
            row.neighbourhood.uuid().into(),
            row.post.into(),
            row.category.into(),
            row.place.to_i64().into(),
            row.published_at_ms.into(),
            row.expires_at_ms.into(),
            row.version.into(),
            appeared_seq.unwrap_or(seq).into(),
            seq.into(),
            row.body.clone().into(),
        ],
    ))
    .await?;
    tx.execute_raw(statement(
        &**tx,
        "INSERT INTO feed_place (neighbourhood, place) VALUES ($1, $2) ON CONFLICT (neighbourhood, place) DO NOTHING",
        [row.neighbourhood.uuid().into(), row.place.to_i64().into()],
    ))
    .await?;
    Ok(())
}

/// Takes a post out of the feed and remembers that it is gone; answers whether it was there.
///
/// # Errors
/// When the database refuses.
pub async fn remove(
    tx: &Tx,
    sequence: &mut Sequence<'_>,
    post: Uuid,
    now_ms: i64,
) -> Result<bool, StoreFault> {
    let Some(before) = find(tx, sequence.neighbourhood(), post).await? else {
        return Ok(false);
    };
    take_out(tx, sequence, post, before, now_ms).await?;
    Ok(true)
}

async fn find(
    tx: &Tx,
    neighbourhood: NeighbourhoodId,
    post: Uuid,
) -> Result<Option<Before>, StoreFault> {
    let found = Standing::find_by_statement(statement(
        &**tx,
        "SELECT place, category, appeared_seq, expires_at_ms FROM feed_row WHERE neighbourhood = $1 AND post = $2",
        [neighbourhood.uuid().into(), post.into()],
    ))
    .one(&**tx)
    .await?;
    found
        .map(|row| {
            Ok(Before {
                place: place_of("feed_row", row.place)?,
                category: row.category,
                appeared_seq: row.appeared_seq,
                expires_at_ms: row.expires_at_ms,
            })
        })
        .transpose()
}

/// Deletes a row, writes its tombstone, and forgets its place if nothing else is there.
pub(super) async fn take_out(
    tx: &Tx,
    sequence: &mut Sequence<'_>,
    post: Uuid,
    was: Before,
    now_ms: i64,
) -> Result<(), StoreFault> {
    let neighbourhood = sequence.neighbourhood();
    let place = was.place.to_i64();
    tx.execute_raw(statement(
        &**tx,
        "DELETE FROM feed_row WHERE neighbourhood = $1 AND post = $2",
        [neighbourhood.uuid().into(), post.into()],
    ))
    .await?;
    tx.execute_raw(statement(
        &**tx,
        "INSERT INTO tombstone (neighbourhood, seq, post, place, category, gone_at_ms) \
         VALUES ($1, $2, $3, $4, $5, $6)",
        [
            neighbourhood.uuid().into(),
            sequence.take().into(),
            post.into(),
            place.into(),
            was.category.into(),
            now_ms.into(),
        ],
    ))
    .await?;
    tx.execute_raw(statement(
        &**tx,
        "DELETE FROM feed_place WHERE neighbourhood = $1 AND place = $2 AND NOT EXISTS \
         (SELECT 1 FROM feed_row WHERE neighbourhood = $1 AND place = $2)",
        [neighbourhood.uuid().into(), place.into()],
    ))
    .await?;
    Ok(())
}

/// A place as a column holds it.
pub(super) fn place_of(table: &'static str, place: i64) -> Result<Place, StoreFault> {
    Place::from_i64(place).map_err(|_| StoreFault::Unreadable { table })
}
