//! The account that is given: the public log, counts, and when moderators looked at what is not everybody's.

use sea_orm_migration::prelude::*;

use super::columns::{flag, number, small, uuid};

/// What is told of moderating.
pub struct Account;

impl MigrationName for Account {
    fn name(&self) -> &'static str {
        "m0003_account"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Account {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(logged()).await?;
        manager.create_table(tally()).await?;
        manager.create_table(viewing()).await?;
        for sql in [
            "CREATE INDEX logged_day ON logged (neighbourhood, day, id)",
            "CREATE INDEX viewing_subject ON viewing (subject, day)",
            "CREATE INDEX viewing_day ON viewing (day)",
        ] {
            manager.get_connection().execute_unprepared(sql).await?;
        }
        Ok(())
    }
}

fn logged() -> TableCreateStatement {
    Table::create()
        .table("logged")
        .col(uuid("neighbourhood"))
        .col(uuid("id"))
        .col(number("day"))
        .col(small("kind"))
        .col(small("category"))
        .col(small("measure"))
        .col(small("rule"))
        .col(small("ground"))
        .col(flag("paused"))
        .col(small("appeal"))
        .primary_key(Index::create().col("neighbourhood").col("id"))
        .to_owned()
}

fn tally() -> TableCreateStatement {
    Table::create()
        .table("tally")
        .col(uuid("neighbourhood"))
        .col(small("month"))
        .col(small("what"))
        .col(small("which"))
        .col(small("measure"))
        .col(number("number"))
        .primary_key(
            Index::create()
                .col("neighbourhood")
                .col("month")
                .col("what")
                .col("which")
                .col("measure"),
        )
        .to_owned()
}

fn viewing() -> TableCreateStatement {
    Table::create()
        .table("viewing")
        .col(uuid("neighbourhood"))
        .col(uuid("subject"))
        .col(number("day"))
        .col(small("what"))
        .primary_key(
            Index::create()
                .col("neighbourhood")
                .col("subject")
                .col("day")
                .col("what"),
        )
        .to_owned()
}
