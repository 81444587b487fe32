//! What posts does when moderators have decided.

use bus::Envelope;
use contract::common::Measure;
use contract::events::{AuthorRestrained, Cause, ContentRuled, LimitRaised};
use contract::posts::State;
use contract::posts::correction::Part;
use contract::{NeighbourhoodId, ResidentId};
use sea_orm::prelude::Uuid;
use store::{Inbox, Tx};

use crate::calls::{save, show};
use crate::domain::{Follows, follows, is_shown};
use crate::store::post::Model;
use crate::store::{author, comment, picture, post, raised_limit};
use crate::sweep::IDENTITY;
use crate::{Posts, PostsFault};

impl Posts {
    /// A ruling is the whole of what holds: one that was heard before, or is older, changes nothing.
    pub(crate) async fn follow_ruling(
        &self,
        event: &Envelope,
        ruled: &ContentRuled,
    ) -> Result<(), PostsFault> {
        let neighbourhood = NeighbourhoodId::from_bytes(&event.neighbourhood)?.uuid();
        let subject = Uuid::from_slice(&event.subject).map_err(|_| contract::Fault::internal())?;
        let number = number(event);
        let tx = self.parts.store.begin().await?;
        let about = if let Some(mut row) = post::lock(&tx, neighbourhood, subject).await? {
            if row.rulings >= number {
                return Ok(());
            }
            row.rulings = number;
            self.rule_on(&tx, &mut row, ruled).await?;
            Some(row.id)
        } else if let Some(mut row) = comment::lock(&tx, neighbourhood, subject).await? {
            if row.rulings >= number {
                return Ok(());
            }
            row.rulings = number;
            row.removed = !is_shown(ruled.measure());
            let post = row.post;
            comment::update(&tx, row).await?;
            Some(post)
        } else {
            None
        };
        tx.commit().await?;
        if let Some(post) = about {
            self.signal(post);
        }
        Ok(())
    }

    async fn rule_on(
        &self,
        tx: &Tx,
        row: &mut Model,
        ruled: &ContentRuled,
    ) -> Result<(), PostsFault> {
        let now_ms = self.parts.clock.now_ms();
        let is_as_read = row.says_what_was_read(ruled.read);
        let was_waiting = row.state() == State::InReview;
        row.ruling = ruled.measure;
        match follows(ruled.measure(), row.state(), is_as_read) {
            Follows::Nothing | Follows::Limit => {}
            Follows::Show => show(tx, row, self.parts.clock.today(), now_ms).await?,
            Follows::AwaitReader => {
                row.ruling = Measure::Unspecified.into();
                if !was_waiting {
                    row.wait_for_reader(&[Cause::Amended], now_ms);
                }
            }
            Follows::AwaitChange => {
                row.wait_no_longer();
                row.state = State::InReview.into();
            }
            Follows::Remove => {
                row.wait_no_longer();
                row.state = State::Removed.into();
            }
        }
        if row.state() != State::CoolingDown {
            let today = self.parts.clock.today();
            if rule_on_pictures(row, ruled, is_as_read) {
                row.correct(&[Part::Pictures], today);
            }
            let is_removed = row.state() == State::Removed && row.was_shown;
            row.removed_day = is_removed.then(|| row.removed_day.unwrap_or(today));
            picture::put_on(tx, row).await?;
            row.version += 1;
            save(tx, row).await?;
        }
        Ok(())
    }

    /// What waits for room today is shown by the next sweep.
    pub(crate) async fn follow_raise(
        &self,
        event: &Envelope,
        raised: &LimitRaised,
    ) -> Result<(), PostsFault> {
        let told = raised_limit::Model {
            id: Uuid::from_slice(&event.subject).map_err(|_| contract::Fault::internal())?,
            neighbourhood: NeighbourhoodId::from_bytes(&event.neighbourhood)?.uuid(),
            a_day: raised.a_day.into(),
            from_day: raised.from_day,
            until_day: raised.until_day,
            version: number(event),
        };
        Ok(raised_limit::keep(&self.parts.store, told).await?)
    }

    /// Until when somebody may tell of nobody; their pause from writing at all is identity's to vouch for.
    pub(crate) async fn follow_restraint(
        &self,
        event: &Envelope,
        restrained: &AuthorRestrained,
    ) -> Result<(), PostsFault> {
        let neighbourhood = NeighbourhoodId::from_bytes(&event.neighbourhood)?;
        let resident = ResidentId::from_bytes(&event.subject)?;
        let tx = self.parts.store.begin().await?;
        // What is told late of who was erased brings nothing back.
        if Inbox::is_gone(&tx, IDENTITY, resident.uuid()).await? {
            return Ok(());
        }
        let today = self.parts.clock.today();
        let mut row = author::lock(&tx, neighbourhood, resident, today).await?;
        if row.restraints < number(event) {
            row.restraints = number(event);
            row.people_until_ms = restrained.people_until_ms;
            author::update(&tx, row).await?;
        }
        Ok(tx.commit().await?)
    }
}

/// What is taken out waits where nobody sees it, for as long as it may have to be given back; what is not taken out any more is
/// back. Whether any were taken out.
fn rule_on_pictures(row: &mut Model, ruled: &ContentRuled, is_as_read: bool) -> bool {
    let before = row.pictures();
    let shown = before.len();
    let every = before.into_iter().chain(row.pictures_withheld());
    let (withheld, pictures): (Vec<_>, Vec<_>) = every
        .filter(|picture| !ruled.pictures_removed.contains(&picture.id))
        .partition(|picture| ruled.pictures_withheld.contains(&picture.id));
    row.set_pictures_withheld(withheld);
    row.pictures_hidden = pictures
        .iter()
        .any(|picture| ruled.pictures_hidden.contains(&picture.id));
    // Those of a newcomer wait for somebody who looks at them, whatever else is decided meanwhile: a ruling says again with
    // everything else what was decided about pictures that were there before.
    let were_looked_at = ruled.measure() == Measure::Keep && is_as_read;
    row.pictures_held &= !were_looked_at && !pictures.is_empty();
    let is_fewer = pictures.len() < shown;
    row.set_pictures(pictures);
    is_fewer
}

/// How many times it was decided about the same: only a later one counts.
fn number(event: &Envelope) -> i64 {
    i64::try_from(event.version).unwrap_or(i64::MAX)
}
