//! Forward-only, one file each, the same on both databases.

mod m0001_neighbourhoods;
mod m0002_residents;
mod m0003_limits_and_mail;
mod m0004_followed_areas;
mod m0005_areas_by_tile;
mod m0006_traced_outbox;
mod m0007_restraints;
mod m0008_reply_addresses;
mod m0009_joining;
mod m0010_reserves;
mod m0011_postcards_offered;
mod m0012_restraints_apart;

use sea_orm_migration::prelude::*;

/// What the tables of identity are made by.
pub const MIGRATIONS: store::Migrations = store::Migrations {
    role: "identity",
    list: || {
        vec![
            Box::new(m0001_neighbourhoods::Neighbourhoods),
            Box::new(m0002_residents::Residents),
            Box::new(m0003_limits_and_mail::LimitsAndMail),
            Box::new(m0004_followed_areas::FollowedAreas),
            Box::new(m0005_areas_by_tile::AreasByTile),
            Box::new(m0006_traced_outbox::TracedOutbox),
            Box::new(m0007_restraints::Restraints),
            Box::new(m0008_reply_addresses::ReplyAddresses),
            Box::new(m0009_joining::Joining),
            Box::new(m0010_reserves::Reserves),
            Box::new(m0011_postcards_offered::PostcardsOffered),
            Box::new(m0012_restraints_apart::RestraintsApart),
        ]
    },
};

/// A table's columns, each as `name`, or `name?` where nothing may be in it.
struct Columns(TableCreateStatement);

impl Columns {
    fn of(table: &'static str) -> Self {
        Self(Table::create().table(table).to_owned())
    }

    fn with(mut self, name: &'static str, kind: fn(&mut ColumnDef) -> &mut ColumnDef) -> Self {
        let (name, nullable) = name
            .strip_suffix('?')
            .map_or((name, false), |name| (name, true));
        let mut column = ColumnDef::new(name);
        kind(&mut column);
        if nullable {
            column.null();
        } else {
            column.not_null();
        }
        self.0.col(&mut column);
        self
    }

    fn uuid(self, name: &'static str) -> Self {
        self.with(name, ColumnDef::uuid)
    }
    fn text(self, name: &'static str) -> Self {
        self.with(name, ColumnDef::text)
    }
    fn bytes(self, name: &'static str) -> Self {
        self.with(name, ColumnDef::blob)
    }
    fn int(self, name: &'static str) -> Self {
        self.with(name, ColumnDef::integer)
    }
    fn big(self, name: &'static str) -> Self {
        self.with(name, ColumnDef::big_integer)
    }
    fn flag(self, name: &'static str) -> Self {
        self.with(name, ColumnDef::boolean)
    }

    /// A place: 0 or a cell of level 11 to 14, held to that by the database.
    fn place(mut self, name: &'static str, nullable: bool) -> Self {
        let mut column = ColumnDef::new(name);
        column.big_integer();
        if nullable {
            column.null();
        } else {
            column.not_null();
        }
        column.check(Expr::cust(geo::sql::cell_check(name)));
        self.0.col(&mut column);
        self
    }

    async fn keyed_by(
        mut self,
        manager: &SchemaManager<'_>,
        key: &[&'static str],
    ) -> Result<(), DbErr> {
        let mut primary = Index::create();
        for column in key {
            primary.col(*column);
        }
        manager
            .create_table(self.0.primary_key(&mut primary).to_owned())
            .await
    }
}

/// Further statements, the same on both databases.
async fn run(manager: &SchemaManager<'_>, statements: &[&str]) -> Result<(), DbErr> {
    for statement in statements {
        manager
            .get_connection()
            .execute_unprepared(statement)
            .await?;
    }
    Ok(())
}
