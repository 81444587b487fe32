//! What a member follows besides the home tile: told to that member and to nobody else.

use contract::identity::{
    FollowAreaReply, FollowAreaRequest, FollowedArea, FollowedAreas, ListAreasRequest,
    follow_area_reply,
};
use contract::{Caller, Fault, NeighbourhoodId};
use geo::Place;

use super::place;
use crate::Identity;
use crate::domain::area::{self, Area};
use crate::domain::refusal::Refusal;
use crate::error::{IdentityFault, Spelling, Stop};
use crate::store::{area as followed, membership};

/// How following an area is answered.
const FOLLOW: Spelling<FollowedAreas, follow_area_reply::Outcome> = Spelling {
    done: follow_area_reply::Outcome::Followed,
    refused: follow_area_reply::Outcome::Refused,
    limited: follow_area_reply::Outcome::Limited,
};

#[tracing::instrument(skip_all, fields(role = "identity", operation = "follow_area"))]
pub(super) async fn follow_area(
    identity: &Identity,
    caller: Caller,
    request: FollowAreaRequest,
) -> Result<FollowAreaReply, IdentityFault> {
    let done = follow(identity, &caller, request).await;
    let outcome = FOLLOW.spell(done, identity.clock.now_ms(), caller.locale())?;
    Ok(FollowAreaReply { outcome })
}

async fn follow(
    identity: &Identity,
    caller: &Caller,
    request: FollowAreaRequest,
) -> Result<FollowedAreas, Stop> {
    let (resident, _) = caller.resident()?;
    let neighbourhood = NeighbourhoodId::from_bytes(&request.neighbourhood)?;
    let (resident, neighbourhood) = (resident.uuid(), neighbourhood.uuid());
    membership::of(identity.store.read(), neighbourhood, resident)
        .await?
        .ok_or_else(Fault::not_found)?;
    let number = area::number(request.number).map_err(Refusal::Area)?;
    let places = request.places.iter().map(|id| place(*id));
    let places: Vec<Place> = places.collect::<Result<_, _>>()?;

    let tx = identity.store.begin().await?;
    let (_, map) = identity.held_map(&tx, neighbourhood).await?;
    // Held, so that of two changes made at once the second counts the first.
    membership::locked(&tx, neighbourhood, resident)
        .await?
        .ok_or_else(Fault::not_found)?;
    if places.is_empty() {
        followed::let_go(&tx, neighbourhood, resident, number).await?;
    } else {
        let area = Area::drawn(&map, number, &request.name, &places)
            .map_err(|refusals| Stop::Refused(refusals.into_iter().map(Refusal::Area).collect()))?;
        let before = followed::all_of(&*tx, neighbourhood, resident).await?;
        let is_renamed = |before: &Area| before.number == number && before.tiles == area.tiles;
        if !before.iter().any(is_renamed) {
            identity.count_area(&tx, neighbourhood, resident).await?;
        }
        followed::follow(&tx, neighbourhood, resident, area).await?;
    }
    let areas = followed::all_of(&*tx, neighbourhood, resident).await?;
    tx.commit().await?;
    Ok(wire(areas))
}

#[tracing::instrument(skip_all, fields(role = "identity", operation = "list_areas"))]
pub(super) async fn list_areas(
    identity: &Identity,
    caller: Caller,
    request: ListAreasRequest,
) -> Result<FollowedAreas, IdentityFault> {
    let (resident, _) = caller.resident()?;
    let neighbourhood = NeighbourhoodId::from_bytes(&request.neighbourhood)?.uuid();
    let db = identity.store.read();
    membership::of(db, neighbourhood, resident.uuid())
        .await?
        .ok_or_else(Fault::not_found)?;
    let areas = followed::all_of(db, neighbourhood, resident.uuid()).await?;
    Ok(wire(areas))
}

fn wire(areas: Vec<Area>) -> FollowedAreas {
    let areas = areas.into_iter().map(|area| FollowedArea {
        number: area.number.unsigned_abs(),
        name: area.name,
        places: area.tiles.iter().map(|cell| cell.to_i64()).collect(),
    });
    FollowedAreas {
        areas: areas.collect(),
    }
}
