//! What follows from what posts and identity tell.

use async_trait::async_trait;
use bus::{Envelope, Hear, HearFault, Topic};
use contract::NeighbourhoodId;
use contract::events::envelope::Body;
use contract::events::{NeighbourhoodMapped, PostShown};
use contract::posts::Post;
use geo::Place;
use prost::Message;
use store::{Inbox, News};
use uuid::Uuid;

use crate::store::{Row, keep_map, remove, show};
use crate::{Feeds, FeedsFault};

#[async_trait]
impl Hear for Feeds {
    #[tracing::instrument(skip_all, fields(role = "feeds", operation = "hear"))]
    async fn hear(&self, event: &Envelope) -> Result<(), HearFault> {
        let done = match &event.body {
            Some(Body::PostShown(shown)) => self.post_shown(event, shown).await,
            Some(Body::PostGone(_)) => self.post_gone(event, Some(self.clock.now_ms())).await,
            // What waits to be read is shown to nobody here; it may be shown again.
            Some(Body::PostHeld(_)) => self.post_gone(event, None).await,
            Some(Body::NeighbourhoodMapped(mapped)) => self.mapped(event, mapped).await,
            // Nothing here belongs to a resident.
            Some(Body::ResidentErased(_)) | None => Ok(()),
        };
        done.map_err(|fault| HearFault(fault.into()))
    }
}

/// The parts of an envelope that handling needs.
struct Told<'a> {
    neighbourhood: NeighbourhoodId,
    news: News<'a>,
}

fn told(event: &Envelope, gone_at_ms: Option<i64>) -> Result<Told<'_>, FeedsFault> {
    Ok(Told {
        neighbourhood: NeighbourhoodId::from_bytes(&event.neighbourhood)
            .map_err(|_| FeedsFault::Event("its neighbourhood"))?,
        news: News {
            stream: &event.stream,
            subject: Uuid::from_slice(&event.subject)
                .map_err(|_| FeedsFault::Event("its subject"))?,
            version: i64::try_from(event.version).map_err(|_| FeedsFault::Event("its version"))?,
            gone_at_ms,
        },
    })
}

impl Feeds {
    async fn post_shown(&self, event: &Envelope, shown: &PostShown) -> Result<(), FeedsFault> {
        let Told {
            neighbourhood,
            news,
        } = told(event, None)?;
        let post = shown.post.as_ref().ok_or(FeedsFault::Event("its post"))?;
        let row = row_of(neighbourhood, &news, post, shown.order_at_ms)?;
        let tx = self.store.begin().await?;
        if Inbox::is_news(&tx, news).await? {
            show(&tx, &row, self.clock.now_ms()).await?;
            tx.commit().await?;
            self.bus.signal(&Topic::Feed(neighbourhood));
        }
        Ok(())
    }

    async fn post_gone(&self, event: &Envelope, gone_at_ms: Option<i64>) -> Result<(), FeedsFault> {
        let now_ms = self.clock.now_ms();
        let Told {
            neighbourhood,
            news,
        } = told(event, gone_at_ms)?;
        let tx = self.store.begin().await?;
        if Inbox::is_news(&tx, news).await? {
            let was_there = remove(&tx, neighbourhood, news.subject, now_ms).await?;
            tx.commit().await?;
            if was_there {
                self.bus.signal(&Topic::Feed(neighbourhood));
            }
        }
        Ok(())
    }

    async fn mapped(
        &self,
        event: &Envelope,
        mapped: &NeighbourhoodMapped,
    ) -> Result<(), FeedsFault> {
        let Told {
            neighbourhood,
            news,
        } = told(event, None)?;
        let map = mapped
            .map
            .as_ref()
            .filter(|map| geo::LevelMap::try_from(*map).is_ok())
            .ok_or(FeedsFault::Event("its map"))?;
        let tx = self.store.begin().await?;
        if Inbox::is_news(&tx, news).await? {
            keep_map(&tx, neighbourhood, map).await?;
            tx.commit().await?;
            self.bus.signal(&Topic::Feed(neighbourhood));
        }
        Ok(())
    }
}

/// The row of a told post. Whether it is the reader's own is for posts to say: a row is the same for everybody.
fn row_of(
    neighbourhood: NeighbourhoodId,
    news: &News<'_>,
    post: &Post,
    order_at_ms: i64,
) -> Result<Row, FeedsFault> {
    let body = Post {
        mine: false,
        ..post.clone()
    };
    if post.id != news.subject.as_bytes()[..] || post.neighbourhood != neighbourhood.to_bytes() {
        return Err(FeedsFault::Event("its post is another's"));
    }
    Ok(Row {
        neighbourhood,
        post: news.subject,
        category: post.category,
        place: Place::from_i64(post.place).map_err(|_| FeedsFault::Event("its place"))?,
        published_at_ms: order_at_ms,
        expires_at_ms: post.expires_at_ms,
        version: news.version,
        body: body.encode_to_vec(),
    })
}
