//! Accounts, sign-ups that wait for their mail, memberships, invites, sessions.

use sea_orm_migration::prelude::*;

use super::{Columns, run};

pub struct Residents;

impl MigrationName for Residents {
    fn name(&self) -> &'static str {
        "m0002_residents"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Residents {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        accounts(manager).await?;
        members(manager).await?;
        run(
            manager,
            &[
                "CREATE UNIQUE INDEX account_email ON account (email_hash)",
                "CREATE UNIQUE INDEX sign_up_token ON sign_up (token_hash)",
                "CREATE INDEX sign_up_end ON sign_up (expires_at_ms)",
                "CREATE INDEX sign_up_email ON sign_up (email_hash)",
                "CREATE UNIQUE INDEX session_token ON session (token_hash)",
                "CREATE UNIQUE INDEX session_previous ON session (previous_hash)",
                "CREATE INDEX session_resident ON session (resident)",
                "CREATE INDEX session_seen ON session (seen_day)",
                "CREATE INDEX recovery_resident ON recovery (resident)",
                "CREATE INDEX recovery_end ON recovery (expires_at_ms)",
                "CREATE INDEX membership_resident ON membership (resident)",
                "CREATE INDEX membership_joined ON membership (joined_by_month, joined_day)",
                "CREATE INDEX pseudonym_holder ON pseudonym (holder, neighbourhood)",
                "CREATE INDEX pseudonym_free ON pseudonym (free_day)",
                "CREATE UNIQUE INDEX invite_code ON invite (code_hash)",
                "CREATE INDEX invite_creator ON invite (neighbourhood, creator)",
                "CREATE INDEX invite_end ON invite (expires_at_ms)",
            ],
        )
        .await
    }
}

async fn accounts(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    Columns::of("account")
        .uuid("id")
        .bytes("email_hash")
        .text("email_key")
        .bytes("address")
        .text("address_key")
        .text("password")
        .text("locale")
        .keyed_by(manager, &["id"])
        .await?;
    Columns::of("sign_up")
        .uuid("id")
        .uuid("neighbourhood")
        .uuid("invite")
        .bytes("inviter_hash?")
        .text("inviter_key?")
        .flag("founder")
        .bytes("email_hash")
        .bytes("address")
        .text("address_key")
        .text("password")
        .text("locale")
        .text("pseudonym")
        .place("home_place", true)
        .bytes("token_hash")
        .big("expires_at_ms")
        .keyed_by(manager, &["id"])
        .await?;
    Columns::of("session")
        .uuid("id")
        .uuid("resident")
        .bytes("token_hash")
        .bytes("previous_hash?")
        .big("previous_until_ms?")
        .text("device")
        .int("created_day")
        .int("seen_day")
        .keyed_by(manager, &["id"])
        .await?;
    Columns::of("device")
        .uuid("resident")
        .bytes("label_hash")
        .int("seen_day")
        .keyed_by(manager, &["resident", "label_hash"])
        .await?;
    Columns::of("recovery")
        .bytes("token_hash")
        .uuid("resident")
        .big("expires_at_ms")
        .keyed_by(manager, &["token_hash"])
        .await
}

async fn members(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    Columns::of("membership")
        .uuid("neighbourhood")
        .uuid("resident")
        .text("pseudonym")
        .place("home_place", false)
        .int("home_chosen_day?")
        .text("method")
        .int("joined_day")
        .flag("joined_by_month")
        .bytes("inviter_hash?")
        .text("inviter_key?")
        .flag("founder")
        .flag("moderator")
        .big("suspended_until_ms?")
        .keyed_by(manager, &["neighbourhood", "resident"])
        .await?;
    Columns::of("pseudonym")
        .uuid("neighbourhood")
        .text("folded")
        .uuid("holder")
        .int("free_day?")
        .keyed_by(manager, &["neighbourhood", "folded"])
        .await?;
    Columns::of("invite")
        .uuid("id")
        .uuid("neighbourhood")
        .bytes("code_hash")
        .uuid("creator?")
        .flag("founder")
        .int("uses_left")
        .int("reserved")
        .big("expires_at_ms")
        .keyed_by(manager, &["id"])
        .await
}
