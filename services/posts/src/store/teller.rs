//! What an account told of people before, and whether police may read what it tells of incidents.

use contract::ResidentId;
use sea_orm::entity::prelude::*;
use sea_orm::{ActiveModelTrait, ConnectionTrait, IntoActiveModel, QuerySelect};
use store::{StoreFault, Tx};

use crate::domain::Teller;

/// One account, wherever it is a member.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "teller")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub resident: Uuid,
    pub confirmed_at_ms: Option<i64>,
    pub police_may_read: Option<bool>,
}

impl ActiveModelBehavior for ActiveModel {}

impl Model {
    const fn nothing(resident: Uuid) -> Self {
        Self {
            resident,
            confirmed_at_ms: None,
            police_may_read: None,
        }
    }

    /// As the rules see it; until when it may tell of nobody is known where it was restrained.
    pub const fn teller(&self, paused_until_ms: i64) -> Teller {
        Teller {
            confirmed_at_ms: self.confirmed_at_ms,
            paused_until_ms,
        }
    }
}

/// What is kept of an account; none: it never told of anybody, nor answered.
pub async fn kept(
    on: &impl ConnectionTrait,
    resident: ResidentId,
) -> Result<Option<Model>, StoreFault> {
    Ok(Entity::find_by_id(resident.uuid()).one(on).await?)
}

/// What is known of an account.
pub async fn find(on: &impl ConnectionTrait, resident: ResidentId) -> Result<Model, StoreFault> {
    let kept = kept(on, resident).await?;
    Ok(kept.unwrap_or(Model::nothing(resident.uuid())))
}

/// The account's row, made if missing, locked.
pub async fn lock(tx: &Tx, resident: ResidentId) -> Result<Model, StoreFault> {
    let nothing = Model::nothing(resident.uuid());
    Entity::insert(nothing.clone().into_active_model())
        .on_conflict_do_nothing_on([Column::Resident])
        .exec_without_returning(&**tx)
        .await?;
    let kept = Entity::find_by_id(resident.uuid())
        .lock_exclusive()
        .one(&**tx)
        .await?;
    Ok(kept.unwrap_or(nothing))
}

/// Replaces a locked row.
pub async fn update(tx: &Tx, teller: Model) -> Result<(), StoreFault> {
    teller.into_active_model().reset_all().update(&**tx).await?;
    Ok(())
}

/// Forgets a resident.
pub async fn delete(tx: &Tx, resident: ResidentId) -> Result<(), StoreFault> {
    Entity::delete_by_id(resident.uuid()).exec(&**tx).await?;
    Ok(())
}
