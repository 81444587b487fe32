//! The tables of posts, one migration a file, forward only.

mod m0001_board;
mod m0002_pictures;
mod m0003_soonest;
mod m0004_traced_outbox;
mod m0005_about_people;
mod m0006_rulings;
mod m0007_written;
mod m0008_corrections;
mod m0009_no_list;
mod m0010_raised_limits;

use sea_orm_migration::MigrationTrait;

/// Every migration, oldest first.
pub const MIGRATIONS: store::Migrations = store::Migrations {
    role: "posts",
    list: || {
        let list: Vec<Box<dyn MigrationTrait>> = vec![
            Box::new(m0001_board::Board),
            Box::new(m0002_pictures::Pictures),
            Box::new(m0003_soonest::Soonest),
            Box::new(m0004_traced_outbox::TracedOutbox),
            Box::new(m0005_about_people::AboutPeople),
            Box::new(m0006_rulings::Rulings),
            Box::new(m0007_written::Written),
            Box::new(m0008_corrections::Corrections),
            Box::new(m0009_no_list::NoList),
            Box::new(m0010_raised_limits::RaisedLimits),
        ];
        list
    },
};
