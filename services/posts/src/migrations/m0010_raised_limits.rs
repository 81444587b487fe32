//! When a neighbourhood is shown more of what tells of people than usual.

use sea_orm_migration::prelude::*;

/// Days for which two moderators decided so.
pub struct RaisedLimits;

impl MigrationName for RaisedLimits {
    fn name(&self) -> &'static str {
        "m0010_raised_limits"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for RaisedLimits {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let number = |name: &'static str| ColumnDef::new(name).big_integer().not_null().take();
        let raised = Table::create()
            .table("raised_limit")
            .col(ColumnDef::new("id").uuid().not_null().primary_key())
            .col(ColumnDef::new("neighbourhood").uuid().not_null())
            .col(number("a_day"))
            .col(number("from_day"))
            .col(number("until_day"))
            .col(number("version"))
            .to_owned();
        manager.create_table(raised).await?;
        let sql = "CREATE INDEX raised_limit_of ON raised_limit (neighbourhood, until_day)";
        manager.get_connection().execute_unprepared(sql).await?;
        Ok(())
    }
}
