//! What members follow besides their home tiles.

use geo::CoarseCell;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{OnConflict, Query};
use sea_orm::{ExprTrait, QueryOrder, QuerySelect, Set};
use store::{StoreFault, Tx};

use crate::domain::area::Area;

/// A followed area; what it is made of stands beside it.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "followed_area")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub neighbourhood: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub resident: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub number: i32,
    pub name: String,
}
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}
impl ActiveModelBehavior for ActiveModel {}

mod tile {
    use sea_orm::entity::prelude::*;
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "followed_tile")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub neighbourhood: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub resident: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub number: i32,
        #[sea_orm(primary_key, auto_increment = false)]
        pub place: i64,
    }
    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}
    impl ActiveModelBehavior for ActiveModel {}
}

/// The areas that a member follows, by number.
pub async fn all_of(
    db: &impl ConnectionTrait,
    neighbourhood: Uuid,
    resident: Uuid,
) -> Result<Vec<Area>, StoreFault> {
    let rows = Entity::find()
        .filter(Column::Neighbourhood.eq(neighbourhood))
        .filter(Column::Resident.eq(resident))
        .order_by_asc(Column::Number)
        .all(db)
        .await?;
    let tiles = tile::Entity::find()
        .filter(tile::Column::Neighbourhood.eq(neighbourhood))
        .filter(tile::Column::Resident.eq(resident))
        .all(db)
        .await?;
    let area = |row: Model| {
        let of_it = tiles.iter().filter(|tile| tile.number == row.number);
        let cells = of_it.map(|tile| CoarseCell::from_i64(tile.place));
        Ok(Area {
            number: row.number,
            name: row.name,
            tiles: cells
                .collect::<Result<_, _>>()
                .map_err(|_| StoreFault::Unreadable {
                    table: "followed_tile",
                })?,
        })
    };
    rows.into_iter().map(area).collect()
}

/// From now on a member follows this area under its number.
pub async fn follow(
    tx: &Tx,
    neighbourhood: Uuid,
    resident: Uuid,
    area: Area,
) -> Result<(), StoreFault> {
    let_go(tx, neighbourhood, resident, area.number).await?;
    Entity::insert(ActiveModel {
        neighbourhood: Set(neighbourhood),
        resident: Set(resident),
        number: Set(area.number),
        name: Set(area.name),
    })
    .exec_without_returning(&**tx)
    .await?;
    let tiles = area.tiles.into_iter().map(|cell| tile::ActiveModel {
        neighbourhood: Set(neighbourhood),
        resident: Set(resident),
        number: Set(area.number),
        place: Set(cell.to_i64()),
    });
    tile::Entity::insert_many(tiles)
        .exec_without_returning(&**tx)
        .await?;
    Ok(())
}

/// From now on a member follows no area under this number.
pub async fn let_go(
    tx: &Tx,
    neighbourhood: Uuid,
    resident: Uuid,
    number: i32,
) -> Result<(), StoreFault> {
    tile::Entity::delete_many()
        .filter(tile::Column::Neighbourhood.eq(neighbourhood))
        .filter(tile::Column::Resident.eq(resident))
        .filter(tile::Column::Number.eq(number))
        .exec(&**tx)
        .await?;
    Entity::delete_by_id((neighbourhood, resident, number))
        .exec(&**tx)
        .await?;
    Ok(())
}

/// The different tiles that are followed in a neighbourhood.
pub async fn tiles(tx: &Tx, neighbourhood: Uuid) -> Result<Vec<i64>, StoreFault> {
    Ok(tile::Entity::find()
        .select_only()
        .column(tile::Column::Place)
        .distinct()
        .filter(tile::Column::Neighbourhood.eq(neighbourhood))
        .into_tuple()
        .all(&**tx)
        .await?)
}

/// Whoever follows `from` follows `to` in its place, or nothing, because the map changed.
pub async fn move_tile(
    tx: &Tx,
    neighbourhood: Uuid,
    from: i64,
    to: Option<CoarseCell>,
) -> Result<(), StoreFault> {
    if let Some(cell) = to {
        let moved = Query::select()
            .columns([
                tile::Column::Neighbourhood,
                tile::Column::Resident,
                tile::Column::Number,
            ])
            .expr(Expr::val(cell.to_i64()))
            .from(tile::Entity)
            .and_where(tile::Column::Neighbourhood.eq(neighbourhood))
            .and_where(tile::Column::Place.eq(from))
            .to_owned();
        let insert = Query::insert()
            .into_table(tile::Entity)
            .columns([
                tile::Column::Neighbourhood,
                tile::Column::Resident,
                tile::Column::Number,
                tile::Column::Place,
            ])
            .select_from(moved)
            .map_err(|_| StoreFault::Unreadable {
                table: "followed_tile",
            })?
            .on_conflict(OnConflict::new().do_nothing().to_owned())
            .to_owned();
        tx.execute(&insert).await?;
    }
    tile::Entity::delete_many()
        .filter(tile::Column::Neighbourhood.eq(neighbourhood))
        .filter(tile::Column::Place.eq(from))
        .exec(&**tx)
        .await?;
    Ok(())
}

/// Lets go of the areas of which the map has nothing any more.
pub async fn let_go_of_empty(tx: &Tx, neighbourhood: Uuid) -> Result<(), StoreFault> {
    let of_it = Query::select()
        .expr(Expr::val(1))
        .from(tile::Entity)
        .and_where(
            Expr::col((tile::Entity, tile::Column::Neighbourhood))
                .equals((Entity, Column::Neighbourhood)),
        )
        .and_where(
            Expr::col((tile::Entity, tile::Column::Resident)).equals((Entity, Column::Resident)),
        )
        .and_where(Expr::col((tile::Entity, tile::Column::Number)).equals((Entity, Column::Number)))
        .to_owned();
    Entity::delete_many()
        .filter(Column::Neighbourhood.eq(neighbourhood))
        .filter(Expr::exists(of_it).not())
        .exec(&**tx)
        .await?;
    Ok(())
}

/// Removes the areas that a resident follows in a neighbourhood.
pub async fn erase_in(tx: &Tx, neighbourhood: Uuid, resident: Uuid) -> Result<(), StoreFault> {
    tile::Entity::delete_many()
        .filter(tile::Column::Neighbourhood.eq(neighbourhood))
        .filter(tile::Column::Resident.eq(resident))
        .exec(&**tx)
        .await?;
    Entity::delete_many()
        .filter(Column::Neighbourhood.eq(neighbourhood))
        .filter(Column::Resident.eq(resident))
        .exec(&**tx)
        .await?;
    Ok(())
}

/// Lets go of everything that a resident follows anywhere.
pub async fn erase(tx: &Tx, resident: Uuid) -> Result<(), StoreFault> {
    tile::Entity::delete_many()
        .filter(tile::Column::Resident.eq(resident))
        .exec(&**tx)
        .await?;
    Entity::delete_many()
        .filter(Column::Resident.eq(resident))
        .exec(&**tx)
        .await?;
    Ok(())
}
