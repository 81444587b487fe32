//! Belonging somewhere: joining, home, pseudonym, invites and the names of tiles.

use async_graphql::{Context, ID, InputObject, Object, Result, SimpleObject, Union};
use contract::identity::{
    change_home_reply, change_pseudonym_reply, create_invite_reply, join_reply,
};
use contract::{InviteId, NeighbourhoodId, identity};

use super::{enter, outcome};
use crate::model::hood::Neighbourhood;
use crate::model::id::Opaque;
use crate::model::refusal::{RateLimited, refused};
use crate::model::scalar::CellToken;
use crate::model::viewer::{Invite, Membership};
use crate::visit::{Visit, visit};

/// Joins a further neighbourhood.
#[derive(InputObject)]
pub(crate) struct JoinInput {
    /// The invite code.
    #[graphql(secret)]
    code: String,
    /// The name under what one signs there.
    pseudonym: String,
    /// Home, as coarse as the map; absent: the whole neighbourhood, until one chooses.
    home_cell: Option<CellToken>,
}

/// Another home tile.
#[derive(InputObject)]
pub(crate) struct ChangeHomeCellInput {
    /// Where.
    neighbourhood: ID,
    /// The tile, or `X` for the whole neighbourhood.
    cell: CellToken,
}

/// Another name.
#[derive(InputObject)]
pub(crate) struct ChangePseudonymInput {
    /// Where.
    neighbourhood: ID,
    /// The name under what one signs there.
    pseudonym: String,
}

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

/// A name for a tile.
#[derive(InputObject)]
pub(crate) struct NameTileInput {
    /// Where.
    neighbourhood: ID,
    /// The tile.
    cell: CellToken,
    /// What neighbours call it; empty takes the name away.
    name: String,
}

/// Joined.
#[derive(SimpleObject)]
pub(crate) struct Joined {
    /// As who.
    membership: Box<Membership>,
}

/// The home tile was changed.
#[derive(SimpleObject)]
pub(crate) struct HomeCellChanged {
    /// As it is now.
    membership: Box<Membership>,
}

/// The name was changed; what was signed before keeps the old one.
#[derive(SimpleObject)]
pub(crate) struct PseudonymChanged {
    /// As it is now.
    membership: Box<Membership>,
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

/// The tile has its name.
#[derive(SimpleObject)]
pub(crate) struct NameTilePayload {
    /// With all its tiles.
    neighbourhood: Neighbourhood,
}

refused! {
    /// Not joined.
    JoinRefused
    /// The home tile stays as it was.
    HomeCellRefused
    /// The name stays as it was.
    PseudonymRefused
    /// No code was made.
    InviteRefused
}

/// What came of joining.
#[derive(Union)]
pub(crate) enum JoinPayload {
    /// Joined.
    Joined(Joined),
    /// Not joined.
    JoinRefused(JoinRefused),
    /// Too often.
    RateLimited(RateLimited),
}

/// What came of changing the home tile.
#[derive(Union)]
pub(crate) enum ChangeHomeCellPayload {
    /// Changed.
    HomeCellChanged(HomeCellChanged),
    /// Not changed.
    HomeCellRefused(HomeCellRefused),
    /// Too often: once in 90 days.
    RateLimited(RateLimited),
}

/// What came of changing the name.
#[derive(Union)]
pub(crate) enum ChangePseudonymPayload {
    /// Changed.
    PseudonymChanged(PseudonymChanged),
    /// Not changed.
    PseudonymRefused(PseudonymRefused),
    /// Too often.
    RateLimited(RateLimited),
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

/// A membership that just changed; whatever follows in the same request knows it too.
async fn changed(visit: &Visit, membership: identity::Membership) -> Result<Box<Membership>> {
    visit.refresh().await?;
    Ok(Box::new(Membership::read(membership, visit.caller())?))
}

#[derive(Default)]
pub(crate) struct Memberships;

#[Object]
impl Memberships {
    /// Joins a further neighbourhood with a code, and sets the home tile there.
    #[graphql(complexity = "child_complexity + 50")]
    async fn join_neighbourhood(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Code, name and home.")] input: JoinInput,
    ) -> Result<JoinPayload> {
        let visit = visit(ctx);
        visit.resident()?;
        if let Err(limited) = enter(visit) {
            return Ok(JoinPayload::RateLimited(limited));
        }
        let request = identity::JoinRequest {
            code: input.code,
            pseudonym: input.pseudonym,
            home_place: input.home_cell.map(|cell| cell.0.to_i64()),
        };
        let mut client = visit.edge.identity.clone();
        let reply = client.join(visit.caller().request(request)).await?;
        Ok(match outcome(reply.into_inner().outcome)? {
            join_reply::Outcome::Joined(membership) => JoinPayload::Joined(Joined {
                membership: changed(visit, membership).await?,
            }),
            join_reply::Outcome::Refused(refused) => JoinPayload::JoinRefused(refused.into()),
            join_reply::Outcome::Limited(limited) => JoinPayload::RateLimited(limited.into()),
        })
    }

    /// Another home tile; once in 90 days.
    async fn change_home_cell(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Where, and which tile.")] input: ChangeHomeCellInput,
    ) -> Result<ChangeHomeCellPayload> {
        let visit = visit(ctx);
        visit.resident()?;
        let neighbourhood = NeighbourhoodId::read(&input.neighbourhood, "neighbourhood")?;
        visit.member_of(neighbourhood)?;
        let hood = visit.edge.hoods.by_id(neighbourhood).await?;
        let place = hood
            .place_of(input.cell.0)
            .map_err(|fault| fault.at("cell"))?;
        let request = identity::ChangeHomeRequest {
            neighbourhood: neighbourhood.to_bytes(),
            place: place.to_i64(),
        };
        let mut client = visit.edge.identity.clone();
        let reply = client.change_home(visit.caller().request(request)).await?;
        Ok(match outcome(reply.into_inner().outcome)? {
            change_home_reply::Outcome::Changed(membership) => {
                ChangeHomeCellPayload::HomeCellChanged(HomeCellChanged {
                    membership: changed(visit, membership).await?,
                })
            }
            change_home_reply::Outcome::Refused(refused) => {
                ChangeHomeCellPayload::HomeCellRefused(refused.into())
            }
            change_home_reply::Outcome::Limited(limited) => {
                ChangeHomeCellPayload::RateLimited(limited.into())
            }
        })
    }

    /// Another name under what one signs.
    async fn change_pseudonym(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Where, and which name.")] input: ChangePseudonymInput,
    ) -> Result<ChangePseudonymPayload> {
        let visit = visit(ctx);
        visit.resident()?;
        let neighbourhood = NeighbourhoodId::read(&input.neighbourhood, "neighbourhood")?;
        visit.member_of(neighbourhood)?;
        let request = identity::ChangePseudonymRequest {
            neighbourhood: neighbourhood.to_bytes(),
            pseudonym: input.pseudonym,
        };
        let mut client = visit.edge.identity.clone();
        let reply = client
            .change_pseudonym(visit.caller().request(request))
            .await?;
        Ok(match outcome(reply.into_inner().outcome)? {
            change_pseudonym_reply::Outcome::Changed(membership) => {
                ChangePseudonymPayload::PseudonymChanged(PseudonymChanged {
                    membership: changed(visit, membership).await?,
                })
            }
            change_pseudonym_reply::Outcome::Refused(refused) => {
                ChangePseudonymPayload::PseudonymRefused(refused.into())
            }
            change_pseudonym_reply::Outcome::Limited(limited) => {
                ChangePseudonymPayload::RateLimited(limited.into())
            }
        })
    }

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

    /// Gives a tile a name, or takes it away. Moderators only.
    async fn name_tile(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which tile, and its name.")] input: NameTileInput,
    ) -> Result<NameTilePayload> {
        let visit = visit(ctx);
        visit.resident()?;
        let neighbourhood = NeighbourhoodId::read(&input.neighbourhood, "neighbourhood")?;
        visit.moderator_of(neighbourhood)?;
        let hood = visit.edge.hoods.by_id(neighbourhood).await?;
        let place = hood
            .place_of(input.cell.0)
            .map_err(|fault| fault.at("cell"))?;
        let request = identity::NameTileRequest {
            neighbourhood: neighbourhood.to_bytes(),
            place: place.to_i64(),
            name: input.name,
        };
        let mut client = visit.edge.identity.clone();
        let reply = client.name_tile(visit.caller().request(request)).await?;
        let hood = visit.edge.hoods.learn(reply.into_inner())?;
        Ok(NameTilePayload {
            neighbourhood: Neighbourhood::inside(hood),
        })
    }
}
