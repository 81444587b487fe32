//! Asking to join without anybody's code: neighbours who vouch, or a postcard.

use async_graphql::{Context, ID, InputObject, Object, Result, SimpleObject, Union};
use contract::identity::{ask_for_postcard_reply, ask_for_vouches_reply};
use contract::{Fault, NeighbourhoodId, common, identity};

use super::outcome;
use crate::model::hood::Neighbourhood;
use crate::model::id::Opaque;
use crate::model::membership::SeenThing;
use crate::model::page::LOOK_UP;
use crate::model::refusal::{RateLimited, refused};
use crate::model::scalar::{CellToken, DateTime};
use crate::visit::{Visit, visit};

/// Asks neighbours to vouch.
#[derive(InputObject)]
pub(crate) struct AskForVouchesInput {
    /// Where one lives.
    neighbourhood: ID,
    /// The name under what one would sign there.
    pseudonym: String,
    /// Home, as coarse as the map; absent: the whole neighbourhood, until one chooses.
    home_cell: Option<CellToken>,
}

/// Asks for a postcard.
#[derive(InputObject)]
pub(crate) struct AskForPostcardInput {
    /// Where one lives.
    neighbourhood: ID,
    /// The address as on an envelope: 1 to 4 lines of at most 60 characters. Moderators of the neighbourhood read it to write the
    /// postcard; it is erased when that is posted, or after two weeks.
    #[graphql(secret)]
    lines: Vec<String>,
}

/// Asks for nothing any more.
#[derive(InputObject)]
pub(crate) struct WithdrawJoiningInput {
    /// Where.
    neighbourhood: ID,
}

/// Neighbours may vouch.
#[derive(SimpleObject)]
pub(crate) struct VouchesAsked {
    /// The code to show to two neighbours: shown this once, only its hash is kept.
    code: String,
    /// Until when.
    expires_at: DateTime,
}

/// A postcard will be written.
#[derive(SimpleObject)]
pub(crate) struct PostcardAsked {
    /// Until when it may be posted; then the address is erased in any case.
    expires_at: DateTime,
}

/// Nothing is asked for there any more; an address that waited is erased.
#[derive(SimpleObject)]
pub(crate) struct WithdrawJoiningPayload {
    /// Where.
    id: ID,
}

refused! {
    /// Nobody is asked.
    VouchesRefused
    /// No postcard will come.
    PostcardRefused
}

/// What came of asking neighbours.
#[derive(Union)]
pub(crate) enum AskForVouchesPayload {
    /// Asked.
    VouchesAsked(VouchesAsked),
    /// Not asked.
    VouchesRefused(VouchesRefused),
    /// Too often.
    RateLimited(RateLimited),
}

/// What came of asking for a postcard.
#[derive(Union)]
pub(crate) enum AskForPostcardPayload {
    /// Asked.
    PostcardAsked(PostcardAsked),
    /// Not asked.
    PostcardRefused(PostcardRefused),
    /// Too often, or too many there today.
    RateLimited(RateLimited),
}

/// What the resident asked for to join, and what moderators read of it. Nobody else sees any of this.
#[derive(SimpleObject)]
pub(crate) struct Joining {
    /// Where neighbours are asked to vouch.
    vouches: Vec<VouchesOpen>,
    /// The postcard under way.
    postcard: Option<PostcardOpen>,
    /// On which days moderators read something of the resident's that neighbours do not see, the last first.
    seen: Vec<SeenByModerators>,
}

/// Neighbours are asked to vouch.
#[derive(SimpleObject)]
pub(crate) struct VouchesOpen {
    /// Where.
    neighbourhood: Neighbourhood,
    /// Under which name.
    pseudonym: String,
    /// How many did, of two.
    vouches: u32,
    /// Until when.
    expires_at: DateTime,
}

/// A postcard under way.
#[derive(SimpleObject)]
pub(crate) struct PostcardOpen {
    /// From where.
    neighbourhood: Neighbourhood,
    /// Whether it was posted: the address is erased, and its code joins.
    posted: bool,
    /// Until when it may be posted, or its code joins.
    expires_at: DateTime,
}

/// Moderators read something.
#[derive(SimpleObject)]
pub(crate) struct SeenByModerators {
    /// Of where.
    neighbourhood: Neighbourhood,
    /// On which day.
    day: DateTime,
    /// What.
    what: SeenThing,
}

async fn somewhere(visit: &Visit, id: &[u8]) -> Result<Neighbourhood, Fault> {
    let id = NeighbourhoodId::from_bytes(id).map_err(|_| Fault::internal())?;
    Ok(Neighbourhood::seen_by(
        visit,
        visit.edge.hoods.by_id(id).await?,
    ))
}

#[derive(Default)]
pub(crate) struct JoiningReading;

#[Object]
impl JoiningReading {
    /// What one asked for to join, and on which days moderators read something of one's own. Nobody else sees any of this.
    #[graphql(complexity = "5 * child_complexity + LOOK_UP")]
    async fn joining(&self, ctx: &Context<'_>) -> Result<Joining> {
        let visit = visit(ctx);
        visit.resident()?;
        let mut client = visit.edge.identity.clone();
        let request = visit.caller().request(common::Empty {});
        let wire = client.list_joining(request).await?.into_inner();
        let mut joining = Joining {
            vouches: Vec::new(),
            postcard: None,
            seen: Vec::new(),
        };
        for asked in wire.vouches {
            joining.vouches.push(VouchesOpen {
                neighbourhood: somewhere(visit, &asked.neighbourhood).await?,
                pseudonym: asked.pseudonym,
                vouches: asked.vouches,
                expires_at: DateTime(asked.expires_at_ms),
            });
        }
        if let Some(asked) = wire.postcards.first() {
            joining.postcard = Some(PostcardOpen {
                neighbourhood: somewhere(visit, &asked.neighbourhood).await?,
                posted: asked.posted,
                expires_at: DateTime(asked.expires_at_ms),
            });
        }
        for day in wire.seen {
            joining.seen.push(SeenByModerators {
                neighbourhood: somewhere(visit, &day.neighbourhood).await?,
                day: DateTime(day.day_ms),
                what: SeenThing::read(day.what()).ok_or_else(Fault::internal)?,
            });
        }
        Ok(joining)
    }
}

#[derive(Default)]
pub(crate) struct AskingToJoin;

#[Object]
impl AskingToJoin {
    /// Asks neighbours to vouch: two members of thirty days who are shown the code, within two weeks, make one a member. Nobody
    /// sees who asks but who has the code.
    async fn ask_for_vouches(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Where, and under which name.")] input: AskForVouchesInput,
    ) -> Result<AskForVouchesPayload> {
        let visit = visit(ctx);
        visit.resident()?;
        let neighbourhood = NeighbourhoodId::read(&input.neighbourhood, "neighbourhood")?;
        let request = identity::AskForVouchesRequest {
            neighbourhood: neighbourhood.to_bytes(),
            pseudonym: input.pseudonym,
            home_place: input.home_cell.map(|cell| cell.0.to_i64()),
        };
        let mut client = visit.edge.identity.clone();
        let request = visit.caller().request(request);
        let reply = client.ask_for_vouches(request).await?;
        Ok(match outcome(reply.into_inner().outcome)? {
            ask_for_vouches_reply::Outcome::Asked(asked) => {
                AskForVouchesPayload::VouchesAsked(VouchesAsked {
                    code: asked.code,
                    expires_at: DateTime(asked.expires_at_ms),
                })
            }
            ask_for_vouches_reply::Outcome::Refused(refused) => {
                AskForVouchesPayload::VouchesRefused(refused.into())
            }
            ask_for_vouches_reply::Outcome::Limited(limited) => {
                AskForVouchesPayload::RateLimited(limited.into())
            }
        })
    }

    /// Asks for a postcard to an address in the neighbourhood. The code on it joins whoever asked for it, and nobody else, by
    /// `joinNeighbourhood`.
    async fn ask_for_postcard(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Where to.")] input: AskForPostcardInput,
    ) -> Result<AskForPostcardPayload> {
        let visit = visit(ctx);
        visit.resident()?;
        let neighbourhood = NeighbourhoodId::read(&input.neighbourhood, "neighbourhood")?;
        let request = identity::AskForPostcardRequest {
            neighbourhood: neighbourhood.to_bytes(),
            lines: input.lines,
        };
        let mut client = visit.edge.identity.clone();
        let request = visit.caller().request(request);
        let reply = client.ask_for_postcard(request).await?;
        Ok(match outcome(reply.into_inner().outcome)? {
            ask_for_postcard_reply::Outcome::Asked(asked) => {
                AskForPostcardPayload::PostcardAsked(PostcardAsked {
                    expires_at: DateTime(asked.expires_at_ms),
                })
            }
            ask_for_postcard_reply::Outcome::Refused(refused) => {
                AskForPostcardPayload::PostcardRefused(refused.into())
            }
            ask_for_postcard_reply::Outcome::Limited(limited) => {
                AskForPostcardPayload::RateLimited(limited.into())
            }
        })
    }

    /// Asks for nothing any more in a neighbourhood: neither for vouches nor for a postcard.
    async fn withdraw_joining(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Where.")] input: WithdrawJoiningInput,
    ) -> Result<WithdrawJoiningPayload> {
        let visit = visit(ctx);
        visit.resident()?;
        let neighbourhood = NeighbourhoodId::read(&input.neighbourhood, "neighbourhood")?;
        let request = identity::WithdrawJoiningRequest {
            neighbourhood: neighbourhood.to_bytes(),
        };
        let mut client = visit.edge.identity.clone();
        client
            .withdraw_joining(visit.caller().request(request))
            .await?;
        Ok(WithdrawJoiningPayload {
            id: neighbourhood.opaque(),
        })
    }
}
