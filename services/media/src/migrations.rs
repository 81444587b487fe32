//! The tables of media, one migration a file, forward only.

mod m0001_pictures;

use sea_orm_migration::MigrationTrait;

/// Every migration, oldest first.
pub const MIGRATIONS: store::Migrations = store::Migrations {
    role: "media",
    list: || {
        let list: Vec<Box<dyn MigrationTrait>> = vec![Box::new(m0001_pictures::Pictures)];
        list
    },
};
