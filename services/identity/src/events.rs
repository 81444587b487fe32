//! What is told to other roles, composed as it is sent; and what is done when others tell.

use async_trait::async_trait;
use bus::{Compose, Envelope, Hear, HearFault, Topic};
use bytes::Bytes;
use contract::events::envelope::Body;
use contract::events::{AuthorRestrained, NeighbourhoodMapped, Notified, ResidentErased};
use contract::{Locale, NeighbourhoodId, ReplyAddressId, ResidentId, StatementId};
use store::{Entry, Inbox, News, StoreFault, Tx};

use crate::domain::{day, reply};
use crate::error::IdentityFault;
use crate::mail::{Event, Letter, Recipient, name_of};
use crate::store::{account, neighbourhood, reply_address, restraint};
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
        let neighbourhood = match body {
            Body::ResidentErased(_) => Bytes::new(),
            _ => Bytes::copy_from_slice(entry.neighbourhood.as_bytes()),
        };
        Ok(Some(Envelope {
            stream: STREAM.to_owned(),
            offset: entry.id,
            subject: Bytes::copy_from_slice(entry.subject.as_bytes()),
            version: entry.version.unsigned_abs(),
            neighbourhood,
            body: Some(body),
        }))
    }
}

#[async_trait]
impl Hear for Identity {
    async fn hear(&self, event: &Envelope) -> Result<(), HearFault> {
        let done = match &event.body {
            Some(Body::AuthorRestrained(restrained)) => {
                self.follow_restraint(event, restrained).await
            }
            Some(Body::Notified(notified)) => self.write_to(event, notified).await,
            _ => return Ok(()),
        };
        done.map_err(|fault| HearFault(Box::new(fault)))
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
        let tx = self.store.begin().await?;
        // Held, so that nothing is kept of an account that is being erased. Of a member nowhere it is: they may join again.
        if account::locked(&tx, resident.uuid()).await?.is_none() {
            return Ok(());
        }
        let heard = restraint::Model {
            neighbourhood: neighbourhood.uuid(),
            resident: resident.uuid(),
            until_ms: restrained.paused_until_ms,
            number: i64::try_from(event.version).unwrap_or(i64::MAX),
        };
        restraint::keep(&tx, heard).await?;
        tx.commit().await?;
        self.bus.signal(&Topic::Resident(resident));
        Ok(())
    }

    /// One letter for each statement, however often it is told: its id is remembered for as long as that may be. Nobody is
    /// written to who is gone.
    async fn write_to(&self, event: &Envelope, notified: &Notified) -> Result<(), IdentityFault> {
        let statement = StatementId::from_bytes(&event.subject)?;
        let Some(occasion) = Event::of(notified.occasion()) else {
            return Ok(());
        };
        let now_ms = self.clock.now_ms();
        let tx = self.store.begin().await?;
        // Told is told for good, so nothing of it is remembered longer than it could be told again.
        let news = News {
            stream: &event.stream,
            subject: statement.uuid(),
            version: i64::try_from(event.version).unwrap_or(i64::MAX),
            gone_at_ms: Some(now_ms),
        };
        if !Inbox::is_news(&tx, news).await? {
            return Ok(());
        }
        if notified.resident.is_empty() {
            self.write_to_visitor(&tx, &notified.reply_to, occasion, statement)
                .await?;
        } else {
            let resident = ResidentId::from_bytes(&notified.resident)?.uuid();
            // Held, so that an account that is being erased gets nothing new.
            if account::locked(&tx, resident).await?.is_some() {
                let letter = Letter::Told {
                    event: occasion,
                    statement: None,
                };
                self.queue(&tx, Recipient::Resident(resident), None, letter)
                    .await?;
            }
        }
        tx.commit().await?;
        self.queued.notify_one();
        Ok(())
    }

    /// To the address a visitor gave, which is kept anew: an appeal may follow.
    async fn write_to_visitor(
        &self,
        tx: &Tx,
        reply_to: &[u8],
        event: Event,
        statement: StatementId,
    ) -> Result<(), IdentityFault> {
        let id = ReplyAddressId::from_bytes(reply_to)?.uuid();
        let Some(kept) = reply_address::by_id(&**tx, id).await? else {
            return Ok(());
        };
        let secrets = &self.secrets;
        let Some(address) = secrets.open_address(&kept.address_key, &kept.address, id) else {
            // Trying again opens it no better, and would keep back all that is told after it.
            let fault = IdentityFault::Sealed {
                table: "reply_address",
            };
            tracing::warn!(reason = %fault, "a mail is given up");
            return Ok(());
        };
        let until_day = day::of(self.clock.now_ms()) + reply::KEPT_DAYS;
        reply_address::keep_until(tx, id, until_day).await?;
        let letter = Letter::Told {
            event,
            statement: Some(name_of(statement)),
        };
        let locale = Locale::from_tag(&kept.locale);
        self.queue(tx, Recipient::At(id, &address), Some(locale), letter)
            .await?;
        Ok(())
    }
}
