//! Standing by who would join, and no longer standing by a member.

use async_graphql::{Context, ID, InputObject, Object, Result, SimpleObject, Union};
use contract::identity::{question_member_reply, read_vouching_reply, vouch_reply};
use contract::{Fault, NeighbourhoodId, VouchingId, identity};

use super::{enter, outcome};
use crate::model::id::Opaque;
use crate::model::membership::Doubt;
use crate::model::page::LOOK_UP;
use crate::model::refusal::{RateLimited, refused};
use crate::model::scalar::DateTime;
use crate::visit::visit;

/// Vouches for who showed a code.
#[derive(InputObject)]
pub(crate) struct VouchInput {
    /// Where.
    neighbourhood: ID,
    /// The code that one was shown.
    #[graphql(secret)]
    code: String,
}

/// Takes a vouch back.
#[derive(InputObject)]
pub(crate) struct TakeBackVouchInput {
    /// Where.
    neighbourhood: ID,
    /// For whom.
    vouching: ID,
}

/// No longer stands by a member.
#[derive(InputObject)]
pub(crate) struct QuestionMemberInput {
    /// Where.
    neighbourhood: ID,
    /// Under which name they sign there.
    pseudonym: String,
    /// Why.
    doubt: Doubt,
}

/// Somebody who asks to be vouched for.
#[derive(SimpleObject)]
pub(crate) struct VouchingFor {
    /// Opaque; take the vouch back with this.
    id: ID,
    /// The name under what they would sign.
    pseudonym: String,
    /// Vouches so far; with the second they are a member.
    vouches: u32,
    /// Until when they may be vouched for.
    expires_at: DateTime,
}

impl VouchingFor {
    fn read(wire: identity::Vouching) -> Result<Self, Fault> {
        let id = VouchingId::from_bytes(&wire.id).map_err(|_| Fault::internal())?;
        Ok(Self {
            id: id.opaque(),
            pseudonym: wire.pseudonym,
            vouches: wire.vouches,
            expires_at: DateTime(wire.expires_at_ms),
        })
    }
}

/// Vouched.
#[derive(SimpleObject)]
pub(crate) struct Vouched {
    /// For whom; a member, where it is the second.
    vouching: VouchingFor,
}

/// The vouch counts no more.
#[derive(SimpleObject)]
pub(crate) struct TakeBackVouchPayload {
    /// For whom it was.
    id: ID,
}

/// Moderators look at the membership, if one invited or vouched for who bears the name; the answer is the same if not. Nobody is
/// put out by it.
#[derive(SimpleObject)]
pub(crate) struct MemberQuestioned {
    /// Where.
    neighbourhood: ID,
}

refused! {
    /// Not vouched.
    VouchRefused
    /// Nobody looks at it.
    QuestionRefused
}

/// Who asks, by the code that one was shown.
#[derive(Union)]
pub(crate) enum VouchingPayload {
    /// Who asks.
    VouchingFor(VouchingFor),
    /// The code opens nothing, or one may not vouch.
    VouchRefused(VouchRefused),
    /// Too often.
    RateLimited(RateLimited),
}

/// What came of vouching.
#[derive(Union)]
pub(crate) enum VouchPayload {
    /// Vouched.
    Vouched(Vouched),
    /// Not vouched.
    VouchRefused(VouchRefused),
    /// Too often: twice a month.
    RateLimited(RateLimited),
}

/// What came of questioning a membership.
#[derive(Union)]
pub(crate) enum QuestionMemberPayload {
    /// Heard.
    MemberQuestioned(MemberQuestioned),
    /// Not heard.
    QuestionRefused(QuestionRefused),
    /// Too often.
    RateLimited(RateLimited),
}

#[derive(Default)]
pub(crate) struct VouchReading;

#[Object]
impl VouchReading {
    /// Who asks to be vouched for, by the code that a member was shown: to look at before vouching.
    #[graphql(complexity = "child_complexity + LOOK_UP")]
    async fn vouching(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Where.")] neighbourhood: ID,
        #[graphql(desc = "The code.", secret)] code: String,
    ) -> Result<VouchingPayload> {
        let visit = visit(ctx);
        visit.resident()?;
        let neighbourhood = NeighbourhoodId::read(&neighbourhood, "neighbourhood")?;
        visit.member_of(neighbourhood)?;
        if let Err(limited) = enter(visit).await {
            return Ok(VouchingPayload::RateLimited(limited));
        }
        let request = identity::VouchRequest {
            neighbourhood: neighbourhood.to_bytes(),
            code,
        };
        let mut client = visit.edge.identity.clone();
        let reply = client
            .read_vouching(visit.caller().request(request))
            .await?;
        Ok(match outcome(reply.into_inner().outcome)? {
            read_vouching_reply::Outcome::Asks(asks) => {
                VouchingPayload::VouchingFor(VouchingFor::read(asks)?)
            }
            read_vouching_reply::Outcome::Refused(refused) => {
                VouchingPayload::VouchRefused(refused.into())
            }
            read_vouching_reply::Outcome::Limited(limited) => {
                VouchingPayload::RateLimited(limited.into())
            }
        })
    }

    /// For whom one vouched who is no member yet.
    #[graphql(complexity = "2 * child_complexity + LOOK_UP")]
    async fn vouches(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Where.")] neighbourhood: ID,
    ) -> Result<Vec<VouchingFor>> {
        let visit = visit(ctx);
        visit.resident()?;
        let neighbourhood = NeighbourhoodId::read(&neighbourhood, "neighbourhood")?;
        visit.member_of(neighbourhood)?;
        let request = identity::ListVouchesRequest {
            neighbourhood: neighbourhood.to_bytes(),
        };
        let mut client = visit.edge.identity.clone();
        let reply = client.list_vouches(visit.caller().request(request)).await?;
        let vouched = reply.into_inner().vouched.into_iter();
        let vouched = vouched.map(VouchingFor::read);
        Ok(vouched.collect::<Result<_, Fault>>()?)
    }
}

#[derive(Default)]
pub(crate) struct Vouching;

#[Object]
impl Vouching {
    /// Vouches for who showed one the code: that they live here. A member of thirty days may, twice a month; with the second vouch
    /// they are a member.
    async fn vouch(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Where, and the code.")] input: VouchInput,
    ) -> Result<VouchPayload> {
        let visit = visit(ctx);
        visit.resident()?;
        let neighbourhood = NeighbourhoodId::read(&input.neighbourhood, "neighbourhood")?;
        visit.member_of(neighbourhood)?;
        if let Err(limited) = enter(visit).await {
            return Ok(VouchPayload::RateLimited(limited));
        }
        let request = identity::VouchRequest {
            neighbourhood: neighbourhood.to_bytes(),
            code: input.code,
        };
        let mut client = visit.edge.identity.clone();
        let reply = client.vouch(visit.caller().request(request)).await?;
        Ok(match outcome(reply.into_inner().outcome)? {
            vouch_reply::Outcome::Vouched(vouching) => VouchPayload::Vouched(Vouched {
                vouching: VouchingFor::read(vouching)?,
            }),
            vouch_reply::Outcome::Refused(refused) => VouchPayload::VouchRefused(refused.into()),
            vouch_reply::Outcome::Limited(limited) => VouchPayload::RateLimited(limited.into()),
        })
    }

    /// Takes a vouch back, before the second one.
    async fn take_back_vouch(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which.")] input: TakeBackVouchInput,
    ) -> Result<TakeBackVouchPayload> {
        let visit = visit(ctx);
        visit.resident()?;
        let neighbourhood = NeighbourhoodId::read(&input.neighbourhood, "neighbourhood")?;
        visit.member_of(neighbourhood)?;
        let vouching = VouchingId::read(&input.vouching, "vouching")?;
        let request = identity::TakeBackVouchRequest {
            neighbourhood: neighbourhood.to_bytes(),
            vouching: vouching.to_bytes(),
        };
        let mut client = visit.edge.identity.clone();
        client
            .take_back_vouch(visit.caller().request(request))
            .await?;
        Ok(TakeBackVouchPayload {
            id: vouching.opaque(),
        })
    }

    /// No longer stands by a member whom one invited or vouched for, within a year: moderators look at the membership, and two of
    /// them may end it. They do not learn who asked.
    async fn question_member(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Whom, and why.")] input: QuestionMemberInput,
    ) -> Result<QuestionMemberPayload> {
        let visit = visit(ctx);
        visit.resident()?;
        let neighbourhood = NeighbourhoodId::read(&input.neighbourhood, "neighbourhood")?;
        visit.member_of(neighbourhood)?;
        let request = identity::QuestionMemberRequest {
            neighbourhood: neighbourhood.to_bytes(),
            pseudonym: input.pseudonym,
            doubt: input.doubt.wire().into(),
        };
        let mut client = visit.edge.identity.clone();
        let request = visit.caller().request(request);
        let reply = client.question_member(request).await?;
        Ok(match outcome(reply.into_inner().outcome)? {
            question_member_reply::Outcome::Heard(_) => {
                QuestionMemberPayload::MemberQuestioned(MemberQuestioned {
                    neighbourhood: neighbourhood.opaque(),
                })
            }
            question_member_reply::Outcome::Refused(refused) => {
                QuestionMemberPayload::QuestionRefused(refused.into())
            }
            question_member_reply::Outcome::Limited(limited) => {
                QuestionMemberPayload::RateLimited(limited.into())
            }
        })
    }
}
