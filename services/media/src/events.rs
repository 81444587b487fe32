//! What media does when told: pictures hang, wait and go with their notice.

use std::collections::HashSet;

use async_trait::async_trait;
use bus::{Envelope, Hear, HearFault, Told};
use bytes::Bytes;
use contract::events::envelope::Body;
use contract::{MediaId, NeighbourhoodId, PostId, ResidentId};
use store::{Inbox, News, Tx};
use tracing::{Instrument, Span};

use crate::blobs::BlobName;
use crate::domain::{Named, Telling, decide};
use crate::store::{doomed, picture};
use crate::{Media, MediaFault};

#[async_trait]
impl Hear for Media {
    async fn hear(&self, event: &Envelope) -> Result<(), HearFault> {
        let done = if let Some(Body::ResidentErased(_)) = &event.body {
            self.forget_resident(event).await
        } else {
            self.act([(event, Span::current())]).await
        };
        done.map_err(|fault| HearFault(Box::new(fault)))
    }

    async fn hear_together(&self, told: &[Told]) -> Option<Result<(), HearFault>> {
        let is_erased = |told: &Told| matches!(told.event.body, Some(Body::ResidentErased(_)));
        if told.iter().any(is_erased) {
            return None;
        }
        let told = told.iter().map(|told| (&told.event, told.step.clone()));
        let done = self.act(told).await;
        Some(done.map_err(|fault| HearFault(Box::new(fault))))
    }
}

impl Media {
    async fn forget_resident(&self, event: &Envelope) -> Result<(), MediaFault> {
        let resident = ResidentId::from_bytes(&event.subject)?;
        retried_by_the_sweep(self.erase_everything_of(resident).await)
    }

    /// Acts on what is said of notices, each within its step.
    async fn act(
        &self,
        told: impl IntoIterator<Item = (&Envelope, Span)> + Send,
    ) -> Result<(), MediaFault> {
        let mut tellings = Vec::new();
        for (event, step) in told {
            if let Some(telling) = telling(event)? {
                tellings.push((event, step, telling));
            }
        }
        if tellings.is_empty() {
            return Ok(());
        }
        // Whoever hears of the same notices elsewhere takes them in the same order, and neither waits for the other. What is said
        // of one notice stays in its order.
        tellings.sort_by_key(|(.., telling)| telling.post);
        let tx = self.parts.store.begin().await?;
        let mut news = Vec::new();
        for (event, step, telling) in tellings {
            let is_news = self.is_news(&tx, event, &telling);
            if is_news.instrument(step.clone()).await? {
                news.push((telling, step));
            }
        }
        let blobs = follow(&tx, &news).await?;
        tx.commit().await?;
        retried_by_the_sweep(self.bury(&blobs).await)
    }

    async fn is_news(
        &self,
        tx: &Tx,
        event: &Envelope,
        telling: &Telling,
    ) -> Result<bool, MediaFault> {
        let news = News {
            stream: &event.stream,
            subject: telling.post.uuid(),
            version: i64::try_from(event.version).unwrap_or(i64::MAX),
            gone_at_ms: telling.author.is_none().then(|| self.parts.clock.now_ms()),
        };
        Ok(Inbox::is_news(tx, news).await?)
    }
}

/// What an event says of a notice; none where it is about something else.
fn telling(event: &Envelope) -> Result<Option<Telling>, MediaFault> {
    let mut public_until_ms = None;
    let (author, expires_at_ms, pictures) = match &event.body {
        Some(Body::PostShown(told)) => {
            let shown = told.post.iter().flat_map(|post| &post.pictures);
            let mut pictures = named(shown.map(|picture| &picture.id), true);
            pictures.extend(named(told.pictures_held.iter(), false));
            pictures.extend(withheld(&told.pictures_withheld));
            public_until_ms = (told.public_until_ms != 0).then_some(told.public_until_ms);
            let expires_at_ms = told.post.as_ref().map(|post| post.expires_at_ms);
            (Some(&told.author), expires_at_ms, pictures)
        }
        Some(Body::PostHeld(told)) => {
            let mut pictures = named(told.pictures.iter(), false);
            pictures.extend(withheld(&told.pictures_withheld));
            (Some(&told.author), None, pictures)
        }
        Some(Body::PostGone(_)) => (None, None, Vec::new()),
        _ => return Ok(None),
    };
    Ok(Some(Telling {
        neighbourhood: NeighbourhoodId::from_bytes(&event.neighbourhood)?,
        post: PostId::from_bytes(&event.subject)?,
        author: author.map(|id| ResidentId::from_bytes(id)).transpose()?,
        expires_at_ms,
        public_until_ms,
        pictures,
    }))
}

/// Does what follows from the news; answers the blobs that are to go once it is committed.
async fn follow(tx: &Tx, news: &[(Telling, Span)]) -> Result<Vec<BlobName>, MediaFault> {
    let rows = picture::concerned(tx, news.iter().map(|(telling, _)| telling)).await?;
    let mut kept: Vec<_> = rows.iter().map(picture::Model::kept).collect();
    let mut deleted = HashSet::new();
    for (telling, step) in news {
        let changes = decide(telling, &kept);
        kept = changes.applied_to(&kept);
        for (id, hung) in changes.hang {
            let hanging = picture::hang(tx, id, hung);
            hanging.instrument(step.clone()).await?;
        }
        deleted.extend(changes.delete);
    }
    let gone = rows.iter().filter(|row| deleted.contains(&row.media_id()));
    let blobs: Vec<_> = gone.map(picture::Model::blob).collect();
    let deleted: Vec<_> = deleted.iter().map(|id| id.uuid()).collect();
    picture::delete(tx, &deleted).await?;
    doomed::insert(tx, &blobs).await?;
    Ok(blobs)
}

/// What does not look like an id is no picture of ours.
fn named<'a>(ids: impl Iterator<Item = &'a Bytes>, shown: bool) -> Vec<Named> {
    ids.filter_map(|id| MediaId::from_bytes(id).ok())
        .map(|id| Named {
            id,
            shown,
            withheld: false,
        })
        .collect()
}

fn withheld(ids: &[Bytes]) -> impl Iterator<Item = Named> {
    let named = named(ids.iter(), false).into_iter();
    named.map(|named| Named {
        withheld: true,
        ..named
    })
}

/// Files that could not be deleted are noted as doomed: hearing of it again would not help.
fn retried_by_the_sweep(outcome: Result<(), MediaFault>) -> Result<(), MediaFault> {
    match outcome {
        Err(MediaFault::Files(_)) => {
            tracing::warn!(role = "media", "files could not be deleted yet");
            Ok(())
        }
        other => other,
    }
}
