//! Those who send pictures: a row to lock, so that counting one's loose pictures and adding one cannot be overtaken, and
//! so that nothing is added for somebody who was erased meanwhile.

use contract::ResidentId;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ConnectionTrait, IntoActiveModel, QuerySelect, Statement};
use store::{Store, StoreFault, Tx};

/// Somebody who sends pictures, or has sent some that are kept.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "owner")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub resident: Uuid,
    /// When they last began to send one.
    pub sent_at_ms: i64,
}

impl ActiveModelBehavior for ActiveModel {}

/// Notes that a resident begins to send a picture.
pub async fn begin(store: &Store, resident: ResidentId, now_ms: i64) -> Result<(), StoreFault> {
    let row = Model {
        resident: resident.uuid(),
        sent_at_ms: now_ms,
    };
    let again = OnConflict::column(Column::Resident)
        .update_column(Column::SentAtMs)
        .to_owned();
    let tx = store.begin().await?;
    Entity::insert(row.into_active_model())
        .on_conflict(again)
        .exec_without_returning(&*tx)
        .await?;
    tx.commit().await
}

/// Locks an owner until the end of the transaction, and says whether there is one: who was erased is none.
pub async fn lock(tx: &Tx, resident: ResidentId) -> Result<bool, StoreFault> {
    let query = Entity::find_by_id(resident.uuid()).lock_exclusive();
    Ok(query.one(&**tx).await?.is_some())
}

/// One owner.
pub async fn find(
    on: &impl ConnectionTrait,
    resident: ResidentId,
) -> Result<Option<Model>, StoreFault> {
    Ok(Entity::find_by_id(resident.uuid()).one(on).await?)
}

/// Forgets a resident.
pub async fn delete(tx: &Tx, resident: ResidentId) -> Result<(), StoreFault> {
    Entity::delete_by_id(resident.uuid()).exec(&**tx).await?;
    Ok(())
}

/// Forgets those who have no picture and have sent none since.
pub async fn forget(store: &Store, until_ms: i64) -> Result<(), StoreFault> {
    let tx = store.begin().await?;
    let statement = Statement::from_sql_and_values(
        tx.get_database_backend(),
        "DELETE FROM owner WHERE sent_at_ms <= $1 \
         AND NOT EXISTS (SELECT 1 FROM picture WHERE picture.owner = owner.resident)",
        [until_ms.into()],
    );
    tx.execute_raw(statement).await?;
    tx.commit().await
}
