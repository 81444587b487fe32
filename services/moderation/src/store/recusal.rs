//! Who stood back from which case, or decided or reported it before it was opened again.

use contract::ResidentId;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{Expr, SelectStatement};
use sea_orm::{ConnectionTrait, IntoActiveModel};
use store::{StoreFault, Tx};

use super::keyed::in_case;

/// One moderator who does not decide about one case.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "recusal")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub neighbourhood: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub case_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub moderator: Uuid,
}

impl ActiveModelBehavior for ActiveModel {}

/// Keeps it; again changes nothing.
pub async fn keep(tx: &Tx, recusal: Model) -> Result<(), StoreFault> {
    Entity::insert(recusal.into_active_model())
        .on_conflict_do_nothing_on([Column::Neighbourhood, Column::CaseId, Column::Moderator])
        .exec_without_returning(&**tx)
        .await?;
    Ok(())
}

/// Whether a moderator stood back from a case.
pub async fn is_kept(
    on: &impl ConnectionTrait,
    neighbourhood: Uuid,
    case: Uuid,
    moderator: ResidentId,
) -> Result<bool, StoreFault> {
    let found = Entity::find_by_id((neighbourhood, case, moderator.uuid()));
    Ok(found.one(on).await?.is_some())
}

/// Everybody who is out of a case.
pub async fn of_case(
    on: &impl ConnectionTrait,
    neighbourhood: Uuid,
    case: Uuid,
) -> Result<Vec<Uuid>, StoreFault> {
    let rows = Entity::find()
        .filter(Column::Neighbourhood.eq(neighbourhood))
        .filter(Column::CaseId.eq(case))
        .all(on)
        .await?;
    Ok(rows.into_iter().map(|row| row.moderator).collect())
}

/// That a moderator stood back from the case of another query, which names its neighbourhood and itself so.
pub(super) fn from(case: [Expr; 2], moderator: ResidentId) -> SelectStatement {
    in_case::<Entity>([Column::Neighbourhood, Column::CaseId], case)
        .and_where(Column::Moderator.eq(moderator.uuid()))
        .to_owned()
}

/// Forgets a resident.
pub async fn delete(tx: &Tx, resident: ResidentId) -> Result<(), StoreFault> {
    Entity::delete_many()
        .filter(Column::Moderator.eq(resident.uuid()))
        .exec(&**tx)
        .await?;
    Ok(())
}
