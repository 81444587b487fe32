//! Appeals.

use contract::common::Occasion;
use contract::moderation::Outcome;
use contract::{NeighbourhoodId, ResidentId};
use runtime::Entropy;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{Expr, ExprTrait, Query};
use sea_orm::{
    ActiveModelTrait, ConnectionTrait, IntoActiveModel, QueryOrder, QuerySelect, Select,
};
use store::{StoreFault, Tx};

use super::{FORGOTTEN, Keyed, case_file, recusal, report, words};

/// One appeal.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "appeal")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub neighbourhood: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub case_id: Uuid,
    pub statement: Uuid,
    pub decision: Uuid,
    /// Who decided before: never who decides this.
    pub first_decider: Uuid,
    /// None: a visitor.
    pub appellant: Option<Uuid>,
    /// Under what identity keeps a visitor's address.
    pub reply_to: Option<Uuid>,
    /// On what they were told.
    pub occasion: i32,
    pub text: String,
    pub made_at_ms: i64,
    pub deadline_ms: i64,
    pub outcome: i32,
    /// None: it is open, or succeeded because nobody decided it.
    pub decider: Option<Uuid>,
    pub facts: Option<String>,
    pub decided_at_ms: Option<i64>,
}

impl ActiveModelBehavior for ActiveModel {}

impl Keyed for Entity {
    const NEIGHBOURHOOD: Column = Column::Neighbourhood;
    const ID: Column = Column::Id;
}

impl Model {
    pub fn outcome(&self) -> Outcome {
        Outcome::try_from(self.outcome).unwrap_or(Outcome::NoOutcome)
    }

    /// What was asked.
    pub fn text(&self) -> String {
        words(&self.text)
    }

    /// What was said when it was decided.
    pub fn facts(&self) -> Option<String> {
        self.facts.as_deref().map(words)
    }

    /// Whether it is by who reported, not by who wrote.
    pub fn by_reporter(&self) -> bool {
        self.occasion == i32::from(Occasion::ReportDecided)
    }
}

/// Keeps an appeal.
pub async fn insert(tx: &Tx, appeal: Model) -> Result<(), StoreFault> {
    Entity::insert(appeal.into_active_model())
        .exec_without_returning(&**tx)
        .await?;
    Ok(())
}

/// Replaces an appeal that was locked.
pub async fn update(tx: &Tx, appeal: Model) -> Result<(), StoreFault> {
    appeal.into_active_model().reset_all().update(&**tx).await?;
    Ok(())
}

/// The appeal against what a statement told.
pub async fn of_statement(
    on: &impl ConnectionTrait,
    neighbourhood: Uuid,
    statement: Uuid,
) -> Result<Option<Model>, StoreFault> {
    Ok(Entity::find()
        .filter(Column::Neighbourhood.eq(neighbourhood))
        .filter(Column::Statement.eq(statement))
        .one(on)
        .await?)
}

/// The open appeals against a decision; locked.
pub async fn open_against(
    tx: &Tx,
    neighbourhood: Uuid,
    decision: Uuid,
) -> Result<Vec<Model>, StoreFault> {
    Ok(Entity::find()
        .filter(Column::Neighbourhood.eq(neighbourhood))
        .filter(Column::Decision.eq(decision))
        .filter(Column::DecidedAtMs.is_null())
        .order_by_asc(Column::Id)
        .lock_exclusive()
        .all(&**tx)
        .await?)
}

/// Open appeals after a position, by deadline, without those that a moderator made, is the reason of, reported or stood back
/// from.
pub(super) fn queue(
    neighbourhood: NeighbourhoodId,
    moderator: ResidentId,
    after: Option<(i64, Uuid)>,
    limit: u64,
) -> Select<Entity> {
    let of = |appeal: Column| Expr::col((Entity, appeal));
    let own = Query::select()
        .column(case_file::Column::Id)
        .from(case_file::Entity)
        .and_where(
            Expr::col((case_file::Entity, case_file::Column::Neighbourhood))
                .eq(of(Column::Neighbourhood)),
        )
        .and_where(Expr::col((case_file::Entity, case_file::Column::Id)).eq(of(Column::CaseId)))
        .and_where(case_file::Column::Author.eq(moderator.uuid()))
        .to_owned();
    let case = || [of(Column::Neighbourhood), of(Column::CaseId)];
    let mut query = Entity::find()
        .filter(Column::Neighbourhood.eq(neighbourhood.uuid()))
        .filter(Column::DecidedAtMs.is_null())
        .filter(Column::FirstDecider.ne(moderator.uuid()))
        .filter(
            Column::Appellant
                .is_null()
                .or(Column::Appellant.ne(moderator.uuid())),
        )
        .filter(Expr::exists(own).not())
        .filter(Expr::exists(recusal::from(case(), moderator)).not())
        .filter(Expr::exists(report::by_from(case(), moderator)).not());
    if let Some((deadline_ms, id)) = after {
        let key = Expr::tuple([of(Column::DeadlineMs), of(Column::Id)]);
        let position = Expr::tuple([Expr::value(deadline_ms), Expr::value(id)]);
        query = query.filter(key.gt(position));
    }
    query
        .order_by_asc(Column::DeadlineMs)
        .order_by_asc(Column::Id)
        .limit(limit)
}

/// The same, read.
pub async fn list(
    on: &impl ConnectionTrait,
    neighbourhood: NeighbourhoodId,
    moderator: ResidentId,
    after: Option<(i64, Uuid)>,
    limit: u64,
) -> Result<Vec<Model>, StoreFault> {
    Ok(queue(neighbourhood, moderator, after, limit)
        .all(on)
        .await?)
}

/// Some open appeals that nobody decided in time.
pub async fn overdue(
    on: &impl ConnectionTrait,
    now_ms: i64,
    limit: u64,
) -> Result<Vec<Model>, StoreFault> {
    Ok(Entity::find()
        .filter(Column::DecidedAtMs.is_null())
        .filter(Column::DeadlineMs.lte(now_ms))
        .order_by_asc(Column::DeadlineMs)
        .limit(limit)
        .all(on)
        .await?)
}

/// Every appeal of a resident.
pub async fn everything_by(
    on: &impl ConnectionTrait,
    appellant: ResidentId,
) -> Result<Vec<Model>, StoreFault> {
    Ok(Entity::find()
        .filter(Column::Appellant.eq(appellant.uuid()))
        .order_by_asc(Column::MadeAtMs)
        .all(on)
        .await?)
}

/// What others asked and were told about what somebody wrote is forgotten.
pub async fn forget_words(tx: &Tx, neighbourhood: Uuid, case: Uuid) -> Result<(), StoreFault> {
    let here = || {
        Entity::update_many()
            .filter(Column::Neighbourhood.eq(neighbourhood))
            .filter(Column::CaseId.eq(case))
    };
    here()
        .col_expr(Column::Text, Expr::value(FORGOTTEN))
        .exec(&**tx)
        .await?;
    here()
        .col_expr(Column::Facts, Expr::value(FORGOTTEN))
        .filter(Column::Facts.is_not_null())
        .exec(&**tx)
        .await?;
    Ok(())
}

/// Deletes a resident's appeals, open ones too; those that they decided have somebody else's name, who does not exist.
pub async fn forget_resident(
    tx: &Tx,
    resident: ResidentId,
    entropy: &Entropy,
) -> Result<(), StoreFault> {
    Entity::delete_many()
        .filter(Column::Appellant.eq(resident.uuid()))
        .exec(&**tx)
        .await?;
    Entity::forget_who(tx, Column::Decider, resident, entropy).await
}
