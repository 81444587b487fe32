//! What posts tells, and what it does when told.

use async_trait::async_trait;
use bus::{Compose, Envelope, Hear, HearFault};
use contract::events::envelope::Body;
use contract::events::{PostGone, PostHeld, PostShown};
use contract::posts::State;
use contract::{NeighbourhoodId, ResidentId};
use sea_orm::prelude::Uuid;
use store::{Entry, Inbox, News, StoreFault};

use crate::store::post::Reader;
use crate::store::{level_map, post};
use crate::{Posts, PostsFault, STREAM};

#[async_trait]
impl Compose for Posts {
    /// The notice as it is now, or that it is gone: whatever was true when the entry was written.
    async fn compose(&self, entry: Entry) -> Result<Option<Envelope>, StoreFault> {
        let on = self.parts.store.read();
        let row = post::as_it_is(on, entry.neighbourhood, entry.subject).await?;
        let version = row.as_ref().map_or(entry.version, |row| row.version);
        let body = match row {
            None => Body::PostGone(PostGone {}),
            Some(row) if row.state() == State::InReview => Body::PostHeld(PostHeld {
                pictures: row
                    .pictures()
                    .into_iter()
                    .map(|picture| picture.id)
                    .collect(),
                author: ResidentId::new(row.author).to_bytes(),
            }),
            Some(row) => Body::PostShown(PostShown {
                // As on its first day: who shows it later rounds it further.
                post: Some(row.wire(Reader::Neighbour, row.published_at_ms)),
                author: ResidentId::new(row.author).to_bytes(),
                order_at_ms: row.published_at_ms,
                public_until_ms: row.open_until_ms().unwrap_or_default(),
                pictures_held: if row.pictures_held {
                    row.pictures()
                        .into_iter()
                        .map(|picture| picture.id)
                        .collect()
                } else {
                    Vec::new()
                },
            }),
        };
        Ok(Some(Envelope {
            stream: STREAM.to_owned(),
            offset: entry.id,
            subject: entry.subject.into_bytes().to_vec().into(),
            version: version.unsigned_abs(),
            neighbourhood: entry.neighbourhood.into_bytes().to_vec().into(),
            body: Some(body),
        }))
    }
}

#[async_trait]
impl Hear for Posts {
    async fn hear(&self, event: &Envelope) -> Result<(), HearFault> {
        self.act(event)
            .await
            .map_err(|fault| HearFault(Box::new(fault)))
    }
}

impl Posts {
    async fn act(&self, event: &Envelope) -> Result<(), PostsFault> {
        match &event.body {
            Some(Body::NeighbourhoodMapped(mapped)) => {
                let neighbourhood = NeighbourhoodId::from_bytes(&event.neighbourhood)?;
                let tx = self.parts.store.begin().await?;
                if let Some(map) = &mapped.map
                    && Inbox::is_news(&tx, news(event, neighbourhood.uuid(), None)).await?
                {
                    level_map::keep(&tx, neighbourhood, map).await?;
                }
                Ok(tx.commit().await?)
            }
            Some(Body::ResidentErased(_)) => {
                let resident = ResidentId::from_bytes(&event.subject)?;
                let tx = self.parts.store.begin().await?;
                let gone = Some(self.parts.clock.now_ms());
                Inbox::is_news(&tx, news(event, resident.uuid(), gone)).await?;
                tx.commit().await?;
                self.erase_everything_of(resident).await
            }
            _ => Ok(()),
        }
    }
}

fn news(event: &Envelope, subject: Uuid, gone_at_ms: Option<i64>) -> News<'_> {
    News {
        stream: &event.stream,
        subject,
        version: i64::try_from(event.version).unwrap_or(i64::MAX),
        gone_at_ms,
    }
}
