//! Who asks neighbours to vouch, and who did.

use sea_orm::entity::prelude::*;
use sea_orm::{JoinType, QueryOrder, QuerySelect, QueryTrait, Set};
use store::{StoreFault, Tx};

/// An asking; only the hash of its code is kept. Its pseudonym is taken for `resident`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "vouching")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub neighbourhood: Uuid,
    pub resident: Uuid,
    pub code_hash: Vec<u8>,
    pub pseudonym: String,
    pub home_place: Option<i64>,
    pub expires_at_ms: i64,
}
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}
impl ActiveModelBehavior for ActiveModel {}

/// Who vouched.
mod vouch {
    use sea_orm::entity::prelude::*;
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "vouch")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub vouching: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub voucher: Uuid,
    }
    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}
    impl ActiveModelBehavior for ActiveModel {}
}

/// Keeps an asking; false when its resident asks there already.
pub async fn insert(tx: &Tx, row: Model) -> Result<bool, StoreFault> {
    let row: ActiveModel = row.into();
    let inserted = Entity::insert(row.reset_all())
        .on_conflict_do_nothing_on([Column::Neighbourhood, Column::Resident])
        .exec_without_returning(&**tx)
        .await?;
    Ok(matches!(inserted, sea_orm::TryInsertResult::Inserted(1)))
}

/// The asking that one of these hashes of a code opens in a neighbourhood, unless it ended.
pub async fn by_code(
    db: &impl ConnectionTrait,
    neighbourhood: Uuid,
    hashes: &[Vec<u8>],
    now_ms: i64,
) -> Result<Option<Model>, StoreFault> {
    Ok(Entity::find()
        .filter(Column::CodeHash.is_in(hashes.to_vec()))
        .filter(Column::Neighbourhood.eq(neighbourhood))
        .filter(Column::ExpiresAtMs.gt(now_ms))
        .one(db)
        .await?)
}

/// An asking, held until the transaction ends; none when it is over.
pub async fn locked(tx: &Tx, id: Uuid) -> Result<Option<Model>, StoreFault> {
    Ok(Entity::find_by_id(id).lock_exclusive().one(&**tx).await?)
}

/// What a resident asks for in a neighbourhood, held until the transaction ends.
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

/// What a resident asks for, by neighbourhood.
pub async fn of(db: &impl ConnectionTrait, resident: Uuid) -> Result<Vec<Model>, StoreFault> {
    Ok(Entity::find()
        .filter(Column::Resident.eq(resident))
        .order_by_asc(Column::Neighbourhood)
        .all(db)
        .await?)
}

/// Removes an asking with its vouches; false when somebody just did.
pub async fn delete(tx: &Tx, id: Uuid) -> Result<bool, StoreFault> {
    vouch::Entity::delete_many()
        .filter(vouch::Column::Vouching.eq(id))
        .exec(&**tx)
        .await?;
    Ok(Entity::delete_by_id(id).exec(&**tx).await?.rows_affected == 1)
}

/// Some that ended before `now_ms`: neighbourhood and resident.
pub async fn ended(
    db: &impl ConnectionTrait,
    now_ms: i64,
    limit: u64,
) -> Result<Vec<(Uuid, Uuid)>, StoreFault> {
    Ok(Entity::find()
        .select_only()
        .column(Column::Neighbourhood)
        .column(Column::Resident)
        .filter(Column::ExpiresAtMs.lte(now_ms))
        .order_by_asc(Column::ExpiresAtMs)
        .limit(limit)
        .into_tuple()
        .all(db)
        .await?)
}

/// All of them: neighbourhood and resident.
pub async fn everybodys(db: &impl ConnectionTrait) -> Result<Vec<(Uuid, Uuid)>, StoreFault> {
    let all = Entity::find().select_only();
    let all = all.column(Column::Neighbourhood).column(Column::Resident);
    Ok(all.into_tuple().all(db).await?)
}

/// Vouches; false when this one did before.
pub async fn vouch(tx: &Tx, vouching: Uuid, voucher: Uuid) -> Result<bool, StoreFault> {
    let row = vouch::ActiveModel {
        vouching: Set(vouching),
        voucher: Set(voucher),
    };
    let inserted = vouch::Entity::insert(row)
        .on_conflict_do_nothing_on([vouch::Column::Vouching, vouch::Column::Voucher])
        .exec_without_returning(&**tx)
        .await?;
    Ok(matches!(inserted, sea_orm::TryInsertResult::Inserted(1)))
}

/// Takes a vouch back; false when there is none.
pub async fn take_back(tx: &Tx, vouching: Uuid, voucher: Uuid) -> Result<bool, StoreFault> {
    let taken = vouch::Entity::delete_by_id((vouching, voucher));
    Ok(taken.exec(&**tx).await?.rows_affected == 1)
}

/// Who vouched for an asking.
pub async fn vouchers(db: &impl ConnectionTrait, vouching: Uuid) -> Result<Vec<Uuid>, StoreFault> {
    Ok(vouch::Entity::find()
        .select_only()
        .column(vouch::Column::Voucher)
        .filter(vouch::Column::Vouching.eq(vouching))
        .order_by_asc(vouch::Column::Voucher)
        .into_tuple()
        .all(db)
        .await?)
}

/// What a member vouched for and is not over.
pub async fn vouched_by(
    db: &impl ConnectionTrait,
    neighbourhood: Uuid,
    voucher: Uuid,
    now_ms: i64,
) -> Result<Vec<Model>, StoreFault> {
    let to_vouch = Entity::belongs_to(vouch::Entity)
        .from(Column::Id)
        .to(vouch::Column::Vouching)
        .into();
    Ok(Entity::find()
        .join(JoinType::InnerJoin, to_vouch)
        .filter(vouch::Column::Voucher.eq(voucher))
        .filter(Column::Neighbourhood.eq(neighbourhood))
        .filter(Column::ExpiresAtMs.gt(now_ms))
        .order_by_asc(Column::ExpiresAtMs)
        .order_by_asc(Column::Id)
        .all(db)
        .await?)
}

/// Takes back whatever somebody vouched for in a neighbourhood; none: everywhere.
pub async fn take_back_all(
    tx: &Tx,
    neighbourhood: Option<Uuid>,
    voucher: Uuid,
) -> Result<(), StoreFault> {
    let mut delete = vouch::Entity::delete_many().filter(vouch::Column::Voucher.eq(voucher));
    if let Some(neighbourhood) = neighbourhood {
        let here = Entity::find()
            .select_only()
            .column(Column::Id)
            .filter(Column::Neighbourhood.eq(neighbourhood));
        delete = delete.filter(vouch::Column::Vouching.in_subquery(here.into_query()));
    }
    delete.exec(&**tx).await?;
    Ok(())
}
