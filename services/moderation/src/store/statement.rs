//! What people were told of decisions.

use contract::ResidentId;
use contract::common::Occasion;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ConnectionTrait, IntoActiveModel, QueryOrder, QuerySelect};
use store::{StoreFault, Tx};

use super::Keyed;

/// One statement to one person.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "statement")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub neighbourhood: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub case_id: Uuid,
    /// None: nobody read in time what waited to be shown.
    pub decision: Option<Uuid>,
    /// The appeal that was decided.
    pub appeal: Option<Uuid>,
    /// None: a visitor.
    pub recipient: Option<Uuid>,
    /// Under what identity keeps a visitor's address.
    pub reply_to: Option<Uuid>,
    pub occasion: i32,
    pub told_at_ms: i64,
    /// 0: there is nothing to appeal against.
    pub appeal_until_ms: i64,
}

impl ActiveModelBehavior for ActiveModel {}

impl Keyed for Entity {
    const NEIGHBOURHOOD: Column = Column::Neighbourhood;
    const ID: Column = Column::Id;
}

impl Model {
    pub fn occasion(&self) -> Occasion {
        Occasion::try_from(self.occasion).unwrap_or(Occasion::Unspecified)
    }
}

/// Keeps a statement.
pub async fn insert(tx: &Tx, statement: Model) -> Result<(), StoreFault> {
    Entity::insert(statement.into_active_model())
        .exec_without_returning(&**tx)
        .await?;
    Ok(())
}

/// A statement to a resident.
pub async fn theirs(
    on: &impl ConnectionTrait,
    recipient: ResidentId,
    id: Uuid,
) -> Result<Option<Model>, StoreFault> {
    Ok(Entity::find()
        .filter(Column::Recipient.is_not_null())
        .filter(Column::Recipient.eq(recipient.uuid()))
        .filter(Column::Id.eq(id))
        .one(on)
        .await?)
}

/// A statement to a visitor.
pub async fn visitors(on: &impl ConnectionTrait, id: Uuid) -> Result<Option<Model>, StoreFault> {
    Ok(Entity::find()
        .filter(Column::Id.eq(id))
        .filter(Column::ReplyTo.is_not_null())
        .one(on)
        .await?)
}

/// What a resident was told after a position, newest first.
pub async fn of(
    on: &impl ConnectionTrait,
    recipient: ResidentId,
    after: Option<(i64, Uuid)>,
    limit: Option<u64>,
) -> Result<Vec<Model>, StoreFault> {
    let mut query = Entity::find()
        .filter(Column::Recipient.is_not_null())
        .filter(Column::Recipient.eq(recipient.uuid()));
    if let Some((at_ms, id)) = after {
        let key = Expr::tuple([Expr::col(Column::ToldAtMs), Expr::col(Column::Id)]);
        query = query.filter(key.lt(Expr::tuple([Expr::value(at_ms), Expr::value(id)])));
    }
    Ok(query
        .order_by_desc(Column::ToldAtMs)
        .order_by_desc(Column::Id)
        .limit(limit)
        .all(on)
        .await?)
}

/// Forgets what a resident was told.
pub async fn delete_to(tx: &Tx, resident: ResidentId) -> Result<(), StoreFault> {
    Entity::delete_many()
        .filter(Column::Recipient.is_not_null())
        .filter(Column::Recipient.eq(resident.uuid()))
        .exec(&**tx)
        .await?;
    Ok(())
}
