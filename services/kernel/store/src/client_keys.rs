//! A retry is harmless: under the same key what was asked before has come about, and anything else is a conflict.

use runtime::DAY_MS;
use sea_orm::{ConnectionTrait, Statement, Value};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::{StoreFault, Tx};

/// How long a retry is recognised, in milliseconds.
const KEPT_MS: i64 = 2 * DAY_MS;

/// What a client drew at random for one thing that it asks for: 16 to 64 bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClientKey(Vec<u8>);

/// Bytes that are no key of a client: too few, or too many.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a client's key")]
pub struct NoClientKey;

impl TryFrom<&[u8]> for ClientKey {
    type Error = NoClientKey;

    fn try_from(bytes: &[u8]) -> Result<Self, NoClientKey> {
        if (16..=64).contains(&bytes.len()) {
            Ok(Self(bytes.to_vec()))
        } else {
            Err(NoClientKey)
        }
    }
}

/// One asking: where, whose key, for what, and a hash of what was asked.
#[derive(Clone, Debug)]
pub struct Asking {
    neighbourhood: Uuid,
    who: Value,
    operation: &'static str,
    key: ClientKey,
    asked: Vec<u8>,
}

impl Asking {
    /// An asking under a client's `key`; `who` as the table of [`ClientKeys`] names them, `asked` the message without the key.
    pub fn new(
        neighbourhood: Uuid,
        who: impl Into<Value>,
        operation: &'static str,
        key: ClientKey,
        asked: &[u8],
    ) -> Self {
        Self {
            neighbourhood,
            who: who.into(),
            operation,
            key,
            asked: Sha256::digest(asked).to_vec(),
        }
    }
}

/// What is known of an asking.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Before {
    /// Its key is new.
    Never,
    /// This came of it.
    Made(Uuid),
    /// What came of it is gone.
    Gone,
    /// Its key was used for something else.
    Other,
}

/// The clients' keys of a role: its table `client_key`.
#[derive(Clone, Copy, Debug)]
pub struct ClientKeys {
    who: &'static str,
}

impl ClientKeys {
    /// Those of a table whose column of this name says whose a key is.
    pub const fn of(who: &'static str) -> Self {
        Self { who }
    }

    /// What is known of an asking. Whoever calls has locked something of who asks, so that two retries do not cross.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn before(self, tx: &Tx, asking: &Asking) -> Result<Before, StoreFault> {
        let sql = format!(
            "SELECT asked, subject FROM client_key \
             WHERE neighbourhood = $1 AND {} = $2 AND operation = $3 AND key = $4",
            self.who
        );
        let values = [
            asking.neighbourhood.into(),
            asking.who.clone(),
            asking.operation.into(),
            asking.key.0.clone().into(),
        ];
        let backend = tx.get_database_backend();
        let found = tx
            .query_one_raw(Statement::from_sql_and_values(backend, sql, values))
            .await?;
        let Some(row) = found else {
            return Ok(Before::Never);
        };
        let asked: Option<Vec<u8>> = row.try_get("", "asked")?;
        Ok(match asked {
            None => Before::Gone,
            Some(asked) if asked == asking.asked => Before::Made(row.try_get("", "subject")?),
            Some(_) => Before::Other,
        })
    }

    /// Remembers what came of it.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn made(
        self,
        tx: &Tx,
        asking: Asking,
        subject: Uuid,
        now_ms: i64,
    ) -> Result<(), StoreFault> {
        let sql = format!(
            "INSERT INTO client_key (neighbourhood, {}, operation, key, asked, subject, created_at_ms) \
             VALUES ($1, $2, $3, $4, $5, $6, $7)",
            self.who
        );
        let values = [
            asking.neighbourhood.into(),
            asking.who,
            asking.operation.into(),
            asking.key.0.into(),
            asking.asked.into(),
            subject.into(),
            now_ms.into(),
        ];
        carry_out(tx, sql, values).await
    }

    /// What came of these keys is gone: nothing of what was asked stays, and a retry does not bring it back.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn subject_gone(
        self,
        tx: &Tx,
        neighbourhood: Uuid,
        subject: Uuid,
    ) -> Result<(), StoreFault> {
        let sql = "UPDATE client_key SET asked = NULL WHERE neighbourhood = $1 AND subject = $2";
        carry_out(tx, sql, [neighbourhood.into(), subject.into()]).await
    }

    /// Forgets somebody's keys.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn forget_those_of(self, tx: &Tx, who: impl Into<Value>) -> Result<(), StoreFault> {
        let sql = format!("DELETE FROM client_key WHERE {} = $1", self.who);
        carry_out(tx, sql, [who.into()]).await
    }

    /// Forgets keys that are too old to be retried.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn forget(self, tx: &Tx, now_ms: i64) -> Result<(), StoreFault> {
        let sql = "DELETE FROM client_key WHERE created_at_ms < $1";
        carry_out(tx, sql, [(now_ms - KEPT_MS).into()]).await
    }
}

async fn carry_out(
    tx: &Tx,
    sql: impl Into<String>,
    values: impl IntoIterator<Item = Value>,
) -> Result<(), StoreFault> {
    let backend = tx.get_database_backend();
    tx.execute_raw(Statement::from_sql_and_values(backend, sql, values))
        .await?;
    Ok(())
}
