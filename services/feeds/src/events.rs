//! What follows from what posts and identity tell.

use std::collections::BTreeMap;

use async_trait::async_trait;
use bus::{Envelope, Hear, HearFault, Told, Topic};
use contract::NeighbourhoodId;
use contract::events::envelope::Body;
use contract::posts::Post;
use geo::Place;
use prost::Message;
use store::{Inbox, News, Tx};
use tracing::{Instrument, Span};
use uuid::Uuid;

use crate::store::{Row, Sequence, keep_map, remove, show};
use crate::{Feeds, FeedsFault};

#[async_trait]
impl Hear for Feeds {
    #[tracing::instrument(skip_all, fields(role = "feeds", operation = "hear"))]
    async fn hear(&self, event: &Envelope) -> Result<(), HearFault> {
        let done = self.act([(event, Span::current())]).await;
        done.map_err(|fault| HearFault(fault.into()))
    }

    #[tracing::instrument(skip_all, fields(role = "feeds", operation = "hear_together"))]
    async fn hear_together(&self, told: &[Told]) -> Option<Result<(), HearFault>> {
        let told = told.iter().map(|told| (&told.event, told.step.clone()));
        let done = self.act(told).await;
        Some(done.map_err(|fault| HearFault(fault.into())))
    }
}

/// What came of an event.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Came {
    /// It was known.
    Nothing,
    /// It is remembered; whoever reads the feed sees no change.
    Noted,
    /// The feed reads otherwise.
    Changed,
}

impl Feeds {
    /// Acts on events, each within its step.
    async fn act(
        &self,
        told: impl IntoIterator<Item = (&Envelope, Span)> + Send,
    ) -> Result<(), FeedsFault> {
        let mut feeds: BTreeMap<NeighbourhoodId, Vec<(&Envelope, Span)>> = BTreeMap::new();
        for (event, step) in told {
            if !is_about_the_board(event) {
                continue;
            }
            let neighbourhood = NeighbourhoodId::from_bytes(&event.neighbourhood)
                .map_err(|_| FeedsFault::Event("its neighbourhood"))?;
            feeds.entry(neighbourhood).or_default().push((event, step));
        }
        for (neighbourhood, told) in feeds {
            self.follow(neighbourhood, &told).await?;
        }
        Ok(())
    }

    /// Does what follows in one feed, all at once: a storm waits for the disk once, and who reads sees all of it.
    async fn follow(
        &self,
        neighbourhood: NeighbourhoodId,
        told: &[(&Envelope, Span)],
    ) -> Result<(), FeedsFault> {
        let tx = self.store.begin().await?;
        // Before anything else: whoever hears of the same feed elsewhere holds nothing that is waited for here.
        let mut sequence = Sequence::hold(&tx, neighbourhood).await?;
        let (mut came, mut first) = (Came::Nothing, None);
        for (event, step) in told {
            let one = self.follow_one(&tx, &mut sequence, event);
            let one = one.instrument(step.clone()).await?;
            if one == Came::Changed {
                first.get_or_insert(step);
            }
            came = came.max(one);
        }
        if came == Came::Nothing {
            return Ok(());
        }
        sequence.keep().await?;
        tx.commit().await?;
        // As what was under way for longest: how long it took is measured.
        if let Some(step) = first {
            step.in_scope(|| self.bus.signal(&Topic::Feed(neighbourhood)));
        }
        Ok(())
    }

    async fn follow_one(
        &self,
        tx: &Tx,
        sequence: &mut Sequence<'_>,
        event: &Envelope,
    ) -> Result<Came, FeedsFault> {
        let now_ms = self.clock.now_ms();
        match &event.body {
            Some(Body::PostShown(shown)) => {
                let news = news(event, None)?;
                let post = shown.post.as_ref().ok_or(FeedsFault::Event("its post"))?;
                let row = row_of(sequence.neighbourhood(), &news, post, shown.order_at_ms)?;
                if !Inbox::is_news(tx, news).await? {
                    return Ok(Came::Nothing);
                }
                show(tx, sequence, &row, now_ms).await?;
                Ok(Came::Changed)
            }
            Some(Body::PostGone(_)) => {
                take_out(tx, sequence, news(event, Some(now_ms))?, now_ms).await
            }
            // What waits to be read is shown to nobody here; it may be shown again.
            Some(Body::PostHeld(_)) => take_out(tx, sequence, news(event, None)?, now_ms).await,
            Some(Body::NeighbourhoodMapped(mapped)) => {
                let map = mapped
                    .map
                    .as_ref()
                    .filter(|map| geo::LevelMap::try_from(*map).is_ok())
                    .ok_or(FeedsFault::Event("its map"))?;
                if !Inbox::is_news(tx, news(event, None)?).await? {
                    return Ok(Came::Nothing);
                }
                keep_map(tx, sequence.neighbourhood(), map).await?;
                Ok(Came::Changed)
            }
            _ => Ok(Came::Nothing),
        }
    }
}

/// Nothing here belongs to a resident, and answers are read below their notice.
const fn is_about_the_board(event: &Envelope) -> bool {
    matches!(
        event.body,
        Some(
            Body::PostShown(_)
                | Body::PostHeld(_)
                | Body::PostGone(_)
                | Body::NeighbourhoodMapped(_)
        )
    )
}

async fn take_out(
    tx: &Tx,
    sequence: &mut Sequence<'_>,
    news: News<'_>,
    now_ms: i64,
) -> Result<Came, FeedsFault> {
    if !Inbox::is_news(tx, news).await? {
        return Ok(Came::Nothing);
    }
    let was_there = remove(tx, sequence, news.subject, now_ms).await?;
    Ok(if was_there {
        Came::Changed
    } else {
        Came::Noted
    })
}

fn news(event: &Envelope, gone_at_ms: Option<i64>) -> Result<News<'_>, FeedsFault> {
    Ok(News {
        stream: &event.stream,
        subject: Uuid::from_slice(&event.subject).map_err(|_| FeedsFault::Event("its subject"))?,
        version: i64::try_from(event.version).map_err(|_| FeedsFault::Event("its version"))?,
        gone_at_ms,
    })
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
