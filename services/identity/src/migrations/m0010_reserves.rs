//! Moderators from elsewhere.

use sea_orm_migration::prelude::*;

use super::{Columns, run};

/// One table.
pub struct Reserves;

impl MigrationName for Reserves {
    fn name(&self) -> &'static str {
        "m0010_reserves"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Reserves {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        Columns::of("reserve")
            .uuid("neighbourhood")
            .uuid("resident")
            .text("name")
            .int("since_day")
            .int("until_day")
            .keyed_by(manager, &["neighbourhood", "resident"])
            .await?;
        run(
            manager,
            &[
                "CREATE INDEX reserve_resident ON reserve (resident)",
                "CREATE INDEX reserve_until ON reserve (until_day)",
            ],
        )
        .await
    }
}
