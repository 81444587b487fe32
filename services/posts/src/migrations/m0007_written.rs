//! Which version its author last wrote, and the pictures that moderators took out and may have to give back.

use sea_orm_migration::prelude::*;

/// Columns of notices.
pub struct Written;

impl MigrationName for Written {
    fn name(&self) -> &'static str {
        "m0007_written"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Written {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for column in [
            ColumnDef::new("written")
                .big_integer()
                .not_null()
                .default(1)
                .take(),
            ColumnDef::new("pictures_withheld").blob().null().take(),
        ] {
            let added = Table::alter().table("post").add_column(column).to_owned();
            manager.alter_table(added).await?;
        }
        // What was decided before about an earlier version may have been about other words: it is not taken for these. What
        // waits for its author to change it has the words that were read.
        let on = manager.get_connection();
        on.execute_unprepared("UPDATE post SET written = version WHERE ruling <> 2")
            .await?;
        Ok(())
    }
}
