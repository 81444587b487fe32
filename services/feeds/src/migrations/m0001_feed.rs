//! Rows ready to show, the places that hold any, the change sequence, tombstones, the map in use.

use sea_orm_migration::prelude::*;

/// The first tables.
pub struct Feed;

impl MigrationName for Feed {
    fn name(&self) -> &'static str {
        "m0001_feed"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Feed {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        store::create_inbox(manager).await?;
        for table in [
            feed_row(),
            feed_place(),
            feed_seq(),
            tombstone(),
            feed_map(),
        ] {
            manager.create_table(table).await?;
        }
        for sql in [
            // A page is read from these two alone, one stepped cursor a place; only its bodies come from the table.
            "CREATE INDEX feed_row_place ON feed_row \
             (neighbourhood, place, published_at_ms DESC, post DESC, expires_at_ms)",
            "CREATE INDEX feed_row_category ON feed_row \
             (neighbourhood, place, category, published_at_ms DESC, post DESC, expires_at_ms)",
            "CREATE UNIQUE INDEX feed_row_seq ON feed_row (neighbourhood, seq)",
            "CREATE INDEX feed_row_expiry ON feed_row (neighbourhood, expires_at_ms)",
            "CREATE INDEX tombstone_age ON tombstone (neighbourhood, gone_at_ms)",
        ] {
            manager.get_connection().execute_unprepared(sql).await?;
        }
        Ok(())
    }
}

fn uuid(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).uuid().not_null().take()
}

fn number(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).big_integer().not_null().take()
}

fn small(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).integer().not_null().take()
}

fn bytes(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).binary().not_null().take()
}

fn place_check() -> Expr {
    Expr::cust(geo::sql::cell_check("place"))
}

fn feed_row() -> TableCreateStatement {
    Table::create()
        .table("feed_row")
        .col(uuid("neighbourhood"))
        .col(uuid("post"))
        .col(small("category"))
        .col(number("place"))
        .col(number("published_at_ms"))
        .col(number("expires_at_ms"))
        .col(number("version"))
        .col(number("appeared_seq"))
        .col(number("seq"))
        .col(bytes("body"))
        .primary_key(Index::create().col("neighbourhood").col("post"))
        .check(place_check())
        .check(Expr::cust("appeared_seq <= seq"))
        .to_owned()
}

fn feed_place() -> TableCreateStatement {
    Table::create()
        .table("feed_place")
        .col(uuid("neighbourhood"))
        .col(number("place"))
        .primary_key(Index::create().col("neighbourhood").col("place"))
        .check(place_check())
        .to_owned()
}

fn feed_seq() -> TableCreateStatement {
    Table::create()
        .table("feed_seq")
        .col(uuid("neighbourhood").primary_key())
        .col(number("seq"))
        .col(number("horizon"))
        .check(Expr::cust("horizon <= seq"))
        .to_owned()
}

fn tombstone() -> TableCreateStatement {
    Table::create()
        .table("tombstone")
        .col(uuid("neighbourhood"))
        .col(number("seq"))
        .col(uuid("post"))
        .col(number("place"))
        .col(small("category"))
        .col(number("gone_at_ms"))
        .primary_key(Index::create().col("neighbourhood").col("seq"))
        .check(place_check())
        .to_owned()
}

fn feed_map() -> TableCreateStatement {
    Table::create()
        .table("feed_map")
        .col(uuid("neighbourhood").primary_key())
        .col(number("version"))
        .col(bytes("leaves"))
        .to_owned()
}
