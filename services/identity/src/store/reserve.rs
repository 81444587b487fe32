//! Who moderates a neighbourhood from elsewhere, by which name, from when until when.

use sea_orm::entity::prelude::*;
use sea_orm::sea_query::OnConflict;
use sea_orm::{QueryOrder, QuerySelect};
use store::{StoreFault, Tx};

use crate::domain::day::Day;

/// A grant. It holds from `since_day` up to the day before `until_day`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "reserve")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub neighbourhood: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub resident: Uuid,
    pub name: String,
    pub since_day: i32,
    pub until_day: i32,
}
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}
impl ActiveModelBehavior for ActiveModel {}

/// Most grants that are told of a neighbourhood.
pub const AT_MOST: u64 = 50;
/// In how many neighbourhoods one resident helps out.
pub const OF_ONE_AT_MOST: u64 = 4;

/// Keeps a grant in place of the one before.
pub async fn keep(tx: &Tx, row: Model) -> Result<(), StoreFault> {
    let row: ActiveModel = row.into();
    let again = OnConflict::columns([Column::Neighbourhood, Column::Resident])
        .update_columns([Column::Name, Column::SinceDay, Column::UntilDay])
        .to_owned();
    Entity::insert(row.reset_all())
        .on_conflict(again)
        .exec_without_returning(&**tx)
        .await?;
    Ok(())
}

/// A grant, whether it holds or not.
pub async fn of(
    db: &impl ConnectionTrait,
    neighbourhood: Uuid,
    resident: Uuid,
) -> Result<Option<Model>, StoreFault> {
    Ok(Entity::find_by_id((neighbourhood, resident))
        .one(db)
        .await?)
}

/// Every grant of a resident that holds on a day.
pub async fn held_by(
    db: &impl ConnectionTrait,
    resident: Uuid,
    today: Day,
) -> Result<Vec<Model>, StoreFault> {
    Ok(Entity::find()
        .filter(Column::Resident.eq(resident))
        .filter(Column::UntilDay.gt(today))
        .order_by_asc(Column::Neighbourhood)
        .limit(OF_ONE_AT_MOST)
        .all(db)
        .await?)
}

/// Every grant of a resident.
pub async fn all_of(db: &impl ConnectionTrait, resident: Uuid) -> Result<Vec<Model>, StoreFault> {
    Ok(Entity::find()
        .filter(Column::Resident.eq(resident))
        .order_by_asc(Column::Neighbourhood)
        .all(db)
        .await?)
}

/// The grants of a neighbourhood, those that began last first.
pub async fn list(
    db: &impl ConnectionTrait,
    neighbourhood: Uuid,
) -> Result<Vec<Model>, StoreFault> {
    Ok(Entity::find()
        .filter(Column::Neighbourhood.eq(neighbourhood))
        .order_by_desc(Column::SinceDay)
        .order_by_asc(Column::Resident)
        .limit(AT_MOST)
        .all(db)
        .await?)
}

/// Forgets those that ended before a day.
pub async fn delete_before(tx: &Tx, day: Day) -> Result<(), StoreFault> {
    Entity::delete_many()
        .filter(Column::UntilDay.lt(day))
        .exec(&**tx)
        .await?;
    Ok(())
}

/// Forgets those of a resident.
pub async fn delete_of(tx: &Tx, resident: Uuid) -> Result<(), StoreFault> {
    Entity::delete_many()
        .filter(Column::Resident.eq(resident))
        .exec(&**tx)
        .await?;
    Ok(())
}
