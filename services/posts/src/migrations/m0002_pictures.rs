//! Which notice a picture is on.

use sea_orm_migration::prelude::*;

/// One row for each picture that a notice shows.
pub struct Pictures;

impl MigrationName for Pictures {
    fn name(&self) -> &'static str {
        "m0002_pictures"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Pictures {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let uuid = |name: &'static str| ColumnDef::new(name).uuid().not_null().take();
        let picture = Table::create()
            .table("picture")
            .col(uuid("id").primary_key().take())
            .col(uuid("neighbourhood"))
            .col(uuid("post"))
            .foreign_key(
                ForeignKey::create()
                    .from("picture", ("neighbourhood", "post"))
                    .to("post", ("neighbourhood", "id"))
                    .on_delete(ForeignKeyAction::Cascade),
            )
            .to_owned();
        manager.create_table(picture).await?;
        manager
            .get_connection()
            .execute_unprepared("CREATE INDEX picture_post ON picture (neighbourhood, post)")
            .await?;
        Ok(())
    }
}
