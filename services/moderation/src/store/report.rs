//! What people said is wrong.

use contract::ResidentId;
use contract::moderation::Reason;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{Expr, ExprTrait, Query, SelectStatement};
use sea_orm::{ConnectionTrait, IntoActiveModel, QueryOrder};
use store::{StoreFault, Tx};

use super::case_file;
use super::keyed::in_case;

/// One report.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "report")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub neighbourhood: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub case_id: Uuid,
    /// None: a visitor, or somebody who was erased.
    pub reporter: Option<Uuid>,
    /// Under what identity keeps a visitor's address.
    pub reply_to: Option<Uuid>,
    pub reason: i32,
    pub explanation: Option<String>,
    pub good_faith: bool,
    /// The picture that somebody is in.
    pub picture: Option<Uuid>,
    pub made_at_ms: i64,
}

impl ActiveModelBehavior for ActiveModel {}

impl Model {
    pub fn reason(&self) -> Reason {
        Reason::try_from(self.reason).unwrap_or(Reason::Unspecified)
    }
}

/// Keeps a report.
pub async fn insert(tx: &Tx, report: Model) -> Result<(), StoreFault> {
    Entity::insert(report.into_active_model())
        .exec_without_returning(&**tx)
        .await?;
    Ok(())
}

/// What people said in a case, first one first.
pub async fn of_case(
    on: &impl ConnectionTrait,
    neighbourhood: Uuid,
    case: Uuid,
) -> Result<Vec<Model>, StoreFault> {
    Ok(Entity::find()
        .filter(Column::Neighbourhood.eq(neighbourhood))
        .filter(Column::CaseId.eq(case))
        .order_by_asc(Column::MadeAtMs)
        .order_by_asc(Column::Id)
        .all(on)
        .await?)
}

/// What a resident said in a case.
pub async fn by_in(
    on: &impl ConnectionTrait,
    neighbourhood: Uuid,
    case: Uuid,
    reporter: ResidentId,
) -> Result<Vec<Model>, StoreFault> {
    Ok(Entity::find()
        .filter(Column::Neighbourhood.eq(neighbourhood))
        .filter(Column::CaseId.eq(case))
        .filter(Column::Reporter.eq(reporter.uuid()))
        .all(on)
        .await?)
}

/// What a resident said in the case of another query, which names its neighbourhood and itself so.
pub(super) fn by_from(case: [Expr; 2], reporter: ResidentId) -> SelectStatement {
    in_case::<Entity>([Column::Neighbourhood, Column::CaseId], case)
        .and_where(Column::Reporter.eq(reporter.uuid()))
        .to_owned()
}

/// Everything a resident said, anywhere.
pub async fn everything_by(
    on: &impl ConnectionTrait,
    reporter: ResidentId,
) -> Result<Vec<Model>, StoreFault> {
    Ok(Entity::find()
        .filter(Column::Reporter.eq(reporter.uuid()))
        .order_by_asc(Column::MadeAtMs)
        .all(on)
        .await?)
}

/// Of a resident nothing stays but that somebody said something for a reason.
pub async fn forget_reporter(tx: &Tx, resident: ResidentId) -> Result<(), StoreFault> {
    Entity::update_many()
        .col_expr(Column::Explanation, Expr::value(Option::<String>::None))
        .col_expr(Column::Reporter, Expr::value(Option::<Uuid>::None))
        .filter(Column::Reporter.eq(resident.uuid()))
        .exec(&**tx)
        .await?;
    Ok(())
}

/// What others explained about what somebody wrote is forgotten.
pub async fn forget_explanations(
    tx: &Tx,
    neighbourhood: Uuid,
    case: Uuid,
) -> Result<(), StoreFault> {
    Entity::update_many()
        .col_expr(Column::Explanation, Expr::value(Option::<String>::None))
        .filter(Column::Neighbourhood.eq(neighbourhood))
        .filter(Column::CaseId.eq(case))
        .exec(&**tx)
        .await?;
    Ok(())
}

/// Deletes what people explained, and under what visitors are reached, in cases that were closed before a time.
pub async fn forget_words(tx: &Tx, before_ms: i64) -> Result<(), StoreFault> {
    let closed = Query::select()
        .column(case_file::Column::Id)
        .from(case_file::Entity)
        .and_where(case_file::Column::ClosedAtMs.is_not_null())
        .and_where(case_file::Column::ClosedAtMs.lt(before_ms))
        .to_owned();
    Entity::update_many()
        .col_expr(Column::Explanation, Expr::value(Option::<String>::None))
        .col_expr(Column::ReplyTo, Expr::value(Option::<Uuid>::None))
        .filter(
            Column::Explanation
                .is_not_null()
                .or(Column::ReplyTo.is_not_null()),
        )
        .filter(Column::CaseId.in_subquery(closed))
        .exec(&**tx)
        .await?;
    Ok(())
}
