//! How much somebody reported today.

use contract::NeighbourhoodId;
use sea_orm::entity::prelude::*;
use sea_orm::{ActiveModelTrait, IntoActiveModel, QuerySelect};
use store::{StoreFault, Tx};

/// One reporter in one neighbourhood.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "reporter")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub neighbourhood: Uuid,
    /// A resident's id, or what is known of a visitor's network address for this day.
    #[sea_orm(
        primary_key,
        auto_increment = false,
        column_type = "VarBinary(StringLen::None)"
    )]
    pub who: Vec<u8>,
    /// Days since 1970.
    pub day: i64,
    pub reports: i64,
}

impl ActiveModelBehavior for ActiveModel {}

/// The reporter's row, made if missing, locked, its count that of `today`.
pub async fn lock(
    tx: &Tx,
    neighbourhood: NeighbourhoodId,
    who: &[u8],
    today: i64,
) -> Result<Model, StoreFault> {
    let fresh = Model {
        neighbourhood: neighbourhood.uuid(),
        who: who.to_vec(),
        day: today,
        reports: 0,
    };
    Entity::insert(fresh.clone().into_active_model())
        .on_conflict_do_nothing_on([Column::Neighbourhood, Column::Who])
        .exec_without_returning(&**tx)
        .await?;
    let kept = Entity::find_by_id((neighbourhood.uuid(), who.to_vec()))
        .lock_exclusive()
        .one(&**tx)
        .await?;
    Ok(kept.filter(|kept| kept.day == today).unwrap_or(fresh))
}

/// Replaces a locked row.
pub async fn update(tx: &Tx, reporter: Model) -> Result<(), StoreFault> {
    reporter
        .into_active_model()
        .reset_all()
        .update(&**tx)
        .await?;
    Ok(())
}

/// Forgets somebody.
pub async fn delete(tx: &Tx, who: &[u8]) -> Result<(), StoreFault> {
    Entity::delete_many()
        .filter(Column::Who.eq(who))
        .exec(&**tx)
        .await?;
    Ok(())
}

/// Forgets the counts of days before this one.
pub async fn forget(tx: &Tx, before_day: i64) -> Result<(), StoreFault> {
    Entity::delete_many()
        .filter(Column::Day.lt(before_day))
        .exec(&**tx)
        .await?;
    Ok(())
}
