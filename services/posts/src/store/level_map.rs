//! The newest level map of each neighbourhood, as identity told it.

use contract::{NeighbourhoodId, identity};
use prost::Message;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{Expr, ExprTrait, OnConflict};
use sea_orm::{ConnectionTrait, IntoActiveModel};
use store::{StoreFault, Tx};

/// One map as kept.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "level_map")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub neighbourhood: Uuid,
    pub version: i32,
    #[sea_orm(column_type = "VarBinary(StringLen::None)")]
    pub map: Vec<u8>,
}

impl ActiveModelBehavior for ActiveModel {}

/// The map of a neighbourhood; none if it was never told of.
pub async fn find(
    on: &impl ConnectionTrait,
    neighbourhood: NeighbourhoodId,
) -> Result<Option<geo::LevelMap>, StoreFault> {
    let unreadable = || StoreFault::Unreadable { table: "level_map" };
    let Some(row) = Entity::find_by_id(neighbourhood.uuid()).one(on).await? else {
        return Ok(None);
    };
    let wire = identity::LevelMap::decode(row.map.as_slice()).map_err(|_| unreadable())?;
    Ok(Some(
        geo::LevelMap::try_from(&wire).map_err(|_| unreadable())?,
    ))
}

/// Keeps a map unless a newer one is kept.
pub async fn keep(
    tx: &Tx,
    neighbourhood: NeighbourhoodId,
    map: &identity::LevelMap,
) -> Result<(), StoreFault> {
    let row = Model {
        neighbourhood: neighbourhood.uuid(),
        version: i32::try_from(map.version).unwrap_or(i32::MAX),
        map: map.encode_to_vec(),
    };
    Entity::insert(row.into_active_model())
        .on_conflict(
            OnConflict::column(Column::Neighbourhood)
                .update_columns([Column::Version, Column::Map])
                .action_and_where(
                    Expr::col((Entity, Column::Version)).lt(Expr::cust("excluded.version")),
                )
                .to_owned(),
        )
        .try_insert()
        .exec_without_returning(&**tx)
        .await?;
    Ok(())
}
