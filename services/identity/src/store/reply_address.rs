//! Addresses at which visitors are told what came of their reports.

use runtime::Sealed;
use sea_orm::entity::prelude::*;
use sea_orm::{Condition, QueryOrder, QuerySelect, Set};
use store::{StoreFault, Tx};

use crate::domain::day::Day;

/// An address, sealed and bound to `id`, and in which language to write to it. It cannot be found by the address: it belongs to
/// no account, and nothing says that two are one person's.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "reply_address")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub address: Vec<u8>,
    pub address_key: String,
    pub locale: String,
    /// The last day on which it is kept.
    pub until_day: i32,
}
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}
impl ActiveModelBehavior for ActiveModel {}

/// Keeps an address; false when it is kept under this id already.
pub async fn insert(tx: &Tx, row: Model) -> Result<bool, StoreFault> {
    let row: ActiveModel = row.into();
    let inserted = Entity::insert(row.reset_all())
        .on_conflict_do_nothing_on([Column::Id])
        .exec_without_returning(&**tx)
        .await?;
    Ok(matches!(inserted, sea_orm::TryInsertResult::Inserted(1)))
}

/// An address, if it is still kept.
pub async fn by_id(db: &impl ConnectionTrait, id: Uuid) -> Result<Option<Model>, StoreFault> {
    Ok(Entity::find_by_id(id).one(db).await?)
}

/// Keeps an address until the end of a day.
pub async fn keep_until(tx: &Tx, id: Uuid, until_day: Day) -> Result<(), StoreFault> {
    Entity::update_many()
        .set(ActiveModel {
            until_day: Set(until_day),
            ..Default::default()
        })
        .filter(Column::Id.eq(id))
        .exec(&**tx)
        .await?;
    Ok(())
}

/// Removes those whose last day is over.
pub async fn delete_ended(tx: &Tx, today: Day) -> Result<(), StoreFault> {
    Entity::delete_many()
        .filter(Column::UntilDay.lt(today))
        .exec(&**tx)
        .await?;
    Ok(())
}

/// Some that are sealed under another key than this one, in the order of their ids, those after `after`.
pub async fn under_older_keys(
    db: &impl ConnectionTrait,
    key: &str,
    after: Option<Uuid>,
    limit: u64,
) -> Result<Vec<Model>, StoreFault> {
    let later = after.map(|after| Column::Id.gt(after));
    Ok(Entity::find()
        .filter(Column::AddressKey.ne(key))
        .filter(later.map_or_else(Condition::all, |later| Condition::all().add(later)))
        .order_by_asc(Column::Id)
        .limit(limit)
        .all(db)
        .await?)
}

/// How many are sealed under another key than this one.
pub async fn under_other_keys(db: &impl ConnectionTrait, key: &str) -> Result<u64, StoreFault> {
    let others = Entity::find().filter(Column::AddressKey.ne(key));
    Ok(others.count(db).await?)
}

/// Keeps an address under a newer key, if nobody did meanwhile.
pub async fn reseal(tx: &Tx, before: &Model, address: Sealed) -> Result<(), StoreFault> {
    Entity::update_many()
        .set(ActiveModel {
            address: Set(address.bytes),
            address_key: Set(address.key_id),
            ..Default::default()
        })
        .filter(Column::Id.eq(before.id))
        .filter(Column::AddressKey.eq(before.address_key.as_str()))
        .exec(&**tx)
        .await?;
    Ok(())
}
