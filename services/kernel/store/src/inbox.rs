//! What a role has heard: the highest version of each subject, so that hearing something twice or late changes nothing.

use sea_orm::{ConnectionTrait, Statement};
use uuid::Uuid;

use crate::{Store, StoreFault, Tx};

/// One thing heard.
#[derive(Clone, Copy, Debug)]
pub struct News<'a> {
    /// Who told.
    pub stream: &'a str,
    /// What it is about.
    pub subject: Uuid,
    /// To which version it changed.
    pub version: i64,
    /// Set when the subject is gone for good: when that was heard.
    pub gone_at_ms: Option<i64>,
}

/// The inbox of one role.
#[derive(Clone, Copy, Debug)]
pub struct Inbox;

impl Inbox {
    /// Whether this is news. If so the version is remembered in the same transaction as what follows from it; a
    /// subject that is gone stays gone, whatever version comes after.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn is_news(tx: &Tx, news: News<'_>) -> Result<bool, StoreFault> {
        let result = tx
            .execute_raw(Statement::from_sql_and_values(
                tx.get_database_backend(),
                "INSERT INTO inbox (stream, subject, version, gone_at_ms) VALUES ($1, $2, $3, $4) \
                 ON CONFLICT (stream, subject) DO UPDATE \
                 SET version = excluded.version, gone_at_ms = excluded.gone_at_ms \
                 WHERE inbox.version < excluded.version AND inbox.gone_at_ms IS NULL",
                [
                    news.stream.into(),
                    news.subject.into(),
                    news.version.into(),
                    news.gone_at_ms.into(),
                ],
            ))
            .await?;
        Ok(result.rows_affected() == 1)
    }

    /// Whether it was heard that a subject is gone for good.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn is_gone(tx: &Tx, stream: &str, subject: Uuid) -> Result<bool, StoreFault> {
        let gone = tx
            .query_one_raw(Statement::from_sql_and_values(
                tx.get_database_backend(),
                "SELECT 1 FROM inbox WHERE stream = $1 AND subject = $2 AND gone_at_ms IS NOT NULL",
                [stream.into(), subject.into()],
            ))
            .await?;
        Ok(gone.is_some())
    }

    /// What of a stream is gone and was heard of after `after_ms`.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn gone_after(
        store: &Store,
        stream: &str,
        after_ms: i64,
    ) -> Result<Vec<Uuid>, StoreFault> {
        let reader = store.read();
        let rows = reader
            .query_all_raw(Statement::from_sql_and_values(
                reader.get_database_backend(),
                "SELECT subject FROM inbox WHERE stream = $1 AND gone_at_ms > $2",
                [stream.into(), after_ms.into()],
            ))
            .await?;
        rows.into_iter()
            .map(|row| Ok(row.try_get("", "subject")?))
            .collect()
    }

    /// Forgets what was gone before `before_ms`: longer ago than anything can be replayed.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn forget(store: &Store, before_ms: i64) -> Result<(), StoreFault> {
        let writer = store.writer();
        writer
            .execute_raw(Statement::from_sql_and_values(
                writer.get_database_backend(),
                "DELETE FROM inbox WHERE gone_at_ms < $1",
                [before_ms.into()],
            ))
            .await?;
        Ok(())
    }
}
