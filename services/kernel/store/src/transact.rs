//! All or nothing.

use std::ops::Deref;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use sea_orm::DatabaseTransaction;
use tokio::sync::Notify;

use crate::StoreFault;

/// A transaction under way: takes every query that a connection takes. Dropped without [`Tx::commit`], it never was.
#[derive(Debug)]
pub struct Tx {
    inner: DatabaseTransaction,
    wake: Arc<Notify>,
    told: AtomicBool,
}

impl Tx {
    pub(crate) const fn new(inner: DatabaseTransaction, wake: Arc<Notify>) -> Self {
        Self {
            inner,
            wake,
            told: AtomicBool::new(false),
        }
    }

    pub(crate) fn has_told(&self) {
        self.told.store(true, Ordering::Relaxed);
    }

    /// Makes it durable, then wakes the relay if anything is to be told.
    ///
    /// # Errors
    /// When the database could not. Then nothing of it happened; where the connection broke meanwhile, all of it may have:
    /// what must not happen twice is asked for with a key.
    pub async fn commit(self) -> Result<(), StoreFault> {
        self.inner.commit().await?;
        if self.told.load(Ordering::Relaxed) {
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
