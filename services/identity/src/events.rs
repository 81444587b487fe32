//! What is told to other roles, composed as it is sent; and what is done when others tell.

use async_trait::async_trait;
use bus::{Compose, Envelope, Hear, HearFault, Topic};
use bytes::Bytes;
use contract::events::envelope::Body;
use contract::events::{AuthorRestrained, NeighbourhoodMapped, ResidentErased};
use contract::{NeighbourhoodId, ResidentId};
use store::{Entry, StoreFault};

use crate::error::IdentityFault;
use crate::store::{membership, neighbourhood};
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

#[async_trait]
impl Hear for Identity {
    async fn hear(&self, event: &Envelope) -> Result<(), HearFault> {
        let done = match &event.body {
            Some(Body::AuthorRestrained(restrained)) => self.follow_restraint(event, restrained),
            _ => return Ok(()),
        };
        done.await.map_err(|fault| HearFault(Box::new(fault)))
    }
}

impl Identity {
    /// A pause is the whole of what holds: only the newest counts, and every standing that is signed from now on says it.
    async fn follow_restraint(
        &self,
        event: &Envelope,
        restrained: &AuthorRestrained,
    ) -> Result<(), IdentityFault> {
        let neighbourhood = NeighbourhoodId::from_bytes(&event.neighbourhood)?;
        let resident = ResidentId::from_bytes(&event.subject)?;
        let pause = membership::Pause {
            until_ms: (restrained.paused_until_ms != 0).then_some(restrained.paused_until_ms),
            number: i64::try_from(event.version).unwrap_or(i64::MAX),
        };
        let tx = self.store.begin().await?;
        membership::pause(&tx, neighbourhood.uuid(), resident.uuid(), &pause).await?;
        tx.commit().await?;
        self.bus.signal(&Topic::Resident(resident));
        Ok(())
    }
}
