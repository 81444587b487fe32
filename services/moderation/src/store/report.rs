//! What people said is wrong.

use contract::common::Measure;
use contract::moderation::Reason;
use contract::{MediaId, ResidentId};
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{Expr, ExprTrait, Query, SelectStatement};
use sea_orm::{ConnectionTrait, IntoActiveModel, PaginatorTrait, QueryOrder, QuerySelect};
use store::{StoreFault, Tx};

use super::keyed::in_case;
use super::{case_file, content, decision};

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

/// What somebody said is looked at again, in another case.
pub async fn carry(tx: &Tx, report: &Model, to: Uuid) -> Result<(), StoreFault> {
    Entity::update_many()
        .col_expr(Column::CaseId, Expr::value(to))
        .filter(Column::Neighbourhood.eq(report.neighbourhood))
        .filter(Column::Id.eq(report.id))
        .exec(&**tx)
        .await?;
    Ok(())
}

/// Whether somebody said before that they are in this picture, and a person decided that what it is of stays: this resident, or
/// whoever has no account, who are not told apart.
pub async fn was_left(
    tx: &Tx,
    content: &content::Model,
    reporter: Option<ResidentId>,
    picture: MediaId,
) -> Result<bool, StoreFault> {
    let kept = Query::select()
        .column((case_file::Entity, case_file::Column::Id))
        .from(case_file::Entity)
        .inner_join(
            decision::Entity,
            Expr::col((decision::Entity, decision::Column::Neighbourhood))
                .equals((case_file::Entity, case_file::Column::Neighbourhood))
                .and(
                    Expr::col((decision::Entity, decision::Column::CaseId))
                        .equals((case_file::Entity, case_file::Column::Id)),
                ),
        )
        .and_where(case_file::Column::Neighbourhood.eq(content.neighbourhood))
        .and_where(case_file::Column::Content.eq(content.id))
        .and_where(decision::Column::Measure.eq(i32::from(Measure::Keep)))
        .to_owned();
    let said = Entity::find()
        .filter(Column::Neighbourhood.eq(content.neighbourhood))
        .filter(Column::CaseId.in_subquery(kept))
        .filter(Column::Picture.eq(picture.uuid()))
        .filter(match reporter {
            Some(resident) => Column::Reporter.eq(resident.uuid()),
            None => Column::Reporter.is_null(),
        });
    Ok(said.one(&**tx).await?.is_some())
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

/// The first that people said in a case.
pub async fn first_in(
    tx: &Tx,
    neighbourhood: Uuid,
    case: Uuid,
    limit: u64,
) -> Result<Vec<Model>, StoreFault> {
    Ok(Entity::find()
        .filter(Column::Neighbourhood.eq(neighbourhood))
        .filter(Column::CaseId.eq(case))
        .order_by_asc(Column::MadeAtMs)
        .order_by_asc(Column::Id)
        .limit(limit)
        .all(&**tx)
        .await?)
}

/// Who said something in a case, each once, and under what visitors are reached.
pub async fn who_in(
    tx: &Tx,
    neighbourhood: Uuid,
    case: Uuid,
) -> Result<Vec<(Option<Uuid>, Option<Uuid>)>, StoreFault> {
    Ok(Entity::find()
        .select_only()
        .columns([Column::Reporter, Column::ReplyTo])
        .distinct()
        .filter(Column::Neighbourhood.eq(neighbourhood))
        .filter(Column::CaseId.eq(case))
        .into_tuple()
        .all(&**tx)
        .await?)
}

/// How often people said something in a case.
pub async fn count_in(tx: &Tx, neighbourhood: Uuid, case: Uuid) -> Result<u64, StoreFault> {
    Ok(Entity::find()
        .filter(Column::Neighbourhood.eq(neighbourhood))
        .filter(Column::CaseId.eq(case))
        .count(&**tx)
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
