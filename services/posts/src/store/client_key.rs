//! Keys by which a retry is recognised, for 48 hours.

use contract::{NeighbourhoodId, ResidentId};
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::Expr;
use sea_orm::{ConnectionTrait, IntoActiveModel};
use store::{Store, StoreFault, Tx};

/// How long a retry is recognised.
pub const KEPT_MS: i64 = 48 * runtime::HOUR_MS;

/// One key and what came of it.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "client_key")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub neighbourhood: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub resident: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub operation: String,
    #[sea_orm(
        primary_key,
        auto_increment = false,
        column_type = "VarBinary(StringLen::None)"
    )]
    pub key: Vec<u8>,
    /// Hash of what was asked; empty once what came of it is gone.
    #[sea_orm(column_type = "VarBinary(StringLen::None)", nullable)]
    pub asked: Option<Vec<u8>>,
    /// The notice or comment that came of it.
    pub subject: Uuid,
    pub created_at_ms: i64,
}

impl ActiveModelBehavior for ActiveModel {}

/// What came of a key.
pub async fn find(
    on: &impl ConnectionTrait,
    neighbourhood: NeighbourhoodId,
    resident: ResidentId,
    operation: &str,
    key: &[u8],
) -> Result<Option<Model>, StoreFault> {
    let id = (
        neighbourhood.uuid(),
        resident.uuid(),
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

/// What came of these keys is gone: nothing of what was asked stays, and a retry does not bring it back.
pub async fn subject_gone(tx: &Tx, neighbourhood: Uuid, subject: Uuid) -> Result<(), StoreFault> {
    Entity::update_many()
        .col_expr(Column::Asked, Expr::value(Option::<Vec<u8>>::None))
        .filter(Column::Neighbourhood.eq(neighbourhood))
        .filter(Column::Subject.eq(subject))
        .exec(&**tx)
        .await?;
    Ok(())
}

/// Forgets a resident's keys.
pub async fn delete_by(tx: &Tx, resident: ResidentId) -> Result<(), StoreFault> {
    Entity::delete_many()
        .filter(Column::Resident.eq(resident.uuid()))
        .exec(&**tx)
        .await?;
    Ok(())
}

/// Forgets keys that are too old to be retried.
pub async fn forget(store: &Store, before_ms: i64) -> Result<(), StoreFault> {
    let tx = store.begin().await?;
    Entity::delete_many()
        .filter(Column::CreatedAtMs.lt(before_ms))
        .exec(&*tx)
        .await?;
    tx.commit().await
}
