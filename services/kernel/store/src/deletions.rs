//! The log of what was deleted, so that a restored backup does not bring it back: keyed hashes and times, in a database of its
//! own that is part of no backup.

use std::fmt;
use std::sync::Arc;

use sea_orm::{ConnectionTrait, Statement, Value};
use sea_orm_migration::prelude::*;
use uuid::{Builder, Uuid};

use crate::{Migrations, Store, StoreFault};

/// The tables of the log.
pub const DELETIONS: Migrations = Migrations {
    role: "deletions",
    list: || vec![Box::new(Deletions)],
};

struct Deletions;

impl MigrationName for Deletions {
    fn name(&self) -> &'static str {
        "m0001_deletions"
    }
}

#[sea_orm_migration::async_trait::async_trait]
impl MigrationTrait for Deletions {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let deletion = Table::create()
            .table("deletion")
            .col(ColumnDef::new("hash").binary().not_null().primary_key())
            .col(ColumnDef::new("at_ms").big_integer().not_null())
            .to_owned();
        manager.create_table(deletion).await?;
        let log = Table::create()
            .table("deletion_log")
            .col(ColumnDef::new("id").uuid().not_null().primary_key())
            .col(ColumnDef::new("proof").binary().not_null())
            .col(ColumnDef::new("restoring").boolean().not_null())
            .to_owned();
        manager.create_table(log).await?;
        manager
            .get_connection()
            .execute_unprepared("CREATE INDEX deletion_age ON deletion (at_ms)")
            .await?;
        Ok(())
    }
}

/// What turns a name into hashes that only the board can make: under the newest of its keys, then under the older ones.
pub type KeyedHash = Arc<dyn Fn(&[u8]) -> Vec<[u8; 32]> + Send + Sync>;
/// What time it is, in milliseconds since 1970.
pub type Now = Arc<dyn Fn() -> i64 + Send + Sync>;

/// The log. Cloning shares it.
#[derive(Clone)]
pub struct DeletionLog {
    store: Store,
    hash: KeyedHash,
    now_ms: Now,
}

impl fmt::Debug for DeletionLog {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("DeletionLog")
    }
}

impl DeletionLog {
    /// The log in a database migrated with [`DELETIONS`].
    pub const fn new(store: Store, hash: KeyedHash, now_ms: Now) -> Self {
        Self {
            store,
            hash,
            now_ms,
        }
    }

    /// Which log this is: a backup names the one without which it is not restored. `fresh`, random, becomes the id of a log
    /// that has none yet. From then on the newest key alone shows that it is ours.
    ///
    /// # Errors
    /// When the database fails; [`StoreFault::Unreadable`] when the log was written with other keys.
    pub async fn id(&self, fresh: [u8; 16]) -> Result<String, StoreFault> {
        let fresh = Builder::from_random_bytes(fresh).into_uuid();
        let tx = self.store.begin().await?;
        let backend = tx.get_database_backend();
        let asked = Statement::from_string(backend, "SELECT id, proof FROM deletion_log");
        let id = if let Some(row) = tx.query_one_raw(asked).await? {
            let (id, proof): (Uuid, Vec<u8>) = (row.try_get("", "id")?, row.try_get("", "proof")?);
            if !self.hashes(id.as_bytes()).contains(&proof) {
                let table = "deletion_log";
                return Err(StoreFault::Unreadable { table });
            }
            let newest = self.newest(id.as_bytes());
            if newest != proof {
                let sql = "UPDATE deletion_log SET proof = $1 WHERE proof = $2";
                let values: [Value; 2] = [newest.into(), proof.into()];
                tx.execute_raw(Statement::from_sql_and_values(backend, sql, values))
                    .await?;
            }
            id
        } else {
            let sql = "INSERT INTO deletion_log (id, proof, restoring) VALUES ($1, $2, FALSE)";
            let values: [Value; 2] = [fresh.into(), self.newest(fresh.as_bytes()).into()];
            tx.execute_raw(Statement::from_sql_and_values(backend, sql, values))
                .await?;
            fresh
        };
        tx.commit_alone().await?;
        Ok(id.to_string())
    }

    /// Notes that a backup is being restored, or that it is done: in between the board shows what is gone.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn restoring(&self, restoring: bool) -> Result<(), StoreFault> {
        self.change("UPDATE deletion_log SET restoring = $1", restoring.into())
            .await
    }

    /// Whether the restoring of a backup was begun and not ended.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn is_restoring(&self) -> Result<bool, StoreFault> {
        let sql = "SELECT 1 AS there FROM deletion_log WHERE restoring = $1";
        self.is_there(sql, [true.into()]).await
    }

    /// Notes that these are gone, durably.
    ///
    /// # Errors
    /// When the database fails; then nothing may be deleted.
    pub async fn note(&self, gone: &[Vec<u8>]) -> Result<(), StoreFault> {
        let (tx, at_ms) = (self.store.begin().await?, (self.now_ms)());
        for name in gone {
            let values: [Value; 2] = [self.newest(name).into(), at_ms.into()];
            let sql = "INSERT INTO deletion (hash, at_ms) VALUES ($1, $2) \
                       ON CONFLICT (hash) DO UPDATE SET at_ms = excluded.at_ms";
            let backend = tx.get_database_backend();
            tx.execute_raw(Statement::from_sql_and_values(backend, sql, values))
                .await?;
        }
        tx.commit_alone().await
    }

    /// Whether something of this name was noted as gone since then, in milliseconds since 1970.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn holds(&self, name: &[u8], since_ms: i64) -> Result<bool, StoreFault> {
        for hash in self.hashes(name) {
            let sql = "SELECT 1 AS there FROM deletion WHERE hash = $1 AND at_ms >= $2";
            if self.is_there(sql, [hash.into(), since_ms.into()]).await? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Forgets what was noted before this; no backup may be that old.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn forget(&self, before_ms: i64) -> Result<(), StoreFault> {
        self.change("DELETE FROM deletion WHERE at_ms < $1", before_ms.into())
            .await
    }

    fn hashes(&self, name: &[u8]) -> Vec<Vec<u8>> {
        let hashes = (self.hash)(name);
        hashes.into_iter().map(|hash| hash.to_vec()).collect()
    }

    fn newest(&self, name: &[u8]) -> Vec<u8> {
        self.hashes(name).swap_remove(0)
    }

    async fn change(&self, sql: &str, value: Value) -> Result<(), StoreFault> {
        let tx = self.store.begin().await?;
        let backend = tx.get_database_backend();
        tx.execute_raw(Statement::from_sql_and_values(backend, sql, [value]))
            .await?;
        tx.commit_alone().await
    }

    async fn is_there<const N: usize>(
        &self,
        sql: &str,
        values: [Value; N],
    ) -> Result<bool, StoreFault> {
        let on = self.store.read();
        let asked = Statement::from_sql_and_values(on.get_database_backend(), sql, values);
        Ok(on.query_one_raw(asked).await?.is_some())
    }
}
