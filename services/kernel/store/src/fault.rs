//! What can go wrong with a store.

use sea_orm::{DbErr, RuntimeErr};

/// A store that did not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum StoreFault {
    /// The address of the store is not of a known form.
    #[error("the address is neither sqlite://PATH nor postgres://USER:PASSWORD@HOST/DATABASE")]
    Address,
    /// The database refused or could not be reached. Its own words may hold values, so only their kind is shown.
    #[error("the database failed: {}", kind(.0))]
    Database(#[from] DbErr),
    /// A newer Palier migrated it: what this one would do there nobody knows.
    #[error("a newer Palier migrated it ({0})")]
    Newer(String),
    /// What is kept there cannot be read back.
    #[error("a row of {table} cannot be read")]
    Unreadable {
        /// Which table.
        table: &'static str,
    },
}

impl StoreFault {
    /// Whether the database could not be reached, went away in the middle, or had no connection to spare: trying again helps.
    pub fn passes(&self) -> bool {
        match self {
            Self::Database(DbErr::ConnectionAcquire(_) | DbErr::Conn(_)) => true,
            Self::Database(DbErr::Exec(error) | DbErr::Query(error)) => is_lost(error),
            _ => false,
        }
    }
}

/// Whether the connection was lost while something was asked over it, be it that the server said so.
fn is_lost(error: &RuntimeErr) -> bool {
    let RuntimeErr::SqlxError(error) = error else {
        return false;
    };
    match &**error {
        sqlx::Error::Io(_)
        | sqlx::Error::Tls(_)
        | sqlx::Error::PoolTimedOut
        | sqlx::Error::PoolClosed
        | sqlx::Error::WorkerCrashed
        | sqlx::Error::BeginFailed => true,
        sqlx::Error::Database(said) => said
            .code()
            .is_some_and(|code| GOES_AWAY.iter().any(|class| code.starts_with(class))),
        _ => false,
    }
}

/// What PostgreSQL says as it goes away, is not there yet or takes no more connections (appendix A of its manual): connection
/// exceptions, `too_many_connections`, and of operator intervention shutdowns and `cannot_connect_now`.
const GOES_AWAY: [&str; 3] = ["08", "53300", "57P0"];

const fn kind(error: &DbErr) -> &'static str {
    match error {
        DbErr::ConnectionAcquire(_) | DbErr::Conn(_) => "no connection",
        DbErr::Exec(_) => "a statement was refused",
        DbErr::Query(_) => "a query was refused",
        DbErr::RecordNotFound(_) | DbErr::RecordNotInserted | DbErr::RecordNotUpdated => {
            "no such row"
        }
        DbErr::Migration(_) => "a migration failed",
        _ => "another fault",
    }
}
