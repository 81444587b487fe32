//! Until when somebody may not write is kept whether they are a member or not.

use sea_orm_migration::prelude::*;

use super::{Columns, run};

/// A table in place of two columns of the memberships.
pub struct RestraintsApart;

impl MigrationName for RestraintsApart {
    fn name(&self) -> &'static str {
        "m0012_restraints_apart"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for RestraintsApart {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        Columns::of("restraint")
            .uuid("neighbourhood")
            .uuid("resident")
            .big("until_ms")
            .big("number")
            .keyed_by(manager, &["neighbourhood", "resident"])
            .await?;
        run(
            manager,
            &[
                "CREATE INDEX restraint_resident ON restraint (resident)",
                "INSERT INTO restraint (neighbourhood, resident, until_ms, number)
                 SELECT neighbourhood, resident, COALESCE(suspended_until_ms, 0), restraints
                 FROM membership WHERE restraints > 0 OR suspended_until_ms IS NOT NULL",
            ],
        )
        .await?;
        for column in ["suspended_until_ms", "restraints"] {
            let dropped = Table::alter()
                .table("membership")
                .drop_column(column)
                .to_owned();
            manager.alter_table(dropped).await?;
        }
        Ok(())
    }
}
