//! Pictures that moderators took out and may have to give back.

use sea_orm_migration::prelude::*;

/// A column of pictures.
pub struct Withheld;

impl MigrationName for Withheld {
    fn name(&self) -> &'static str {
        "m0002_withheld"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Withheld {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let withheld = ColumnDef::new("withheld")
            .boolean()
            .not_null()
            .default(false)
            .take();
        let added = Table::alter()
            .table("picture")
            .add_column(withheld)
            .to_owned();
        manager.alter_table(added).await
    }
}
