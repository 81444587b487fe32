//! Decisions.

use contract::common::Measure;
use contract::moderation::{Ground, Outcome, Rule};
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{Expr, Query};
use sea_orm::{ActiveModelTrait, ConnectionTrait, IntoActiveModel, QueryOrder};
use store::{StoreFault, Tx};

use super::ids::{packed, unpacked};
use super::{FORGOTTEN, Keyed, case_file, words};
use crate::domain::Restraint;

/// One decision.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "decision")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub neighbourhood: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub case_id: Uuid,
    /// What two approved; then it is about the author alone.
    pub proposal: Option<Uuid>,
    /// Which version was read.
    pub version: i64,
    pub measure: i32,
    #[sea_orm(column_type = "VarBinary(StringLen::None)")]
    pub pictures_removed: Vec<u8>,
    pub paused_until_ms: i64,
    pub people_until_ms: i64,
    pub rule: i32,
    pub ground: i32,
    pub facts: String,
    /// Somebody nobody knows, once they are erased.
    pub decider: Uuid,
    pub decided_at_ms: i64,
    pub appeal_until_ms: i64,
    /// What came of an appeal.
    pub outcome: i32,
    /// Its row in the public log.
    pub logged: Uuid,
}

impl ActiveModelBehavior for ActiveModel {}

impl Keyed for Entity {
    const NEIGHBOURHOOD: Column = Column::Neighbourhood;
    const ID: Column = Column::Id;
}

impl Model {
    pub fn measure(&self) -> Measure {
        Measure::try_from(self.measure).unwrap_or(Measure::Unspecified)
    }

    pub fn rule(&self) -> Rule {
        Rule::try_from(self.rule).unwrap_or(Rule::Unspecified)
    }

    pub fn ground(&self) -> Ground {
        Ground::try_from(self.ground).unwrap_or(Ground::Unspecified)
    }

    pub fn outcome(&self) -> Outcome {
        Outcome::try_from(self.outcome).unwrap_or(Outcome::NoOutcome)
    }

    pub fn removed(&self) -> Vec<contract::MediaId> {
        unpacked(&self.pictures_removed)
    }

    pub fn set_removed(&mut self, removed: &[contract::MediaId]) {
        self.pictures_removed = packed(removed);
    }

    /// What its author may not do by it.
    pub const fn restraint(&self) -> Restraint {
        Restraint {
            paused_until_ms: self.paused_until_ms,
            people_until_ms: self.people_until_ms,
        }
    }

    /// Whether it takes anything from anybody.
    pub fn is_restrictive(&self) -> bool {
        self.rule() != Rule::NoneBroken
    }

    /// As messages carry it.
    pub fn wire(&self) -> contract::moderation::Decision {
        contract::moderation::Decision {
            measure: self.measure,
            pictures_removed: self.removed().iter().map(|id| id.to_bytes()).collect(),
            paused_until_ms: self.paused_until_ms,
            people_until_ms: self.people_until_ms,
            rule: self.rule,
            ground: self.ground,
            facts: words(&self.facts),
            automated: false,
        }
    }
}

/// Keeps a decision.
pub async fn insert(tx: &Tx, decision: Model) -> Result<(), StoreFault> {
    Entity::insert(decision.into_active_model())
        .exec_without_returning(&**tx)
        .await?;
    Ok(())
}

/// The decisions of a case, first one first.
pub async fn of_case(
    on: &impl ConnectionTrait,
    neighbourhood: Uuid,
    case: Uuid,
) -> Result<Vec<Model>, StoreFault> {
    Ok(Entity::find()
        .filter(Column::Neighbourhood.eq(neighbourhood))
        .filter(Column::CaseId.eq(case))
        .order_by_asc(Column::DecidedAtMs)
        .order_by_asc(Column::Id)
        .all(on)
        .await?)
}

/// What else was decided about the content of a decision, in whichever case.
pub async fn others_about(
    tx: &Tx,
    decision: &Model,
    content: Uuid,
) -> Result<Vec<Model>, StoreFault> {
    let cases = Query::select()
        .column(case_file::Column::Id)
        .from(case_file::Entity)
        .and_where(case_file::Column::Neighbourhood.eq(decision.neighbourhood))
        .and_where(case_file::Column::Content.eq(content))
        .to_owned();
    Ok(Entity::find()
        .filter(Column::Neighbourhood.eq(decision.neighbourhood))
        .filter(Column::CaseId.in_subquery(cases))
        .filter(Column::Id.ne(decision.id))
        .all(&**tx)
        .await?)
}

/// What came of an appeal.
pub async fn set_outcome(tx: &Tx, decision: &Model, outcome: Outcome) -> Result<(), StoreFault> {
    Entity::update_many()
        .col_expr(Column::Outcome, Expr::value(i32::from(outcome)))
        .filter(Column::Neighbourhood.eq(decision.neighbourhood))
        .filter(Column::Id.eq(decision.id))
        .exec(&**tx)
        .await?;
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
