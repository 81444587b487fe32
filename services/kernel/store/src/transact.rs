//! All or nothing.

use std::ops::Deref;
use std::sync::{Arc, Mutex, PoisonError};

use sea_orm::DatabaseTransaction;
use tokio::sync::Notify;

use crate::outbox::Telling;
use crate::{Outbox, StoreFault};

/// A transaction under way: takes every query that a connection takes. Dropped without [`Tx::commit`], it never was.
#[derive(Debug)]
pub struct Tx {
    inner: DatabaseTransaction,
    wake: Arc<Notify>,
    told: Mutex<Vec<Telling>>,
}

impl Tx {
    pub(crate) const fn new(inner: DatabaseTransaction, wake: Arc<Notify>) -> Self {
        Self {
            inner,
            wake,
            told: Mutex::new(Vec::new()),
        }
    }

    pub(crate) fn tell(&self, telling: Telling) {
        let mut told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        told.push(telling);
    }

    /// Writes down what it tells, makes all of it durable, then wakes the relay if anything is to be told.
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
        self.inner.commit().await?;
        if !told.is_empty() {
            self.wake.notify_one();
        }
        Ok(())
    }
}

impl Deref for Tx {
    type Target = DatabaseTransaction;

    fn deref(&self) -> &DatabaseTransaction {
        &self.inner
    }
}
