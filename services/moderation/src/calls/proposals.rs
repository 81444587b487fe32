//! What takes two moderators.

use contract::common::{Empty, Measure, Occasion};
use contract::moderation::{
    DecideProposalRequest, Ground, ListProposalsReply, ListProposalsRequest, Outcome,
    ProposeSuspensionRequest, Rule,
};
use contract::{NeighbourhoodId, ProposalId};
use runtime::HOUR_MS;

use super::telling::Told;
use super::{Call, locked, locked_case, ties};
use crate::domain::{
    Conflict, Decided, Flaw, PROPOSED_WITHIN_MS, Restraint, SUSPENSION_DAYS, Stage, facts,
    restrained_until,
};
use crate::store::{Keyed, case_file, copy, decision, proposal};
use crate::{Moderation, ModerationFault};

/// Most open proposals in one answer.
const LISTED: u64 = 50;

impl Moderation {
    pub(super) async fn do_propose_suspension(
        &self,
        call: &Call,
        asked: ProposeSuspensionRequest,
    ) -> Result<contract::moderation::Proposal, ModerationFault> {
        let moderator = self.moderator(call)?;
        let (me, now_ms) = (moderator.resident, call.now_ms);
        if !SUSPENSION_DAYS.contains(&asked.days) {
            return Err(ModerationFault::SuspensionDays);
        }
        let (rule, ground) = (asked.rule(), asked.ground());
        reasoned(rule, ground)?;
        let facts = facts(&asked.facts).map_err(Flaw::Facts)?;
        let tx = self.parts.store.begin().await?;
        let (_, case) = locked_case(&tx, &moderator, &asked.case).await?;
        ties(&tx, &case, me).await?.none()?;
        let decisions = decision::of_case(&*tx, case.neighbourhood, case.id).await?;
        let suspended = decisions.iter().any(|row| row.proposal.is_some());
        if !stands(&decisions) || suspended || case.author.is_none() {
            return Err(Conflict::WrongState.into());
        }
        let mut row = proposal::Model {
            neighbourhood: case.neighbourhood,
            id: ProposalId::from_random(self.parts.entropy.bytes()).uuid(),
            case_id: case.id,
            days: i32::try_from(asked.days).unwrap_or_default(),
            rule: rule.into(),
            ground: ground.into(),
            facts,
            proposer: me.uuid(),
            approver: None,
            proposed_at_ms: now_ms,
            deadline_ms: now_ms - now_ms.rem_euclid(HOUR_MS) + PROPOSED_WITHIN_MS,
            stage: Stage::Open.number(),
            decided_at_ms: None,
        };
        if let Some(before) = proposal::open_about(&tx, case.neighbourhood, case.id).await? {
            if before.deadline_ms <= now_ms {
                proposal::end(&tx, vec![before], now_ms).await?;
            } else {
                row = proposal::Model {
                    id: before.id,
                    proposed_at_ms: before.proposed_at_ms,
                    deadline_ms: before.deadline_ms,
                    ..row
                };
                return if row == before {
                    Ok(row.wire(me))
                } else {
                    Err(Conflict::ProposedAlready.into())
                };
            }
        }
        proposal::insert(&tx, row.clone()).await?;
        tx.commit().await?;
        self.active(case.neighbourhood, now_ms).await?;
        Ok(row.wire(me))
    }

    pub(super) async fn do_list_proposals(
        &self,
        call: &Call,
        asked: ListProposalsRequest,
    ) -> Result<ListProposalsReply, ModerationFault> {
        let hood = NeighbourhoodId::from_bytes(&asked.neighbourhood)?;
        let moderator = self.moderator_of(call, hood)?;
        self.active(hood.uuid(), call.now_ms).await?;
        let on = self.parts.store.read();
        let rows = proposal::open_in(on, hood, call.now_ms, LISTED).await?;
        Ok(ListProposalsReply {
            proposals: rows.iter().map(|row| row.wire(moderator)).collect(),
        })
    }

    pub(super) async fn do_decide_proposal(
        &self,
        call: &Call,
        asked: DecideProposalRequest,
    ) -> Result<Empty, ModerationFault> {
        let moderator = self.moderator(call)?;
        let (me, now_ms) = (moderator.resident, call.now_ms);
        let id = ProposalId::from_bytes(&asked.proposal)?;
        let tx = self.parts.store.begin().await?;
        let found = proposal::Entity::within(&*tx, &moderator.neighbourhoods, id.uuid()).await?;
        let found = found.ok_or(ModerationFault::NotFound)?;
        let hood = found.neighbourhood;
        let case = case_file::Entity::by_id(&*tx, hood, found.case_id).await?;
        let case = case.ok_or(ModerationFault::NotFound)?;
        let (_, case) = locked(&tx, hood, case.content, case.id).await?;
        let row = proposal::Entity::lock(&tx, hood, found.id).await?;
        let mut row = row.ok_or(ModerationFault::NotFound)?;
        let said = if asked.approve {
            Stage::Approved
        } else {
            Stage::Refused
        };
        if row.approver == Some(me.uuid()) && row.proposal().stage == said {
            return Ok(Empty {});
        }
        ties(&tx, &case, me).await?.none()?;
        let stage = row.proposal().decide(me, asked.approve, now_ms)?;
        let decisions = decision::of_case(&*tx, hood, case.id).await?;
        if stage == Stage::Approved && !stands(&decisions) {
            return Err(Conflict::WrongState.into());
        }
        row.stage = stage.number();
        row.approver = Some(me.uuid());
        row.decided_at_ms = Some(now_ms);
        proposal::update(&tx, row.clone()).await?;
        if stage == Stage::Approved {
            let decided = suspension(&row, now_ms);
            let by = (me, Some(row.id));
            let made = self.decision(&tx, &case, by, &decided, 0, now_ms).await?;
            if copy::find(&*tx, hood, case.id).await?.is_some() {
                copy::keep_until(&tx, hood, case.id, made.appeal_until_ms).await?;
            }
            self.restrain(&tx, hood, case.author, now_ms).await?;
            let told = Told::new(&case, Occasion::Decision).by(&made);
            self.tell(&tx, told.to(case.author), now_ms).await?;
        }
        tx.commit().await?;
        self.active(hood, now_ms).await?;
        Ok(Empty {})
    }
}

/// Whether anything is left of what was decided, for which its author may be suspended.
fn stands(decisions: &[decision::Model]) -> bool {
    decisions
        .iter()
        .any(|row| row.is_restrictive() && row.outcome() != Outcome::Reversed)
}

/// A decision about the author alone.
fn suspension(row: &proposal::Model, now_ms: i64) -> Decided {
    Decided {
        measure: Measure::Unspecified,
        removed: Vec::new(),
        restraint: Restraint {
            paused_until_ms: restrained_until(row.days.unsigned_abs(), now_ms),
            people_until_ms: 0,
        },
        rule: Rule::try_from(row.rule).unwrap_or(Rule::Unspecified),
        ground: Ground::try_from(row.ground).unwrap_or(Ground::Unspecified),
        facts: row.facts.clone(),
        restrictive: true,
    }
}

/// A rule was broken, and the ground goes with it.
fn reasoned(rule: Rule, ground: Ground) -> Result<(), Flaw> {
    if matches!(rule, Rule::Unspecified | Rule::NoneBroken) {
        return Err(Flaw::Rule);
    }
    let by_law = rule == Rule::Illegal;
    if ground == Ground::Unspecified || by_law != (ground == Ground::Law) {
        return Err(Flaw::Ground);
    }
    Ok(())
}
