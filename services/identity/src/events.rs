//! What is told to other roles, composed as it is sent.

use async_trait::async_trait;
use bus::{Compose, Envelope};
use bytes::Bytes;
use contract::events::envelope::Body;
use contract::events::{NeighbourhoodMapped, ResidentErased};
use store::{Entry, StoreFault};

use crate::store::neighbourhood;
use crate::{Identity, STREAM};

#[async_trait]
impl Compose for Identity {
    /// A subject that is its own neighbourhood was mapped; any other is a resident who is gone.
    async fn compose(&self, entry: Entry) -> Result<Option<Envelope>, StoreFault> {
        let body = if entry.subject == entry.neighbourhood {
            let db = self.store.read();
            let Some(row) = neighbourhood::by_id(db, entry.subject).await? else {
                return Ok(None);
            };
            // Each version is told as it was: who hears of the second has heard of the first.
            let version = i32::try_from(entry.version).unwrap_or(row.map_version);
            let map = neighbourhood::map(db, row.id, version).await?;
            Body::NeighbourhoodMapped(NeighbourhoodMapped {
                map: Some((&map).into()),
                slug: row.slug,
            })
        } else {
            Body::ResidentErased(ResidentErased {})
        };
        Ok(Some(Envelope {
            stream: STREAM.to_owned(),
            offset: entry.id,
            subject: Bytes::copy_from_slice(entry.subject.as_bytes()),
            version: entry.version.unsigned_abs(),
            neighbourhood: Bytes::copy_from_slice(entry.neighbourhood.as_bytes()),
            body: Some(body),
        }))
    }
}
