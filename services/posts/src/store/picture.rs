//! Which notice a picture is on: one at a time, whichever neighbourhood it hangs in. It goes with its notice.

use contract::MediaId;
use sea_orm::entity::prelude::*;
use sea_orm::{IntoActiveModel, TryInsertResult};
use store::{StoreFault, Tx};

use super::post;

/// One picture on its notice.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "picture")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub neighbourhood: Uuid,
    pub post: Uuid,
}

impl ActiveModelBehavior for ActiveModel {}

/// Puts the pictures of a notice on it, in place of those it had; false where another notice has one of them. Then the
/// transaction is to be given up.
pub async fn put_on(tx: &Tx, post: &post::Model) -> Result<bool, StoreFault> {
    Entity::delete_many()
        .filter(Column::Neighbourhood.eq(post.neighbourhood))
        .filter(Column::Post.eq(post.id))
        .exec(&**tx)
        .await?;
    let mut ids = Vec::new();
    for picture in post.pictures().into_iter().chain(post.pictures_withheld()) {
        let id = MediaId::from_bytes(&picture.id);
        ids.push(id.map_err(|_| StoreFault::Unreadable { table: "post" })?);
    }
    // In one order, so that two notices never wait for each other.
    ids.sort_unstable();
    for id in ids {
        let row = Model {
            id: id.uuid(),
            neighbourhood: post.neighbourhood,
            post: post.id,
        };
        let put = Entity::insert(row.into_active_model())
            .on_conflict_do_nothing_on([Column::Id])
            .exec_without_returning(&**tx)
            .await?;
        if !matches!(put, TryInsertResult::Inserted(1)) {
            return Ok(false);
        }
    }
    Ok(true)
}
