//! The public events of all neighbourhoods are found soonest first.

use sea_orm_migration::prelude::*;

/// An index by the start alone.
pub struct Soonest;

impl MigrationName for Soonest {
    fn name(&self) -> &'static str {
        "m0003_soonest"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Soonest {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let sql = "CREATE INDEX post_soonest ON post (public_starts_at_ms, id) WHERE public_starts_at_ms IS NOT NULL";
        manager.get_connection().execute_unprepared(sql).await?;
        Ok(())
    }
}
