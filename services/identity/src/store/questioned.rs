//! Memberships that moderators look at, because who invited or vouched no longer stands by them. It is not kept who that is.

use sea_orm::entity::prelude::*;
use sea_orm::{QueryOrder, QuerySelect, Set};
use store::{StoreFault, Tx};

use crate::domain::day::Day;

/// A membership to look at. `doubts`: a bit for each doubt that was told. `proposer`: the moderator who would end it.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "questioned")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub neighbourhood: Uuid,
    pub resident: Uuid,
    pub doubts: i32,
    pub since_day: i32,
    pub proposer: Option<Uuid>,
}
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}
impl ActiveModelBehavior for ActiveModel {}

/// As many are listed.
const LISTED: u64 = 50;

/// Keeps one; false when the membership is looked at already.
pub async fn insert(tx: &Tx, row: Model) -> Result<bool, StoreFault> {
    let row: ActiveModel = row.into();
    let inserted = Entity::insert(row.reset_all())
        .on_conflict_do_nothing_on([Column::Neighbourhood, Column::Resident])
        .exec_without_returning(&**tx)
        .await?;
    Ok(matches!(inserted, sea_orm::TryInsertResult::Inserted(1)))
}

/// One about a member, held until the transaction ends.
pub async fn locked_of(
    tx: &Tx,
    neighbourhood: Uuid,
    resident: Uuid,
) -> Result<Option<Model>, StoreFault> {
    Ok(Entity::find()
        .filter(Column::Neighbourhood.eq(neighbourhood))
        .filter(Column::Resident.eq(resident))
        .lock_exclusive()
        .one(&**tx)
        .await?)
}

/// One of a neighbourhood.
pub async fn by_id(
    db: &impl ConnectionTrait,
    neighbourhood: Uuid,
    id: Uuid,
) -> Result<Option<Model>, StoreFault> {
    Ok(Entity::find_by_id(id)
        .filter(Column::Neighbourhood.eq(neighbourhood))
        .one(db)
        .await?)
}

/// Those of a neighbourhood, the one that waits longest first.
pub async fn list(tx: &Tx, neighbourhood: Uuid) -> Result<Vec<Model>, StoreFault> {
    Ok(Entity::find()
        .filter(Column::Neighbourhood.eq(neighbourhood))
        .order_by_asc(Column::SinceDay)
        .order_by_asc(Column::Id)
        .limit(LISTED)
        .all(&**tx)
        .await?)
}

/// Those about a resident.
pub async fn of(db: &impl ConnectionTrait, resident: Uuid) -> Result<Vec<Model>, StoreFault> {
    Ok(Entity::find()
        .filter(Column::Resident.eq(resident))
        .order_by_asc(Column::Neighbourhood)
        .all(db)
        .await?)
}

/// Adds a doubt.
pub async fn set_doubts(tx: &Tx, id: Uuid, doubts: i32) -> Result<(), StoreFault> {
    let changed = ActiveModel {
        doubts: Set(doubts),
        ..Default::default()
    };
    update(tx, id, changed).await
}

/// Notes which moderator would end it.
pub async fn propose(tx: &Tx, id: Uuid, proposer: Uuid) -> Result<(), StoreFault> {
    let changed = ActiveModel {
        proposer: Set(Some(proposer)),
        ..Default::default()
    };
    update(tx, id, changed).await
}

async fn update(tx: &Tx, id: Uuid, changed: ActiveModel) -> Result<(), StoreFault> {
    Entity::update_many()
        .set(changed)
        .filter(Column::Id.eq(id))
        .exec(&**tx)
        .await?;
    Ok(())
}

/// Removes one.
pub async fn delete(tx: &Tx, id: Uuid) -> Result<(), StoreFault> {
    Entity::delete_by_id(id).exec(&**tx).await?;
    Ok(())
}

/// Removes whatever is about a resident, and what they proposed is proposed by nobody.
pub async fn delete_of(tx: &Tx, resident: Uuid) -> Result<(), StoreFault> {
    Entity::delete_many()
        .filter(Column::Resident.eq(resident))
        .exec(&**tx)
        .await?;
    Entity::update_many()
        .set(ActiveModel {
            proposer: Set(None),
            ..Default::default()
        })
        .filter(Column::Proposer.eq(resident))
        .exec(&**tx)
        .await?;
    Ok(())
}

/// Removes those that nobody decided since before `day`: the membership goes on.
pub async fn delete_before(tx: &Tx, day: Day) -> Result<(), StoreFault> {
    Entity::delete_many()
        .filter(Column::SinceDay.lt(day))
        .exec(&**tx)
        .await?;
    Ok(())
}
