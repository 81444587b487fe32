//! Blobs whose rows are gone, from the same transaction on until their files are gone too.

use sea_orm::entity::prelude::*;
use sea_orm::{ConnectionTrait, IntoActiveModel, QueryOrder, QuerySelect};
use store::{Store, StoreFault, Tx};

use crate::blobs::BlobName;

/// One blob that is to go.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "doomed")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub blob: Uuid,
}

impl ActiveModelBehavior for ActiveModel {}

/// These are to go.
pub async fn insert(tx: &Tx, blobs: &[BlobName]) -> Result<(), StoreFault> {
    if blobs.is_empty() {
        return Ok(());
    }
    let rows = blobs
        .iter()
        .map(|blob| Model { blob: blob.uuid() }.into_active_model());
    Entity::insert_many(rows)
        .on_conflict_do_nothing_on([Column::Blob])
        .exec_without_returning(&**tx)
        .await?;
    Ok(())
}

/// These are gone.
pub async fn delete(store: &Store, blobs: &[BlobName]) -> Result<(), StoreFault> {
    if blobs.is_empty() {
        return Ok(());
    }
    let tx = store.begin().await?;
    Entity::delete_many()
        .filter(Column::Blob.is_in(blobs.iter().map(|blob| blob.uuid())))
        .exec(&*tx)
        .await?;
    tx.commit().await
}

/// Some of those that are to go, in the order of their names, behind `after`.
pub async fn some(
    on: &impl ConnectionTrait,
    after: Option<BlobName>,
    limit: u64,
) -> Result<Vec<BlobName>, StoreFault> {
    let mut query = Entity::find().order_by_asc(Column::Blob).limit(limit);
    if let Some(after) = after {
        query = query.filter(Column::Blob.gt(after.uuid()));
    }
    let rows = query.all(on).await?;
    Ok(rows
        .into_iter()
        .map(|row| BlobName::new(row.blob))
        .collect())
}
