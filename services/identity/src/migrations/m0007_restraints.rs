//! Which of what moderators decided about a member was heard last.

use sea_orm_migration::prelude::*;

/// A column of the memberships.
pub struct Restraints;

impl MigrationName for Restraints {
    fn name(&self) -> &'static str {
        "m0007_restraints"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Restraints {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut restraints = ColumnDef::new("restraints");
        restraints.big_integer().not_null().default(0);
        let table = Table::alter()
            .table("membership")
            .add_column(restraints)
            .to_owned();
        manager.alter_table(table).await
    }
}
