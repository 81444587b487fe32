//! What changed after neighbours had seen it.

use sea_orm_migration::prelude::*;

/// Columns of notices, and those found that were taken down lately.
pub struct Corrections;

impl MigrationName for Corrections {
    fn name(&self) -> &'static str {
        "m0008_corrections"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Corrections {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let list = ColumnDef::new("corrections").var_binary(512).null().take();
        let day = ColumnDef::new("removed_day").big_integer().null().take();
        for column in [list, day] {
            let added = Table::alter().table("post").add_column(column).to_owned();
            manager.alter_table(added).await?;
        }
        let sql = "CREATE INDEX post_removed ON post (neighbourhood, removed_day, id) WHERE removed_day IS NOT NULL";
        manager.get_connection().execute_unprepared(sql).await?;
        Ok(())
    }
}
