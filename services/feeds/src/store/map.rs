//! The level map in use.

use contract::{NeighbourhoodId, identity};
use geo::LevelMap;
use prost::Message;
use sea_orm::{ConnectionTrait, FromQueryResult};
use store::{StoreFault, Tx};

use super::{Snapshot, statement};
use crate::domain::Asked;

const UNREADABLE: StoreFault = StoreFault::Unreadable { table: "feed_map" };

/// Keeps the map of a neighbourhood in place of an older one.
///
/// # Errors
/// When the database refuses.
pub async fn keep_map(
    tx: &Tx,
    neighbourhood: NeighbourhoodId,
    map: &identity::LevelMap,
) -> Result<(), StoreFault> {
    tx.execute_raw(statement(
        &**tx,
        "INSERT INTO feed_map (neighbourhood, version, leaves) VALUES ($1, $2, $3) \
         ON CONFLICT (neighbourhood) DO UPDATE SET version = excluded.version, leaves = excluded.leaves \
         WHERE feed_map.version < excluded.version",
        [
            neighbourhood.uuid().into(),
            i64::from(map.version).into(),
            map.encode_to_vec().into(),
        ],
    ))
    .await?;
    Ok(())
}

#[derive(FromQueryResult)]
struct Kept {
    leaves: Vec<u8>,
}

impl Snapshot {
    /// What is asked for, in the words of the map in use.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn understood(
        &self,
        neighbourhood: NeighbourhoodId,
        asked: Asked,
    ) -> Result<Asked, StoreFault> {
        if !asked.names_places() {
            return Ok(asked);
        }
        let map = self.map(neighbourhood).await?;
        Ok(match map {
            Some(map) => asked.on(&map),
            None => asked,
        })
    }

    /// The map of a neighbourhood, if identity has told it.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn map(
        &self,
        neighbourhood: NeighbourhoodId,
    ) -> Result<Option<LevelMap>, StoreFault> {
        let kept = Kept::find_by_statement(statement(
            self.on(),
            "SELECT leaves FROM feed_map WHERE neighbourhood = $1",
            [neighbourhood.uuid().into()],
        ))
        .one(self.on())
        .await?;
        kept.map(|kept| {
            let wire =
                identity::LevelMap::decode(kept.leaves.as_slice()).map_err(|_| UNREADABLE)?;
            LevelMap::try_from(&wire).map_err(|_| UNREADABLE)
        })
        .transpose()
    }
}
