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
use crate::store::{area as followed, membership, neighbourhood};

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
    let hood = NeighbourhoodId::from_bytes(&request.neighbourhood)?;
    let (resident, hood) = (resident.uuid(), hood.uuid());
    membership::of(identity.store.read(), hood, resident)
        .await?
        .ok_or_else(Fault::not_found)?;
    let number = area::number(request.number).map_err(Refusal::Area)?;
    let places = request.places.iter().map(|id| place(*id));
    let places: Vec<Place> = places.collect::<Result<_, _>>()?;

    let tx = identity.store.begin().await?;
    // Held before the membership, as everywhere: no newer map comes between the choice of tiles and their keeping.
    let row = neighbourhood::held(&tx, hood)
        .await?
        .ok_or_else(Fault::not_found)?;
    // Held, so that of two changes made at once the second counts the first.
    membership::locked(&tx, hood, resident)
        .await?
        .ok_or_else(Fault::not_found)?;
    if places.is_empty() {
        followed::let_go(&tx, hood, resident, number).await?;
    } else {
        let before = followed::all_of(&*tx, hood, resident).await?;
        let before = before.into_iter().find(|area| area.number == number);
        let renamed = before
            .as_ref()
            .and_then(|before| before.renamed(&request.name, &places));
        let area = if let Some(renamed) = renamed {
            renamed.map_err(Refusal::Area)?
        } else {
            let map = neighbourhood::map(&*tx, hood, row.map_version).await?;
            let area = Area::drawn(&map, number, &request.name, &places);
            let area = area.map_err(|refusals| {
                Stop::Refused(refusals.into_iter().map(Refusal::Area).collect())
            })?;
            if before.is_none_or(|before| before.tiles_on(&map) != area.tiles) {
                identity.count_area(&tx, hood, resident).await?;
            }
            area
        };
        followed::follow(&tx, hood, resident, area).await?;
    }
    let areas = followed::all_of(&*tx, hood, resident).await?;
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
