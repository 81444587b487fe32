//! Those who send pictures: a row to lock, so that counting one's loose pictures and adding one cannot be overtaken.

use contract::ResidentId;
use sea_orm::IntoActiveModel;
use sea_orm::QuerySelect;
use sea_orm::entity::prelude::*;
use store::{StoreFault, Tx};

/// Somebody who has sent a picture.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "owner")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub resident: Uuid,
}

impl ActiveModelBehavior for ActiveModel {}

/// Locks an owner until the end of the transaction.
pub async fn lock(tx: &Tx, resident: ResidentId) -> Result<(), StoreFault> {
    let fresh = Model {
        resident: resident.uuid(),
    };
    Entity::insert(fresh.into_active_model())
        .on_conflict_do_nothing_on([Column::Resident])
        .exec_without_returning(&**tx)
        .await?;
    Entity::find_by_id(resident.uuid())
        .lock_exclusive()
        .one(&**tx)
        .await?;
    Ok(())
}

/// Forgets a resident.
pub async fn delete(tx: &Tx, resident: ResidentId) -> Result<(), StoreFault> {
    Entity::delete_by_id(resident.uuid()).exec(&**tx).await?;
    Ok(())
}
