//! What posts tells, and what it does when told.

use async_trait::async_trait;
use bus::{Compose, Envelope, Hear, HearFault};
use contract::events::envelope::Body;
use contract::events::{CommentShown, PostGone, PostHeld, PostShown};
use contract::posts::State;
use contract::{NeighbourhoodId, PostId, ResidentId};
use runtime::{HOUR_MS, rounded_down};
use sea_orm::prelude::Uuid;
use store::{Entry, Inbox, News, StoreFault};

use crate::store::post::Reader;
use crate::store::{comment, level_map, oversight, post};
use crate::{Posts, PostsFault, STREAM};

#[async_trait]
impl Compose for Posts {
    /// The notice or the comment as it is now, or that it is gone: whatever was true when the entry was written.
    async fn compose(&self, entry: Entry) -> Result<Option<Envelope>, StoreFault> {
        let on = self.parts.store.read();
        let (version, body) = match post::as_it_is(on, entry.neighbourhood, entry.subject).await? {
            // Nobody but its author knows of it.
            Some(row) if row.state() == State::CoolingDown => return Ok(None),
            Some(row) => (row.version, as_it_stands(&row)),
            None => match comment::as_it_is(on, entry.neighbourhood, entry.subject).await? {
                Some(row) => (comment::WRITTEN, written(&row)),
                None => (entry.version, Body::PostGone(PostGone {})),
            },
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

fn as_it_stands(row: &post::Model) -> Body {
    let pictures = || row.pictures().into_iter().map(|picture| picture.id);
    let withheld = row.pictures_withheld().into_iter();
    let pictures_withheld = withheld.map(|picture| picture.id).collect();
    let written = row.written.unsigned_abs();
    let author = ResidentId::new(row.author).to_bytes();
    match row.state() {
        State::InReview | State::Lapsed | State::Removed => Body::PostHeld(PostHeld {
            pictures: pictures().collect(),
            author,
            category: row.category,
            causes: row.causes(),
            since_ms: rounded_down(row.waits_since_ms.unwrap_or_default(), HOUR_MS),
            removed: row.waits_since_ms.is_none() || row.accepted,
            written,
            pictures_withheld,
            lapsed: row.state() == State::Lapsed,
        }),
        _ => Body::PostShown(PostShown {
            // As on its first day: who shows it later rounds it further.
            post: Some(row.wire(Reader::Neighbour, row.published_at_ms)),
            author,
            order_at_ms: row.published_at_ms,
            public_until_ms: row.open_until_ms().unwrap_or_default(),
            pictures_held: if row.keeps_pictures() {
                pictures().collect()
            } else {
                Vec::new()
            },
            written,
            pictures_withheld,
        }),
    }
}

fn written(row: &comment::Model) -> Body {
    Body::CommentShown(CommentShown {
        post: PostId::new(row.post).to_bytes(),
        author: ResidentId::new(row.author).to_bytes(),
    })
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
            Some(Body::ContentRuled(ruled)) => self.follow_ruling(event, ruled).await,
            Some(Body::AuthorRestrained(restrained)) => {
                self.follow_restraint(event, restrained).await
            }
            Some(Body::ModeratorActive(active)) => {
                let neighbourhood = NeighbourhoodId::from_bytes(&event.neighbourhood)?;
                oversight::attend(&self.parts.store, neighbourhood, active.hour_ms).await?;
                Ok(())
            }
            Some(Body::LimitRaised(raised)) => self.follow_raise(event, raised).await,
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
