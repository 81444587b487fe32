//! Where moderators send no postcards.

use sea_orm_migration::prelude::*;

/// One column.
pub struct PostcardsOffered;

impl MigrationName for PostcardsOffered {
    fn name(&self) -> &'static str {
        "m0011_postcards_offered"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for PostcardsOffered {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut offered = ColumnDef::new("postcards");
        offered.boolean().not_null().default(true);
        let table = Table::alter()
            .table("neighbourhood")
            .add_column(&mut offered)
            .to_owned();
        manager.alter_table(table).await
    }
}
