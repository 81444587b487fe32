//! Sign-ups that wait until the link in the mail is opened.

use sea_orm::entity::prelude::*;
use sea_orm::{QueryOrder, QuerySelect};
use store::{StoreFault, Tx};

/// A sign-up; `id` becomes the account's. Where the address has an account already nobody is told, the link is mailed to no
/// one, and the row lapses like any other. Without a code `neighbourhood` and `invite` are nil, and there is no pseudonym. By `email_hash` every sign-up of an address is found, whenever it was made.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "sign_up")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub neighbourhood: Uuid,
    pub invite: Uuid,
    pub inviter_hash: Option<Vec<u8>>,
    pub inviter_key: Option<String>,
    pub founder: bool,
    pub email_hash: Vec<u8>,
    pub address: Vec<u8>,
    pub address_key: String,
    pub password: String,
    pub locale: String,
    pub pseudonym: String,
    pub home_place: Option<i64>,
    pub token_hash: Vec<u8>,
    pub expires_at_ms: i64,
}
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}
impl ActiveModelBehavior for ActiveModel {}

impl Model {
    /// Whether it makes a member, too.
    pub const fn enters(&self) -> bool {
        !self.neighbourhood.is_nil()
    }
}

/// Keeps a sign-up.
pub async fn insert(tx: &Tx, row: Model) -> Result<(), StoreFault> {
    let row: ActiveModel = row.into();
    Entity::insert(row.reset_all())
        .exec_without_returning(&**tx)
        .await?;
    Ok(())
}

/// The sign-up that one of these hashes of a mailed token confirms, unless it has lapsed.
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

/// Takes a sign-up away; false when somebody else just did.
pub async fn delete(tx: &Tx, id: Uuid) -> Result<bool, StoreFault> {
    Ok(Entity::delete_by_id(id).exec(&**tx).await?.rows_affected == 1)
}

/// Some that have lapsed: id and invite.
pub async fn lapsed(
    db: &impl ConnectionTrait,
    now_ms: i64,
    limit: u64,
) -> Result<Vec<(Uuid, Uuid)>, StoreFault> {
    Ok(Entity::find()
        .select_only()
        .column(Column::Id)
        .column(Column::Invite)
        .filter(Column::ExpiresAtMs.lte(now_ms))
        .order_by_asc(Column::ExpiresAtMs)
        .limit(limit)
        .into_tuple()
        .all(db)
        .await?)
}

/// Those made with the address that has one of these hashes, by whomever: id and invite.
pub async fn of_address(
    db: &impl ConnectionTrait,
    hashes: &[Vec<u8>],
) -> Result<Vec<(Uuid, Uuid)>, StoreFault> {
    Ok(Entity::find()
        .select_only()
        .column(Column::Id)
        .column(Column::Invite)
        .filter(Column::EmailHash.is_in(hashes.to_vec()))
        .into_tuple()
        .all(db)
        .await?)
}

/// How many sign-ups have their address sealed under another key than this one.
pub async fn under_other_keys(db: &impl ConnectionTrait, key: &str) -> Result<u64, StoreFault> {
    let others = Entity::find().filter(Column::AddressKey.ne(key));
    Ok(others.count(db).await?)
}
