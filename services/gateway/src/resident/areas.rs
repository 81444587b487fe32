//! What a member follows besides the home tile.

use async_graphql::{Context, ID, InputObject, Object, Result, SimpleObject, Union};
use contract::identity::follow_area_reply;
use contract::{Fault, Locale, NeighbourhoodId, identity};
use geo::Place;

use super::outcome;
use crate::model::area::FollowedArea;
use crate::model::id::Opaque;
use crate::model::refusal::{RateLimited, RefusalCode, RefusalReason, refused};
use crate::model::scalar::CellToken;
use crate::visit::visit;

/// A part of the neighbourhood to read besides home.
#[derive(InputObject)]
pub(crate) struct FollowAreaInput {
    /// Where.
    neighbourhood: ID,
    /// Which of the five, 1 to 5; one that is followed already is changed.
    number: u32,
    /// What to call it, 1 to 40 characters; nobody else reads it.
    name: String,
    /// Its tiles, 32 at most; a coarser cell stands for all tiles in it. None: it is no longer followed.
    cells: Vec<CellToken>,
}

/// The area is followed as it was asked, or no longer.
#[derive(SimpleObject)]
pub(crate) struct AreaFollowed {
    /// Every area that is followed there now, by number.
    areas: Vec<FollowedArea>,
}

refused! {
    /// What is followed stays as it was.
    AreaRefused
}

/// What came of following an area.
#[derive(Union)]
pub(crate) enum FollowAreaPayload {
    /// Done.
    AreaFollowed(AreaFollowed),
    /// Not done.
    AreaRefused(AreaRefused),
    /// Too often: the tiles of areas change five times a day at most.
    RateLimited(RateLimited),
}

/// A place outside goes no further than the edge, so that the edge refuses it.
fn outside(locale: Locale) -> AreaRefused {
    let message = locale.pick(
        "L’un de ces carreaux n’est pas dans le quartier. Choisissez-les sur sa carte.",
        "One of these tiles is not in the neighbourhood. Choose them on its map.",
    );
    AreaRefused {
        reasons: vec![RefusalReason {
            code: RefusalCode::OutsideNeighbourhood,
            message: message.to_owned(),
            field: Some("cells".to_owned()),
            range: None,
        }],
    }
}

#[derive(Default)]
pub(crate) struct Areas;

#[Object]
impl Areas {
    /// Follows an area: a union of tiles that a member reads besides the home tile, up to five of them. Changes one, or lets
    /// go of it. Other tiles may be chosen five times a day; another name, and letting go, cost nothing.
    async fn follow_area(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which area, and its tiles.")] input: FollowAreaInput,
    ) -> Result<FollowAreaPayload> {
        let visit = visit(ctx);
        visit.resident()?;
        let neighbourhood = NeighbourhoodId::read(&input.neighbourhood, "neighbourhood")?;
        visit.member_of(neighbourhood)?;
        let hood = visit.edge.hoods.by_id(neighbourhood).await?;
        let places = input.cells.into_iter().map(|cell| hood.place_of(cell.0));
        let Ok(places) = places.collect::<Result<Vec<_>, Fault>>() else {
            return Ok(FollowAreaPayload::AreaRefused(outside(visit.locale())));
        };
        let mut places: Vec<i64> = places.into_iter().map(Place::to_i64).collect();
        places.sort_unstable();
        places.dedup();
        let request = identity::FollowAreaRequest {
            neighbourhood: neighbourhood.to_bytes(),
            number: input.number,
            name: input.name,
            places,
        };
        let mut client = visit.edge.identity.clone();
        let reply = client.follow_area(visit.caller().request(request)).await?;
        Ok(match outcome(reply.into_inner().outcome)? {
            follow_area_reply::Outcome::Followed(areas) => {
                FollowAreaPayload::AreaFollowed(AreaFollowed {
                    areas: FollowedArea::all(&hood, areas)?,
                })
            }
            follow_area_reply::Outcome::Refused(refused) => {
                FollowAreaPayload::AreaRefused(refused.into())
            }
            follow_area_reply::Outcome::Limited(limited) => {
                FollowAreaPayload::RateLimited(limited.into())
            }
        })
    }
}
