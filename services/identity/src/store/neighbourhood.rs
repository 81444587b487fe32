//! Neighbourhoods, their level maps and the names of their tiles.

use geo::{LevelMap, Place};
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::Func;
use sea_orm::{QueryOrder, QuerySelect, Set};
use store::{StoreFault, Tx};

/// A neighbourhood; `map_version` is that of its newest level map.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "neighbourhood")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub slug: String,
    pub name: String,
    pub map_version: i32,
    /// Whether moderators send postcards to who asks for one.
    pub postcards: bool,
}
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}
impl ActiveModelBehavior for ActiveModel {}

mod level_map {
    use sea_orm::entity::prelude::*;
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "level_map")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub neighbourhood: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub version: i32,
        pub grain: i32,
    }
    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}
    impl ActiveModelBehavior for ActiveModel {}
}

mod leaf {
    use sea_orm::entity::prelude::*;
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "leaf")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub neighbourhood: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub version: i32,
        #[sea_orm(primary_key, auto_increment = false)]
        pub place: i64,
        pub selectable: bool,
    }
    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}
    impl ActiveModelBehavior for ActiveModel {}
}

mod tile_name {
    use sea_orm::entity::prelude::*;
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "tile_name")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub neighbourhood: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub place: i64,
        pub name: String,
    }
    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}
    impl ActiveModelBehavior for ActiveModel {}
}

/// The most rows in one INSERT, below both databases' limits on parameters.
const ROWS: usize = 1_000;

/// By its id.
pub async fn by_id(db: &impl ConnectionTrait, id: Uuid) -> Result<Option<Model>, StoreFault> {
    Ok(Entity::find_by_id(id).one(db).await?)
}

/// Several by their ids.
pub async fn by_ids(db: &impl ConnectionTrait, ids: Vec<Uuid>) -> Result<Vec<Model>, StoreFault> {
    Ok(Entity::find().filter(Column::Id.is_in(ids)).all(db).await?)
}

/// By its id, held until the transaction ends.
pub async fn locked(tx: &Tx, id: Uuid) -> Result<Option<Model>, StoreFault> {
    Ok(Entity::find_by_id(id).lock_exclusive().one(&**tx).await?)
}

/// By its id, held against changes until the transaction ends.
pub async fn held(tx: &Tx, id: Uuid) -> Result<Option<Model>, StoreFault> {
    Ok(Entity::find_by_id(id).lock_shared().one(&**tx).await?)
}

/// By its slug.
pub async fn by_slug(db: &impl ConnectionTrait, slug: &str) -> Result<Option<Model>, StoreFault> {
    Ok(Entity::find().filter(Column::Slug.eq(slug)).one(db).await?)
}

/// All of them by slug: an instance has few.
pub async fn all(db: &impl ConnectionTrait) -> Result<Vec<Model>, StoreFault> {
    Ok(Entity::find().order_by_asc(Column::Slug).all(db).await?)
}

/// So many of them, in the order of their names, capital letters or not.
pub async fn first_by_name(
    db: &impl ConnectionTrait,
    first: u64,
) -> Result<Vec<Model>, StoreFault> {
    Ok(Entity::find()
        .order_by_asc(Func::lower(Expr::col(Column::Name)))
        .order_by_asc(Column::Slug)
        .limit(first)
        .all(db)
        .await?)
}

/// Makes a neighbourhood, still without a map; false when the slug is taken.
pub async fn insert(tx: &Tx, row: Model) -> Result<bool, StoreFault> {
    let row: ActiveModel = row.into();
    let inserted = Entity::insert(row.reset_all())
        .on_conflict_do_nothing_on([Column::Slug])
        .exec_without_returning(&**tx)
        .await?;
    Ok(matches!(inserted, sea_orm::TryInsertResult::Inserted(1)))
}

/// Keeps a version of a level map beside those before it, as the newest.
pub async fn add_map(tx: &Tx, neighbourhood: Uuid, map: &LevelMap) -> Result<(), StoreFault> {
    let version = version_of(map);
    level_map::Entity::insert(level_map::ActiveModel {
        neighbourhood: Set(neighbourhood),
        version: Set(version),
        grain: Set(i32::from(map.grain())),
    })
    .exec_without_returning(&**tx)
    .await?;
    let leaves: Vec<leaf::ActiveModel> = map
        .leaves()
        .map(|leaf| leaf::ActiveModel {
            neighbourhood: Set(neighbourhood),
            version: Set(version),
            place: Set(leaf.cell.to_i64()),
            selectable: Set(leaf.selectable),
        })
        .collect();
    for rows in leaves.chunks(ROWS) {
        leaf::Entity::insert_many(rows.to_vec())
            .exec_without_returning(&**tx)
            .await?;
    }
    Entity::update_many()
        .set(ActiveModel {
            map_version: Set(version),
            ..Default::default()
        })
        .filter(Column::Id.eq(neighbourhood))
        .exec(&**tx)
        .await?;
    Ok(())
}

/// Whether moderators send postcards.
pub async fn set_postcards(tx: &Tx, neighbourhood: Uuid, offered: bool) -> Result<(), StoreFault> {
    Entity::update_many()
        .set(ActiveModel {
            postcards: Set(offered),
            ..Default::default()
        })
        .filter(Column::Id.eq(neighbourhood))
        .exec(&**tx)
        .await?;
    Ok(())
}

/// A version of a level map.
pub async fn map(
    db: &impl ConnectionTrait,
    neighbourhood: Uuid,
    version: i32,
) -> Result<LevelMap, StoreFault> {
    let unreadable = StoreFault::Unreadable { table: "level_map" };
    let row = level_map::Entity::find_by_id((neighbourhood, version))
        .one(db)
        .await?;
    let leaves = leaf::Entity::find()
        .filter(leaf::Column::Neighbourhood.eq(neighbourhood))
        .filter(leaf::Column::Version.eq(version))
        .all(db)
        .await?;
    let leaves = leaves
        .into_iter()
        .map(|leaf| {
            let cell = geo::CoarseCell::from_i64(leaf.place).ok()?;
            Some(geo::Leaf {
                cell,
                selectable: leaf.selectable,
            })
        })
        .collect::<Option<Vec<_>>>();
    let parts = row.and_then(|row| {
        Some((
            u32::try_from(row.version).ok()?,
            u8::try_from(row.grain).ok()?,
            leaves?,
        ))
    });
    parts
        .and_then(|(version, grain, leaves)| LevelMap::from_parts(version, grain, leaves).ok())
        .ok_or(unreadable)
}

/// Names a tile; no name takes the name away.
pub async fn name_tile(
    tx: &Tx,
    neighbourhood: Uuid,
    place: Place,
    name: Option<&str>,
) -> Result<(), StoreFault> {
    tile_name::Entity::delete_by_id((neighbourhood, place.to_i64()))
        .exec(&**tx)
        .await?;
    if let Some(name) = name {
        tile_name::Entity::insert(tile_name::ActiveModel {
            neighbourhood: Set(neighbourhood),
            place: Set(place.to_i64()),
            name: Set(name.to_owned()),
        })
        .exec_without_returning(&**tx)
        .await?;
    }
    Ok(())
}

/// The named tiles of a neighbourhood.
pub async fn names(
    db: &impl ConnectionTrait,
    neighbourhood: Uuid,
) -> Result<Vec<(i64, String)>, StoreFault> {
    let rows = tile_name::Entity::find()
        .filter(tile_name::Column::Neighbourhood.eq(neighbourhood))
        .order_by_asc(tile_name::Column::Place)
        .all(db)
        .await?;
    Ok(rows.into_iter().map(|row| (row.place, row.name)).collect())
}

/// The version of a map as databases keep it.
fn version_of(map: &LevelMap) -> i32 {
    i32::try_from(map.version()).unwrap_or(i32::MAX)
}
