//! The tables as the migrations leave them, in text, to be checked in and compared.

use std::collections::BTreeSet;

use sea_orm::{ConnectionTrait, DbBackend, Statement};

use crate::{Backend, Store, StoreFault};

const SQLITE: &str = "SELECT sql AS line FROM sqlite_master \
     WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' ORDER BY tbl_name, type DESC, name";

/// Columns, constraints and indexes from PostgreSQL's own catalogue.
const POSTGRES: &str = "SELECT line FROM (\
     SELECT c.relname AS t, 0 AS part, a.attnum AS n, \
       c.relname || '.' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod) \
       || CASE WHEN a.attnotnull THEN ' not null' ELSE '' END \
       || COALESCE(' default ' || pg_get_expr(d.adbin, d.adrelid), '') AS line \
     FROM pg_class c JOIN pg_namespace s ON s.oid = c.relnamespace AND s.nspname = current_schema() \
     JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped \
     LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum WHERE c.relkind = 'r' \
     UNION ALL \
     SELECT c.relname, 1, row_number() OVER (PARTITION BY c.relname ORDER BY k.contype, k.conname), \
       c.relname || ' ' || pg_get_constraintdef(k.oid) \
     FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid \
     JOIN pg_namespace s ON s.oid = c.relnamespace AND s.nspname = current_schema() \
     WHERE k.contype IN ('c', 'f', 'p', 'u') \
     UNION ALL \
     SELECT i.tablename, 2, row_number() OVER (PARTITION BY i.tablename ORDER BY i.indexname), \
       replace(i.indexdef, current_schema() || '.', '') \
     FROM pg_indexes i WHERE i.schemaname = current_schema() \
     ) shape ORDER BY t, part, n";

/// Every column, as `table.column`.
const SQLITE_COLUMNS: &str = "SELECT t.name || '.' || c.name AS line \
     FROM sqlite_master t JOIN pragma_table_info(t.name) c WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%'";
const POSTGRES_COLUMNS: &str = "SELECT table_name || '.' || column_name AS line \
     FROM information_schema.columns WHERE table_schema = current_schema()";

impl Store {
    /// The shape of every table, constraint and index, one after another.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn describe(&self) -> Result<String, StoreFault> {
        let lines = self.lines(SQLITE, POSTGRES).await?;
        Ok(lines
            .iter()
            .flat_map(|line| [line.as_str(), ";\n"])
            .collect())
    }

    /// Every column there is, as `table.column`.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn columns(&self) -> Result<BTreeSet<String>, StoreFault> {
        let lines = self.lines(SQLITE_COLUMNS, POSTGRES_COLUMNS).await?;
        Ok(lines.into_iter().collect())
    }

    async fn lines(&self, sqlite: &str, postgres: &str) -> Result<Vec<String>, StoreFault> {
        let statement = match self.backend() {
            Backend::Sqlite => Statement::from_string(DbBackend::Sqlite, sqlite),
            Backend::Postgres => Statement::from_string(DbBackend::Postgres, postgres),
        };
        let rows = self.read().query_all_raw(statement).await?;
        rows.iter()
            .map(|row| Ok(row.try_get("", "line")?))
            .collect()
    }

    /// Makes an empty PostgreSQL schema of this name, dropping one that is there: for shapes and test suites. The name
    /// is written in code and never comes from outside.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn fresh_schema(&self, name: &str) -> Result<(), StoreFault> {
        self.drop_schema(name).await?;
        self.writer()
            .execute_unprepared(&format!("CREATE SCHEMA {name}"))
            .await?;
        Ok(())
    }

    /// Drops a PostgreSQL schema with everything in it.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn drop_schema(&self, name: &str) -> Result<(), StoreFault> {
        let sql = format!("DROP SCHEMA IF EXISTS {name} CASCADE");
        self.writer().execute_unprepared(&sql).await?;
        Ok(())
    }
}
