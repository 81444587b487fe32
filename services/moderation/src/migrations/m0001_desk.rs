//! What there is to decide about, cases, reports, who stood back, limits, keys of retries, whether moderators are about.

use sea_orm_migration::prelude::*;

use super::columns::{
    bytes, flag, maybe_number, maybe_text, maybe_uuid, number, of_case, small, text, uuid,
};

/// The first tables.
pub struct Desk;

impl MigrationName for Desk {
    fn name(&self) -> &'static str {
        "m0001_desk"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Desk {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        store::create_outbox(manager).await?;
        store::trace_outbox(manager).await?;
        store::create_inbox(manager).await?;
        manager.create_table(content()).await?;
        manager.create_table(case_file()).await?;
        manager.create_table(recusal()).await?;
        manager.create_table(report()).await?;
        manager.create_table(reporter()).await?;
        manager.create_table(client_key()).await?;
        manager.create_table(activity()).await?;
        for sql in [
            "CREATE INDEX content_parent ON content (neighbourhood, parent) WHERE parent IS NOT NULL",
            "CREATE INDEX content_public ON content (id) WHERE public_until_ms > 0",
            "CREATE INDEX content_author ON content (author)",
            "CREATE INDEX content_gone ON content (neighbourhood, id) WHERE state = 4",
            "CREATE UNIQUE INDEX case_open ON case_file (neighbourhood, content) WHERE closed_at_ms IS NULL",
            "CREATE INDEX case_about ON case_file (neighbourhood, content)",
            "CREATE INDEX case_queue ON case_file (neighbourhood, deadline_ms, id) WHERE closed_at_ms IS NULL",
            "CREATE INDEX case_lane ON case_file (neighbourhood, lane, deadline_ms, id) WHERE closed_at_ms IS NULL",
            "CREATE INDEX case_claim ON case_file (neighbourhood, claimed_by, deadline_ms, id) WHERE claimed_by IS NOT NULL",
            "CREATE INDEX case_author ON case_file (author)",
            "CREATE INDEX case_closed ON case_file (closed_at_ms) WHERE closed_at_ms IS NOT NULL",
            "CREATE INDEX case_depicted ON case_file (depicted_until_ms) WHERE closed_at_ms IS NULL",
            "CREATE INDEX report_case ON report (neighbourhood, case_id)",
            "CREATE INDEX report_reporter ON report (reporter)",
            "CREATE UNIQUE INDEX report_once ON report (neighbourhood, case_id, reporter) WHERE picture IS NULL AND reporter IS NOT NULL",
            "CREATE UNIQUE INDEX report_depiction_once ON report (neighbourhood, case_id, reporter, picture) WHERE picture IS NOT NULL AND reporter IS NOT NULL",
            "CREATE INDEX recusal_moderator ON recusal (moderator)",
            "CREATE INDEX reporter_who ON reporter (who)",
            "CREATE INDEX client_key_age ON client_key (created_at_ms)",
            "CREATE INDEX client_key_who ON client_key (who)",
        ] {
            manager.get_connection().execute_unprepared(sql).await?;
        }
        Ok(())
    }
}

fn content() -> TableCreateStatement {
    Table::create()
        .table("content")
        .col(uuid("neighbourhood"))
        .col(uuid("id"))
        .col(small("kind"))
        .col(maybe_uuid("parent"))
        .col(maybe_uuid("author"))
        .col(small("category"))
        .col(number("version"))
        .col(small("state"))
        .col(bytes("pictures"))
        .col(number("public_until_ms"))
        .col(small("measure"))
        .col(number("read"))
        .col(bytes("pictures_hidden"))
        .col(bytes("pictures_removed"))
        .col(number("ruling"))
        .col(maybe_uuid("ruled_by"))
        .primary_key(Index::create().col("neighbourhood").col("id"))
        .check(Expr::cust("kind BETWEEN 1 AND 2"))
        .check(Expr::cust("(kind = 2) = (parent IS NOT NULL)"))
        .check(Expr::cust("state BETWEEN 1 AND 4"))
        .check(Expr::cust("measure BETWEEN 0 AND 4"))
        .to_owned()
}

fn case_file() -> TableCreateStatement {
    Table::create()
        .table("case_file")
        .col(uuid("neighbourhood"))
        .col(uuid("id"))
        .col(uuid("content"))
        .col(small("kind"))
        .col(small("category"))
        .col(maybe_uuid("author"))
        .col(small("causes"))
        .col(maybe_number("waits_until_ms"))
        .col(maybe_number("unread_until_ms"))
        .col(maybe_number("reported_until_ms"))
        .col(maybe_number("depicted_until_ms"))
        .col(number("deadline_ms"))
        .col(small("lane"))
        .col(number("opened_at_ms"))
        .col(small("closing"))
        .col(maybe_number("closed_at_ms"))
        .col(maybe_uuid("claimed_by"))
        .col(maybe_number("claimed_until_ms"))
        .primary_key(Index::create().col("neighbourhood").col("id"))
        .check(Expr::cust("closing BETWEEN 0 AND 3"))
        .check(Expr::cust("(closing = 0) = (closed_at_ms IS NULL)"))
        .check(Expr::cust(
            "(claimed_by IS NULL) = (claimed_until_ms IS NULL)",
        ))
        .check(Expr::cust("closed_at_ms IS NOT NULL OR causes > 0"))
        .to_owned()
}

fn recusal() -> TableCreateStatement {
    Table::create()
        .table("recusal")
        .col(uuid("neighbourhood"))
        .col(uuid("case_id"))
        .col(uuid("moderator"))
        .primary_key(
            Index::create()
                .col("neighbourhood")
                .col("case_id")
                .col("moderator"),
        )
        .foreign_key(&mut of_case("recusal"))
        .to_owned()
}

fn report() -> TableCreateStatement {
    Table::create()
        .table("report")
        .col(uuid("neighbourhood"))
        .col(uuid("id"))
        .col(uuid("case_id"))
        .col(maybe_uuid("reporter"))
        .col(maybe_uuid("reply_to"))
        .col(small("reason"))
        .col(maybe_text("explanation"))
        .col(flag("good_faith"))
        .col(maybe_uuid("picture"))
        .col(number("made_at_ms"))
        .primary_key(Index::create().col("neighbourhood").col("id"))
        .foreign_key(&mut of_case("report"))
        .check(Expr::cust("reason BETWEEN 1 AND 9"))
        .check(Expr::cust("(reason = 9) = (picture IS NOT NULL)"))
        .check(Expr::cust("reporter IS NULL OR reply_to IS NULL"))
        .check(Expr::cust("length(explanation) BETWEEN 1 AND 1000"))
        .to_owned()
}

fn reporter() -> TableCreateStatement {
    Table::create()
        .table("reporter")
        .col(uuid("neighbourhood"))
        .col(bytes("who"))
        .col(number("day"))
        .col(number("reports"))
        .primary_key(Index::create().col("neighbourhood").col("who"))
        .to_owned()
}

fn client_key() -> TableCreateStatement {
    Table::create()
        .table("client_key")
        .col(uuid("neighbourhood"))
        .col(bytes("who"))
        .col(text("operation"))
        .col(bytes("key"))
        .col(bytes("asked"))
        .col(uuid("subject"))
        .col(number("created_at_ms"))
        .primary_key(
            Index::create()
                .col("neighbourhood")
                .col("who")
                .col("operation")
                .col("key"),
        )
        .to_owned()
}

fn activity() -> TableCreateStatement {
    Table::create()
        .table("activity")
        .col(uuid("neighbourhood").primary_key().take())
        .col(number("hour"))
        .to_owned()
}
