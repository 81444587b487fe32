//! Opening a store by its address.

use std::path::Path;
use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

use sea_orm::{
    ConnectionTrait, DatabaseConnection, DbErr, SqliteTransactionMode, SqlxPostgresConnector,
    SqlxSqliteConnector, Statement, TransactionOptions, TransactionTrait,
};
use sqlx::ConnectOptions;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use tokio::sync::Notify;

use crate::{DeletionLog, StoreFault, Tx};

/// Which database stands behind a store.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Backend {
    /// One file, one writer.
    Sqlite,
    /// A server.
    Postgres,
}

/// One role's database. Cloning shares it.
#[derive(Clone, Debug)]
pub struct Store {
    readers: DatabaseConnection,
    writer: DatabaseConnection,
    /// On SQLite, a writer whose commits do not wait for the disk.
    notes: Option<DatabaseConnection>,
    backend: Backend,
    told: Arc<Notify>,
    log: Option<Arc<DeletionLog>>,
}

const READERS: u32 = 4;
const WAIT: Duration = Duration::from_secs(5);
/// How long tidying up waits for readers; writers wait meanwhile.
const PATIENCE: Duration = Duration::from_millis(200);

impl Store {
    /// Opens `sqlite://PATH` (made if missing; WAL, synchronous FULL so that an acknowledged write survives the loss of
    /// power, one writer, several readers) or `postgres://USER:PASSWORD@HOST/DATABASE`.
    ///
    /// # Errors
    /// [`StoreFault::Address`] for any other address; [`StoreFault::Database`] when it cannot be reached.
    pub async fn open(address: &str) -> Result<Self, StoreFault> {
        if let Some(path) = address.strip_prefix("sqlite://") {
            Self::open_sqlite(Path::new(path)).await
        } else if address.starts_with("postgres://") || address.starts_with("postgresql://") {
            Self::open_postgres(address).await
        } else {
            Err(StoreFault::Address)
        }
    }

    async fn open_sqlite(path: &Path) -> Result<Self, StoreFault> {
        let options = SqliteConnectOptions::new()
            .filename(path)
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .busy_timeout(WAIT)
            .foreign_keys(true)
            .pragma("secure_delete", "ON")
            .disable_statement_logging();
        let writer = SqlitePoolOptions::new()
            .max_connections(1)
            .acquire_timeout(WAIT)
            .idle_timeout(None)
            .max_lifetime(None)
            .connect_with(options.clone())
            .await
            .map_err(connection)?;
        let notes = SqlitePoolOptions::new()
            .max_connections(1)
            .acquire_timeout(WAIT)
            .idle_timeout(None)
            .max_lifetime(None)
            .connect_lazy_with(options.clone().synchronous(SqliteSynchronous::Normal));
        let readers = SqlitePoolOptions::new()
            .max_connections(READERS)
            .acquire_timeout(WAIT)
            .connect_with(options.read_only(true))
            .await
            .map_err(connection)?;
        Ok(Self {
            readers: SqlxSqliteConnector::from_sqlx_sqlite_pool(readers),
            writer: SqlxSqliteConnector::from_sqlx_sqlite_pool(writer),
            notes: Some(SqlxSqliteConnector::from_sqlx_sqlite_pool(notes)),
            backend: Backend::Sqlite,
            told: Arc::new(Notify::new()),
            log: None,
        })
    }

    async fn open_postgres(address: &str) -> Result<Self, StoreFault> {
        let options = PgConnectOptions::from_str(address)
            .map_err(|_| StoreFault::Address)?
            .disable_statement_logging();
        let pool = PgPoolOptions::new()
            .max_connections(2 * READERS)
            .acquire_timeout(WAIT)
            .connect_with(options)
            .await
            .map_err(connection)?;
        let connection = SqlxPostgresConnector::from_sqlx_postgres_pool(pool);
        Ok(Self {
            readers: connection.clone(),
            writer: connection,
            notes: None,
            backend: Backend::Postgres,
            told: Arc::new(Notify::new()),
            log: None,
        })
    }

    /// The same store, whose transactions note in this log what they delete for good.
    #[must_use]
    pub fn logging_to(self, log: DeletionLog) -> Self {
        Self {
            log: Some(Arc::new(log)),
            ..self
        }
    }

    /// For reading.
    pub const fn read(&self) -> &DatabaseConnection {
        &self.readers
    }

    /// Which database this is.
    pub const fn backend(&self) -> Backend {
        self.backend
    }

    pub(crate) const fn writer(&self) -> &DatabaseConnection {
        &self.writer
    }

    pub(crate) fn told(&self) -> &Arc<Notify> {
        &self.told
    }

    /// Begins a transaction that will write. On SQLite it holds the one writer from the start (`BEGIN IMMEDIATE`), so
    /// that a read within it cannot be overtaken; on PostgreSQL rows that are read to be changed are locked by the
    /// reader (`lock_exclusive`). Dropping it undoes it.
    ///
    /// # Errors
    /// When the database cannot be reached or is busy for too long.
    pub async fn begin(&self) -> Result<Tx, StoreFault> {
        let inner = self
            .writer
            .begin_with_options(TransactionOptions {
                sqlite_transaction_mode: (self.backend == Backend::Sqlite)
                    .then_some(SqliteTransactionMode::Immediate),
                ..TransactionOptions::default()
            })
            .await?;
        Ok(Tx::new(inner, self.told.clone(), self.log.clone()))
    }

    /// Writes what may be lost with the power, because it is found out anew: it does not wait for the disk, and comes onto it
    /// with what is written after it. On SQLite it takes its turn among the writers.
    ///
    /// # Errors
    /// When the database cannot be reached or is busy for too long.
    pub(crate) async fn note(&self, statement: Statement) -> Result<(), StoreFault> {
        let Some(notes) = &self.notes else {
            let tx = self.writer.begin().await?;
            let lazily = "SET LOCAL synchronous_commit = off";
            tx.execute_unprepared(lazily).await?;
            tx.execute_raw(statement).await?;
            return Ok(tx.commit().await?);
        };
        let turn = self.writer.get_sqlite_connection_pool().acquire().await;
        let _turn = turn.map_err(connection)?;
        notes.execute_raw(statement).await?;
        Ok(())
    }

    /// Whether the database answers.
    pub async fn is_well(&self) -> bool {
        self.readers.execute_unprepared("SELECT 1").await.is_ok()
    }

    /// What time it is at the database, in milliseconds since 1970, where that is a server with a clock of its own.
    ///
    /// # Errors
    /// When the database cannot be reached.
    pub async fn clock_ms(&self) -> Result<Option<i64>, StoreFault> {
        if self.backend == Backend::Sqlite {
            return Ok(None);
        }
        let sql = "SELECT CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000 AS bigint) AS now_ms";
        let asked = Statement::from_string(self.readers.get_database_backend(), sql);
        let row = self.readers.query_one_raw(asked).await?;
        Ok(row.map(|row| row.try_get("", "now_ms")).transpose()?)
    }

    /// Leaves nothing of what was deleted in the file beside the database: SQLite's write-ahead log goes on holding what
    /// was once written, until it is truncated. A reader who is in the way is not waited for: then it is done next time.
    /// On PostgreSQL there is nothing to do; what its log keeps is its operator's to know.
    ///
    /// # Errors
    /// When the database cannot be reached.
    pub async fn forget_deleted(&self) -> Result<(), StoreFault> {
        if self.backend == Backend::Postgres {
            return Ok(());
        }
        let pool = self.writer.get_sqlite_connection_pool();
        let mut writer = pool.acquire().await.map_err(connection)?;
        let patience = |wait: Duration| format!("PRAGMA busy_timeout = {}", wait.as_millis());
        for statement in [
            patience(PATIENCE),
            "PRAGMA wal_checkpoint(TRUNCATE)".to_owned(),
            patience(WAIT),
        ] {
            sqlx::query(sqlx::AssertSqlSafe(statement))
                .execute(&mut *writer)
                .await
                .map_err(connection)?;
        }
        Ok(())
    }

    /// Lets what is under way end, then closes every connection. The writer goes last: the last one to leave a SQLite file
    /// takes the write-ahead log along, which a reader may not.
    pub async fn close(self) {
        // Closing twice or after a loss changes nothing, so there is nothing to report.
        let _ = self.readers.close().await;
        if let Some(notes) = self.notes {
            let _ = notes.close().await;
        }
        let _ = self.writer.close().await;
    }
}

fn connection(error: sqlx::Error) -> StoreFault {
    StoreFault::Database(DbErr::Conn(sea_orm::RuntimeErr::SqlxError(error.into())))
}

#[cfg(test)]
mod tests {
    use futures_util::FutureExt;

    use super::*;
    use crate::Outbox;
    use crate::scratch::{Scratch, TELLING};

    async fn value(on: &DatabaseConnection, sql: &str, column: &str) -> String {
        let asked = Statement::from_string(on.get_database_backend(), sql);
        let row = on.query_one_raw(asked).await.unwrap().unwrap();
        let number = |_| {
            row.try_get("", column)
                .map(|number: i32| number.to_string())
        };
        row.try_get("", column).or_else(number).unwrap()
    }

    #[tokio::test]
    async fn everything_waits_for_the_disk_but_what_can_be_found_out_anew() {
        let scratch = Scratch::sqlite(TELLING).await;
        let Store { writer, notes, .. } = &scratch.store;
        let (sql, notes) = ("PRAGMA synchronous", notes.as_ref().unwrap());
        assert_eq!(value(writer, sql, "synchronous").await, "2", "FULL");
        assert_eq!(value(notes, sql, "synchronous").await, "1", "NORMAL");
        let Scratch { store, .. } = &Scratch::postgres(TELLING).await;
        let insert = "INSERT INTO outbox_mark (consumer, done) VALUES (current_setting('synchronous_commit'), 0)";
        let insert = Statement::from_string(store.read().get_database_backend(), insert);
        store.note(insert).await.unwrap();
        let marks = Outbox::of(store.clone()).progress().await.unwrap().done;
        assert_eq!(marks.into_keys().collect::<Vec<_>>(), ["off"]);
        for _ in 0..2 * READERS {
            let (sql, column) = ("SHOW synchronous_commit", "synchronous_commit");
            assert_eq!(value(&store.writer, sql, column).await, "on");
        }
    }

    #[tokio::test]
    async fn a_note_waits_for_its_turn_before_it_touches_the_file() {
        let scratch = Scratch::sqlite(TELLING).await;
        let outbox = Outbox::of(scratch.store.clone());
        outbox.enrol(&["feeds"]).await.unwrap();
        let writing = scratch.store.begin().await.unwrap();
        let mut noting = Box::pin(outbox.handled("feeds", 1));
        assert!((&mut noting).now_or_never().is_none());
        let touching = scratch.store.notes.as_ref().unwrap();
        let touching = touching.get_sqlite_connection_pool();
        assert_eq!(touching.size(), 0, "it would find the file locked");
        writing.commit().await.unwrap();
        noting.await.unwrap();
        assert_eq!(outbox.progress().await.unwrap().done["feeds"], 1);
    }
}
