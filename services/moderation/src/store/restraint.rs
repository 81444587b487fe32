//! What authors may not do for now.

use contract::ResidentId;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{Expr, ExprTrait, Query};
use sea_orm::{ActiveModelTrait, ConnectionTrait, IntoActiveModel, QueryOrder, QuerySelect};
use store::{StoreFault, Tx};

use super::{case_file, decision};
use crate::domain::Restraint;
use contract::moderation::Outcome;

/// One author in one neighbourhood.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "restraint")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub neighbourhood: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub resident: Uuid,
    pub paused_until_ms: i64,
    pub people_until_ms: i64,
    /// Grows with every change, and is never lower than the time of it: also where rows went in between.
    pub version: i64,
}

impl ActiveModelBehavior for ActiveModel {}

impl Model {
    pub const fn restraint(&self) -> Restraint {
        Restraint {
            paused_until_ms: self.paused_until_ms,
            people_until_ms: self.people_until_ms,
        }
    }
}

/// For composing events: what an author may not do.
pub async fn find(
    on: &impl ConnectionTrait,
    neighbourhood: Uuid,
    resident: Uuid,
) -> Result<Option<Model>, StoreFault> {
    Ok(Entity::find_by_id((neighbourhood, resident))
        .one(on)
        .await?)
}

/// What an author may not do anywhere.
pub async fn everything_of(
    on: &impl ConnectionTrait,
    resident: ResidentId,
) -> Result<Vec<Model>, StoreFault> {
    Ok(Entity::find()
        .filter(Column::Resident.eq(resident.uuid()))
        .order_by_asc(Column::Neighbourhood)
        .all(on)
        .await?)
}

/// What stands against an author in a neighbourhood by the decisions that were not reversed.
pub async fn standing(
    tx: &Tx,
    neighbourhood: Uuid,
    resident: Uuid,
) -> Result<Restraint, StoreFault> {
    let theirs = Query::select()
        .column(case_file::Column::Id)
        .from(case_file::Entity)
        .and_where(case_file::Column::Author.eq(resident))
        .and_where(case_file::Column::Neighbourhood.eq(neighbourhood))
        .to_owned();
    let decisions = decision::Entity::find()
        .filter(decision::Column::Neighbourhood.eq(neighbourhood))
        .filter(decision::Column::CaseId.in_subquery(theirs))
        .filter(decision::Column::Outcome.ne(i32::from(Outcome::Reversed)))
        .all(&**tx)
        .await?;
    Ok(Restraint::of(
        decisions.iter().map(decision::Model::restraint),
    ))
}

/// The author's row, made if missing, locked: of two who decide about one author at once the second counts what the first decided.
pub async fn lock(tx: &Tx, neighbourhood: Uuid, resident: Uuid) -> Result<Model, StoreFault> {
    let fresh = Model {
        neighbourhood,
        resident,
        paused_until_ms: 0,
        people_until_ms: 0,
        version: 0,
    };
    Entity::insert(fresh.clone().into_active_model())
        .on_conflict_do_nothing_on([Column::Neighbourhood, Column::Resident])
        .exec_without_returning(&**tx)
        .await?;
    let kept = Entity::find_by_id((neighbourhood, resident))
        .lock_exclusive()
        .one(&**tx)
        .await?;
    Ok(kept.unwrap_or(fresh))
}

/// Replaces a row that was locked.
pub async fn update(tx: &Tx, restraint: Model) -> Result<(), StoreFault> {
    restraint
        .into_active_model()
        .reset_all()
        .update(&**tx)
        .await?;
    Ok(())
}

/// Forgets what is over.
pub async fn forget(tx: &Tx, before_ms: i64) -> Result<(), StoreFault> {
    let over = |column: Column| Expr::col(column).lt(before_ms);
    Entity::delete_many()
        .filter(over(Column::PausedUntilMs).and(over(Column::PeopleUntilMs)))
        .filter(over(Column::Version))
        .exec(&**tx)
        .await?;
    Ok(())
}

/// Forgets a resident.
pub async fn delete(tx: &Tx, resident: ResidentId) -> Result<(), StoreFault> {
    Entity::delete_many()
        .filter(Column::Resident.eq(resident.uuid()))
        .exec(&**tx)
        .await?;
    Ok(())
}
