//! What takes two moderators.

use async_graphql::{Context, ID, InputObject, Object, Result, SimpleObject};
use contract::{CaseId, Fault, ProposalId, moderation};

use super::cases::moderated;
use crate::model::case::Proposal;
use crate::model::id::Opaque;
use crate::model::page::LOOK_UP;
use crate::model::reasons::{Ground, HouseRule};
use crate::visit::visit;

#[derive(Default)]
pub(crate) struct SevereReading;

#[Object]
impl SevereReading {
    /// What waits for a second moderator, those first that end first.
    #[graphql(complexity = "50 * child_complexity + LOOK_UP")]
    async fn severe(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Where.")] neighbourhood: ID,
    ) -> Result<Vec<Proposal>> {
        let visit = visit(ctx);
        let request = moderation::ListProposalsRequest {
            neighbourhood: moderated(visit, &neighbourhood)?.to_bytes(),
        };
        let mut client = visit.edge.moderation.clone();
        let request = visit.caller().request(request);
        let reply = client.list_proposals(request).await?.into_inner();
        let proposals = reply.proposals.into_iter().map(Proposal::read);
        Ok(proposals.collect::<Result<_, Fault>>()?)
    }
}

/// A suspension longer than 7 days.
#[derive(InputObject)]
pub(crate) struct ProposeSevereInput {
    /// A case that was decided against its author: they are who it is about.
    case: ID,
    /// 8 to 365.
    days: u32,
    /// Which rule.
    rule: HouseRule,
    /// On what it stands.
    ground: Ground,
    /// What happened, in 20 to 2,000 characters: whom it is about reads this word for word.
    facts: String,
}

/// It waits for another moderator, three days at most.
#[derive(SimpleObject)]
pub(crate) struct ProposeSeverePayload {
    /// As it waits.
    proposal: Proposal,
}

/// What the second moderator says.
#[derive(InputObject)]
pub(crate) struct ApproveSevereInput {
    /// To which.
    proposal: ID,
    /// Whether it is so.
    approve: bool,
}

/// Said.
#[derive(SimpleObject)]
pub(crate) struct ApproveSeverePayload {
    /// To which.
    id: ID,
}

#[derive(Default)]
pub(crate) struct SevereDeciding;

#[Object]
impl SevereDeciding {
    /// Proposes that somebody is suspended for longer than one moderator may decide.
    async fn propose_severe(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How long, and why.")] input: ProposeSevereInput,
    ) -> Result<ProposeSeverePayload> {
        let visit = visit(ctx);
        visit.is_signed_in()?;
        let request = moderation::ProposeSuspensionRequest {
            case: CaseId::read(&input.case, "case")?.to_bytes(),
            days: input.days,
            rule: input.rule.wire().into(),
            ground: input.ground.wire().into(),
            facts: input.facts,
        };
        let mut client = visit.edge.moderation.clone();
        let request = visit.caller().request(request);
        let reply = client.propose_suspension(request).await?;
        Ok(ProposeSeverePayload {
            proposal: Proposal::read(reply.into_inner())?,
        })
    }

    /// Says yes or no to what another moderator proposed.
    async fn approve_severe(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "To which, and what.")] input: ApproveSevereInput,
    ) -> Result<ApproveSeverePayload> {
        let visit = visit(ctx);
        visit.is_signed_in()?;
        let request = moderation::DecideProposalRequest {
            proposal: ProposalId::read(&input.proposal, "proposal")?.to_bytes(),
            approve: input.approve,
        };
        let mut client = visit.edge.moderation.clone();
        let request = visit.caller().request(request);
        client.decide_proposal(request).await?;
        Ok(ApproveSeverePayload { id: input.proposal })
    }
}
