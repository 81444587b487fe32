//! Copies of what was read, each sealed under a key of its own, which goes with it.

use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{ConnectionTrait, IntoActiveModel, QuerySelect};
use store::{StoreFault, Tx};

/// The copy of one case.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "copy")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub neighbourhood: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub case_id: Uuid,
    /// Under which key of the role its key is sealed.
    pub key_id: String,
    /// Its key, sealed.
    #[sea_orm(column_type = "VarBinary(StringLen::None)")]
    pub key: Vec<u8>,
    /// What was read, sealed under that.
    #[sea_orm(column_type = "VarBinary(StringLen::None)")]
    pub sealed: Vec<u8>,
    pub until_ms: i64,
}

impl ActiveModelBehavior for ActiveModel {}

/// Keeps a copy.
pub async fn insert(tx: &Tx, copy: Model) -> Result<(), StoreFault> {
    Entity::insert(copy.into_active_model())
        .on_conflict(
            OnConflict::columns([Column::Neighbourhood, Column::CaseId])
                .update_columns([Column::KeyId, Column::Key, Column::Sealed, Column::UntilMs])
                .to_owned(),
        )
        .exec_without_returning(&**tx)
        .await?;
    Ok(())
}

/// The copy of a case.
pub async fn find(
    on: &impl ConnectionTrait,
    neighbourhood: Uuid,
    case: Uuid,
) -> Result<Option<Model>, StoreFault> {
    Ok(Entity::find_by_id((neighbourhood, case)).one(on).await?)
}

/// It is needed until then.
pub async fn keep_until(
    tx: &Tx,
    neighbourhood: Uuid,
    case: Uuid,
    until_ms: i64,
) -> Result<(), StoreFault> {
    Entity::update_many()
        .col_expr(Column::UntilMs, Expr::value(until_ms))
        .filter(Column::Neighbourhood.eq(neighbourhood))
        .filter(Column::CaseId.eq(case))
        .exec(&**tx)
        .await?;
    Ok(())
}

/// Destroys it and its key.
pub async fn delete(tx: &Tx, neighbourhood: Uuid, case: Uuid) -> Result<(), StoreFault> {
    Entity::delete_by_id((neighbourhood, case))
        .exec(&**tx)
        .await?;
    Ok(())
}

/// Destroys those that nobody needs any more.
pub async fn forget(tx: &Tx, now_ms: i64) -> Result<(), StoreFault> {
    Entity::delete_many()
        .filter(Column::UntilMs.lte(now_ms))
        .exec(&**tx)
        .await?;
    Ok(())
}

/// The neighbourhood and the case of every copy there is.
pub async fn ids(on: &impl ConnectionTrait) -> Result<Vec<(Uuid, Uuid)>, StoreFault> {
    let ids = Entity::find().select_only();
    let ids = ids.column(Column::Neighbourhood).column(Column::CaseId);
    Ok(ids.into_tuple().all(on).await?)
}
