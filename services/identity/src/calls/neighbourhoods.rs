//! Neighbourhoods: made and mapped by the operator, named by moderators, read by everybody.

use bus::Topic;
use contract::common::Empty;
use contract::identity::get_neighbourhood_request::By;
use contract::identity::{
    AppointRequest, CreateNeighbourhoodRequest, Density, GetNeighbourhoodRequest, ListNamesReply,
    ListNamesRequest, ListNeighbourhoodsReply, NameTileRequest, Neighbourhood, NeighbourhoodName,
    RemapRequest, SetPostcardsRequest, TileName,
};
use contract::{Caller, Fault, NeighbourhoodId, ResidentId};
use geo::{CoarseCell, HouseholdCounts, K, Place};
use sea_orm::ConnectionTrait;
use store::{Outbox, Tx};
use uuid::Uuid;

use super::{moderator, operator, place};
use crate::Identity;
use crate::domain::address::Address;
use crate::domain::area::moved;
use crate::domain::neighbourhood as rules;
use crate::domain::unfit::is_unfit;
use crate::error::IdentityFault;
use crate::store::{account, area, membership, neighbourhood};

/// More cells of level 14 than 400 km2 can have.
const CELLS_AT_MOST: usize = 20_000;
/// The most names that are told at once.
const NAMES_AT_MOST: u64 = 100;

#[tracing::instrument(skip_all, fields(role = "identity", operation = "get_neighbourhood"))]
pub(super) async fn get(
    identity: &Identity,
    caller: Caller,
    request: GetNeighbourhoodRequest,
) -> Result<Neighbourhood, IdentityFault> {
    let db = identity.store.read();
    let row = match request.by {
        Some(By::Slug(slug)) if rules::is_slug(&slug) => neighbourhood::by_slug(db, &slug).await?,
        Some(By::Id(id)) => {
            neighbourhood::by_id(db, NeighbourhoodId::from_bytes(&id)?.uuid()).await?
        }
        Some(By::Code(code)) => {
            let invite = identity
                .usable_invite(&caller, &code)
                .await
                .map_err(|stop| identity.as_fault(stop, &caller))?;
            neighbourhood::by_id(db, invite.neighbourhood).await?
        }
        Some(By::Slug(_)) | None => None,
    };
    let row = row.ok_or_else(Fault::not_found)?;
    wire(db, row).await
}

#[tracing::instrument(skip_all, fields(role = "identity", operation = "list_names"))]
pub(super) async fn list_names(
    identity: &Identity,
    caller: Caller,
    request: ListNamesRequest,
) -> Result<ListNamesReply, IdentityFault> {
    if !matches!(caller, Caller::Role) {
        return Err(Fault::forbidden("Only roles of this board ask for these names.").into());
    }
    let first = u64::from(request.first).min(NAMES_AT_MOST);
    let rows = neighbourhood::first_by_name(identity.store.read(), first).await?;
    let name = |row: neighbourhood::Model| NeighbourhoodName {
        id: NeighbourhoodId::new(row.id).to_bytes(),
        slug: row.slug,
        name: row.name,
    };
    Ok(ListNamesReply {
        names: rows.into_iter().map(name).collect(),
    })
}

#[tracing::instrument(skip_all, fields(role = "identity", operation = "list_neighbourhoods"))]
pub(super) async fn list(
    identity: &Identity,
    caller: Caller,
) -> Result<ListNeighbourhoodsReply, IdentityFault> {
    operator(&caller)?;
    let db = identity.store.read();
    let mut neighbourhoods = Vec::new();
    for row in neighbourhood::all(db).await? {
        neighbourhoods.push(wire(db, row).await?);
    }
    Ok(ListNeighbourhoodsReply { neighbourhoods })
}

#[tracing::instrument(
    skip_all,
    fields(role = "identity", operation = "create_neighbourhood")
)]
pub(super) async fn create(
    identity: &Identity,
    caller: Caller,
    request: CreateNeighbourhoodRequest,
) -> Result<Neighbourhood, IdentityFault> {
    operator(&caller)?;
    if !rules::is_slug(&request.slug) {
        return Err(Fault::invalid(
            "SLUG_INVALID",
            "A slug has 3 to 40 lowercase letters, digits and single hyphens.",
        )
        .at("slug")
        .into());
    }
    let name = rules::name(&request.name).ok_or_else(|| {
        Fault::invalid(
            "NAME_INVALID",
            "A neighbourhood has a name of 2 to 60 visible characters.",
        )
        .at("name")
    })?;
    let map = mapped(request.density.unwrap_or_default(), request.grain, 1)?;
    let names = request
        .names
        .iter()
        .map(|tile| named(&map, tile.place, &tile.name))
        .collect::<Result<Vec<_>, _>>()?;
    let id = identity.draw_id();
    let row = neighbourhood::Model {
        id,
        slug: request.slug,
        name,
        map_version: 1,
        postcards: true,
    };
    let tx = identity.store.begin().await?;
    if !neighbourhood::insert(&tx, row.clone()).await? {
        return Err(Fault::conflict(
            "SLUG_TAKEN",
            "Another neighbourhood has this slug. Choose another.",
        )
        .at("slug")
        .into());
    }
    neighbourhood::add_map(&tx, id, &map).await?;
    for (place, name) in names {
        neighbourhood::name_tile(&tx, id, place, name.as_deref()).await?;
    }
    Outbox::append(&tx, id, 1, id);
    tx.commit().await?;
    wire(identity.store.read(), row).await
}

#[tracing::instrument(skip_all, fields(role = "identity", operation = "remap"))]
pub(super) async fn remap(
    identity: &Identity,
    caller: Caller,
    request: RemapRequest,
) -> Result<Neighbourhood, IdentityFault> {
    operator(&caller)?;
    let id = NeighbourhoodId::from_bytes(&request.neighbourhood)?.uuid();
    let tx = identity.store.begin().await?;
    let row = neighbourhood::locked(&tx, id)
        .await?
        .ok_or_else(Fault::not_found)?;
    let version = row.map_version.saturating_add(1);
    let map = mapped(
        request.density.unwrap_or_default(),
        request.grain,
        version.unsigned_abs(),
    )?;
    neighbourhood::add_map(&tx, id, &map).await?;
    for from in membership::homes(&tx, id).await? {
        let to = map.place_of(place(from)?).unwrap_or(Place::Whole);
        if to.to_i64() != from {
            membership::move_homes(&tx, id, from, to).await?;
        }
    }
    move_areas(&tx, id, &map).await?;
    Outbox::append(&tx, id, i64::from(version), id);
    tx.commit().await?;
    wire(
        identity.store.read(),
        neighbourhood::Model {
            map_version: version,
            ..row
        },
    )
    .await
}

/// Followed areas lie where they lay; what the newest map has no tiles of is followed no longer.
async fn move_areas(tx: &Tx, id: Uuid, map: &geo::LevelMap) -> Result<(), IdentityFault> {
    for from in area::tiles(tx, id).await? {
        let to = place(from)?.cell().and_then(|cell| moved(map, cell));
        if to.map(CoarseCell::to_i64) != Some(from) {
            area::move_tile(tx, id, from, to).await?;
        }
    }
    Ok(area::let_go_of_empty(tx, id).await?)
}

#[tracing::instrument(skip_all, fields(role = "identity", operation = "name_tile"))]
pub(super) async fn name_tile(
    identity: &Identity,
    caller: Caller,
    request: NameTileRequest,
) -> Result<Neighbourhood, IdentityFault> {
    let id = NeighbourhoodId::from_bytes(&request.neighbourhood)?.uuid();
    moderator(identity, &caller, id).await?;
    let (row, map) = identity.newest_map(id).await?;
    let (place, name) = named(&map, request.place, &request.name)?;
    let tx = identity.store.begin().await?;
    neighbourhood::name_tile(&tx, id, place, name.as_deref()).await?;
    tx.commit().await?;
    wire(identity.store.read(), row).await
}

#[tracing::instrument(skip_all, fields(role = "identity", operation = "set_postcards"))]
pub(super) async fn set_postcards(
    identity: &Identity,
    caller: Caller,
    request: SetPostcardsRequest,
) -> Result<Neighbourhood, IdentityFault> {
    let id = NeighbourhoodId::from_bytes(&request.neighbourhood)?.uuid();
    moderator(identity, &caller, id).await?;
    let tx = identity.store.begin().await?;
    neighbourhood::set_postcards(&tx, id, request.offered).await?;
    tx.commit().await?;
    let on = identity.store.read();
    let row = neighbourhood::by_id(on, id).await?;
    wire(on, row.ok_or_else(Fault::not_found)?).await
}

#[tracing::instrument(skip_all, fields(role = "identity", operation = "appoint"))]
pub(super) async fn appoint(
    identity: &Identity,
    caller: Caller,
    request: AppointRequest,
) -> Result<Empty, IdentityFault> {
    operator(&caller)?;
    let id = NeighbourhoodId::from_bytes(&request.neighbourhood)?.uuid();
    let address = Address::parse(&request.email).map_err(|refusal| {
        Fault::invalid(refusal.code(), refusal.sentence(caller.locale())).at("email")
    })?;
    let tx = identity.store.begin().await?;
    let account = account::by_email(&*tx, &identity.secrets.address_hashes(&address)).await?;
    let member = match account {
        Some(account) => membership::locked(&tx, id, account.id).await?,
        None => None,
    };
    let member = member.ok_or_else(|| {
        Fault::invalid(
            "NOT_A_MEMBER",
            "Nobody with this address is a member there. Let them join with an invite first.",
        )
        .at("email")
    })?;
    membership::set_moderator(&tx, id, member.resident, request.moderator).await?;
    tx.commit().await?;
    identity
        .bus
        .signal(&Topic::Resident(ResidentId::new(member.resident)));
    Ok(Empty {})
}

/// The level map of some households.
fn mapped(density: Density, grain: u32, version: u32) -> Result<geo::LevelMap, Fault> {
    if density.cells.len() > CELLS_AT_MOST {
        return Err(Fault::invalid(
            "DENSITY_TOO_LARGE",
            "At most 20,000 cells: a neighbourhood has up to 400 km2.",
        )
        .at("density"));
    }
    let cells = density
        .cells
        .into_iter()
        .map(|cell| CoarseCell::from_i64(cell.place).map(|place| (place, cell.count)));
    let cells = cells
        .collect::<Result<Vec<_>, _>>()
        .map_err(|error| Fault::invalid(error.code(), error.to_string()).at("density"))?;
    let counts = HouseholdCounts::from_cells(cells)
        .map_err(|error| Fault::invalid(error.code(), error.to_string()).at("density"))?;
    let grain = u8::try_from(grain).unwrap_or(u8::MAX);
    geo::LevelMap::build(&counts, grain, K, version)
        .map_err(|error| Fault::invalid(error.code(), error.to_string()))
}

/// A tile of the map and its name; without a name it loses the one it has.
fn named(map: &geo::LevelMap, id: i64, name: &str) -> Result<(Place, Option<String>), Fault> {
    let tile = place(id)?;
    if tile == Place::Whole || map.place_of(tile) != Some(tile) {
        return Err(Fault::invalid(
            "TILE_UNKNOWN",
            "This is not a tile of the neighbourhood's map.",
        )
        .at("place"));
    }
    if name.is_empty() {
        return Ok((tile, None));
    }
    let name = rules::tile_name(name).ok_or_else(|| {
        Fault::invalid(
            "NAME_INVALID",
            "A tile has a name of 1 to 40 visible characters.",
        )
        .at("name")
    })?;
    if is_unfit(&name) {
        let message =
            "A tile is called after a place: no number, no house, and nothing against anybody.";
        return Err(Fault::invalid("NAME_UNFIT", message).at("name"));
    }
    Ok((tile, Some(name)))
}

async fn wire(
    db: &impl ConnectionTrait,
    row: neighbourhood::Model,
) -> Result<Neighbourhood, IdentityFault> {
    let map = neighbourhood::map(db, row.id, row.map_version).await?;
    let names = neighbourhood::names(db, row.id).await?;
    // A name stays with its tile; where a later map has no such tile it is not shown.
    let names = names
        .into_iter()
        .filter(|(id, _)| place(*id).is_ok_and(|tile| map.place_of(tile) == Some(tile)));
    Ok(Neighbourhood {
        id: NeighbourhoodId::new(row.id).to_bytes(),
        slug: row.slug,
        name: row.name,
        map: Some((&map).into()),
        names: names
            .map(|(place, name)| TileName { place, name })
            .collect(),
        postcards: row.postcards,
    })
}
