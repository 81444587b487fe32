//! A copy of everything that a database holds, and putting it back: row by row as text, into the same kind of database.

use std::collections::BTreeMap;

use futures_util::{Stream, StreamExt};
use sea_orm::{
    AccessMode, ConnectionTrait, DatabaseTransaction, DbBackend, IsolationLevel, QueryResult,
    Statement, StreamTrait, TransactionTrait,
};

use crate::{Backend, Store, StoreFault, Tx};

/// How long those who write are waited for where they are to be kept out. Less than PostgreSQL
/// waits before it looks for a deadlock: the copy gives way, nobody else.
const PATIENCE: &str = "SET LOCAL lock_timeout = '500ms'";

/// Tables, each after those that it refers to, with their columns.
const SQLITE_COLUMNS: &str = "WITH RECURSIVE refers (which, whom) AS (SELECT m.name, f.\"table\" FROM sqlite_master m \
       JOIN pragma_foreign_key_list(m.name) f WHERE m.type = 'table' AND m.name <> f.\"table\"), \
     steps (which, up) AS (SELECT name, 0 FROM sqlite_master WHERE type = 'table' \
       UNION SELECT r.which, s.up + 1 FROM steps s JOIN refers r ON r.whom = s.which) \
     SELECT t.name AS of, c.name AS name \
     FROM sqlite_master t JOIN pragma_table_info(t.name) c \
     WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%' \
     ORDER BY (SELECT MAX(up) FROM steps WHERE which = t.name), t.name, c.cid";
const POSTGRES_COLUMNS: &str = "WITH RECURSIVE refers (which, whom) AS (SELECT conrelid, confrelid FROM pg_constraint \
       WHERE contype = 'f' AND conrelid <> confrelid AND connamespace = quote_ident(current_schema())::regnamespace), \
     steps (which, up) AS (SELECT oid, 0 FROM pg_class \
         WHERE relkind = 'r' AND relnamespace = quote_ident(current_schema())::regnamespace \
       UNION SELECT r.which, s.up + 1 FROM steps s JOIN refers r ON r.whom = s.which) \
     SELECT c.relname::text AS of, a.attname::text AS name \
     FROM pg_class c JOIN pg_namespace s ON s.oid = c.relnamespace AND s.nspname = current_schema() \
     JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped \
     WHERE c.relkind = 'r' \
     ORDER BY (SELECT MAX(up) FROM steps WHERE which = c.oid), c.relname, a.attnum";

/// SQLite has a table of its own for numbers, once any table is numbered.
const SQLITE_COUNTS: &str =
    "SELECT 1 AS there FROM sqlite_master WHERE type = 'table' AND name = 'sqlite_sequence'";
/// The last number that a table gave to a row by itself.
const SQLITE_COUNTERS: &str = "SELECT name AS of, seq AS last FROM sqlite_sequence";
const POSTGRES_COUNTERS: &str = "SELECT c.relname::text AS of, \
       pg_sequence_last_value(pg_get_serial_sequence(quote_ident(c.relname), a.attname)::regclass) AS last \
     FROM pg_class c JOIN pg_namespace s ON s.oid = c.relnamespace AND s.nspname = current_schema() \
     JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped \
     WHERE c.relkind = 'r' AND pg_get_serial_sequence(quote_ident(c.relname), a.attname) IS NOT NULL";

/// A table of a copy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// Its name.
    pub name: String,
    /// Its columns, in the order in which rows have them.
    pub columns: Vec<String>,
}

/// What a database held at one moment, however long reading it takes.
#[derive(Debug)]
pub struct Snapshot {
    inner: DatabaseTransaction,
    backend: Backend,
}

/// A copy on its way back into an empty database: all of it, or nothing.
#[derive(Debug)]
pub struct Loading {
    inner: Tx,
    backend: Backend,
}

impl Store {
    /// Keeps everybody from writing until it is dropped: for as long as it takes to begin the snapshots of several databases that
    /// are to agree.
    ///
    /// # Errors
    /// When somebody writes for too long, or the database fails.
    pub async fn hold(&self) -> Result<Tx, StoreFault> {
        let held = self.begin().await?;
        if self.backend() == Backend::Postgres {
            held.execute_unprepared(PATIENCE).await?;
            let tables = tables(&*held, Backend::Postgres).await?;
            let names: Vec<String> = tables.iter().map(|table| quoted(&table.name)).collect();
            let lock = format!("LOCK TABLE {} IN SHARE MODE", names.join(", "));
            held.execute_unprepared(&lock).await?;
        }
        Ok(held)
    }

    /// What the database holds now.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn snapshot(&self) -> Result<Snapshot, StoreFault> {
        let backend = self.backend();
        let inner = match backend {
            Backend::Sqlite => self.read().begin().await?,
            Backend::Postgres => {
                let level = Some(IsolationLevel::RepeatableRead);
                let access = Some(AccessMode::ReadOnly);
                self.read().begin_with_config(level, access).await?
            }
        };
        let snapshot = Snapshot { inner, backend };
        // The moment is that of the first look.
        snapshot.tables().await?;
        Ok(snapshot)
    }

    /// Begins to put a copy back.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn load(&self) -> Result<Loading, StoreFault> {
        Ok(Loading {
            inner: self.begin().await?,
            backend: self.backend(),
        })
    }
}

impl Snapshot {
    /// Every table; one that refers to others comes after them.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn tables(&self) -> Result<Vec<Table>, StoreFault> {
        tables(&self.inner, self.backend).await
    }

    /// How many rows a table has.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn count(&self, table: &Table) -> Result<i64, StoreFault> {
        let sql = format!("SELECT COUNT(*) AS n FROM {}", quoted(&table.name));
        let row = self.inner.query_one_raw(asked(self.backend, sql)).await?;
        let unreadable = || StoreFault::Unreadable { table: "a count" };
        Ok(row.ok_or_else(unreadable)?.try_get("", "n")?)
    }

    /// The rows of a table, each as text that [`Loading::row`] takes.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn rows<'a>(
        &'a self,
        table: &Table,
    ) -> Result<impl Stream<Item = Result<String, StoreFault>> + 'a, StoreFault> {
        let name = quoted(&table.name);
        let sql = match self.backend {
            Backend::Sqlite => {
                let columns = table.columns.iter();
                let values: Vec<_> = columns
                    .map(|name| format!("quote({})", quoted(name)))
                    .collect();
                format!("SELECT {} AS line FROM {name}", values.join(" || ',' || "))
            }
            Backend::Postgres => format!("SELECT row_to_json(t)::text AS line FROM {name} t"),
        };
        let rows = self.inner.stream_raw(asked(self.backend, sql)).await?;
        Ok(rows.map(|row| Ok(row?.try_get("", "line")?)))
    }

    /// The last number that each table gave to a row by itself.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn counters(&self) -> Result<BTreeMap<String, i64>, StoreFault> {
        let sql = match self.backend {
            Backend::Sqlite => {
                let counts = asked(self.backend, SQLITE_COUNTS.to_owned());
                if self.inner.query_one_raw(counts).await?.is_none() {
                    return Ok(BTreeMap::new());
                }
                SQLITE_COUNTERS
            }
            Backend::Postgres => POSTGRES_COUNTERS,
        };
        let rows = self
            .inner
            .query_all_raw(asked(self.backend, sql.to_owned()))
            .await?;
        let mut counters = BTreeMap::new();
        for row in rows {
            if let Some(last) = row.try_get("", "last")? {
                counters.insert(row.try_get("", "of")?, last);
            }
        }
        Ok(counters)
    }
}

impl Loading {
    /// Puts a row back.
    ///
    /// # Errors
    /// When the database refuses it.
    pub async fn row(&self, table: &Table, row: &str) -> Result<(), StoreFault> {
        let name = quoted(&table.name);
        let statement = match self.backend {
            Backend::Sqlite => {
                let columns: Vec<_> = table.columns.iter().map(|name| quoted(name)).collect();
                let sql = format!("INSERT INTO {name} ({}) VALUES ({row})", columns.join(", "));
                asked(self.backend, sql)
            }
            Backend::Postgres => Statement::from_sql_and_values(
                DbBackend::Postgres,
                format!(
                    "INSERT INTO {name} SELECT * FROM json_populate_record(NULL::{name}, $1::text::json)"
                ),
                [row.into()],
            ),
        };
        self.inner.execute_raw(statement).await?;
        Ok(())
    }

    /// Lets a table count on from this number.
    ///
    /// # Errors
    /// When the database refuses it.
    pub async fn counter(&self, table: &str, last: i64) -> Result<(), StoreFault> {
        let statements: &[&str] = match self.backend {
            Backend::Sqlite => &[
                "DELETE FROM sqlite_sequence WHERE name = $1 AND $2 >= 0",
                "INSERT INTO sqlite_sequence (name, seq) VALUES ($1, $2)",
            ],
            Backend::Postgres => {
                &["SELECT setval(pg_get_serial_sequence(quote_ident($1), 'id')::regclass, $2)"]
            }
        };
        for sql in statements {
            let values = [table.into(), last.into()];
            let statement = Statement::from_sql_and_values(backend(self.backend), *sql, values);
            self.inner.execute_raw(statement).await?;
        }
        Ok(())
    }

    /// Keeps all of it.
    ///
    /// # Errors
    /// When the database could not.
    pub async fn commit(self) -> Result<(), StoreFault> {
        self.inner.commit().await
    }
}

async fn tables(on: &impl ConnectionTrait, kind: Backend) -> Result<Vec<Table>, StoreFault> {
    let sql = match kind {
        Backend::Sqlite => SQLITE_COLUMNS,
        Backend::Postgres => POSTGRES_COLUMNS,
    };
    let mut tables: Vec<Table> = Vec::new();
    for row in on.query_all_raw(asked(kind, sql.to_owned())).await? {
        let (of, name) = column(&row)?;
        match tables.last_mut().filter(|table| table.name == of) {
            Some(table) => table.columns.push(name),
            None => tables.push(Table {
                name: of,
                columns: vec![name],
            }),
        }
    }
    Ok(tables)
}

fn column(row: &QueryResult) -> Result<(String, String), StoreFault> {
    Ok((row.try_get("", "of")?, row.try_get("", "name")?))
}

/// A name of a table or a column as SQL has it.
fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

fn asked(kind: Backend, sql: String) -> Statement {
    Statement::from_string(backend(kind), sql)
}

const fn backend(kind: Backend) -> DbBackend {
    match kind {
        Backend::Sqlite => DbBackend::Sqlite,
        Backend::Postgres => DbBackend::Postgres,
    }
}
