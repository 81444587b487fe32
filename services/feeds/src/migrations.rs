//! The tables of feeds, one migration a file.

mod m0001_feed;

use store::Migrations;

/// The migrations of feeds, oldest first.
pub const MIGRATIONS: Migrations = Migrations {
    role: "feeds",
    list: || vec![Box::new(m0001_feed::Feed)],
};
