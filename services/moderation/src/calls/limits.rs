//! How much is shown that tells of people: two moderators may have more of it for some days, and one ends that.

use contract::common::Empty;
use contract::moderation::{
    DecideRaiseRequest, EndRaiseRequest, Limits, LimitsRequest, ListRaisedReply,
    ProposeRaiseRequest, ProposedRaise,
};
use contract::{NeighbourhoodId, PEOPLE_A_DAY, ProposalId};
use runtime::HOUR_MS;
use store::Outbox;

use super::Call;
use crate::domain::{Conflict, PROPOSED_WITHIN_MS, Raised, Stage, raise, shown_today};
use crate::store::{Keyed, raised_limit};
use crate::sweep::KEPT_DAYS;
use crate::{Moderation, ModerationFault};

impl Moderation {
    pub(super) async fn do_get_limits(
        &self,
        call: &Call,
        asked: LimitsRequest,
    ) -> Result<Limits, ModerationFault> {
        let hood = NeighbourhoodId::from_bytes(&asked.neighbourhood)?;
        let moderator = self.moderator_of(call, hood)?;
        self.active(hood.uuid(), call.now_ms).await?;
        let (on, today) = (self.parts.store.read(), self.parts.clock.today());
        let raised = in_force(raised_limit::decided_since(on, hood, today).await?, today);
        let proposed = raised_limit::open_in(on, hood).await?;
        let proposed = proposed.filter(|row| row.deadline_ms > call.now_ms);
        Ok(Limits {
            usual: PEOPLE_A_DAY,
            today: shown_today(
                raised
                    .as_ref()
                    .and_then(raised_limit::Model::raised)
                    .as_ref(),
                today,
            ),
            raised: raised.and_then(|row| row.wire()),
            proposed: proposed.map(|row| row.proposed(moderator)),
        })
    }

    /// The row of what is open is locked while it is looked whether anything is in force: a proposal that is approved meanwhile
    /// is one or the other.
    pub(super) async fn do_propose_raise(
        &self,
        call: &Call,
        asked: ProposeRaiseRequest,
    ) -> Result<ProposedRaise, ModerationFault> {
        let hood = NeighbourhoodId::from_bytes(&asked.neighbourhood)?;
        let me = self.moderator_of(call, hood)?;
        let facts = raise(asked.a_day, asked.days, &asked.facts)?;
        let (now_ms, today) = (call.now_ms, self.parts.clock.today());
        let mut row = raised_limit::Model {
            neighbourhood: hood.uuid(),
            id: ProposalId::from_random(self.parts.entropy.bytes()).uuid(),
            a_day: i32::try_from(asked.a_day).unwrap_or_default(),
            days: i32::try_from(asked.days).unwrap_or_default(),
            facts,
            proposer: me.uuid(),
            approver: None,
            deadline_ms: now_ms - now_ms.rem_euclid(HOUR_MS) + PROPOSED_WITHIN_MS,
            stage: Stage::Open.number(),
            from_day: None,
            until_day: None,
            ended_day: None,
            version: 0,
        };
        let tx = self.parts.store.begin().await?;
        if let Some(mut before) = raised_limit::lock_open(&tx, hood).await? {
            if before.deadline_ms > now_ms {
                row = raised_limit::Model {
                    id: before.id,
                    deadline_ms: before.deadline_ms,
                    ..row
                };
                return if row == before {
                    Ok(row.proposed(me))
                } else {
                    Err(Conflict::ProposedAlready.into())
                };
            }
            before.stage = Stage::Ended.number();
            raised_limit::update(&tx, before).await?;
        }
        let decided = raised_limit::decided_since(&*tx, hood, today).await?;
        if in_force(decided, today).is_some() {
            return Err(Conflict::RaisedAlready.into());
        }
        if !raised_limit::insert(&tx, row.clone()).await? {
            return Err(Conflict::ProposedAlready.into());
        }
        tx.commit().await?;
        self.active(hood.uuid(), now_ms).await?;
        Ok(row.proposed(me))
    }

    pub(super) async fn do_decide_raise(
        &self,
        call: &Call,
        asked: DecideRaiseRequest,
    ) -> Result<Empty, ModerationFault> {
        let moderator = self.moderator(call)?;
        let (me, now_ms) = (moderator.resident, call.now_ms);
        let id = ProposalId::from_bytes(&asked.raise)?.uuid();
        let tx = self.parts.store.begin().await?;
        let found = raised_limit::Entity::within(&*tx, &moderator.neighbourhoods, id).await?;
        let found = found.ok_or(ModerationFault::NotFound)?;
        let row = raised_limit::Entity::lock(&tx, found.neighbourhood, id).await?;
        let mut row = row.ok_or(ModerationFault::NotFound)?;
        let said = if asked.approve {
            Stage::Approved
        } else {
            Stage::Refused
        };
        if row.approver == Some(me.uuid()) && row.proposal().stage == said {
            return Ok(Empty {});
        }
        let stage = row.proposal().decide(me, asked.approve, now_ms)?;
        row.stage = stage.number();
        row.approver = Some(me.uuid());
        if stage == Stage::Approved {
            let (a_day, days) = (row.a_day.unsigned_abs(), row.days.unsigned_abs());
            row.set_raised(&Raised::on(self.parts.clock.today(), a_day, days));
            Outbox::append(&tx, row.id, row.version, row.neighbourhood);
        }
        let hood = row.neighbourhood;
        raised_limit::update(&tx, row).await?;
        tx.commit().await?;
        self.active(hood, now_ms).await?;
        Ok(Empty {})
    }

    /// Less of it takes nobody's consent.
    pub(super) async fn do_end_raise(
        &self,
        call: &Call,
        asked: EndRaiseRequest,
    ) -> Result<Empty, ModerationFault> {
        let moderator = self.moderator(call)?;
        let id = ProposalId::from_bytes(&asked.raise)?.uuid();
        let tx = self.parts.store.begin().await?;
        let found = raised_limit::Entity::within(&*tx, &moderator.neighbourhoods, id).await?;
        let found = found.ok_or(ModerationFault::NotFound)?;
        let row = raised_limit::Entity::lock(&tx, found.neighbourhood, id).await?;
        let mut row = row.ok_or(ModerationFault::NotFound)?;
        let today = self.parts.clock.today();
        let mut raised = row.raised().ok_or(Conflict::WrongState)?;
        if raised.ended_day.is_some() {
            return Ok(Empty {});
        }
        if !raised.is_in_force(today) {
            return Err(Conflict::WrongState.into());
        }
        raised.ended_day = Some(today);
        row.set_raised(&raised);
        let hood = row.neighbourhood;
        Outbox::append(&tx, row.id, row.version, hood);
        raised_limit::update(&tx, row).await?;
        tx.commit().await?;
        self.active(hood, call.now_ms).await?;
        Ok(Empty {})
    }

    pub(super) async fn do_list_raised(
        &self,
        _: &Call,
        asked: LimitsRequest,
    ) -> Result<ListRaisedReply, ModerationFault> {
        let hood = NeighbourhoodId::from_bytes(&asked.neighbourhood)?;
        let since = self.parts.clock.today() - KEPT_DAYS;
        let rows = raised_limit::decided_since(self.parts.store.read(), hood, since).await?;
        Ok(ListRaisedReply {
            raised: rows.iter().filter_map(raised_limit::Model::wire).collect(),
        })
    }
}

/// At most one is.
fn in_force(decided: Vec<raised_limit::Model>, today: i64) -> Option<raised_limit::Model> {
    let mut decided = decided.into_iter();
    decided.find(|row| row.raised().is_some_and(|raised| raised.is_in_force(today)))
}
