//! The public log.

use contract::NeighbourhoodId;
use contract::moderation::{Logged, Outcome};
use runtime::DAY_MS;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ConnectionTrait, IntoActiveModel, QueryOrder, QuerySelect, Select};
use store::{StoreFault, Tx};

/// One decision as everybody may know of it.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "logged")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub neighbourhood: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Days since 1970.
    pub day: i64,
    pub kind: i32,
    pub category: i32,
    pub measure: i32,
    pub rule: i32,
    pub ground: i32,
    pub paused: bool,
    pub appeal: i32,
}

impl ActiveModelBehavior for ActiveModel {}

impl Model {
    /// As messages carry it.
    pub const fn wire(&self) -> Logged {
        Logged {
            day_ms: self.day * DAY_MS,
            kind: self.kind,
            category: self.category,
            measure: self.measure,
            rule: self.rule,
            ground: self.ground,
            paused: self.paused,
            appeal: self.appeal,
        }
    }
}

/// Logs a decision.
pub async fn insert(tx: &Tx, logged: Model) -> Result<(), StoreFault> {
    Entity::insert(logged.into_active_model())
        .exec_without_returning(&**tx)
        .await?;
    Ok(())
}

/// What came of an appeal.
pub async fn set_appeal(
    tx: &Tx,
    neighbourhood: Uuid,
    id: Uuid,
    outcome: Outcome,
) -> Result<(), StoreFault> {
    Entity::update_many()
        .col_expr(Column::Appeal, Expr::value(i32::from(outcome)))
        .filter(Column::Neighbourhood.eq(neighbourhood))
        .filter(Column::Id.eq(id))
        .exec(&**tx)
        .await?;
    Ok(())
}

/// The log after a position, newest day first; within a day in no order.
pub(super) fn pages(
    neighbourhood: NeighbourhoodId,
    after: Option<(i64, Uuid)>,
    limit: u64,
) -> Select<Entity> {
    let mut query = Entity::find().filter(Column::Neighbourhood.eq(neighbourhood.uuid()));
    if let Some((day, id)) = after {
        let key = Expr::tuple([Expr::col(Column::Day), Expr::col(Column::Id)]);
        query = query.filter(key.lt(Expr::tuple([Expr::value(day), Expr::value(id)])));
    }
    query
        .order_by_desc(Column::Day)
        .order_by_desc(Column::Id)
        .limit(limit)
}

/// The same, read.
pub async fn list(
    on: &impl ConnectionTrait,
    neighbourhood: NeighbourhoodId,
    after: Option<(i64, Uuid)>,
    limit: u64,
) -> Result<Vec<Model>, StoreFault> {
    Ok(pages(neighbourhood, after, limit).all(on).await?)
}
