//! Comments.

use contract::{CommentId, NeighbourhoodId, PostId, ResidentId};
use runtime::{QUARTER_MS, rounded_by_age};
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::ExprTrait;
use sea_orm::{
    ActiveModelTrait, Condition, ConnectionTrait, IntoActiveModel, QueryOrder, QuerySelect,
};
use store::{StoreFault, Tx};

/// The version of every comment: it is written once. What comes after it is its end.
pub const WRITTEN: i64 = 1;

/// One comment as kept.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "comment")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub neighbourhood: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub post: Uuid,
    pub author: Uuid,
    pub signed_by: String,
    pub body: String,
    /// Signed as the notice is, by who wrote the notice.
    pub by_author: bool,
    pub created_at_ms: i64,
    /// Moderators took it down: its author alone reads it.
    pub removed: bool,
    /// How many times moderators decided about it, as far as it was heard.
    pub rulings: i64,
}

impl ActiveModelBehavior for ActiveModel {}

impl Model {
    /// As its readers see it.
    pub fn wire(&self, reader: ResidentId, now_ms: i64) -> contract::posts::Comment {
        contract::posts::Comment {
            id: CommentId::new(self.id).to_bytes(),
            post: PostId::new(self.post).to_bytes(),
            body: self.body.clone(),
            signed_by: self.signed_by.clone(),
            published_at_ms: rounded_by_age(self.created_at_ms, now_ms, QUARTER_MS),
            mine: self.author == reader.uuid(),
            by_author: self.by_author,
            removed: self.removed,
        }
    }
}

/// Puts a comment in.
pub async fn insert(tx: &Tx, comment: Model) -> Result<(), StoreFault> {
    Entity::insert(comment.into_active_model())
        .exec_without_returning(&**tx)
        .await?;
    Ok(())
}

/// For composing events: a comment, whoever may read it.
pub async fn as_it_is(
    on: &impl ConnectionTrait,
    neighbourhood: Uuid,
    id: Uuid,
) -> Result<Option<Model>, StoreFault> {
    Ok(Entity::find_by_id((neighbourhood, id)).one(on).await?)
}

/// A comment, locked.
pub async fn lock(tx: &Tx, neighbourhood: Uuid, id: Uuid) -> Result<Option<Model>, StoreFault> {
    let one = Entity::find_by_id((neighbourhood, id)).lock_exclusive();
    Ok(one.one(&**tx).await?)
}

/// A comment in one of these neighbourhoods.
pub async fn find(
    on: &impl ConnectionTrait,
    neighbourhoods: &[NeighbourhoodId],
    id: Uuid,
) -> Result<Option<Model>, StoreFault> {
    Ok(Entity::find()
        .filter(Column::Neighbourhood.is_in(neighbourhoods.iter().map(|n| n.uuid())))
        .filter(Column::Id.eq(id))
        .one(on)
        .await?)
}

/// The neighbourhood and the id of every comment there is.
pub async fn ids(on: &impl ConnectionTrait) -> Result<Vec<(Uuid, Uuid)>, StoreFault> {
    let ids = Entity::find().select_only();
    let ids = ids.column(Column::Neighbourhood).column(Column::Id);
    Ok(ids.into_tuple().all(on).await?)
}

/// Deletes a comment.
pub async fn delete(tx: &Tx, neighbourhood: Uuid, id: Uuid) -> Result<(), StoreFault> {
    Entity::delete_by_id((neighbourhood, id))
        .exec(&**tx)
        .await?;
    Ok(())
}

/// Replaces a comment.
pub async fn update(tx: &Tx, comment: Model) -> Result<(), StoreFault> {
    comment
        .into_active_model()
        .reset_all()
        .update(&**tx)
        .await?;
    Ok(())
}

/// The comments of a notice that somebody may read, after a position, oldest first.
pub async fn of_post(
    on: &impl ConnectionTrait,
    neighbourhood: Uuid,
    post: Uuid,
    reader: ResidentId,
    after: Option<(i64, Uuid)>,
    limit: u64,
) -> Result<Vec<Model>, StoreFault> {
    let mut query = Entity::find()
        .filter(Column::Neighbourhood.eq(neighbourhood))
        .filter(Column::Post.eq(post))
        .filter(
            Condition::any()
                .add(Column::Removed.eq(false))
                .add(Column::Author.eq(reader.uuid())),
        );
    if let Some((at_ms, id)) = after {
        query = query.filter(
            Condition::any()
                .add(Column::CreatedAtMs.gt(at_ms))
                .add(Column::CreatedAtMs.eq(at_ms).and(Column::Id.gt(id))),
        );
    }
    Ok(query
        .order_by_asc(Column::CreatedAtMs)
        .order_by_asc(Column::Id)
        .limit(limit)
        .all(on)
        .await?)
}

/// Everything a resident has answered, anywhere.
pub async fn everything_by(
    on: &impl ConnectionTrait,
    author: ResidentId,
) -> Result<Vec<Model>, StoreFault> {
    Ok(Entity::find()
        .filter(Column::Author.eq(author.uuid()))
        .order_by_asc(Column::CreatedAtMs)
        .all(on)
        .await?)
}
