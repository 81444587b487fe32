//! What can go wrong with a store.

use sea_orm::DbErr;

/// A store that did not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum StoreFault {
    /// The address of the store is not of a known form.
    #[error("the address is neither sqlite://PATH nor postgres://USER:PASSWORD@HOST/DATABASE")]
    Address,
    /// The database refused or could not be reached. Its own words may hold values, so only their kind is shown.
    #[error("the database failed: {}", kind(.0))]
    Database(#[from] DbErr),
    /// What is kept there cannot be read back.
    #[error("a row of {table} cannot be read")]
    Unreadable {
        /// Which table.
        table: &'static str,
    },
}

impl StoreFault {
    /// Whether the database could not be reached, or had no connection to spare: trying again helps.
    pub const fn passes(&self) -> bool {
        matches!(
            self,
            Self::Database(DbErr::ConnectionAcquire(_) | DbErr::Conn(_))
        )
    }
}

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
