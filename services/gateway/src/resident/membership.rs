//! Belonging somewhere: joining, home and pseudonym.

use async_graphql::{Context, ID, InputObject, Object, Result, SimpleObject, Union};
use contract::identity::{change_home_reply, change_pseudonym_reply, join_reply};
use contract::{NeighbourhoodId, identity};

use super::{enter, outcome};
use crate::model::id::Opaque;
use crate::model::refusal::{RateLimited, refused};
use crate::model::scalar::CellToken;
use crate::model::viewer::Membership;
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

refused! {
    /// Not joined.
    JoinRefused
    /// The home tile stays as it was.
    HomeCellRefused
    /// The name stays as it was.
    PseudonymRefused
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
        if let Err(limited) = enter(visit).await {
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
}
