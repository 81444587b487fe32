//! How often something was tried, and mail that waits to be sent.

use sea_orm_migration::prelude::*;

use super::{Columns, run};

pub struct LimitsAndMail;

impl MigrationName for LimitsAndMail {
    fn name(&self) -> &'static str {
        "m0003_limits_and_mail"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for LimitsAndMail {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        Columns::of("throttle")
            .bytes("bucket")
            .int("count")
            .big("until_ms")
            .big("forget_at_ms")
            .keyed_by(manager, &["bucket"])
            .await?;
        Columns::of("mail")
            .uuid("id")
            .uuid("resident")
            .text("kind")
            .bytes("sealed")
            .text("sealed_key")
            .int("attempts")
            .big("next_at_ms")
            .big("give_up_at_ms")
            .keyed_by(manager, &["id"])
            .await?;
        run(
            manager,
            &[
                "CREATE INDEX throttle_forget ON throttle (forget_at_ms)",
                "CREATE INDEX mail_next ON mail (next_at_ms)",
                "CREATE INDEX mail_resident ON mail (resident)",
            ],
        )
        .await
    }
}
