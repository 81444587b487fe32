//! On which days moderators read something of a resident's that neighbours do not see. Not who, and not how often.

use sea_orm::entity::prelude::*;
use sea_orm::{QueryOrder, Set};
use store::{StoreFault, Tx};

use crate::domain::day::Day;

/// A day.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "seen")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub neighbourhood: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub resident: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub day: i32,
    /// [`ADDRESS`], [`MEMBERSHIP`] or [`NAME`].
    #[sea_orm(primary_key, auto_increment = false)]
    pub what: String,
}
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}
impl ActiveModelBehavior for ActiveModel {}

/// To what address a postcard goes.
pub const ADDRESS: &str = "address";
/// How somebody became a member, and why that is doubted.
pub const MEMBERSHIP: &str = "membership";

/// That somebody is a member, and since which month.
pub const NAME: &str = "name";

/// Notes that it was read on a day.
pub async fn note(
    tx: &Tx,
    neighbourhood: Uuid,
    resident: Uuid,
    day: Day,
    what: &str,
) -> Result<(), StoreFault> {
    let row = ActiveModel {
        neighbourhood: Set(neighbourhood),
        resident: Set(resident),
        day: Set(day),
        what: Set(what.to_owned()),
    };
    let key = [
        Column::Neighbourhood,
        Column::Resident,
        Column::Day,
        Column::What,
    ];
    Entity::insert(row)
        .on_conflict_do_nothing_on(key)
        .exec_without_returning(&**tx)
        .await?;
    Ok(())
}

/// The days of a resident, the last first.
pub async fn of(db: &impl ConnectionTrait, resident: Uuid) -> Result<Vec<Model>, StoreFault> {
    Ok(Entity::find()
        .filter(Column::Resident.eq(resident))
        .order_by_desc(Column::Day)
        .order_by_asc(Column::Neighbourhood)
        .order_by_asc(Column::What)
        .all(db)
        .await?)
}

/// Forgets the days of a resident.
pub async fn delete_of(tx: &Tx, resident: Uuid) -> Result<(), StoreFault> {
    Entity::delete_many()
        .filter(Column::Resident.eq(resident))
        .exec(&**tx)
        .await?;
    Ok(())
}

/// Forgets the days before `day`.
pub async fn delete_before(tx: &Tx, day: Day) -> Result<(), StoreFault> {
    Entity::delete_many()
        .filter(Column::Day.lt(day))
        .exec(&**tx)
        .await?;
    Ok(())
}
