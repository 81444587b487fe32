//! When a moderator last looked after a neighbourhood, to the hour: nobody's name, and no finer time.

use contract::NeighbourhoodId;
use runtime::{HOUR_MS, rounded_down};
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ConnectionTrait, IntoActiveModel};
use store::{Store, StoreFault};

/// One neighbourhood.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "oversight")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub neighbourhood: Uuid,
    pub attended_at_ms: i64,
}

impl ActiveModelBehavior for ActiveModel {}

/// When somebody last did; none: nobody yet.
pub async fn find(
    on: &impl ConnectionTrait,
    neighbourhood: NeighbourhoodId,
) -> Result<Option<i64>, StoreFault> {
    let row = Entity::find_by_id(neighbourhood.uuid()).one(on).await?;
    Ok(row.map(|row| row.attended_at_ms))
}

/// Somebody does now; written once an hour.
pub async fn attend(
    store: &Store,
    neighbourhood: NeighbourhoodId,
    now_ms: i64,
) -> Result<(), StoreFault> {
    let attended_at_ms = rounded_down(now_ms, HOUR_MS);
    // What is later than now was said by a clock that was ahead.
    let known = find(store.read(), neighbourhood).await?;
    if known.is_some_and(|at_ms| (attended_at_ms..=now_ms + HOUR_MS).contains(&at_ms)) {
        return Ok(());
    }
    let row = Model {
        neighbourhood: neighbourhood.uuid(),
        attended_at_ms,
    };
    let tx = store.begin().await?;
    Entity::insert(row.into_active_model())
        .on_conflict(
            OnConflict::column(Column::Neighbourhood)
                .update_column(Column::AttendedAtMs)
                .to_owned(),
        )
        .exec_without_returning(&*tx)
        .await?;
    tx.commit().await
}
