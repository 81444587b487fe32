//! What posts does when moderators have decided.

use bus::Envelope;
use contract::common::Measure;
use contract::events::{AuthorRestrained, Cause, ContentRuled};
use contract::posts::{Pictures, State};
use contract::{NeighbourhoodId, ResidentId};
use prost::Message;
use sea_orm::prelude::Uuid;
use store::Tx;

use crate::calls::{save, show};
use crate::domain::{Follows, follows, is_shown};
use crate::store::post::Model;
use crate::store::{author, comment, picture, post};
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
        // What waits for its author to change it has the words that were read.
        let is_as_read =
            u64::try_from(row.version) == Ok(ruled.read) || row.ruling() == Measure::AskForEdit;
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
            rule_on_pictures(row, ruled);
            picture::put_on(tx, row).await?;
            row.version += 1;
            save(tx, row).await?;
        }
        Ok(())
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

fn rule_on_pictures(row: &mut Model, ruled: &ContentRuled) {
    let mut pictures = row.pictures();
    pictures.retain(|picture| !ruled.pictures_removed.contains(&picture.id));
    row.pictures_hidden = pictures
        .iter()
        .any(|picture| ruled.pictures_hidden.contains(&picture.id));
    // Those of a newcomer wait for somebody who looks at them, whatever else is decided meanwhile.
    row.pictures_held &= ruled.measure() != Measure::Keep && !pictures.is_empty();
    row.held = row.pictures_held || row.waits_since_ms.is_some() && !row.accepted;
    row.pictures = Pictures { pictures }.encode_to_vec();
}

/// How many times it was decided about the same: only a later one counts.
fn number(event: &Envelope) -> i64 {
    i64::try_from(event.version).unwrap_or(i64::MAX)
}
