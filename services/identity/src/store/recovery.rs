//! Links by which a password is replaced.

use sea_orm::Set;
use sea_orm::entity::prelude::*;
use store::{StoreFault, Tx};

/// A link; only the hash of its token is kept. Where nobody has the address asked for, `resident` is nobody's.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "recovery")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub token_hash: Vec<u8>,
    pub resident: Uuid,
    pub expires_at_ms: i64,
}
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}
impl ActiveModelBehavior for ActiveModel {}

/// Keeps a link.
pub async fn insert(
    tx: &Tx,
    token_hash: Vec<u8>,
    resident: Uuid,
    expires_at_ms: i64,
) -> Result<(), StoreFault> {
    let row = ActiveModel {
        token_hash: Set(token_hash),
        resident: Set(resident),
        expires_at_ms: Set(expires_at_ms),
    };
    Entity::insert(row).exec_without_returning(&**tx).await?;
    Ok(())
}

/// The link that one of these hashes of a token opens, unless it is too old.
pub async fn by_token(
    db: &impl ConnectionTrait,
    hashes: &[Vec<u8>],
    now_ms: i64,
) -> Result<Option<Model>, StoreFault> {
    Ok(Entity::find()
        .filter(Column::TokenHash.is_in(hashes.to_vec()))
        .filter(Column::ExpiresAtMs.gt(now_ms))
        .one(db)
        .await?)
}

/// Uses a link; false when it was just used.
pub async fn use_up(tx: &Tx, token_hash: Vec<u8>) -> Result<bool, StoreFault> {
    Ok(Entity::delete_by_id(token_hash)
        .exec(&**tx)
        .await?
        .rows_affected
        == 1)
}

/// Removes every link of an account.
pub async fn delete_of(tx: &Tx, resident: Uuid) -> Result<(), StoreFault> {
    Entity::delete_many()
        .filter(Column::Resident.eq(resident))
        .exec(&**tx)
        .await?;
    Ok(())
}

/// Removes every link there is.
pub async fn delete_all(tx: &Tx) -> Result<(), StoreFault> {
    Entity::delete_many().exec(&**tx).await?;
    Ok(())
}

/// How many links of an account still open.
pub async fn count_of(
    db: &impl ConnectionTrait,
    resident: Uuid,
    now_ms: i64,
) -> Result<u64, StoreFault> {
    Ok(Entity::find()
        .filter(Column::Resident.eq(resident))
        .filter(Column::ExpiresAtMs.gt(now_ms))
        .count(db)
        .await?)
}

/// Removes links that are too old.
pub async fn delete_ended(tx: &Tx, now_ms: i64) -> Result<(), StoreFault> {
    Entity::delete_many()
        .filter(Column::ExpiresAtMs.lte(now_ms))
        .exec(&**tx)
        .await?;
    Ok(())
}
