//! What takes two.

use contract::{NeighbourhoodId, ProposalId, ResidentId};
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::Expr;
use sea_orm::{ActiveModelTrait, ConnectionTrait, IntoActiveModel, QueryOrder, QuerySelect};
use store::{StoreFault, Tx};

use super::{FORGOTTEN, Keyed, words};
use crate::domain::{Proposal, Stage};

/// One proposal: that the author of what a case is about is suspended.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "proposal")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub neighbourhood: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub case_id: Uuid,
    pub days: i32,
    pub rule: i32,
    pub ground: i32,
    pub facts: String,
    pub proposer: Uuid,
    /// Who said yes or no.
    pub approver: Option<Uuid>,
    pub proposed_at_ms: i64,
    pub deadline_ms: i64,
    pub stage: i32,
    pub decided_at_ms: Option<i64>,
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

    /// As moderators see it.
    pub fn wire(&self, reader: ResidentId) -> contract::moderation::Proposal {
        contract::moderation::Proposal {
            id: ProposalId::new(self.id).to_bytes(),
            neighbourhood: NeighbourhoodId::new(self.neighbourhood).to_bytes(),
            case: contract::CaseId::new(self.case_id).to_bytes(),
            days: self.days.unsigned_abs(),
            rule: self.rule,
            ground: self.ground,
            facts: words(&self.facts),
            deadline_ms: self.deadline_ms,
            mine: self.proposer == reader.uuid(),
        }
    }
}

/// Keeps a proposal.
pub async fn insert(tx: &Tx, proposal: Model) -> Result<(), StoreFault> {
    Entity::insert(proposal.into_active_model())
        .exec_without_returning(&**tx)
        .await?;
    Ok(())
}

/// Replaces a proposal that was locked.
pub async fn update(tx: &Tx, proposal: Model) -> Result<(), StoreFault> {
    proposal
        .into_active_model()
        .reset_all()
        .update(&**tx)
        .await?;
    Ok(())
}

/// The open proposal about a case; locked.
pub async fn open_about(
    tx: &Tx,
    neighbourhood: Uuid,
    case: Uuid,
) -> Result<Option<Model>, StoreFault> {
    Ok(Entity::find()
        .filter(Column::Neighbourhood.eq(neighbourhood))
        .filter(Column::CaseId.eq(case))
        .filter(Column::DecidedAtMs.is_null())
        .lock_exclusive()
        .one(&**tx)
        .await?)
}

/// Open proposals of a neighbourhood, by deadline.
pub async fn open_in(
    on: &impl ConnectionTrait,
    neighbourhood: NeighbourhoodId,
    now_ms: i64,
    limit: u64,
) -> Result<Vec<Model>, StoreFault> {
    Ok(Entity::find()
        .filter(Column::Neighbourhood.eq(neighbourhood.uuid()))
        .filter(Column::DecidedAtMs.is_null())
        .filter(Column::DeadlineMs.gt(now_ms))
        .order_by_asc(Column::DeadlineMs)
        .order_by_asc(Column::Id)
        .limit(limit)
        .all(on)
        .await?)
}

/// Ends what nobody said anything to in time.
pub async fn end_overdue(tx: &Tx, now_ms: i64) -> Result<(), StoreFault> {
    let overdue = Entity::find()
        .filter(Column::DecidedAtMs.is_null())
        .filter(Column::DeadlineMs.lte(now_ms))
        .lock_exclusive()
        .all(&**tx)
        .await?;
    end(tx, overdue, now_ms).await
}

/// Ends these.
pub async fn end(tx: &Tx, proposals: Vec<Model>, now_ms: i64) -> Result<(), StoreFault> {
    for mut row in proposals {
        row.stage = Stage::Ended.number();
        row.decided_at_ms = Some(now_ms);
        update(tx, row).await?;
    }
    Ok(())
}

/// What was said of what somebody wrote is forgotten.
pub async fn forget_facts(tx: &Tx, neighbourhood: Uuid, case: Uuid) -> Result<(), StoreFault> {
    Entity::update_many()
        .col_expr(Column::Facts, Expr::value(FORGOTTEN))
        .filter(Column::Neighbourhood.eq(neighbourhood))
        .filter(Column::CaseId.eq(case))
        .exec(&**tx)
        .await?;
    Ok(())
}
