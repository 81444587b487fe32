//! Limits that two moderators raised, or one of them wants raised.

use sea_orm_migration::prelude::*;

use super::columns::{maybe_number, maybe_uuid, number, small, text, uuid};

/// When more is shown that tells of people.
pub struct RaisedLimits;

impl MigrationName for RaisedLimits {
    fn name(&self) -> &'static str {
        "m0005_raised_limits"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for RaisedLimits {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(raised_limit()).await?;
        for sql in [
            "CREATE UNIQUE INDEX raised_limit_open ON raised_limit (neighbourhood) WHERE stage = 0",
            "CREATE INDEX raised_limit_until ON raised_limit (neighbourhood, until_day)",
            "CREATE INDEX raised_limit_due ON raised_limit (deadline_ms)",
            "CREATE INDEX raised_limit_by ON raised_limit (proposer)",
            "CREATE INDEX raised_limit_with ON raised_limit (approver)",
        ] {
            manager.get_connection().execute_unprepared(sql).await?;
        }
        Ok(())
    }
}

fn raised_limit() -> TableCreateStatement {
    let mut table = Table::create();
    table
        .table("raised_limit")
        .col(uuid("neighbourhood"))
        .col(uuid("id"))
        .col(small("a_day"))
        .col(small("days"))
        .col(text("facts"))
        .col(uuid("proposer"))
        .col(maybe_uuid("approver"))
        .col(number("deadline_ms"))
        .col(small("stage"))
        .col(maybe_number("from_day"))
        .col(maybe_number("until_day"))
        .col(maybe_number("ended_day"))
        .col(number("version"))
        .primary_key(Index::create().col("neighbourhood").col("id"));
    for rule in [
        "a_day BETWEEN 4 AND 10",
        "days BETWEEN 1 AND 14",
        "length(facts) BETWEEN 20 AND 2000",
        "approver <> proposer",
        "stage BETWEEN 0 AND 3",
        "(stage IN (1, 2)) = (approver IS NOT NULL)",
        "(stage = 1) = (from_day IS NOT NULL)",
        "(from_day IS NULL) = (until_day IS NULL)",
        "until_day - from_day BETWEEN 0 AND 13",
        "ended_day IS NULL OR from_day IS NOT NULL",
    ] {
        table.check(Expr::cust(rule));
    }
    table
}
