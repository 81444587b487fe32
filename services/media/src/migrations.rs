//! The tables of media, one migration a file, forward only.

mod m0001_pictures;
mod m0002_withheld;

use sea_orm_migration::MigrationTrait;

/// Every migration, oldest first.
pub const MIGRATIONS: store::Migrations = store::Migrations {
    role: "media",
    list: || {
        let list: Vec<Box<dyn MigrationTrait>> = vec![
            Box::new(m0001_pictures::Pictures),
            Box::new(m0002_withheld::Withheld),
        ];
        list
    },
};
