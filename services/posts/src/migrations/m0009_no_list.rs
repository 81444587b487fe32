//! Moderation lists what waits to be read: nothing here does.

use sea_orm_migration::prelude::*;

/// Neither the column that said so nor its index.
pub struct NoList;

impl MigrationName for NoList {
    fn name(&self) -> &'static str {
        "m0009_no_list"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for NoList {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let index = Index::drop().name("post_held").table("post").to_owned();
        manager.drop_index(index).await?;
        let column = Table::alter().table("post").drop_column("held").to_owned();
        manager.alter_table(column).await
    }
}
