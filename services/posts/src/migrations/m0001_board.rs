//! Notices, comments, who comes to events, what is known of their authors, keys of retries, level maps.

use sea_orm_migration::prelude::*;

/// The first tables.
pub struct Board;

impl MigrationName for Board {
    fn name(&self) -> &'static str {
        "m0001_board"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Board {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        store::create_outbox(manager).await?;
        store::create_inbox(manager).await?;
        manager.create_table(post()).await?;
        manager.create_table(comment()).await?;
        manager.create_table(rsvp()).await?;
        manager.create_table(author()).await?;
        manager.create_table(client_key()).await?;
        manager.create_table(level_map()).await?;
        for sql in [
            "CREATE INDEX post_author ON post (author, neighbourhood, created_at_ms, id)",
            "CREATE INDEX post_held ON post (neighbourhood, held, created_at_ms, id)",
            "CREATE INDEX post_expiry ON post (expires_at_ms)",
            "CREATE INDEX post_public ON post (neighbourhood, public_starts_at_ms, id) WHERE public_starts_at_ms IS NOT NULL",
            "CREATE INDEX post_public_id ON post (id) WHERE public_starts_at_ms IS NOT NULL",
            "CREATE INDEX comment_post ON comment (neighbourhood, post, created_at_ms, id)",
            "CREATE INDEX comment_author ON comment (author, created_at_ms)",
            "CREATE INDEX rsvp_resident ON rsvp (resident, post)",
            "CREATE INDEX client_key_age ON client_key (created_at_ms)",
            "CREATE INDEX client_key_subject ON client_key (neighbourhood, subject)",
        ] {
            manager.get_connection().execute_unprepared(sql).await?;
        }
        Ok(())
    }
}

fn uuid(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).uuid().not_null().take()
}
fn text(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).text().not_null().take()
}
fn number(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).big_integer().not_null().take()
}
fn small(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).integer().not_null().take()
}
fn flag(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).boolean().not_null().take()
}

fn post() -> TableCreateStatement {
    Table::create()
        .table("post")
        .col(uuid("neighbourhood"))
        .col(uuid("id"))
        .col(uuid("author"))
        .col(small("category"))
        .col(small("state"))
        .col(flag("held"))
        .col(text("title"))
        .col(text("body"))
        .col(number("place"))
        .col(small("map_version"))
        .col(text("signed_by"))
        .col(number("created_at_ms"))
        .col(number("published_at_ms"))
        .col(ColumnDef::new("occurred_at_ms").big_integer().null())
        .col(number("expires_at_ms"))
        .col(ColumnDef::new("pictures").binary().not_null())
        .col(flag("pictures_held"))
        .col(ColumnDef::new("event").binary().null())
        .col(ColumnDef::new("public_starts_at_ms").big_integer().null())
        .col(ColumnDef::new("public_ends_at_ms").big_integer().null())
        .col(flag("edited"))
        .col(flag("was_shown"))
        .col(number("version"))
        .primary_key(Index::create().col("neighbourhood").col("id"))
        .check(Expr::cust(geo::sql::cell_check("place")))
        .check(Expr::cust("version > 0"))
        .check(Expr::cust(
            "(public_starts_at_ms IS NULL) = (public_ends_at_ms IS NULL)",
        ))
        .check(Expr::cust(
            "event IS NOT NULL OR public_starts_at_ms IS NULL",
        ))
        .to_owned()
}

fn comment() -> TableCreateStatement {
    Table::create()
        .table("comment")
        .col(uuid("neighbourhood"))
        .col(uuid("id"))
        .col(uuid("post"))
        .col(uuid("author"))
        .col(text("signed_by"))
        .col(text("body"))
        .col(flag("by_author"))
        .col(number("created_at_ms"))
        .primary_key(Index::create().col("neighbourhood").col("id"))
        .foreign_key(
            ForeignKey::create()
                .from("comment", ("neighbourhood", "post"))
                .to("post", ("neighbourhood", "id"))
                .on_delete(ForeignKeyAction::Cascade),
        )
        .to_owned()
}

fn rsvp() -> TableCreateStatement {
    Table::create()
        .table("rsvp")
        .col(uuid("neighbourhood"))
        .col(uuid("post"))
        .col(uuid("resident"))
        .col(text("pseudonym"))
        .col(small("answer"))
        .primary_key(
            Index::create()
                .col("neighbourhood")
                .col("post")
                .col("resident"),
        )
        .foreign_key(
            ForeignKey::create()
                .from("rsvp", ("neighbourhood", "post"))
                .to("post", ("neighbourhood", "id"))
                .on_delete(ForeignKeyAction::Cascade),
        )
        .check(Expr::cust("answer BETWEEN 1 AND 3"))
        .to_owned()
}

fn author() -> TableCreateStatement {
    Table::create()
        .table("author")
        .col(uuid("neighbourhood"))
        .col(uuid("resident"))
        .col(number("published"))
        .col(number("day"))
        .col(number("posts_today"))
        .col(number("comments_today"))
        .col(number("rsvps_today"))
        .primary_key(Index::create().col("neighbourhood").col("resident"))
        .to_owned()
}

fn client_key() -> TableCreateStatement {
    Table::create()
        .table("client_key")
        .col(uuid("neighbourhood"))
        .col(uuid("resident"))
        .col(text("operation"))
        .col(ColumnDef::new("key").binary().not_null())
        .col(ColumnDef::new("asked").binary().null())
        .col(uuid("subject"))
        .col(number("created_at_ms"))
        .primary_key(
            Index::create()
                .col("neighbourhood")
                .col("resident")
                .col("operation")
                .col("key"),
        )
        .to_owned()
}

fn level_map() -> TableCreateStatement {
    Table::create()
        .table("level_map")
        .col(uuid("neighbourhood").primary_key().take())
        .col(small("version"))
        .col(ColumnDef::new("map").binary().not_null())
        .to_owned()
}
