//! The last hour in which a moderator looked after a neighbourhood.

use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{Expr, ExprTrait, OnConflict};
use sea_orm::{ConnectionTrait, IntoActiveModel, TryInsertResult};
use store::{StoreFault, Tx};

/// One neighbourhood.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "activity")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub neighbourhood: Uuid,
    /// Hours since 1970.
    pub hour: i64,
}

impl ActiveModelBehavior for ActiveModel {}

/// The last hour; none where there never was one.
pub async fn hour(
    on: &impl ConnectionTrait,
    neighbourhood: Uuid,
) -> Result<Option<i64>, StoreFault> {
    let row = Entity::find_by_id(neighbourhood).one(on).await?;
    Ok(row.map(|row| row.hour))
}

/// Whether this hour is later than the one kept; then it is kept.
pub async fn is_news(tx: &Tx, neighbourhood: Uuid, hour: i64) -> Result<bool, StoreFault> {
    let row = Model {
        neighbourhood,
        hour,
    };
    let later = OnConflict::column(Column::Neighbourhood)
        .update_column(Column::Hour)
        .action_and_where(Expr::col((Entity, Column::Hour)).lt(hour))
        .to_owned();
    let put = Entity::insert(row.into_active_model())
        .on_conflict(later)
        .try_insert()
        .exec_without_returning(&**tx)
        .await?;
    Ok(matches!(put, TryInsertResult::Inserted(1)))
}
