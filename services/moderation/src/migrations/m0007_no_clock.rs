//! No picture goes because of the time any more: nothing is looked for by when it had to be decided.

use sea_orm_migration::prelude::*;

/// One index less.
pub struct NoClock;

impl MigrationName for NoClock {
    fn name(&self) -> &'static str {
        "m0007_no_clock"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for NoClock {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let on = manager.get_connection();
        on.execute_unprepared("DROP INDEX case_depicted").await?;
        Ok(())
    }
}
