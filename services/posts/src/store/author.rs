//! What is known of authors: how many of their notices were shown, and today's counts.

use contract::{NeighbourhoodId, ResidentId};
use sea_orm::entity::prelude::*;
use sea_orm::{ActiveModelTrait, IntoActiveModel, QuerySelect};
use store::{StoreFault, Tx};

/// One author in one neighbourhood.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "author")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub neighbourhood: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub resident: Uuid,
    pub published: i64,
    /// Days since 1970; the counts below are of this day.
    pub day: i64,
    pub posts_today: i64,
    pub comments_today: i64,
    pub rsvps_today: i64,
    /// May tell of nobody until then; 0: may.
    pub people_until_ms: i64,
    /// How many times moderators decided that, as far as it was heard.
    pub restraints: i64,
}

impl ActiveModelBehavior for ActiveModel {}

/// The author's row, made if missing, locked, its counts those of `today`.
pub async fn lock(
    tx: &Tx,
    neighbourhood: NeighbourhoodId,
    resident: ResidentId,
    today: i64,
) -> Result<Model, StoreFault> {
    let fresh = Model {
        neighbourhood: neighbourhood.uuid(),
        resident: resident.uuid(),
        published: 0,
        day: today,
        posts_today: 0,
        comments_today: 0,
        rsvps_today: 0,
        people_until_ms: 0,
        restraints: 0,
    };
    Entity::insert(fresh.clone().into_active_model())
        .on_conflict_do_nothing_on([Column::Neighbourhood, Column::Resident])
        .exec_without_returning(&**tx)
        .await?;
    let kept = Entity::find_by_id((neighbourhood.uuid(), resident.uuid()))
        .lock_exclusive()
        .one(&**tx)
        .await?
        .unwrap_or(fresh.clone());
    Ok(if kept.day == today {
        kept
    } else {
        Model {
            published: kept.published,
            people_until_ms: kept.people_until_ms,
            restraints: kept.restraints,
            ..fresh
        }
    })
}

/// Replaces a locked row.
pub async fn update(tx: &Tx, author: Model) -> Result<(), StoreFault> {
    author.into_active_model().reset_all().update(&**tx).await?;
    Ok(())
}

/// What is counted of a resident, in every neighbourhood.
pub async fn everything_of(
    on: &impl ConnectionTrait,
    resident: ResidentId,
) -> Result<Vec<Model>, StoreFault> {
    Ok(Entity::find()
        .filter(Column::Resident.eq(resident.uuid()))
        .all(on)
        .await?)
}

/// Forgets a resident.
pub async fn delete(tx: &Tx, resident: ResidentId) -> Result<(), StoreFault> {
    Entity::delete_many()
        .filter(Column::Resident.eq(resident.uuid()))
        .exec(&**tx)
        .await?;
    Ok(())
}
