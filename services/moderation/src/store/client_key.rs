//! Keys by which a retry is recognised, for 48 hours.

use contract::NeighbourhoodId;
use sea_orm::entity::prelude::*;
use sea_orm::{ConnectionTrait, IntoActiveModel};
use store::{StoreFault, Tx};

/// How long a retry is recognised.
pub const KEPT_MS: i64 = 48 * runtime::HOUR_MS;

/// One key and what came of it.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "client_key")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub neighbourhood: Uuid,
    /// As in `reporter`.
    #[sea_orm(
        primary_key,
        auto_increment = false,
        column_type = "VarBinary(StringLen::None)"
    )]
    pub who: Vec<u8>,
    #[sea_orm(primary_key, auto_increment = false)]
    pub operation: String,
    #[sea_orm(
        primary_key,
        auto_increment = false,
        column_type = "VarBinary(StringLen::None)"
    )]
    pub key: Vec<u8>,
    /// Hash of what was asked.
    #[sea_orm(column_type = "VarBinary(StringLen::None)")]
    pub asked: Vec<u8>,
    /// The report that came of it.
    pub subject: Uuid,
    pub created_at_ms: i64,
}

impl ActiveModelBehavior for ActiveModel {}

/// What came of a key.
pub async fn find(
    on: &impl ConnectionTrait,
    neighbourhood: NeighbourhoodId,
    who: &[u8],
    operation: &str,
    key: &[u8],
) -> Result<Option<Model>, StoreFault> {
    let id = (
        neighbourhood.uuid(),
        who.to_vec(),
        operation.to_owned(),
        key.to_vec(),
    );
    Ok(Entity::find_by_id(id).one(on).await?)
}

/// Remembers a key.
pub async fn insert(tx: &Tx, key: Model) -> Result<(), StoreFault> {
    Entity::insert(key.into_active_model())
        .exec_without_returning(&**tx)
        .await?;
    Ok(())
}

/// Forgets somebody's keys.
pub async fn delete_by(tx: &Tx, who: &[u8]) -> Result<(), StoreFault> {
    Entity::delete_many()
        .filter(Column::Who.eq(who))
        .exec(&**tx)
        .await?;
    Ok(())
}

/// Forgets keys that are too old to be retried.
pub async fn forget(tx: &Tx, before_ms: i64) -> Result<(), StoreFault> {
    Entity::delete_many()
        .filter(Column::CreatedAtMs.lt(before_ms))
        .exec(&**tx)
        .await?;
    Ok(())
}
