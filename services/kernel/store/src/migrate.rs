//! Forward-only migrations, recorded under the role's name. Each role has a database or a schema of its own.

use sea_orm::{ConnectionTrait, DbErr, DynIden, Statement, TransactionTrait};
use sea_orm_migration::migrator::MigratorTraitSelf;
use sea_orm_migration::prelude::*;

use crate::{Backend, Store, StoreFault};

/// Who holds this lock migrates.
const TURN_LOCK: i64 = 0x6d69_6772_6174;

/// The migrations of one role, oldest first.
#[derive(Clone, Copy)]
pub struct Migrations {
    /// The role; its migrations are recorded in `<role>_migrations`.
    pub role: &'static str,
    /// One file each.
    pub list: fn() -> Vec<Box<dyn MigrationTrait>>,
}

impl std::fmt::Debug for Migrations {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Migrations({})", self.role)
    }
}

impl MigratorTraitSelf for Migrations {
    fn migrations(&self) -> Vec<Box<dyn MigrationTrait>> {
        (self.list)()
    }

    fn migration_table_name(&self) -> DynIden {
        Alias::new(format!("{}_migrations", self.role)).into_iden()
    }
}

impl Migrations {
    /// Applies what has not been applied. Of several processes that do so at once, one does and the others find it done.
    ///
    /// # Errors
    /// When a migration fails; those before it stay. [`StoreFault::Newer`] before any is applied.
    pub async fn apply(&self, store: &Store) -> Result<(), StoreFault> {
        self.all_known(store).await?;
        let turn = match store.backend() {
            // Nobody else has the file.
            Backend::Sqlite => None,
            Backend::Postgres => Some(store.writer().begin().await?),
        };
        if let Some(turn) = &turn {
            turn.execute_unprepared(&format!("SELECT pg_advisory_xact_lock({TURN_LOCK})"))
                .await?;
        }
        self.up(store.writer(), None).await?;
        if let Some(turn) = turn {
            turn.commit().await?;
        }
        Ok(())
    }

    /// The names of those that have not been applied; changes nothing.
    ///
    /// # Errors
    /// When the database cannot be read; [`StoreFault::Newer`].
    pub async fn pending(&self, store: &Store) -> Result<Vec<String>, StoreFault> {
        self.all_known(store).await?;
        let pending = self.get_pending_migrations_read_only(store.read()).await?;
        Ok(pending
            .into_iter()
            .map(|migration| migration.name().to_owned())
            .collect())
    }

    /// That nothing was applied which this Palier does not know.
    async fn all_known(&self, store: &Store) -> Result<(), StoreFault> {
        let on = store.read();
        let table = format!("{}_migrations", self.role);
        if !SchemaManager::new(on).has_table(&table).await? {
            return Ok(());
        }
        let known = (self.list)();
        let sql = format!("SELECT version FROM {table} ORDER BY version");
        let asked = Statement::from_string(on.get_database_backend(), sql);
        for row in on.query_all_raw(asked).await? {
            let applied: String = row.try_get("", "version")?;
            if known.iter().all(|migration| migration.name() != applied) {
                return Err(StoreFault::Newer(applied));
            }
        }
        Ok(())
    }
}

/// For a role's first migration: the table of what it tells the others.
///
/// # Errors
/// When the database refuses.
pub async fn create_outbox(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("outbox")
                .col(
                    ColumnDef::new("id")
                        .big_integer()
                        .not_null()
                        .auto_increment()
                        .primary_key(),
                )
                .col(ColumnDef::new("subject").uuid().not_null())
                .col(ColumnDef::new("version").big_integer().not_null())
                .col(ColumnDef::new("neighbourhood").uuid().not_null())
                .to_owned(),
        )
        .await?;
    manager
        .create_table(
            Table::create()
                .table("outbox_mark")
                .col(ColumnDef::new("consumer").text().not_null().primary_key())
                .col(ColumnDef::new("done").big_integer().not_null())
                .to_owned(),
        )
        .await
}

/// For a later migration: what made true what is told, for as long as it waits. Nothing is in it where nothing is traced.
///
/// # Errors
/// When the database refuses.
pub async fn trace_outbox(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .alter_table(
            Table::alter()
                .table("outbox")
                .add_column(ColumnDef::new("cause").blob().null())
                .to_owned(),
        )
        .await
}

/// For a role's first migration: the table of what it has heard.
///
/// # Errors
/// When the database refuses.
pub async fn create_inbox(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("inbox")
                .col(ColumnDef::new("stream").text().not_null())
                .col(ColumnDef::new("subject").uuid().not_null())
                .col(ColumnDef::new("version").big_integer().not_null())
                .col(ColumnDef::new("gone_at_ms").big_integer().null())
                .primary_key(Index::create().col("stream").col("subject"))
                .to_owned(),
        )
        .await?;
    manager
        .get_connection()
        .execute_unprepared("CREATE INDEX inbox_gone ON inbox (gone_at_ms)")
        .await?;
    Ok(())
}
