//! How many notices about people a neighbourhood was shown, day by day: a clock that goes back finds the days it left.

use sea_orm::entity::prelude::*;
use sea_orm::{ActiveModelTrait, IntoActiveModel, QuerySelect};
use store::{Store, StoreFault, Tx};

/// One day in one neighbourhood.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "shown_day")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub neighbourhood: Uuid,
    /// Days since 1970.
    #[sea_orm(primary_key, auto_increment = false)]
    pub day: i64,
    pub shown: i64,
}

impl ActiveModelBehavior for ActiveModel {}

/// A day's row, made if missing, locked.
pub async fn lock(tx: &Tx, neighbourhood: Uuid, day: i64) -> Result<Model, StoreFault> {
    let none = Model {
        neighbourhood,
        day,
        shown: 0,
    };
    Entity::insert(none.clone().into_active_model())
        .on_conflict_do_nothing_on([Column::Neighbourhood, Column::Day])
        .exec_without_returning(&**tx)
        .await?;
    let kept = Entity::find_by_id((neighbourhood, day))
        .lock_exclusive()
        .one(&**tx)
        .await?;
    Ok(kept.unwrap_or(none))
}

/// Replaces a locked row.
pub async fn update(tx: &Tx, day: Model) -> Result<(), StoreFault> {
    day.into_active_model().reset_all().update(&**tx).await?;
    Ok(())
}

/// Forgets the days before one.
pub async fn forget(store: &Store, before: i64) -> Result<(), StoreFault> {
    let tx = store.begin().await?;
    Entity::delete_many()
        .filter(Column::Day.lt(before))
        .exec(&*tx)
        .await?;
    tx.commit().await
}
