//! Limits that two moderators raised, or one of them wants raised.

use contract::moderation::{ProposedRaise, RaisedLimit};
use contract::{NeighbourhoodId, ProposalId, ResidentId};
use runtime::DAY_MS;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{Expr, ExprTrait, OnConflict};
use sea_orm::{
    ActiveModelTrait, ConnectionTrait, IntoActiveModel, QueryOrder, QuerySelect, TryInsertResult,
};
use store::{StoreFault, Tx};

use super::Keyed;
use crate::domain::{Proposal, Raised, Stage};

/// More of what tells of people for some days.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "raised_limit")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub neighbourhood: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub a_day: i32,
    pub days: i32,
    /// Why, for moderators.
    pub facts: String,
    pub proposer: Uuid,
    /// Who said yes or no.
    pub approver: Option<Uuid>,
    pub deadline_ms: i64,
    pub stage: i32,
    /// Days since 1970, once it was decided so.
    pub from_day: Option<i64>,
    pub until_day: Option<i64>,
    pub ended_day: Option<i64>,
    /// Grows with every change that is told.
    pub version: i64,
}

impl ActiveModelBehavior for ActiveModel {}

impl Keyed for Entity {
    const NEIGHBOURHOOD: Column = Column::Neighbourhood;
    const ID: Column = Column::Id;
}

impl Model {
    pub fn proposal(&self) -> Proposal {
        Proposal {
            stage: Stage::kept(self.stage),
            proposer: ResidentId::new(self.proposer),
            deadline_ms: self.deadline_ms,
        }
    }

    /// Once two wanted it.
    pub fn raised(&self) -> Option<Raised> {
        Some(Raised {
            a_day: self.a_day.unsigned_abs(),
            from_day: self.from_day?,
            until_day: self.until_day?,
            ended_day: self.ended_day,
        })
    }

    /// It is so from now on, or no more.
    pub fn set_raised(&mut self, raised: &Raised) {
        self.from_day = Some(raised.from_day);
        self.until_day = Some(raised.until_day);
        self.ended_day = raised.ended_day;
        self.version += 1;
    }

    /// As everybody is told of it.
    pub fn wire(&self) -> Option<RaisedLimit> {
        let raised = self.raised()?;
        Some(RaisedLimit {
            id: ProposalId::new(self.id).to_bytes(),
            a_day: raised.a_day,
            from_day_ms: raised.from_day * DAY_MS,
            until_day_ms: raised.told_until() * DAY_MS,
            ended: raised.ended_day.is_some(),
        })
    }

    /// As moderators see what waits.
    pub fn proposed(&self, reader: ResidentId) -> ProposedRaise {
        ProposedRaise {
            id: ProposalId::new(self.id).to_bytes(),
            a_day: self.a_day.unsigned_abs(),
            days: self.days.unsigned_abs(),
            facts: self.facts.clone(),
            deadline_ms: self.deadline_ms,
            mine: self.proposer == reader.uuid(),
        }
    }
}

/// Keeps a proposal where none is open; answers whether it was kept.
pub async fn insert(tx: &Tx, proposed: Model) -> Result<bool, StoreFault> {
    let put = Entity::insert(proposed.into_active_model())
        // Whichever it conflicts with: its own key, or the one that is open.
        .on_conflict(OnConflict::new().do_nothing().to_owned())
        .try_insert()
        .exec_without_returning(&**tx)
        .await?;
    Ok(matches!(put, TryInsertResult::Inserted(1)))
}

/// Replaces what was locked.
pub async fn update(tx: &Tx, row: Model) -> Result<(), StoreFault> {
    row.into_active_model().reset_all().update(&**tx).await?;
    Ok(())
}

/// What is open in a neighbourhood.
pub async fn open_in(
    on: &impl ConnectionTrait,
    neighbourhood: NeighbourhoodId,
) -> Result<Option<Model>, StoreFault> {
    Ok(open(neighbourhood).one(on).await?)
}

/// The same, locked.
pub async fn lock_open(
    tx: &Tx,
    neighbourhood: NeighbourhoodId,
) -> Result<Option<Model>, StoreFault> {
    Ok(open(neighbourhood).lock_exclusive().one(&**tx).await?)
}

fn open(neighbourhood: NeighbourhoodId) -> sea_orm::Select<Entity> {
    Entity::find()
        .filter(Column::Neighbourhood.eq(neighbourhood.uuid()))
        .filter(Column::Stage.eq(Stage::Open.number()))
}

/// What two moderators decided and lasts to this day or longer, the latest first.
pub async fn decided_since(
    on: &impl ConnectionTrait,
    neighbourhood: NeighbourhoodId,
    day: i64,
) -> Result<Vec<Model>, StoreFault> {
    Ok(Entity::find()
        .filter(Column::Neighbourhood.eq(neighbourhood.uuid()))
        .filter(Column::UntilDay.gte(day))
        .order_by_desc(Column::UntilDay)
        .order_by_asc(Column::Id)
        .limit(100)
        .all(on)
        .await?)
}

/// Ends what nobody said anything to in time.
pub async fn end_overdue(tx: &Tx, now_ms: i64) -> Result<(), StoreFault> {
    Entity::update_many()
        .col_expr(Column::Stage, Expr::value(Stage::Ended.number()))
        .filter(Column::DeadlineMs.lte(now_ms))
        .filter(Column::Stage.eq(Stage::Open.number()))
        .exec(&**tx)
        .await?;
    Ok(())
}

/// Forgets what was proposed before then, when that is over, too.
pub async fn forget(tx: &Tx, before_ms: i64) -> Result<(), StoreFault> {
    let day = before_ms.div_euclid(DAY_MS);
    Entity::delete_many()
        .filter(Column::DeadlineMs.lt(before_ms))
        .filter(Column::Stage.ne(Stage::Open.number()))
        .filter(Column::UntilDay.is_null().or(Column::UntilDay.lt(day)))
        .exec(&**tx)
        .await?;
    Ok(())
}
