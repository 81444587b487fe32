//! Accounts.

use runtime::{Private, Sealed};
use sea_orm::entity::prelude::*;
use sea_orm::{Condition, QueryOrder, QuerySelect, Set};
use store::{StoreFault, Tx};

/// An account. `password` is Argon2's own encoding, `address` sealed and bound to `id`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "account")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub email_hash: Vec<u8>,
    pub email_key: String,
    pub address: Vec<u8>,
    pub address_key: String,
    pub password: String,
    pub locale: String,
}
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}
impl ActiveModelBehavior for ActiveModel {}

/// The account with one of these hashes of its address.
pub async fn by_email(
    db: &impl ConnectionTrait,
    hashes: &[Vec<u8>],
) -> Result<Option<Model>, StoreFault> {
    Ok(Entity::find()
        .filter(Column::EmailHash.is_in(hashes.to_vec()))
        .one(db)
        .await?)
}

/// So many accounts, in the order of their ids.
pub async fn some(db: &impl ConnectionTrait, limit: u64) -> Result<Vec<Model>, StoreFault> {
    Ok(Entity::find()
        .order_by_asc(Column::Id)
        .limit(limit)
        .all(db)
        .await?)
}

/// The id of every account.
pub async fn ids(db: &impl ConnectionTrait) -> Result<Vec<Uuid>, StoreFault> {
    let ids = Entity::find().select_only().column(Column::Id);
    Ok(ids.into_tuple().all(db).await?)
}

/// An account by its id.
pub async fn by_id(db: &impl ConnectionTrait, id: Uuid) -> Result<Option<Model>, StoreFault> {
    Ok(Entity::find_by_id(id).one(db).await?)
}

/// An account, held until the transaction ends.
pub async fn locked(tx: &Tx, id: Uuid) -> Result<Option<Model>, StoreFault> {
    Ok(Entity::find_by_id(id).lock_exclusive().one(&**tx).await?)
}

/// Makes an account; false when its address already has one.
pub async fn insert(db: &impl ConnectionTrait, account: Model) -> Result<bool, StoreFault> {
    let row: ActiveModel = account.into();
    let inserted = Entity::insert(row.reset_all())
        .on_conflict_do_nothing_on([Column::EmailHash])
        .exec_without_returning(db)
        .await?;
    Ok(matches!(inserted, sea_orm::TryInsertResult::Inserted(1)))
}

/// Gives an account another password hash.
pub async fn set_password(
    db: &impl ConnectionTrait,
    id: Uuid,
    encoded: &Private<String>,
) -> Result<(), StoreFault> {
    Entity::update_many()
        .set(ActiveModel {
            password: Set(encoded.expose().clone()),
            ..Default::default()
        })
        .filter(Column::Id.eq(id))
        .exec(db)
        .await?;
    Ok(())
}

/// Sets the language of an account.
pub async fn set_locale(
    db: &impl ConnectionTrait,
    id: Uuid,
    locale: &str,
) -> Result<(), StoreFault> {
    Entity::update_many()
        .set(ActiveModel {
            locale: Set(locale.to_owned()),
            ..Default::default()
        })
        .filter(Column::Id.eq(id))
        .exec(db)
        .await?;
    Ok(())
}

/// Some accounts whose address is not under the newest keys, in the order of their ids, those after `after`.
pub async fn under_older_keys(
    db: &impl ConnectionTrait,
    address_key: &str,
    email_key: &str,
    after: Option<Uuid>,
    limit: u64,
) -> Result<Vec<Model>, StoreFault> {
    let older = Condition::any()
        .add(Column::AddressKey.ne(address_key))
        .add(Column::EmailKey.ne(email_key));
    let later = after.map(|after| Column::Id.gt(after));
    Ok(Entity::find()
        .filter(older)
        .filter(later.map_or_else(Condition::all, |later| Condition::all().add(later)))
        .order_by_asc(Column::Id)
        .limit(limit)
        .all(db)
        .await?)
}

/// How many accounts have their address sealed under another key than this one.
pub async fn sealed_under_other_keys(
    db: &impl ConnectionTrait,
    key: &str,
) -> Result<u64, StoreFault> {
    let others = Entity::find().filter(Column::AddressKey.ne(key));
    Ok(others.count(db).await?)
}

/// How many accounts are found by their address under another key than this one.
pub async fn found_under_other_keys(
    db: &impl ConnectionTrait,
    key: &str,
) -> Result<u64, StoreFault> {
    let others = Entity::find().filter(Column::EmailKey.ne(key));
    Ok(others.count(db).await?)
}

/// Keeps the address of an account under newer keys, if nobody did meanwhile.
pub async fn reseal(
    db: &impl ConnectionTrait,
    before: &Model,
    address: Sealed,
    email_hash: Vec<u8>,
    email_key: &str,
) -> Result<(), StoreFault> {
    Entity::update_many()
        .set(ActiveModel {
            address: Set(address.bytes),
            address_key: Set(address.key_id),
            email_hash: Set(email_hash),
            email_key: Set(email_key.to_owned()),
            ..Default::default()
        })
        .filter(Column::Id.eq(before.id))
        .filter(Column::AddressKey.eq(before.address_key.as_str()))
        .filter(Column::EmailKey.eq(before.email_key.as_str()))
        .exec(db)
        .await?;
    Ok(())
}

/// Removes an account.
pub async fn delete(db: &impl ConnectionTrait, id: Uuid) -> Result<bool, StoreFault> {
    Ok(Entity::delete_by_id(id).exec(db).await?.rows_affected == 1)
}
