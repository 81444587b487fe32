//! Joining without anybody's code: vouches, postcards; and memberships that moderators look at.

use sea_orm_migration::prelude::*;

use super::{Columns, run};

/// Five tables, and two columns of the memberships.
pub struct Joining;

impl MigrationName for Joining {
    fn name(&self) -> &'static str {
        "m0009_joining"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Joining {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        second_sponsor(manager).await?;
        Columns::of("vouching")
            .uuid("id")
            .uuid("neighbourhood")
            .uuid("resident")
            .bytes("code_hash")
            .text("pseudonym")
            .place("home_place", true)
            .big("expires_at_ms")
            .keyed_by(manager, &["id"])
            .await?;
        Columns::of("vouch")
            .uuid("vouching")
            .uuid("voucher")
            .keyed_by(manager, &["vouching", "voucher"])
            .await?;
        Columns::of("postcard")
            .uuid("id")
            .uuid("neighbourhood")
            .uuid("resident")
            .bytes("code_hash")
            .bytes("sealed?")
            .text("sealed_key?")
            .big("expires_at_ms")
            .keyed_by(manager, &["id"])
            .await?;
        Columns::of("seen")
            .uuid("neighbourhood")
            .uuid("resident")
            .int("day")
            .text("what")
            .keyed_by(manager, &["neighbourhood", "resident", "day", "what"])
            .await?;
        Columns::of("questioned")
            .uuid("id")
            .uuid("neighbourhood")
            .uuid("resident")
            .int("doubts")
            .int("since_day")
            .uuid("proposer?")
            .keyed_by(manager, &["id"])
            .await?;
        run(
            manager,
            &[
                "CREATE UNIQUE INDEX vouching_code ON vouching (code_hash)",
                "CREATE UNIQUE INDEX vouching_asker ON vouching (neighbourhood, resident)",
                "CREATE INDEX vouching_resident ON vouching (resident)",
                "CREATE INDEX vouching_end ON vouching (expires_at_ms)",
                "CREATE INDEX vouch_voucher ON vouch (voucher)",
                "CREATE UNIQUE INDEX postcard_code ON postcard (code_hash)",
                "CREATE UNIQUE INDEX postcard_asker ON postcard (resident)",
                "CREATE INDEX postcard_sheet ON postcard (neighbourhood, expires_at_ms)",
                "CREATE INDEX postcard_end ON postcard (expires_at_ms)",
                "CREATE INDEX seen_resident ON seen (resident)",
                "CREATE INDEX seen_day ON seen (day)",
                "CREATE UNIQUE INDEX questioned_member ON questioned (neighbourhood, resident)",
                "CREATE INDEX questioned_resident ON questioned (resident)",
                "CREATE INDEX questioned_proposer ON questioned (proposer)",
                "CREATE INDEX questioned_since ON questioned (since_day)",
            ],
        )
        .await
    }
}

/// Of two who vouched, the other one beside the column of who invited.
async fn second_sponsor(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut hash = ColumnDef::new("second_hash");
    hash.blob().null();
    let mut key = ColumnDef::new("second_key");
    key.text().null();
    for column in [hash, key] {
        let mut column = column;
        let table = Table::alter()
            .table("membership")
            .add_column(&mut column)
            .to_owned();
        manager.alter_table(table).await?;
    }
    Ok(())
}
