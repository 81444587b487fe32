//! Which version its author last wrote, and the pictures that are out and may come back.

use sea_orm_migration::prelude::*;

/// Columns of what there is to decide about.
pub struct Written;

impl MigrationName for Written {
    fn name(&self) -> &'static str {
        "m0004_written"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Written {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for column in [
            ColumnDef::new("written")
                .big_integer()
                .not_null()
                .default(0)
                .take(),
            ColumnDef::new("pictures_withheld").blob().null().take(),
        ] {
            let added = Table::alter()
                .table("content")
                .add_column(column)
                .to_owned();
            manager.alter_table(added).await?;
        }
        // What is known was read as it is.
        let on = manager.get_connection();
        on.execute_unprepared("UPDATE content SET written = version")
            .await?;
        Ok(())
    }
}
