//! What a role will tell the others, kept in the transaction that made it true.
//!
//! A row says only that something changed, to which version: what to say is composed when it is sent, so that an
//! erased text is never kept here. Rows stay until every consumer has handled them.

use std::collections::BTreeMap;
use std::future::Future;

use runtime::telemetry::{self, Cause};
use sea_orm::{
    ConnectionTrait, DatabaseTransaction, DbErr, FromQueryResult, QueryResult, Statement, Value,
};
use uuid::Uuid;

use crate::{Backend, Store, StoreFault, Tx};

/// One thing to tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Position; grows.
    pub id: i64,
    /// What it is about.
    pub subject: Uuid,
    /// To which version it changed.
    pub version: i64,
    /// Whose neighbourhood.
    pub neighbourhood: Uuid,
    /// What made it true, where that is traced.
    pub cause: Option<Cause>,
}

impl FromQueryResult for Entry {
    fn from_query_result(row: &QueryResult, prefix: &str) -> Result<Self, DbErr> {
        let cause: Option<Vec<u8>> = row.try_get(prefix, "cause")?;
        Ok(Self {
            id: row.try_get(prefix, "id")?,
            subject: row.try_get(prefix, "subject")?,
            version: row.try_get(prefix, "version")?,
            neighbourhood: row.try_get(prefix, "neighbourhood")?,
            cause: cause.and_then(|bytes| Cause::from_bytes(&bytes)),
        })
    }
}

/// The outbox of one role.
#[derive(Clone, Debug)]
pub struct Outbox {
    store: Store,
}

/// How far an outbox has come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Progress {
    /// The highest position of which this outbox knows; 0 where it knows none.
    pub highest: i64,
    /// Up to where each enrolled consumer has handled everything.
    pub done: BTreeMap<String, i64>,
}

impl Progress {
    /// Up to where every consumer has handled everything: what lies behind is dropped.
    pub fn lowest_done(&self) -> i64 {
        self.done.values().copied().min().unwrap_or_default()
    }
}

/// What a transaction tells when it commits.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Telling {
    subject: Uuid,
    version: i64,
    neighbourhood: Uuid,
    cause: Option<Cause>,
}

/// Writers take this lock before they take a position, so that positions become visible in their order.
const ORDER_LOCK: i64 = 0x6f75_7462_6f78;

impl Outbox {
    /// The outbox in this store.
    pub const fn of(store: Store) -> Self {
        Self { store }
    }

    /// Notes, within a transaction, that a subject changed to a version. It is written as the last thing before the
    /// transaction commits, in whatever order the rest was done.
    pub fn append(tx: &Tx, subject: Uuid, version: i64, neighbourhood: Uuid) {
        tx.tell(Telling {
            subject,
            version,
            neighbourhood,
            cause: telemetry::cause(),
        });
    }

    /// Writes what a transaction tells. On PostgreSQL it orders writers among themselves until they commit: whoever holds
    /// that order asks for no further row, or two of them could wait for each other.
    pub(crate) async fn write_down(
        tx: &DatabaseTransaction,
        told: &[Telling],
    ) -> Result<(), StoreFault> {
        let backend = tx.get_database_backend();
        if backend == sea_orm::DbBackend::Postgres {
            tx.execute_raw(Statement::from_sql_and_values(
                backend,
                "SELECT pg_advisory_xact_lock($1)",
                [Value::from(ORDER_LOCK)],
            ))
            .await?;
        }
        for telling in told {
            tx.execute_raw(Statement::from_sql_and_values(
                backend,
                "INSERT INTO outbox (subject, version, neighbourhood, cause) VALUES ($1, $2, $3, $4)",
                [
                    telling.subject.into(),
                    telling.version.into(),
                    telling.neighbourhood.into(),
                    telling.cause.map(|cause| cause.to_bytes().to_vec()).into(),
                ],
            ))
            .await?;
        }
        Ok(())
    }

    /// Done when a transaction of this process has told something.
    pub fn told(&self) -> impl Future<Output = ()> + '_ {
        self.store.told().notified()
    }

    /// Makes its consumers known, so that nothing is dropped before they have seen it. One that is not named any more holds
    /// up nothing.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn enrol(&self, consumers: &[&str]) -> Result<(), StoreFault> {
        for consumer in consumers {
            self.write(
                "INSERT INTO outbox_mark (consumer, done) VALUES ($1, 0) ON CONFLICT (consumer) DO NOTHING",
                [(*consumer).into()],
            )
            .await?;
        }
        let known = self.statement("SELECT consumer FROM outbox_mark", []);
        for row in self.store.read().query_all_raw(known).await? {
            let consumer: String = row.try_get("", "consumer")?;
            if !consumers.contains(&consumer.as_str()) {
                let forget = "DELETE FROM outbox_mark WHERE consumer = $1";
                self.write(forget, [consumer.into()]).await?;
            }
        }
        Ok(())
    }

    /// What a consumer has not handled yet, oldest first.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn waiting(&self, consumer: &str, limit: u64) -> Result<Vec<Entry>, StoreFault> {
        let statement = self.statement(
            "SELECT id, subject, version, neighbourhood, cause FROM outbox \
             WHERE id > (SELECT done FROM outbox_mark WHERE consumer = $1) ORDER BY id LIMIT $2",
            [consumer.into(), limit.into()],
        );
        Ok(Entry::find_by_statement(statement)
            .all(self.store.read())
            .await?)
    }

    /// What lies behind a position, oldest first.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn after(&self, id: i64, limit: u64) -> Result<Vec<Entry>, StoreFault> {
        let statement = self.statement(
            "SELECT id, subject, version, neighbourhood, cause FROM outbox WHERE id > $1 ORDER BY id LIMIT $2",
            [id.into(), limit.into()],
        );
        Ok(Entry::find_by_statement(statement)
            .all(self.store.read())
            .await?)
    }

    /// How far it has come. No position that was ever taken from it lies above `highest`.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn progress(&self) -> Result<Progress, StoreFault> {
        let reader = self.store.read();
        // In this order: an entry that is dropped between the two is then known by a mark.
        let highest = self.statement("SELECT COALESCE(MAX(id), 0) AS highest FROM outbox", []);
        let highest = reader.query_one_raw(highest).await?;
        let mut highest: i64 = highest.map_or(Ok(0), |row| row.try_get("", "highest"))?;
        let mut done = BTreeMap::new();
        let marks = self.statement("SELECT consumer, done FROM outbox_mark", []);
        for row in reader.query_all_raw(marks).await? {
            let mark: i64 = row.try_get("", "done")?;
            highest = highest.max(mark);
            done.insert(row.try_get("", "consumer")?, mark);
        }
        Ok(Progress { highest, done })
    }

    /// A consumer has handled everything up to and including `id`; what all have handled is dropped. Neither waits for the disk:
    /// what is lost with the power is told once more, and that is no news.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn handled(&self, consumer: &str, id: i64) -> Result<(), StoreFault> {
        let mark = "UPDATE outbox_mark SET done = $2 WHERE consumer = $1 AND done < $2";
        let mark = self.statement(mark, [consumer.into(), id.into()]);
        self.store.note(mark).await?;
        // Not in one transaction with it: of two consumers at once neither would see how far the other has come.
        let drop = "DELETE FROM outbox WHERE id <= (SELECT MIN(done) FROM outbox_mark)";
        self.store.note(self.statement(drop, [])).await
    }

    /// How many entries wait for at least one consumer.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn depth(&self) -> Result<i64, StoreFault> {
        let row = self
            .store
            .read()
            .query_one_raw(self.statement("SELECT COUNT(*) AS depth FROM outbox", []))
            .await?;
        Ok(row.map_or(Ok(0), |row| row.try_get("", "depth"))?)
    }

    /// What the oldest entry that waits follows from, of those that are traced.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn oldest(&self) -> Result<Option<Cause>, StoreFault> {
        let oldest = self.statement(
            "SELECT id, subject, version, neighbourhood, cause FROM outbox \
             WHERE cause IS NOT NULL ORDER BY id LIMIT 1",
            [],
        );
        let entry = Entry::find_by_statement(oldest)
            .one(self.store.read())
            .await?;
        Ok(entry.and_then(|entry| entry.cause))
    }

    async fn write<const N: usize>(
        &self,
        sql: &'static str,
        values: [Value; N],
    ) -> Result<(), StoreFault> {
        self.store
            .writer()
            .execute_raw(self.statement(sql, values))
            .await?;
        Ok(())
    }

    fn statement<const N: usize>(&self, sql: &'static str, values: [Value; N]) -> Statement {
        let backend = match self.store.backend() {
            Backend::Sqlite => sea_orm::DbBackend::Sqlite,
            Backend::Postgres => sea_orm::DbBackend::Postgres,
        };
        Statement::from_sql_and_values(backend, sql, values)
    }
}
