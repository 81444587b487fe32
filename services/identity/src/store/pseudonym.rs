//! Which names are taken where: by members, by sign-ups under way, and for a while by who bore them before.

use std::collections::HashSet;

use sea_orm::entity::prelude::*;
use sea_orm::{QueryOrder, QuerySelect, Set};
use store::{StoreFault, Tx};

use crate::domain::day::Day;
use crate::domain::pseudonym::Pseudonym;

/// A taken name, folded. `free_day`: from when on others may have it.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "pseudonym")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub neighbourhood: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub folded: String,
    pub holder: Uuid,
    pub free_day: Option<i32>,
}
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}
impl ActiveModelBehavior for ActiveModel {}

/// Takes a name for `holder`; false when another has it. Who bears it already keeps it, and a former name comes back.
pub async fn take(
    tx: &Tx,
    neighbourhood: Uuid,
    name: &Pseudonym,
    holder: Uuid,
) -> Result<bool, StoreFault> {
    let row = ActiveModel {
        neighbourhood: Set(neighbourhood),
        folded: Set(name.folded().to_owned()),
        holder: Set(holder),
        free_day: Set(None),
    };
    let inserted = Entity::insert(row)
        .on_conflict_do_nothing_on([Column::Neighbourhood, Column::Folded])
        .exec_without_returning(&**tx)
        .await?;
    if matches!(inserted, sea_orm::TryInsertResult::Inserted(1)) {
        return Ok(true);
    }
    let kept = Entity::update_many()
        .set(ActiveModel {
            free_day: Set(None),
            ..Default::default()
        })
        .filter(Column::Neighbourhood.eq(neighbourhood))
        .filter(Column::Folded.eq(name.folded()))
        .filter(Column::Holder.eq(holder))
        .exec(&**tx)
        .await?;
    Ok(kept.rows_affected == 1)
}

/// Keeps the name that `holder` lets go of from others until `free_day`.
pub async fn let_go(
    tx: &Tx,
    neighbourhood: Uuid,
    name: &Pseudonym,
    holder: Uuid,
    free_day: Day,
) -> Result<(), StoreFault> {
    Entity::update_many()
        .set(ActiveModel {
            free_day: Set(Some(free_day)),
            ..Default::default()
        })
        .filter(Column::Neighbourhood.eq(neighbourhood))
        .filter(Column::Folded.eq(name.folded()))
        .filter(Column::Holder.eq(holder))
        .exec(&**tx)
        .await?;
    Ok(())
}

/// Who has a name that begins so, by name: members and sign-ups under way.
pub async fn beginning(
    db: &impl ConnectionTrait,
    neighbourhood: Uuid,
    folded: &str,
    limit: u64,
) -> Result<Vec<Uuid>, StoreFault> {
    Ok(Entity::find()
        .select_only()
        .column(Column::Holder)
        .filter(Column::Neighbourhood.eq(neighbourhood))
        .filter(Column::Folded.starts_with(folded))
        .filter(Column::FreeDay.is_null())
        .order_by_asc(Column::Folded)
        .limit(limit)
        .into_tuple()
        .all(db)
        .await?)
}

/// Who has a name, or had it a while ago.
pub async fn holder(
    db: &impl ConnectionTrait,
    neighbourhood: Uuid,
    name: &Pseudonym,
) -> Result<Option<Uuid>, StoreFault> {
    let key = (neighbourhood, name.folded().to_owned());
    let row = Entity::find_by_id(key).one(db).await?;
    Ok(row.map(|row| row.holder))
}

/// Frees one name of `holder` at once.
pub async fn free_one(
    tx: &Tx,
    neighbourhood: Uuid,
    name: &Pseudonym,
    holder: Uuid,
) -> Result<(), StoreFault> {
    Entity::delete_many()
        .filter(Column::Neighbourhood.eq(neighbourhood))
        .filter(Column::Folded.eq(name.folded()))
        .filter(Column::Holder.eq(holder))
        .exec(&**tx)
        .await?;
    Ok(())
}

/// Frees every name of `holder` at once.
pub async fn free(tx: &Tx, holder: Uuid) -> Result<(), StoreFault> {
    Entity::delete_many()
        .filter(Column::Holder.eq(holder))
        .exec(&**tx)
        .await?;
    Ok(())
}

/// Frees names whose time has come.
pub async fn free_due(tx: &Tx, today: Day) -> Result<(), StoreFault> {
    Entity::delete_many()
        .filter(Column::FreeDay.lte(today))
        .exec(&**tx)
        .await?;
    Ok(())
}

/// Which of these folded names are taken.
pub async fn taken(
    db: &impl ConnectionTrait,
    neighbourhood: Uuid,
    folded: Vec<String>,
) -> Result<HashSet<String>, StoreFault> {
    let taken: Vec<String> = Entity::find()
        .select_only()
        .column(Column::Folded)
        .filter(Column::Neighbourhood.eq(neighbourhood))
        .filter(Column::Folded.is_in(folded))
        .into_tuple()
        .all(db)
        .await?;
    Ok(taken.into_iter().collect())
}

/// How many former names of `holder` are kept from others.
pub async fn former(
    db: &impl ConnectionTrait,
    neighbourhood: Uuid,
    holder: Uuid,
) -> Result<u64, StoreFault> {
    Ok(Entity::find()
        .filter(Column::Neighbourhood.eq(neighbourhood))
        .filter(Column::Holder.eq(holder))
        .filter(Column::FreeDay.is_not_null())
        .count(db)
        .await?)
}
