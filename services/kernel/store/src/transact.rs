//! All or nothing.

use std::ops::Deref;
use std::sync::{Arc, Mutex, PoisonError};

use sea_orm::DatabaseTransaction;
use tokio::sync::Notify;

use crate::outbox::Telling;
use crate::{DeletionLog, Outbox, StoreFault};

/// A transaction under way: takes every query that a connection takes. Dropped without [`Tx::commit`], it never was.
#[derive(Debug)]
pub struct Tx {
    inner: DatabaseTransaction,
    wake: Arc<Notify>,
    told: Mutex<Vec<Telling>>,
    log: Option<Arc<DeletionLog>>,
    gone: Mutex<Vec<Vec<u8>>>,
}

impl Tx {
    pub(crate) const fn new(
        inner: DatabaseTransaction,
        wake: Arc<Notify>,
        log: Option<Arc<DeletionLog>>,
    ) -> Self {
        Self {
            inner,
            wake,
            told: Mutex::new(Vec::new()),
            log,
            gone: Mutex::new(Vec::new()),
        }
    }

    /// Something of this name is deleted for good: no restored backup may bring it back.
    pub fn gone(&self, name: Vec<u8>) {
        let mut gone = self.gone.lock().unwrap_or_else(PoisonError::into_inner);
        gone.push(name);
    }

    pub(crate) fn tell(&self, telling: Telling) {
        let mut told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        told.push(telling);
    }

    /// Notes in the log what it deletes for good, writes down what it tells, makes all of it durable, then wakes the relay if
    /// anything is to be told. The log comes first: what is acknowledged as gone is in it, whatever happens in between.
    ///
    /// # Errors
    /// When the database could not. Then nothing of it happened; where the connection broke meanwhile, all of it may have:
    /// what must not happen twice is asked for with a key.
    pub async fn commit(self) -> Result<(), StoreFault> {
        let told = self
            .told
            .into_inner()
            .unwrap_or_else(PoisonError::into_inner);
        if !told.is_empty() {
            Outbox::write_down(&self.inner, &told).await?;
        }
        let gone = self
            .gone
            .into_inner()
            .unwrap_or_else(PoisonError::into_inner);
        if let Some(log) = self.log.filter(|_| !gone.is_empty()) {
            log.note(&gone).await?;
        }
        self.inner.commit().await?;
        if !told.is_empty() {
            self.wake.notify_one();
        }
        Ok(())
    }

    /// The same, for one that tells nothing and notes nothing.
    pub(crate) async fn commit_alone(self) -> Result<(), StoreFault> {
        Ok(self.inner.commit().await?)
    }
}

impl Deref for Tx {
    type Target = DatabaseTransaction;

    fn deref(&self) -> &DatabaseTransaction {
        &self.inner
    }
}
