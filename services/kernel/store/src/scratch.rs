//! Fresh databases for test suites: a SQLite file and a PostgreSQL schema, both real. Neither is ever skipped.

use std::process;
use std::sync::atomic::{AtomicU32, Ordering};

use sea_orm_migration::prelude::*;
use tempfile::TempDir;

use crate::{Migrations, Store, create_outbox, trace_outbox};

/// The tables of a role that has nothing but something to tell.
pub const TELLING: Migrations = Migrations {
    role: "telling",
    list: || vec![Box::new(Telling)],
};

struct Telling;

impl MigrationName for Telling {
    fn name(&self) -> &'static str {
        "m0001_telling"
    }
}

#[sea_orm_migration::async_trait::async_trait]
impl MigrationTrait for Telling {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        create_outbox(manager).await?;
        trace_outbox(manager).await
    }
}

/// A database of one test, gone with it.
#[derive(Debug)]
pub struct Scratch {
    /// Open and migrated.
    pub store: Store,
    /// Its address, to open it once more.
    pub address: String,
    _folder: Option<TempDir>,
}

static NUMBER: AtomicU32 = AtomicU32::new(0);

impl Scratch {
    /// A SQLite file.
    ///
    /// # Panics
    /// When it cannot be made.
    pub async fn sqlite(migrations: Migrations) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        let address = format!("sqlite://{}", folder.path().join("scratch.db").display());
        Self::open(address, Some(folder), migrations).await
    }

    /// A schema of its own in the PostgreSQL that `PALIER_TEST_POSTGRES` names (`make test` starts one), or in the one
    /// on this machine.
    ///
    /// # Panics
    /// When PostgreSQL cannot be reached: a suite that silently left it out would prove nothing.
    pub async fn postgres(migrations: Migrations) -> Self {
        let server = postgres_server();
        let schema = format!(
            "scratch_{}_{}_{}",
            migrations.role,
            process::id(),
            NUMBER.fetch_add(1, Ordering::Relaxed)
        );
        let outer = Store::open(&server).await.unwrap_or_else(|fault| {
            panic!("PostgreSQL is needed at {server} ({fault}); `make test` starts one")
        });
        outer
            .fresh_schema(&schema)
            .await
            .expect("a schema can be made");
        outer.close().await;
        let joint = if server.contains('?') { '&' } else { '?' };
        let address = format!("{server}{joint}options=-c%20search_path%3D{schema}");
        Self::open(address, None, migrations).await
    }

    /// One of each.
    pub async fn each(migrations: Migrations) -> [Self; 2] {
        [
            Self::sqlite(migrations).await,
            Self::postgres(migrations).await,
        ]
    }

    async fn open(address: String, folder: Option<TempDir>, migrations: Migrations) -> Self {
        let store = Store::open(&address).await.expect("a scratch store opens");
        migrations
            .apply(&store)
            .await
            .expect("the migrations apply to an empty database");
        Self {
            store,
            address,
            _folder: folder,
        }
    }
}

/// The PostgreSQL server of the test suites.
#[allow(
    clippy::disallowed_methods,
    reason = "test suites are configured by the one variable that `make test` sets"
)]
pub fn postgres_server() -> String {
    std::env::var("PALIER_TEST_POSTGRES")
        .unwrap_or_else(|_| "postgres://postgres@127.0.0.1:5432/postgres".to_owned())
}
