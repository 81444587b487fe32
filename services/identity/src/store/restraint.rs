//! Until when somebody may not write in a neighbourhood. A membership that ends, and another one, change nothing of it.

use sea_orm::QueryOrder;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{Expr, ExprTrait, OnConflict};
use store::{StoreFault, Tx};

/// One resident in one neighbourhood.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "restraint")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub neighbourhood: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub resident: Uuid,
    /// Nothing until then, in milliseconds since 1970; 0: they may write.
    pub until_ms: i64,
    /// By which of the things that moderators decided: only a later one counts. It is never lower than the time of it.
    pub number: i64,
}
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}
impl ActiveModelBehavior for ActiveModel {}

/// Keeps what moderators decided, unless something later is known.
pub async fn keep(tx: &Tx, heard: Model) -> Result<(), StoreFault> {
    let newer = Expr::col((Entity, Column::Number)).lt(heard.number);
    let row: ActiveModel = heard.into();
    Entity::insert(row.reset_all())
        .on_conflict(
            OnConflict::columns([Column::Neighbourhood, Column::Resident])
                .update_columns([Column::UntilMs, Column::Number])
                .action_and_where(newer)
                .to_owned(),
        )
        .exec_without_returning(&**tx)
        .await?;
    Ok(())
}

/// Until when somebody may not write in a neighbourhood.
pub async fn until_ms(
    db: &impl ConnectionTrait,
    neighbourhood: Uuid,
    resident: Uuid,
) -> Result<Option<i64>, StoreFault> {
    let row = Entity::find_by_id((neighbourhood, resident))
        .one(db)
        .await?;
    Ok(row.map(|row| row.until_ms).filter(|until_ms| *until_ms > 0))
}

/// Until when somebody may not write, wherever that is.
pub async fn all_of(db: &impl ConnectionTrait, resident: Uuid) -> Result<Vec<Model>, StoreFault> {
    Ok(Entity::find()
        .filter(Column::Resident.eq(resident))
        .filter(Column::UntilMs.gt(0))
        .order_by_asc(Column::Neighbourhood)
        .all(db)
        .await?)
}

/// Forgets what ended before a time, and cannot be told anew by something older.
pub async fn forget(tx: &Tx, before_ms: i64) -> Result<(), StoreFault> {
    Entity::delete_many()
        .filter(Column::UntilMs.lt(before_ms))
        .filter(Column::Number.lt(before_ms))
        .exec(&**tx)
        .await?;
    Ok(())
}

/// Forgets those of a resident.
pub async fn delete_of(tx: &Tx, resident: Uuid) -> Result<(), StoreFault> {
    Entity::delete_many()
        .filter(Column::Resident.eq(resident))
        .exec(&**tx)
        .await?;
    Ok(())
}
