//! Counts of a month, which outlive what was counted.

use contract::NeighbourhoodId;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{Expr, ExprTrait, OnConflict};
use sea_orm::{ConnectionTrait, IntoActiveModel, QueryOrder};
use store::{StoreFault, Tx};

use crate::domain::Month;

/// Notices, by reason.
pub const NOTICE: i32 = 1;
/// Decisions, by rule and measure.
pub const DECISION: i32 = 2;
/// Decisions, by the class of how long they took.
pub const TIME: i32 = 3;
/// Appeals that were made.
pub const APPEAL: i32 = 4;
/// Appeals that succeeded.
pub const REVERSAL: i32 = 5;
/// What nobody read or decided in time.
pub const LAPSE: i32 = 6;

/// Who got so far in the form, by step.
pub const FORM: i32 = 7;
/// What tells of people, by category and measure; without one where nobody read it in time.
pub const PEOPLE: i32 = 8;
/// What authorities asked for, by authority and what they were given.
pub const LEGAL: i32 = 9;

/// One count.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "tally")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub neighbourhood: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub month: i32,
    #[sea_orm(primary_key, auto_increment = false)]
    pub what: i32,
    #[sea_orm(primary_key, auto_increment = false)]
    pub which: i32,
    #[sea_orm(primary_key, auto_increment = false)]
    pub measure: i32,
    pub number: i64,
}

impl ActiveModelBehavior for ActiveModel {}

/// One more.
pub async fn count(
    tx: &Tx,
    neighbourhood: Uuid,
    at_ms: i64,
    what: i32,
    which: i32,
    measure: i32,
) -> Result<(), StoreFault> {
    let first = Model {
        neighbourhood,
        month: Month::of(at_ms).number(),
        what,
        which,
        measure,
        number: 1,
    };
    let key = [
        Column::Neighbourhood,
        Column::Month,
        Column::What,
        Column::Which,
        Column::Measure,
    ];
    let more = OnConflict::columns(key)
        .value(
            Column::Number,
            Expr::col((Entity, Column::Number)).add(1_i64),
        )
        .to_owned();
    Entity::insert(first.into_active_model())
        .on_conflict(more)
        .exec_without_returning(&**tx)
        .await?;
    Ok(())
}

/// Every count of a month.
pub async fn of(
    on: &impl ConnectionTrait,
    neighbourhood: NeighbourhoodId,
    month: Month,
) -> Result<Vec<Model>, StoreFault> {
    Ok(Entity::find()
        .filter(Column::Neighbourhood.eq(neighbourhood.uuid()))
        .filter(Column::Month.eq(month.number()))
        .order_by_asc(Column::What)
        .order_by_asc(Column::Which)
        .order_by_asc(Column::Measure)
        .all(on)
        .await?)
}
