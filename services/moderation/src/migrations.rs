//! The tables of moderation, one migration a file, forward only.

mod columns;
mod m0001_desk;
mod m0002_decisions;
mod m0003_account;
mod m0004_written;
mod m0005_raised_limits;
mod m0006_claimed_with;
mod m0007_no_clock;

use sea_orm_migration::MigrationTrait;

/// Every migration, oldest first.
pub const MIGRATIONS: store::Migrations = store::Migrations {
    role: "moderation",
    list: || {
        let list: Vec<Box<dyn MigrationTrait>> = vec![
            Box::new(m0001_desk::Desk),
            Box::new(m0002_decisions::Decisions),
            Box::new(m0003_account::Account),
            Box::new(m0004_written::Written),
            Box::new(m0005_raised_limits::RaisedLimits),
            Box::new(m0006_claimed_with::ClaimedWith),
            Box::new(m0007_no_clock::NoClock),
        ];
        list
    },
};
