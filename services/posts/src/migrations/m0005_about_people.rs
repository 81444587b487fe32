//! What tells of people: the form, what it waits for, who may tell of somebody again when, and how many a day are shown.

use sea_orm_migration::prelude::*;

/// Columns of a notice, and the tables of the limits.
pub struct AboutPeople;

impl MigrationName for AboutPeople {
    fn name(&self) -> &'static str {
        "m0005_about_people"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for AboutPeople {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let flag = |name: &'static str| {
            ColumnDef::new(name)
                .boolean()
                .not_null()
                .default(false)
                .take()
        };
        for column in [
            ColumnDef::new("behaviour").binary().null().take(),
            ColumnDef::new("causes")
                .integer()
                .not_null()
                .default(0)
                .take(),
            ColumnDef::new("waits_since_ms").big_integer().null().take(),
            ColumnDef::new("confirm_from_ms")
                .big_integer()
                .null()
                .take(),
            flag("accepted"),
            flag("police_may_read"),
        ] {
            let added = Table::alter().table("post").add_column(column).to_owned();
            manager.alter_table(added).await?;
        }
        manager.create_table(teller()).await?;
        manager.create_table(shown_day()).await?;
        manager.create_table(oversight()).await?;
        for sql in [
            // What waited before this was known waits since it was written.
            "UPDATE post SET waits_since_ms = created_at_ms WHERE state = 1",
            "CREATE INDEX post_waits ON post (category, waits_since_ms) WHERE waits_since_ms IS NOT NULL",
            "CREATE INDEX post_accepted ON post (waits_since_ms, id) WHERE accepted",
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
fn number_or_none(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).big_integer().null().take()
}

/// An account's, wherever it is a member: who belongs to two neighbourhoods tells of no more people for it.
fn teller() -> TableCreateStatement {
    Table::create()
        .table("teller")
        .col(uuid("resident").primary_key().take())
        .col(number_or_none("confirmed_at_ms"))
        .col(ColumnDef::new("police_may_read").boolean().null())
        .to_owned()
}

/// How many notices about people were shown in a neighbourhood on a day, counted in days since 1970.
fn shown_day() -> TableCreateStatement {
    Table::create()
        .table("shown_day")
        .col(uuid("neighbourhood"))
        .col(number("day"))
        .col(number("shown"))
        .primary_key(Index::create().col("neighbourhood").col("day"))
        .check(Expr::cust("shown >= 0"))
        .to_owned()
}

/// When a moderator last looked after a neighbourhood, to the hour.
fn oversight() -> TableCreateStatement {
    Table::create()
        .table("oversight")
        .col(uuid("neighbourhood").primary_key().take())
        .col(number("attended_at_ms"))
        .to_owned()
}
