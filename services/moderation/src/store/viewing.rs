//! That a moderator looked at what is somebody's and not everybody's: on which day, not who.

use contract::ResidentId;
use contract::moderation::view::What;
use sea_orm::entity::prelude::*;
use sea_orm::{ConnectionTrait, IntoActiveModel, QueryOrder};
use store::{StoreFault, Tx};

/// One kind of look at one resident's on one day, however often.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "viewing")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub neighbourhood: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub subject: Uuid,
    /// Days since 1970.
    #[sea_orm(primary_key, auto_increment = false)]
    pub day: i64,
    #[sea_orm(primary_key, auto_increment = false)]
    pub what: i32,
}

impl ActiveModelBehavior for ActiveModel {}

/// Keeps it.
pub async fn keep(
    tx: &Tx,
    neighbourhood: Uuid,
    subject: Option<Uuid>,
    day: i64,
    what: What,
) -> Result<(), StoreFault> {
    let Some(subject) = subject else {
        return Ok(());
    };
    let row = Model {
        neighbourhood,
        subject,
        day,
        what: what.into(),
    };
    Entity::insert(row.into_active_model())
        .on_conflict_do_nothing_on([
            Column::Neighbourhood,
            Column::Subject,
            Column::Day,
            Column::What,
        ])
        .exec_without_returning(&**tx)
        .await?;
    Ok(())
}

/// When a resident's was looked at, latest day first.
pub async fn of(on: &impl ConnectionTrait, subject: ResidentId) -> Result<Vec<Model>, StoreFault> {
    Ok(Entity::find()
        .filter(Column::Subject.eq(subject.uuid()))
        .order_by_desc(Column::Day)
        .order_by_asc(Column::What)
        .all(on)
        .await?)
}

/// Forgets a resident.
pub async fn delete(tx: &Tx, resident: ResidentId) -> Result<(), StoreFault> {
    Entity::delete_many()
        .filter(Column::Subject.eq(resident.uuid()))
        .exec(&**tx)
        .await?;
    Ok(())
}

/// Forgets looks of days before this one.
pub async fn forget(tx: &Tx, before_day: i64) -> Result<(), StoreFault> {
    Entity::delete_many()
        .filter(Column::Day.lt(before_day))
        .exec(&**tx)
        .await?;
    Ok(())
}
