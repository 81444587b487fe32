//! Who comes to events.

use std::collections::HashMap;

use contract::ResidentId;
use contract::posts::{Rsvp, RsvpAnswer};
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ConnectionTrait, IntoActiveModel, QueryOrder, QuerySelect};
use store::{StoreFault, Tx};

use super::post;

/// What one resident answered to one event; no row: nothing. When they did is not kept.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "rsvp")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub neighbourhood: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub post: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub resident: Uuid,
    /// The name under which its author reads the answer.
    pub pseudonym: String,
    pub answer: i32,
}

impl ActiveModelBehavior for ActiveModel {}

impl Model {
    pub fn answer(&self) -> Rsvp {
        Rsvp::try_from(self.answer).unwrap_or_default()
    }

    /// As the event's author reads it.
    pub fn wire(&self) -> RsvpAnswer {
        RsvpAnswer {
            pseudonym: self.pseudonym.clone(),
            answer: self.answer,
        }
    }
}

/// What a resident answered to an event.
pub async fn find(
    on: &impl ConnectionTrait,
    event: &post::Model,
    resident: ResidentId,
) -> Result<Rsvp, StoreFault> {
    let key = (event.neighbourhood, event.id, resident.uuid());
    let row = Entity::find_by_id(key).one(on).await?;
    Ok(row.map_or(Rsvp::Unanswered, |row| row.answer()))
}

/// Replaces what a resident answered to an event that was locked.
pub async fn put(tx: &Tx, rsvp: Model) -> Result<(), StoreFault> {
    Entity::insert(rsvp.into_active_model())
        .on_conflict(
            OnConflict::columns([Column::Neighbourhood, Column::Post, Column::Resident])
                .update_columns([Column::Pseudonym, Column::Answer])
                .to_owned(),
        )
        .exec_without_returning(&**tx)
        .await?;
    Ok(())
}

/// Every answer there is: the neighbourhood, the event, who.
pub async fn ids(on: &impl ConnectionTrait) -> Result<Vec<(Uuid, Uuid, Uuid)>, StoreFault> {
    let ids = Entity::find().select_only();
    let ids = ids.column(Column::Neighbourhood).column(Column::Post);
    Ok(ids.column(Column::Resident).into_tuple().all(on).await?)
}

/// Forgets what a resident answered to an event.
pub async fn delete(tx: &Tx, event: &post::Model, resident: ResidentId) -> Result<(), StoreFault> {
    let key = (event.neighbourhood, event.id, resident.uuid());
    Entity::delete_by_id(key).exec(&**tx).await?;
    Ok(())
}

/// How many go to each of these events; those to which nobody goes are left out.
pub async fn going(
    on: &impl ConnectionTrait,
    events: &[post::Model],
) -> Result<HashMap<Uuid, u64>, StoreFault> {
    let counted: Vec<(Uuid, i64)> = about(events)
        .filter(Column::Answer.eq(i32::from(Rsvp::Going)))
        .select_only()
        .column(Column::Post)
        .column_as(Column::Resident.count(), "going")
        .group_by(Column::Post)
        .into_tuple()
        .all(on)
        .await?;
    Ok(counted
        .into_iter()
        .map(|(post, going)| (post, going.unsigned_abs()))
        .collect())
}

/// What a resident answered to each of these events.
pub async fn answers_of(
    on: &impl ConnectionTrait,
    events: &[post::Model],
    resident: ResidentId,
) -> Result<HashMap<Uuid, Rsvp>, StoreFault> {
    let rows = about(events)
        .filter(Column::Resident.eq(resident.uuid()))
        .all(on)
        .await?;
    Ok(rows.iter().map(|row| (row.post, row.answer())).collect())
}

/// Everybody's answers to these events, by name: an order that tells nothing of when they came.
pub async fn answers_to(
    on: &impl ConnectionTrait,
    events: &[post::Model],
) -> Result<Vec<Model>, StoreFault> {
    Ok(about(events)
        .order_by_asc(Column::Pseudonym)
        .order_by_asc(Column::Resident)
        .all(on)
        .await?)
}

fn about(events: &[post::Model]) -> Select<Entity> {
    Entity::find()
        .filter(Column::Neighbourhood.is_in(events.iter().map(|event| event.neighbourhood)))
        .filter(Column::Post.is_in(events.iter().map(|event| event.id)))
}

/// Everything a resident has answered, anywhere.
pub async fn everything_by(
    on: &impl ConnectionTrait,
    resident: ResidentId,
) -> Result<Vec<Model>, StoreFault> {
    Ok(Entity::find()
        .filter(Column::Resident.eq(resident.uuid()))
        .order_by_asc(Column::Post)
        .all(on)
        .await?)
}

/// Forgets everything a resident has answered.
pub async fn delete_by(tx: &Tx, resident: ResidentId) -> Result<(), StoreFault> {
    Entity::delete_many()
        .filter(Column::Resident.eq(resident.uuid()))
        .exec(&**tx)
        .await?;
    Ok(())
}
