//! Mail that waits to be sent.

use sea_orm::entity::prelude::*;
use sea_orm::{QueryOrder, QuerySelect, Set};
use store::{StoreFault, Tx};

/// A mail: what it says, and where to when it goes to no account, is sealed and bound to `id`. `resident` is the account it
/// goes to, the sign-up or the reply address it is for, or nobody's.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "mail")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub resident: Uuid,
    pub kind: String,
    pub sealed: Vec<u8>,
    pub sealed_key: String,
    pub attempts: i32,
    pub next_at_ms: i64,
    pub give_up_at_ms: i64,
}
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}
impl ActiveModelBehavior for ActiveModel {}

/// Puts a mail into the queue.
pub async fn insert(tx: &Tx, mail: Model) -> Result<(), StoreFault> {
    let row: ActiveModel = mail.into();
    Entity::insert(row.reset_all())
        .exec_without_returning(&**tx)
        .await?;
    Ok(())
}

/// Some that are due, the one that waits longest first.
pub async fn due(
    db: &impl ConnectionTrait,
    now_ms: i64,
    limit: u64,
) -> Result<Vec<Model>, StoreFault> {
    Ok(Entity::find()
        .filter(Column::NextAtMs.lte(now_ms))
        .order_by_asc(Column::NextAtMs)
        .limit(limit)
        .all(db)
        .await?)
}

/// Claims a mail for one attempt until `until_ms`; false when another process did.
pub async fn claim(tx: &Tx, mail: &Model, until_ms: i64) -> Result<bool, StoreFault> {
    let claimed = Entity::update_many()
        .set(ActiveModel {
            attempts: Set(mail.attempts.saturating_add(1)),
            next_at_ms: Set(until_ms),
            ..Default::default()
        })
        .filter(Column::Id.eq(mail.id))
        .filter(Column::NextAtMs.eq(mail.next_at_ms))
        .filter(Column::Attempts.eq(mail.attempts))
        .exec(&**tx)
        .await?;
    Ok(claimed.rows_affected == 1)
}

/// Tries a mail again later.
pub async fn postpone(tx: &Tx, id: Uuid, next_at_ms: i64) -> Result<(), StoreFault> {
    Entity::update_many()
        .set(ActiveModel {
            next_at_ms: Set(next_at_ms),
            ..Default::default()
        })
        .filter(Column::Id.eq(id))
        .exec(&**tx)
        .await?;
    Ok(())
}

/// Removes a mail: it was sent, or is given up.
pub async fn delete(tx: &Tx, id: Uuid) -> Result<(), StoreFault> {
    Entity::delete_by_id(id).exec(&**tx).await?;
    Ok(())
}

/// Removes every mail to an account, or for a sign-up.
pub async fn delete_to(tx: &Tx, resident: Uuid) -> Result<(), StoreFault> {
    Entity::delete_many()
        .filter(Column::Resident.eq(resident))
        .exec(&**tx)
        .await?;
    Ok(())
}

/// What kinds of mail wait for an account.
pub async fn kinds_to(
    db: &impl ConnectionTrait,
    resident: Uuid,
) -> Result<Vec<String>, StoreFault> {
    Ok(Entity::find()
        .select_only()
        .column(Column::Kind)
        .filter(Column::Resident.eq(resident))
        .into_tuple()
        .all(db)
        .await?)
}

/// Removes every mail that waits.
pub async fn delete_all(tx: &Tx) -> Result<(), StoreFault> {
    Entity::delete_many().exec(&**tx).await?;
    Ok(())
}

/// Removes mails that should have been given up by `now_ms`.
pub async fn delete_given_up(tx: &Tx, now_ms: i64) -> Result<(), StoreFault> {
    Entity::delete_many()
        .filter(Column::GiveUpAtMs.lte(now_ms))
        .exec(&**tx)
        .await?;
    Ok(())
}

/// How many wait.
pub async fn count(db: &impl ConnectionTrait) -> Result<u64, StoreFault> {
    Ok(Entity::find().count(db).await?)
}

/// How many mails are sealed under another key than this one.
pub async fn under_other_keys(db: &impl ConnectionTrait, key: &str) -> Result<u64, StoreFault> {
    let others = Entity::find().filter(Column::SealedKey.ne(key));
    Ok(others.count(db).await?)
}
