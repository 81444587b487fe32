//! Invites.

use sea_orm::entity::prelude::*;
use sea_orm::{Condition, ExprTrait, QueryOrder, QuerySelect};
use store::{StoreFault, Tx};

/// An invite; only the hash of its code is kept. `reserved` uses belong to sign-ups that wait for their mail. Without
/// a creator it is an operator's.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "invite")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub neighbourhood: Uuid,
    pub code_hash: Vec<u8>,
    pub creator: Option<Uuid>,
    pub founder: bool,
    pub uses_left: i32,
    pub reserved: i32,
    pub expires_at_ms: i64,
}
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}
impl ActiveModelBehavior for ActiveModel {}

/// Operators list this many at most.
const LISTED: u64 = 200;

/// An invite that has not ended, by one of these hashes of its code, used up or not.
pub async fn by_code(
    db: &impl ConnectionTrait,
    hashes: &[Vec<u8>],
    now_ms: i64,
) -> Result<Option<Model>, StoreFault> {
    Ok(Entity::find()
        .filter(Column::CodeHash.is_in(hashes.to_vec()))
        .filter(Column::ExpiresAtMs.gt(now_ms))
        .one(db)
        .await?)
}

/// An invite, held until the transaction ends; none when it was revoked meanwhile.
pub async fn locked(tx: &Tx, id: Uuid) -> Result<Option<Model>, StoreFault> {
    Ok(Entity::find_by_id(id).lock_exclusive().one(&**tx).await?)
}

/// Makes an invite.
pub async fn insert(tx: &Tx, invite: Model) -> Result<(), StoreFault> {
    let row: ActiveModel = invite.into();
    Entity::insert(row.reset_all())
        .exec_without_returning(&**tx)
        .await?;
    Ok(())
}

/// Uses one use; false when none is left or the invite has ended: of two at once, one gets the last.
pub async fn use_up(tx: &Tx, id: Uuid, reserve: bool, now_ms: i64) -> Result<bool, StoreFault> {
    let used = Entity::update_many()
        .col_expr(Column::UsesLeft, Expr::col(Column::UsesLeft).sub(1))
        .col_expr(
            Column::Reserved,
            Expr::col(Column::Reserved).add(i32::from(reserve)),
        )
        .filter(Column::Id.eq(id))
        .filter(Column::UsesLeft.gt(0))
        .filter(Column::ExpiresAtMs.gt(now_ms))
        .exec(&**tx)
        .await?;
    Ok(used.rows_affected == 1)
}

/// Ends a reservation: the use is gone, or given back. A revoked invite takes nothing back.
pub async fn settle(tx: &Tx, id: Uuid, give_back: bool) -> Result<(), StoreFault> {
    Entity::update_many()
        .col_expr(
            Column::UsesLeft,
            Expr::col(Column::UsesLeft).add(i32::from(give_back)),
        )
        .col_expr(Column::Reserved, Expr::col(Column::Reserved).sub(1))
        .filter(Column::Id.eq(id))
        .filter(Column::Reserved.gt(0))
        .exec(&**tx)
        .await?;
    Ok(())
}

fn open(now_ms: i64) -> Condition {
    let usable = Condition::any()
        .add(Column::UsesLeft.gt(0))
        .add(Column::Reserved.gt(0));
    Condition::all()
        .add(usable)
        .add(Column::ExpiresAtMs.gt(now_ms))
}

fn by(creator: Option<Uuid>) -> sea_orm::sea_query::SimpleExpr {
    creator.map_or_else(
        || Column::Creator.is_null(),
        |creator| Column::Creator.eq(creator),
    )
}

/// How many open invites somebody has in a neighbourhood.
pub async fn count_open(
    tx: &Tx,
    neighbourhood: Uuid,
    creator: Uuid,
    now_ms: i64,
) -> Result<u64, StoreFault> {
    Ok(Entity::find()
        .filter(Column::Neighbourhood.eq(neighbourhood))
        .filter(by(Some(creator)))
        .filter(open(now_ms))
        .count(&**tx)
        .await?)
}

/// The open invites of a member, or of the operator, the one that ends first first.
pub async fn list_open(
    db: &impl ConnectionTrait,
    neighbourhood: Uuid,
    creator: Option<Uuid>,
    now_ms: i64,
) -> Result<Vec<Model>, StoreFault> {
    Ok(Entity::find()
        .filter(Column::Neighbourhood.eq(neighbourhood))
        .filter(by(creator))
        .filter(open(now_ms))
        .order_by_asc(Column::ExpiresAtMs)
        .order_by_asc(Column::Id)
        .limit(LISTED)
        .all(db)
        .await?)
}

/// Removes an invite of its creator; `creator` none: an operator may remove any.
pub async fn revoke(
    tx: &Tx,
    neighbourhood: Uuid,
    id: Uuid,
    creator: Option<Uuid>,
) -> Result<bool, StoreFault> {
    let mut delete = Entity::delete_many()
        .filter(Column::Id.eq(id))
        .filter(Column::Neighbourhood.eq(neighbourhood));
    if creator.is_some() {
        delete = delete.filter(by(creator));
    }
    Ok(delete.exec(&**tx).await?.rows_affected == 1)
}

/// Removes every invite of a member.
pub async fn delete_of(tx: &Tx, neighbourhood: Uuid, creator: Uuid) -> Result<(), StoreFault> {
    Entity::delete_many()
        .filter(Column::Neighbourhood.eq(neighbourhood))
        .filter(Column::Creator.eq(creator))
        .exec(&**tx)
        .await?;
    Ok(())
}

/// The neighbourhood and the id of every invite.
pub async fn ids(db: &impl ConnectionTrait) -> Result<Vec<(Uuid, Uuid)>, StoreFault> {
    let ids = Entity::find().select_only();
    let ids = ids.column(Column::Neighbourhood).column(Column::Id);
    Ok(ids.into_tuple().all(db).await?)
}

/// Removes what ended before `now_ms`.
pub async fn delete_ended(tx: &Tx, now_ms: i64) -> Result<(), StoreFault> {
    Entity::delete_many()
        .filter(Column::ExpiresAtMs.lte(now_ms))
        .exec(&**tx)
        .await?;
    Ok(())
}
