//! Postcards with a code.

use sea_orm::entity::prelude::*;
use sea_orm::{QueryOrder, QuerySelect, Set};
use store::{StoreFault, Tx};

/// A postcard. Until it is posted its address and its code are in `sealed`, bound to `id`; then only the code's hash is left.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "postcard")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub neighbourhood: Uuid,
    pub resident: Uuid,
    pub code_hash: Vec<u8>,
    pub sealed: Option<Vec<u8>>,
    pub sealed_key: Option<String>,
    pub expires_at_ms: i64,
}
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}
impl ActiveModelBehavior for ActiveModel {}

/// As many are on one sheet.
pub const LISTED: u64 = 50;

/// Keeps a postcard; false when its resident has one under way.
pub async fn insert(tx: &Tx, row: Model) -> Result<bool, StoreFault> {
    let row: ActiveModel = row.into();
    let inserted = Entity::insert(row.reset_all())
        .on_conflict_do_nothing_on([Column::Resident])
        .exec_without_returning(&**tx)
        .await?;
    Ok(matches!(inserted, sea_orm::TryInsertResult::Inserted(1)))
}

/// A resident's postcard.
pub async fn of(db: &impl ConnectionTrait, resident: Uuid) -> Result<Option<Model>, StoreFault> {
    Ok(Entity::find()
        .filter(Column::Resident.eq(resident))
        .one(db)
        .await?)
}

/// A resident's postcard that was posted, by one of these hashes of its code, unless it ended.
pub async fn by_code(
    db: &impl ConnectionTrait,
    resident: Uuid,
    hashes: &[Vec<u8>],
    now_ms: i64,
) -> Result<Option<Model>, StoreFault> {
    Ok(Entity::find()
        .filter(Column::CodeHash.is_in(hashes.to_vec()))
        .filter(Column::Resident.eq(resident))
        .filter(Column::Sealed.is_null())
        .filter(Column::ExpiresAtMs.gt(now_ms))
        .one(db)
        .await?)
}

/// Those of a neighbourhood that wait to be posted, the one that waits longest first.
pub async fn waiting(tx: &Tx, neighbourhood: Uuid, now_ms: i64) -> Result<Vec<Model>, StoreFault> {
    Ok(Entity::find()
        .filter(Column::Neighbourhood.eq(neighbourhood))
        .filter(Column::Sealed.is_not_null())
        .filter(Column::ExpiresAtMs.gt(now_ms))
        .order_by_asc(Column::ExpiresAtMs)
        .order_by_asc(Column::Id)
        .limit(LISTED)
        .all(&**tx)
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

/// One that waits to be posted, held until the transaction ends.
pub async fn locked(tx: &Tx, id: Uuid, now_ms: i64) -> Result<Option<Model>, StoreFault> {
    Ok(Entity::find_by_id(id)
        .filter(Column::Sealed.is_not_null())
        .filter(Column::ExpiresAtMs.gt(now_ms))
        .lock_exclusive()
        .one(&**tx)
        .await?)
}

/// Erases the address of one that was posted; its code opens until `expires_at_ms`.
pub async fn post(tx: &Tx, id: Uuid, expires_at_ms: i64) -> Result<(), StoreFault> {
    Entity::update_many()
        .set(ActiveModel {
            sealed: Set(None),
            sealed_key: Set(None),
            expires_at_ms: Set(expires_at_ms),
            ..Default::default()
        })
        .filter(Column::Id.eq(id))
        .exec(&**tx)
        .await?;
    Ok(())
}

/// Removes a postcard; false when somebody just did: of two who use its code, one joins.
pub async fn delete(tx: &Tx, id: Uuid) -> Result<bool, StoreFault> {
    Ok(Entity::delete_by_id(id).exec(&**tx).await?.rows_affected == 1)
}

/// Removes a resident's postcard; `neighbourhood` none: wherever it goes to.
pub async fn delete_of(
    tx: &Tx,
    neighbourhood: Option<Uuid>,
    resident: Uuid,
) -> Result<(), StoreFault> {
    let mut delete = Entity::delete_many().filter(Column::Resident.eq(resident));
    if let Some(neighbourhood) = neighbourhood {
        delete = delete.filter(Column::Neighbourhood.eq(neighbourhood));
    }
    delete.exec(&**tx).await?;
    Ok(())
}

/// Removes every postcard there is.
pub async fn delete_all(tx: &Tx) -> Result<(), StoreFault> {
    Entity::delete_many().exec(&**tx).await?;
    Ok(())
}

/// Removes what ended before `now_ms`.
pub async fn delete_ended(tx: &Tx, now_ms: i64) -> Result<(), StoreFault> {
    Entity::delete_many()
        .filter(Column::ExpiresAtMs.lte(now_ms))
        .exec(&**tx)
        .await?;
    Ok(())
}

/// How many addresses are sealed under another key than this one.
pub async fn under_other_keys(db: &impl ConnectionTrait, key: &str) -> Result<u64, StoreFault> {
    let others = Entity::find().filter(Column::SealedKey.ne(key));
    Ok(others.count(db).await?)
}
