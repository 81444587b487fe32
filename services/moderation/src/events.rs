//! What moderation tells, and what it does when told.

use async_trait::async_trait;
use bus::{Compose, Envelope, Hear, HearFault};
use contract::common::Category;
use contract::events::envelope::Body;
use contract::events::{
    AuthorRestrained, CommentShown, ContentRuled, LimitRaised, ModeratorActive, Notified, PostHeld,
    PostShown,
};
use contract::moderation::{Cause, FormStep, Kind};
use contract::{MediaId, ResidentId, StatementId};
use runtime::HOUR_MS;
use sea_orm::prelude::Uuid;
use store::{Entry, Inbox, News, StoreFault, Tx};

use crate::domain::Causes;
use crate::store::{Keyed, content, raised_limit, restraint, statement, tally};
use crate::sweep::IDENTITY;
use crate::{Moderation, ModerationFault, STREAM};

#[async_trait]
impl Compose for Moderation {
    /// How things stand now with what the entry is about; nothing where that is gone.
    async fn compose(&self, entry: Entry) -> Result<Option<Envelope>, StoreFault> {
        let told = self.told(entry).await?;
        Ok(told.map(|(version, body)| Envelope {
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
impl Hear for Moderation {
    async fn hear(&self, event: &Envelope) -> Result<(), HearFault> {
        self.act(event)
            .await
            .map_err(|fault| HearFault(Box::new(fault)))
    }
}

impl Moderation {
    /// An id is drawn at random and stands for one thing only: the neighbourhood, a statement, a raised limit, what was
    /// ruled about, or an author.
    async fn told(&self, entry: Entry) -> Result<Option<(i64, Body)>, StoreFault> {
        let (on, hood, id) = (self.parts.store.read(), entry.neighbourhood, entry.subject);
        if id == hood {
            let hour_ms = entry.version * HOUR_MS;
            let active = ModeratorActive { hour_ms };
            return Ok(Some((entry.version, Body::ModeratorActive(active))));
        }
        if let Some(row) = statement::Entity::by_id(on, hood, id).await? {
            let bytes = |id: Option<Uuid>| id.map(|id| StatementId::new(id).to_bytes());
            let notified = Notified {
                resident: bytes(row.recipient).unwrap_or_default(),
                reply_to: bytes(row.reply_to).unwrap_or_default(),
                occasion: row.occasion,
            };
            return Ok(Some((entry.version, Body::Notified(notified))));
        }
        if let Some(row) = raised_limit::Entity::by_id(on, hood, id).await? {
            return Ok(row.raised().map(|raised| {
                let told = LimitRaised {
                    a_day: raised.a_day,
                    from_day: raised.from_day,
                    until_day: raised.counts_until(),
                };
                (row.version, Body::LimitRaised(told))
            }));
        }
        let ruled = content::Entity::by_id(on, hood, id).await?;
        if let Some(row) = ruled.filter(|row| row.ruling > 0) {
            let stands = row.stands();
            let bytes = |ids: &[MediaId]| ids.iter().map(|id| id.to_bytes()).collect();
            let ruled = ContentRuled {
                measure: row.measure,
                read: row.read.unsigned_abs(),
                pictures_hidden: bytes(&stands.hidden),
                pictures_removed: bytes(&stands.removed),
                pictures_withheld: bytes(&stands.withheld),
            };
            return Ok(Some((row.ruling, Body::ContentRuled(ruled))));
        }
        let restrained = restraint::find(on, hood, id).await?;
        Ok(restrained.map(|row| {
            let restrained = AuthorRestrained {
                paused_until_ms: row.paused_until_ms,
                people_until_ms: row.people_until_ms,
            };
            (row.version, Body::AuthorRestrained(restrained))
        }))
    }

    async fn act(&self, event: &Envelope) -> Result<(), ModerationFault> {
        let now_ms = self.parts.clock.now_ms();
        let subject = || Uuid::from_slice(&event.subject).map_err(|_| ModerationFault::NotFound);
        let tx = self.parts.store.begin().await?;
        match &event.body {
            Some(Body::PostShown(shown)) => {
                if is_news(&tx, event, subject()?, &shown.author).await? {
                    self.shown(&tx, About::of(event, subject()?)?, shown, now_ms)
                        .await?;
                }
            }
            Some(Body::PostHeld(held)) => {
                if is_news(&tx, event, subject()?, &held.author).await? {
                    self.held(&tx, About::of(event, subject()?)?, held, now_ms)
                        .await?;
                }
            }
            Some(Body::CommentShown(comment)) => {
                if is_news(&tx, event, subject()?, &comment.author).await? {
                    answered(&tx, event, comment).await?;
                }
            }
            Some(Body::PostGone(_)) => {
                if Inbox::is_news(&tx, news(event, subject()?, Some(now_ms))).await? {
                    let about = About::of(event, subject()?)?;
                    self.content_gone(&tx, about.neighbourhood, about.id, now_ms)
                        .await?;
                }
            }
            Some(Body::ResidentErased(_)) => {
                Inbox::is_news(&tx, news(event, subject()?, Some(now_ms))).await?;
                tx.commit().await?;
                let resident = ResidentId::from_bytes(&event.subject)?;
                return self.erase_everything_of(resident).await;
            }
            _ => return Ok(()),
        }
        Ok(tx.commit().await?)
    }

    async fn shown(
        &self,
        tx: &Tx,
        about: About,
        shown: &PostShown,
        now_ms: i64,
    ) -> Result<(), ModerationFault> {
        let known = content::Entity::lock(tx, about.neighbourhood, about.id).await?;
        let post = shown.post.clone().unwrap_or_default();
        let pictures = post.pictures.iter().map(|picture| &picture.id);
        let mut row = about.onto(known.as_ref(), Kind::Post, shown.written);
        row.author = author(&shown.author)?;
        row.category = post.category;
        row.state = content::SHOWN;
        row.public_until_ms = shown.public_until_ms;
        set_pictures(&mut row, pictures.chain(&shown.pictures_held))?;
        // Other words are read as the first ones were.
        let is_unread = known
            .as_ref()
            .is_none_or(|known| known.written < row.written);
        let reads_afterwards =
            is_unread && matches!(post.category(), Category::Hazard | Category::Fault);
        let (held, hidden) = (!shown.pictures_held.is_empty(), row.stands().hidden);
        keep(tx, row.clone(), known.is_some()).await?;
        self.reconsider(tx, &row, now_ms, |agenda| {
            if reads_afterwards {
                agenda.shown_unread(now_ms);
            }
            if held && agenda.causes.has(Cause::PicturesWait) {
                return;
            }
            // Those that are held because somebody is in one are a case already.
            let causes = if held && hidden.is_empty() {
                Causes::default().with(Cause::PicturesWait)
            } else {
                Causes::default()
            };
            agenda.waits(causes, now_ms);
        })
        .await?;
        Ok(())
    }

    async fn held(
        &self,
        tx: &Tx,
        about: About,
        held: &PostHeld,
        now_ms: i64,
    ) -> Result<(), ModerationFault> {
        let known = content::Entity::lock(tx, about.neighbourhood, about.id).await?;
        let mut row = about.onto(known.as_ref(), Kind::Post, held.written);
        row.author = author(&held.author)?;
        row.category = held.category;
        row.state = if held.removed {
            content::REMOVED
        } else {
            content::HELD
        };
        row.public_until_ms = 0;
        set_pictures(&mut row, held.pictures.iter())?;
        if known.is_none() && held.category() == Category::ConcerningBehaviour {
            let (hood, step) = (row.neighbourhood, FormStep::Confirmed.into());
            tally::count(tx, hood, now_ms, tally::FORM, step, 0).await?;
        }
        keep(tx, row.clone(), known.is_some()).await?;
        if held.lapsed {
            return self.lapse_about(tx, &row, now_ms).await;
        }
        if held.removed {
            return self.close_about(tx, &row, now_ms).await;
        }
        self.reconsider(tx, &row, now_ms, |agenda| {
            let causes = Causes::told(held.causes.iter().copied());
            agenda.waits(causes, held.since_ms);
            agenda.not_shown();
        })
        .await?;
        Ok(())
    }
}

/// A comment is readable. What is told late of one whose notice is gone brings nothing back: it went with it.
async fn answered(tx: &Tx, event: &Envelope, shown: &CommentShown) -> Result<(), ModerationFault> {
    let id = Uuid::from_slice(&event.subject).map_err(|_| ModerationFault::NotFound)?;
    let parent = Uuid::from_slice(&shown.post).map_err(|_| ModerationFault::NotFound)?;
    let about = About::of(event, id)?;
    let (mut known, mut post) = (None, None);
    let mut both = [(id, &mut known), (parent, &mut post)];
    both.sort_unstable_by_key(|(id, _)| *id);
    for (id, row) in both {
        *row = content::Entity::lock(tx, about.neighbourhood, id).await?;
    }
    if Inbox::is_gone(tx, &event.stream, parent).await? {
        return Ok(());
    }
    let mut row = about.onto(known.as_ref(), Kind::Comment, 0);
    row.author = author(&shown.author)?;
    row.parent = Some(parent);
    row.state = content::SHOWN;
    if let Some(post) = post {
        row.category = post.category;
    }
    keep(tx, row, known.is_some()).await
}

/// What an event is about.
#[derive(Clone, Copy)]
struct About {
    neighbourhood: Uuid,
    id: Uuid,
    version: i64,
}

impl About {
    fn of(event: &Envelope, id: Uuid) -> Result<Self, ModerationFault> {
        Ok(Self {
            neighbourhood: contract::NeighbourhoodId::from_bytes(&event.neighbourhood)?.uuid(),
            id,
            version: i64::try_from(event.version).unwrap_or(i64::MAX),
        })
    }

    /// What is known of it, at the version that was told; where it is not told which version was written, that one.
    fn onto(self, known: Option<&content::Model>, kind: Kind, written: u64) -> content::Model {
        let known = known.cloned();
        let row =
            known.unwrap_or_else(|| content::Model::unknown(self.neighbourhood, self.id, kind));
        content::Model {
            version: self.version,
            written: match i64::try_from(written) {
                Ok(written) if written > 0 => written,
                _ => self.version,
            },
            ..row
        }
    }
}

/// The pictures that were told, and those that are hidden: while nobody sees them nobody is told of them.
fn set_pictures<'a, I>(row: &mut content::Model, told: I) -> Result<(), ModerationFault>
where
    I: Iterator<Item = &'a tonic::codegen::Bytes>,
{
    let mut pictures = told
        .map(|id| MediaId::from_bytes(id))
        .collect::<Result<Vec<_>, _>>()?;
    pictures.extend(row.stands().hidden);
    pictures.sort_unstable();
    pictures.dedup();
    row.set_pictures(&pictures);
    Ok(())
}

async fn keep(tx: &Tx, row: content::Model, is_known: bool) -> Result<(), ModerationFault> {
    if is_known {
        Ok(content::update(tx, row).await?)
    } else {
        Ok(content::insert(tx, row).await?)
    }
}

fn author(id: &[u8]) -> Result<Option<Uuid>, ModerationFault> {
    if id.is_empty() {
        return Ok(None);
    }
    Ok(Some(ResidentId::from_bytes(id)?.uuid()))
}

/// Whether it is news of somebody who still has an account: what is told late of who was erased brings nothing back.
async fn is_news(
    tx: &Tx,
    event: &Envelope,
    subject: Uuid,
    by: &[u8],
) -> Result<bool, ModerationFault> {
    let is_news = Inbox::is_news(tx, news(event, subject, None)).await?;
    Ok(match author(by)? {
        Some(author) => is_news && !Inbox::is_gone(tx, IDENTITY, author).await?,
        None => is_news,
    })
}

fn news(event: &Envelope, subject: Uuid, gone_at_ms: Option<i64>) -> News<'_> {
    News {
        stream: &event.stream,
        subject,
        version: i64::try_from(event.version).unwrap_or(i64::MAX),
        gone_at_ms,
    }
}
