//! What others are told: how a content stands, what an author may not do, that there is something to read.

use contract::common::Occasion;
use contract::{ResidentId, StatementId};
use runtime::DAY_MS;
use sea_orm::prelude::Uuid;
use store::{Outbox, Tx};

use crate::domain::{APPEAL_WITHIN_MS, Ruling, may_appeal};
use crate::store::{case_file, content, decision, restraint, statement};
use crate::{Moderation, ModerationFault};

/// A statement to be made.
pub(crate) struct Told<'a> {
    case: &'a case_file::Model,
    occasion: Occasion,
    decision: Option<&'a decision::Model>,
    appeal: Option<Uuid>,
    recipient: Option<Uuid>,
    reply_to: Option<Uuid>,
}

impl<'a> Told<'a> {
    pub(crate) const fn new(case: &'a case_file::Model, occasion: Occasion) -> Self {
        Self {
            case,
            occasion,
            decision: None,
            appeal: None,
            recipient: None,
            reply_to: None,
        }
    }

    /// What was decided.
    pub(crate) const fn by(mut self, decision: &'a decision::Model) -> Self {
        self.decision = Some(decision);
        self
    }

    /// On which appeal.
    pub(crate) const fn on(mut self, appeal: Uuid) -> Self {
        self.appeal = Some(appeal);
        self
    }

    /// To a resident.
    pub(crate) const fn to(mut self, resident: Option<Uuid>) -> Self {
        self.recipient = resident;
        self
    }

    /// Or to a visitor.
    pub(crate) const fn or_to(mut self, reply_to: Option<Uuid>) -> Self {
        self.reply_to = reply_to;
        self
    }
}

impl Moderation {
    /// Makes a statement, and has its addressee told of it; nothing where there is nobody to tell.
    pub(crate) async fn tell(
        &self,
        tx: &Tx,
        told: Told<'_>,
        now_ms: i64,
    ) -> Result<(), ModerationFault> {
        if told.recipient.is_none() && told.reply_to.is_none() {
            return Ok(());
        }
        let appealable = told
            .decision
            .is_some_and(|decision| may_appeal(told.occasion, decision.is_restrictive()));
        let row = statement::Model {
            neighbourhood: told.case.neighbourhood,
            id: StatementId::from_random(self.parts.entropy.bytes()).uuid(),
            case_id: told.case.id,
            decision: told.decision.map(|decision| decision.id),
            appeal: told.appeal,
            recipient: told.recipient,
            reply_to: told.reply_to,
            occasion: told.occasion.into(),
            told_at_ms: now_ms,
            appeal_until_ms: if appealable {
                appeal_until_ms(now_ms)
            } else {
                0
            },
        };
        Outbox::append(tx, row.id, 1, row.neighbourhood);
        Ok(statement::insert(tx, row).await?)
    }

    /// Keeps what an author may not do by the decisions that stand, and tells of it where that is another than before. The cases
    /// that were decided about are locked: the author is after them.
    pub(super) async fn restrain(
        &self,
        tx: &Tx,
        neighbourhood: Uuid,
        author: Option<Uuid>,
        now_ms: i64,
    ) -> Result<(), ModerationFault> {
        let Some(resident) = author else {
            return Ok(());
        };
        let before = restraint::lock(tx, neighbourhood, resident).await?;
        let standing = restraint::standing(tx, neighbourhood, resident).await?;
        if before.restraint() == standing {
            return Ok(());
        }
        let everywhere = restraint::everything_of(&**tx, ResidentId::new(resident)).await?;
        let highest = everywhere.iter().map(|row| row.version).max();
        let row = restraint::Model {
            paused_until_ms: standing.paused_until_ms,
            people_until_ms: standing.people_until_ms,
            version: now_ms.max(highest.unwrap_or_default() + 1),
            ..before
        };
        Outbox::append(tx, resident, row.version, neighbourhood);
        Ok(restraint::update(tx, row).await?)
    }
}

/// How a content stands is kept and told.
pub(crate) async fn rule(
    tx: &Tx,
    mut content: content::Model,
    ruling: &Ruling,
) -> Result<content::Model, ModerationFault> {
    content.set_stands(ruling);
    content.ruling += 1;
    content::update(tx, content.clone()).await?;
    Outbox::append(tx, content.id, content.ruling, content.neighbourhood);
    Ok(content)
}

/// Until when one may appeal: with the end of a day.
pub(super) const fn appeal_until_ms(now_ms: i64) -> i64 {
    let until_ms = now_ms + APPEAL_WITHIN_MS + DAY_MS - 1;
    until_ms - until_ms.rem_euclid(DAY_MS)
}
