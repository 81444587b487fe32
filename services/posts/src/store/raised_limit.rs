//! When a neighbourhood is shown more of what tells of people than usual, as moderation told it.

use contract::{NeighbourhoodId, PEOPLE_A_DAY};
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{Expr, ExprTrait, OnConflict};
use sea_orm::{IntoActiveModel, QueryOrder};
use store::{Store, StoreFault, Tx};

/// What two moderators decided.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "raised_limit")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub neighbourhood: Uuid,
    pub a_day: i64,
    /// From this day up to and with that one, in days since 1970; one that ended at once counts on none.
    pub from_day: i64,
    pub until_day: i64,
    /// How many times it was decided about: only a later one counts.
    pub version: i64,
}

impl ActiveModelBehavior for ActiveModel {}

/// Keeps what was told, unless later news are kept.
pub async fn keep(store: &Store, told: Model) -> Result<(), StoreFault> {
    let tx = store.begin().await?;
    let later = OnConflict::column(Column::Id)
        .update_columns([
            Column::ADay,
            Column::FromDay,
            Column::UntilDay,
            Column::Version,
        ])
        .action_and_where(Expr::col((Entity, Column::Version)).lt(told.version))
        .to_owned();
    Entity::insert(told.into_active_model())
        .on_conflict(later)
        .try_insert()
        .exec_without_returning(&*tx)
        .await?;
    tx.commit().await
}

/// How many notices that tell of people may be shown on a day.
pub async fn shown_a_day(
    tx: &Tx,
    neighbourhood: NeighbourhoodId,
    day: i64,
) -> Result<i64, StoreFault> {
    let most = Entity::find()
        .filter(Column::Neighbourhood.eq(neighbourhood.uuid()))
        .filter(Column::FromDay.lte(day))
        .filter(Column::UntilDay.gte(day))
        .order_by_desc(Column::ADay)
        .one(&**tx)
        .await?;
    Ok(most.map_or(i64::from(PEOPLE_A_DAY), |raised| raised.a_day))
}

/// Forgets what was over before a day.
pub async fn forget(store: &Store, before: i64) -> Result<(), StoreFault> {
    let tx = store.begin().await?;
    Entity::delete_many()
        .filter(Column::UntilDay.lt(before))
        .exec(&*tx)
        .await?;
    tx.commit().await
}
