//! Pictures, who sends them, blobs that are to go.

use sea_orm_migration::prelude::*;

/// The first tables.
pub struct Pictures;

impl MigrationName for Pictures {
    fn name(&self) -> &'static str {
        "m0001_pictures"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Pictures {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        store::create_inbox(manager).await?;
        manager.create_table(picture()).await?;
        manager.create_table(owner()).await?;
        manager.create_table(doomed()).await?;
        for sql in [
            "CREATE INDEX picture_post ON picture (neighbourhood, post)",
            "CREATE INDEX picture_owner ON picture (owner, created_at_ms)",
            "CREATE INDEX picture_loose ON picture (created_at_ms) WHERE post IS NULL",
            "CREATE UNIQUE INDEX picture_blob ON picture (blob)",
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

fn picture() -> TableCreateStatement {
    Table::create()
        .table("picture")
        .col(uuid("id").primary_key().take())
        .col(ColumnDef::new("neighbourhood").uuid().null())
        .col(ColumnDef::new("post").uuid().null())
        .col(ColumnDef::new("shown").boolean().not_null())
        .col(ColumnDef::new("expires_at_ms").big_integer().null())
        .col(ColumnDef::new("public_until_ms").big_integer().null())
        .col(uuid("owner"))
        .col(uuid("blob"))
        .col(small("width"))
        .col(small("height"))
        .col(text("blurhash"))
        .col(text("etag"))
        .col(number("bytes"))
        .col(number("created_at_ms"))
        .check(Expr::cust("(neighbourhood IS NULL) = (post IS NULL)"))
        .check(Expr::cust("post IS NOT NULL OR NOT shown"))
        .check(Expr::cust("expires_at_ms IS NOT NULL OR NOT shown"))
        .check(Expr::cust("public_until_ms IS NULL OR shown"))
        .check(Expr::cust("width > 0 AND height > 0 AND bytes > 0"))
        .to_owned()
}

fn owner() -> TableCreateStatement {
    Table::create()
        .table("owner")
        .col(uuid("resident").primary_key().take())
        .col(number("sent_at_ms"))
        .to_owned()
}

fn doomed() -> TableCreateStatement {
    Table::create()
        .table("doomed")
        .col(uuid("blob").primary_key().take())
        .to_owned()
}
