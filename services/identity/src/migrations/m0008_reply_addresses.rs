//! Where visitors are told what came of their reports, and which statements were told of.

use sea_orm_migration::prelude::*;

use super::{Columns, run};

/// A table, and the inbox.
pub struct ReplyAddresses;

impl MigrationName for ReplyAddresses {
    fn name(&self) -> &'static str {
        "m0008_reply_addresses"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for ReplyAddresses {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        store::create_inbox(manager).await?;
        Columns::of("reply_address")
            .uuid("id")
            .bytes("address")
            .text("address_key")
            .text("locale")
            .int("until_day")
            .keyed_by(manager, &["id"])
            .await?;
        run(
            manager,
            &["CREATE INDEX reply_address_end ON reply_address (until_day)"],
        )
        .await
    }
}
