//! How much is shown that tells of people, and what takes two moderators to have more of it.

use async_graphql::{Context, ID, InputObject, Object, Result, SimpleObject};
use contract::{Fault, ProposalId, moderation};

use super::cases::moderated;
use crate::model::account::RaisedLimit;
use crate::model::id::Opaque;
use crate::model::page::LOOK_UP;
use crate::model::scalar::DateTime;
use crate::visit::visit;

/// How many notices that tell of people are shown in a day.
#[derive(SimpleObject)]
pub(crate) struct Limits {
    /// Where nothing else was decided.
    usual: u32,
    /// Today.
    today: u32,
    /// What two moderators decided, while it is in force.
    raised: Option<RaiseInForce>,
    /// What waits for a second moderator.
    proposed: Option<ProposedRaise>,
}

/// More in a day, for a while.
#[derive(SimpleObject)]
pub(crate) struct RaiseInForce {
    /// Opaque.
    id: ID,
    /// As everybody reads it.
    limit: RaisedLimit,
}

/// More in a day, as one moderator wants it: it counts once another one approved it.
#[derive(SimpleObject)]
pub(crate) struct ProposedRaise {
    /// Opaque.
    id: ID,
    /// As many in a day.
    a_day: u32,
    /// For as many days, from that of the approval on.
    days: u32,
    /// Why.
    facts: String,
    /// Until when it waits.
    deadline: DateTime,
    /// Whether the caller proposed it.
    mine: bool,
}

impl ProposedRaise {
    fn read(wire: moderation::ProposedRaise) -> Result<Self, Fault> {
        Ok(Self {
            id: raise_id(&wire.id)?,
            a_day: wire.a_day,
            days: wire.days,
            facts: wire.facts,
            deadline: DateTime(wire.deadline_ms),
            mine: wire.mine,
        })
    }
}

fn raise_id(bytes: &[u8]) -> Result<ID, Fault> {
    let id = ProposalId::from_bytes(bytes).map_err(|_| Fault::internal())?;
    Ok(id.opaque())
}

#[derive(Default)]
pub(crate) struct LimitReading;

#[Object]
impl LimitReading {
    /// How many notices that tell of people a neighbourhood is shown in a day.
    #[graphql(complexity = "child_complexity + LOOK_UP")]
    async fn limits(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Where.")] neighbourhood: ID,
    ) -> Result<Limits> {
        let visit = visit(ctx);
        let request = moderation::LimitsRequest {
            neighbourhood: moderated(visit, &neighbourhood)?.to_bytes(),
        };
        let mut client = visit.edge.moderation.clone();
        let reply = client.get_limits(visit.caller().request(request)).await?;
        let reply = reply.into_inner();
        let in_force = |raised: moderation::RaisedLimit| -> Result<RaiseInForce, Fault> {
            Ok(RaiseInForce {
                id: raise_id(&raised.id)?,
                limit: RaisedLimit::read(&raised),
            })
        };
        Ok(Limits {
            usual: reply.usual,
            today: reply.today,
            raised: reply.raised.map(in_force).transpose()?,
            proposed: reply.proposed.map(ProposedRaise::read).transpose()?,
        })
    }
}

/// For some days, more in a day.
#[derive(InputObject)]
pub(crate) struct ProposeRaiseInput {
    /// Where.
    neighbourhood: ID,
    /// 4 to 10.
    a_day: u32,
    /// 1 to 14.
    days: u32,
    /// Why, in 20 to 2,000 characters: moderators alone read it.
    facts: String,
}

/// It waits for another moderator, three days at most.
#[derive(SimpleObject)]
pub(crate) struct ProposeRaisePayload {
    /// As it waits.
    proposed: ProposedRaise,
}

/// What the second moderator says.
#[derive(InputObject)]
pub(crate) struct ApproveRaiseInput {
    /// To which.
    raise: ID,
    /// Whether it is so.
    approve: bool,
}

/// Said.
#[derive(SimpleObject)]
pub(crate) struct ApproveRaisePayload {
    /// To which.
    id: ID,
}

/// As few as usual again.
#[derive(InputObject)]
pub(crate) struct EndRaiseInput {
    /// What was decided.
    raise: ID,
}

/// It is over.
#[derive(SimpleObject)]
pub(crate) struct EndRaisePayload {
    /// What was decided.
    id: ID,
}

#[derive(Default)]
pub(crate) struct LimitDeciding;

#[Object]
impl LimitDeciding {
    /// Proposes that a neighbourhood is shown more notices that tell of people in a day, for some days.
    async fn propose_raise(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many, for how long, and why.")] input: ProposeRaiseInput,
    ) -> Result<ProposeRaisePayload> {
        let visit = visit(ctx);
        let request = moderation::ProposeRaiseRequest {
            neighbourhood: moderated(visit, &input.neighbourhood)?.to_bytes(),
            a_day: input.a_day,
            days: input.days,
            facts: input.facts,
        };
        let mut client = visit.edge.moderation.clone();
        let reply = client
            .propose_raise(visit.caller().request(request))
            .await?;
        Ok(ProposeRaisePayload {
            proposed: ProposedRaise::read(reply.into_inner())?,
        })
    }

    /// Says yes or no to what another moderator proposed.
    async fn approve_raise(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "To which, and what.")] input: ApproveRaiseInput,
    ) -> Result<ApproveRaisePayload> {
        let visit = visit(ctx);
        visit.is_signed_in()?;
        let request = moderation::DecideRaiseRequest {
            raise: ProposalId::read(&input.raise, "raise")?.to_bytes(),
            approve: input.approve,
        };
        let mut client = visit.edge.moderation.clone();
        client.decide_raise(visit.caller().request(request)).await?;
        Ok(ApproveRaisePayload { id: input.raise })
    }

    /// Ends what two moderators decided, at once: one is enough for that.
    async fn end_raise(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What was decided.")] input: EndRaiseInput,
    ) -> Result<EndRaisePayload> {
        let visit = visit(ctx);
        visit.is_signed_in()?;
        let request = moderation::EndRaiseRequest {
            raise: ProposalId::read(&input.raise, "raise")?.to_bytes(),
        };
        let mut client = visit.edge.moderation.clone();
        client.end_raise(visit.caller().request(request)).await?;
        Ok(EndRaisePayload { id: input.raise })
    }
}
