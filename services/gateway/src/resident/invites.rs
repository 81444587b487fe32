//! Codes by which neighbours join.

use async_graphql::{Context, ID, InputObject, Object, Result, SimpleObject, Union};
use contract::identity::create_invite_reply;
use contract::{InviteId, NeighbourhoodId, identity};

use super::outcome;
use crate::model::id::Opaque;
use crate::model::refusal::{RateLimited, refused};
use crate::model::viewer::Invite;
use crate::visit::visit;

/// A code for neighbours.
#[derive(InputObject)]
pub(crate) struct CreateInviteInput {
    /// Where it lets in.
    neighbourhood: ID,
    /// How many may join with it, 1 to 10.
    #[graphql(default = 1)]
    uses: u32,
    /// Days until it ends, 1 to 30.
    #[graphql(default = 14)]
    days: u32,
}

/// A code that is to open nothing any more.
#[derive(InputObject)]
pub(crate) struct RevokeInviteInput {
    /// Where it lets in.
    neighbourhood: ID,
    /// Which.
    invite: ID,
}

/// A code was made.
#[derive(SimpleObject)]
pub(crate) struct InviteCreated {
    /// The code: shown this once, only its hash is kept.
    code: String,
    /// What it is good for.
    invite: Invite,
}

/// The code opens nothing any more.
#[derive(SimpleObject)]
pub(crate) struct RevokeInvitePayload {
    /// Which invite ended.
    id: ID,
}

refused! {
    /// No code was made.
    InviteRefused
}

/// What came of making a code.
#[derive(Union)]
pub(crate) enum CreateInvitePayload {
    /// Made.
    InviteCreated(InviteCreated),
    /// Not made.
    InviteRefused(InviteRefused),
    /// Too often.
    RateLimited(RateLimited),
}

#[derive(Default)]
pub(crate) struct Inviting;

#[Object]
impl Inviting {
    /// A code by which neighbours join. A member has two open ones at most, a newcomer none.
    async fn create_invite(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "For how many and how long.")] input: CreateInviteInput,
    ) -> Result<CreateInvitePayload> {
        let visit = visit(ctx);
        visit.resident()?;
        let neighbourhood = NeighbourhoodId::read(&input.neighbourhood, "neighbourhood")?;
        visit.member_of(neighbourhood)?;
        let request = identity::CreateInviteRequest {
            neighbourhood: neighbourhood.to_bytes(),
            uses: input.uses,
            days: input.days,
            founder: false,
        };
        let mut client = visit.edge.identity.clone();
        let reply = client
            .create_invite(visit.caller().request(request))
            .await?;
        Ok(match outcome(reply.into_inner().outcome)? {
            create_invite_reply::Outcome::Created(invite) => {
                CreateInvitePayload::InviteCreated(InviteCreated {
                    invite: Invite::read(&invite)?,
                    code: invite.code,
                })
            }
            create_invite_reply::Outcome::Refused(refused) => {
                CreateInvitePayload::InviteRefused(refused.into())
            }
            create_invite_reply::Outcome::Limited(limited) => {
                CreateInvitePayload::RateLimited(limited.into())
            }
        })
    }

    /// Ends an invite of one's own.
    async fn revoke_invite(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which.")] input: RevokeInviteInput,
    ) -> Result<RevokeInvitePayload> {
        let visit = visit(ctx);
        visit.resident()?;
        let neighbourhood = NeighbourhoodId::read(&input.neighbourhood, "neighbourhood")?;
        visit.member_of(neighbourhood)?;
        let invite = InviteId::read(&input.invite, "invite")?;
        let request = identity::RevokeInviteRequest {
            neighbourhood: neighbourhood.to_bytes(),
            invite: invite.to_bytes(),
        };
        let mut client = visit.edge.identity.clone();
        client
            .revoke_invite(visit.caller().request(request))
            .await?;
        Ok(RevokeInvitePayload {
            id: invite.opaque(),
        })
    }
}
