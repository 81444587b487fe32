//! Signed-in devices, and which devices an account was seen on.

use sea_orm::entity::prelude::*;
use sea_orm::{Condition, QueryOrder, QuerySelect, Set};
use store::{StoreFault, Tx};

use crate::domain::day::Day;
use crate::domain::session::{AT_MOST, IDLE_DAYS, LONGEST_DAYS};

/// A session; only hashes of its tokens are kept, and days, not times. `previous_hash` still opens until
/// `previous_until_ms`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "session")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub resident: Uuid,
    pub token_hash: Vec<u8>,
    pub previous_hash: Option<Vec<u8>>,
    pub previous_until_ms: Option<i64>,
    pub device: String,
    pub created_day: i32,
    pub seen_day: i32,
}
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}
impl ActiveModelBehavior for ActiveModel {}

mod device {
    use sea_orm::entity::prelude::*;
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "device")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub resident: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub label_hash: Vec<u8>,
        pub seen_day: i32,
    }
    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}
    impl ActiveModelBehavior for ActiveModel {}
}

/// The session that one of these hashes of a token opens.
pub async fn by_token(
    db: &impl ConnectionTrait,
    hashes: &[Vec<u8>],
    now_ms: i64,
) -> Result<Option<Model>, StoreFault> {
    let current = Entity::find()
        .filter(Column::TokenHash.is_in(hashes.to_vec()))
        .one(db)
        .await?;
    if current.is_some() {
        return Ok(current);
    }
    Ok(Entity::find()
        .filter(Column::PreviousHash.is_in(hashes.to_vec()))
        .filter(Column::PreviousUntilMs.gt(now_ms))
        .one(db)
        .await?)
}

/// Gives a session another token and notes that it was seen today; false when that happened meanwhile.
pub async fn rotate(
    db: &Tx,
    before: &Model,
    token_hash: Vec<u8>,
    previous_until_ms: i64,
    today: Day,
) -> Result<bool, StoreFault> {
    let rotated = Entity::update_many()
        .set(ActiveModel {
            token_hash: Set(token_hash),
            previous_hash: Set(Some(before.token_hash.clone())),
            previous_until_ms: Set(Some(previous_until_ms)),
            seen_day: Set(today),
            ..Default::default()
        })
        .filter(Column::Id.eq(before.id))
        .filter(Column::TokenHash.eq(before.token_hash.clone()))
        .exec(&**db)
        .await?;
    Ok(rotated.rows_affected == 1)
}

/// Opens a session; where the account then has too many, the least recently used ones end and are named.
pub async fn insert(tx: &Tx, session: Model) -> Result<Vec<Uuid>, StoreFault> {
    let (resident, id) = (session.resident, session.id);
    let row: ActiveModel = session.into();
    Entity::insert(row.reset_all())
        .exec_without_returning(&**tx)
        .await?;
    let ids: Vec<Uuid> = Entity::find()
        .select_only()
        .column(Column::Id)
        .filter(Column::Resident.eq(resident))
        .filter(Column::Id.ne(id))
        .order_by_desc(Column::SeenDay)
        .order_by_desc(Column::CreatedDay)
        .into_tuple()
        .all(&**tx)
        .await?;
    let ended: Vec<Uuid> = ids.into_iter().skip(AT_MOST - 1).collect();
    if !ended.is_empty() {
        Entity::delete_many()
            .filter(Column::Id.is_in(ended.clone()))
            .exec(&**tx)
            .await?;
    }
    Ok(ended)
}

/// The sessions of an account, the most recently used first.
pub async fn of(db: &impl ConnectionTrait, resident: Uuid) -> Result<Vec<Model>, StoreFault> {
    Ok(Entity::find()
        .filter(Column::Resident.eq(resident))
        .order_by_desc(Column::SeenDay)
        .order_by_asc(Column::Id)
        .all(db)
        .await?)
}

/// Ends a session of an account; false when it has none such.
pub async fn end(tx: &Tx, resident: Uuid, id: Uuid) -> Result<bool, StoreFault> {
    let ended = Entity::delete_many()
        .filter(Column::Id.eq(id))
        .filter(Column::Resident.eq(resident))
        .exec(&**tx)
        .await?;
    Ok(ended.rows_affected == 1)
}

/// Ends every session of an account but one; answers which.
pub async fn end_others(
    tx: &Tx,
    resident: Uuid,
    but: Option<Uuid>,
) -> Result<Vec<Uuid>, StoreFault> {
    let mut ids: Vec<Uuid> = Entity::find()
        .select_only()
        .column(Column::Id)
        .filter(Column::Resident.eq(resident))
        .lock_exclusive()
        .into_tuple()
        .all(&**tx)
        .await?;
    ids.retain(|id| Some(*id) != but);
    Entity::delete_many()
        .filter(Column::Id.is_in(ids.clone()))
        .exec(&**tx)
        .await?;
    Ok(ids)
}

/// Ends every session there is.
pub async fn end_all(tx: &Tx) -> Result<(), StoreFault> {
    Entity::delete_many().exec(&**tx).await?;
    Ok(())
}

/// Removes sessions that have ended by themselves, and clears old tokens that no longer open.
pub async fn sweep(tx: &Tx, today: Day, now_ms: i64) -> Result<(), StoreFault> {
    let ended = Condition::any()
        .add(Column::SeenDay.lt(today - IDLE_DAYS))
        .add(Column::CreatedDay.lt(today - LONGEST_DAYS));
    Entity::delete_many().filter(ended).exec(&**tx).await?;
    Entity::update_many()
        .set(ActiveModel {
            previous_hash: Set(None),
            previous_until_ms: Set(None),
            ..Default::default()
        })
        .filter(Column::PreviousUntilMs.lte(now_ms))
        .exec(&**tx)
        .await?;
    Ok(())
}

/// Notes that an account was seen on a device; true when it was not before. The hashes are the device's under every key,
/// the newest last: under that one it is kept from now on.
pub async fn note_device(
    tx: &Tx,
    resident: Uuid,
    label_hashes: Vec<Vec<u8>>,
    today: Day,
) -> Result<bool, StoreFault> {
    let Some(newest) = label_hashes.last().cloned() else {
        return Ok(true);
    };
    let known = device::Entity::delete_many()
        .filter(device::Column::Resident.eq(resident))
        .filter(device::Column::LabelHash.is_in(label_hashes))
        .exec(&**tx)
        .await?;
    let row = device::ActiveModel {
        resident: Set(resident),
        label_hash: Set(newest),
        seen_day: Set(today),
    };
    let inserted = device::Entity::insert(row)
        .on_conflict_do_nothing_on([device::Column::Resident, device::Column::LabelHash])
        .exec_without_returning(&**tx)
        .await?;
    let inserted = matches!(inserted, sea_orm::TryInsertResult::Inserted(1));
    Ok(known.rows_affected == 0 && inserted)
}

/// The days on which an account's devices were last signed in on.
pub async fn device_days(
    db: &impl ConnectionTrait,
    resident: Uuid,
) -> Result<Vec<Day>, StoreFault> {
    let rows = device::Entity::find()
        .filter(device::Column::Resident.eq(resident))
        .all(db)
        .await?;
    Ok(rows.into_iter().map(|row| row.seen_day).collect())
}

/// Forgets the devices of an account.
pub async fn forget_devices(tx: &Tx, resident: Uuid) -> Result<(), StoreFault> {
    device::Entity::delete_many()
        .filter(device::Column::Resident.eq(resident))
        .exec(&**tx)
        .await?;
    Ok(())
}

/// Forgets devices not seen since `day`.
pub async fn forget_devices_before(tx: &Tx, day: Day) -> Result<(), StoreFault> {
    device::Entity::delete_many()
        .filter(device::Column::SeenDay.lt(day))
        .exec(&**tx)
        .await?;
    Ok(())
}
