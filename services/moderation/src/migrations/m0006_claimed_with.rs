//! How much there was to read in a case when it was claimed.

use sea_orm_migration::prelude::*;

/// One column of the cases.
pub struct ClaimedWith;

impl MigrationName for ClaimedWith {
    fn name(&self) -> &'static str {
        "m0006_claimed_with"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for ClaimedWith {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut read = ColumnDef::new("claimed_with");
        read.big_integer().not_null().default(0);
        let table = Table::alter()
            .table("case_file")
            .add_column(read)
            .to_owned();
        manager.alter_table(table).await
    }
}
