//! A budget of memory.

use std::sync::Arc;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

const UNIT_BYTES: u64 = 64 * 1024;

/// A budget in bytes, shared by cloning. Who needs a share waits for it, in order of arrival.
#[derive(Clone, Debug)]
pub struct Weights {
    units: Arc<Semaphore>,
    total: u32,
}

/// A share of the budget; dropping it gives it back.
#[derive(Debug)]
pub struct Weight {
    _permit: OwnedSemaphorePermit,
}

impl Weights {
    /// A budget of this many bytes, rounded down to 64 KiB.
    pub fn new(bytes: u64) -> Self {
        let total = u32::try_from(bytes / UNIT_BYTES).unwrap_or(u32::MAX).max(1);
        Self {
            units: Arc::new(Semaphore::new(total as usize)),
            total,
        }
    }

    /// Waits for a share of this many bytes; `None` when the whole budget is smaller than that.
    pub async fn take(&self, bytes: u64) -> Option<Weight> {
        let units = u32::try_from(bytes.div_ceil(UNIT_BYTES))
            .ok()
            .filter(|units| *units <= self.total)?;
        let permit = self.units.clone().acquire_many_owned(units).await.ok()?;
        Some(Weight { _permit: permit })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn the_budget_is_never_overdrawn_and_comes_back() {
        let weights = Weights::new(192 << 20);
        let most = weights.take(150 << 20).await.unwrap();
        let waiting = weights.take(64 << 20);
        tokio::pin!(waiting);
        assert!(
            futures_poll_once(waiting.as_mut()).await.is_none(),
            "64 MiB more would overdraw"
        );
        drop(most);
        assert!(waiting.await.is_some());
        assert!(weights.take(193 << 20).await.is_none());
    }

    async fn futures_poll_once<F: Future + Unpin>(mut future: F) -> Option<F::Output> {
        std::future::poll_fn(|context| {
            std::task::Poll::Ready(match std::pin::Pin::new(&mut future).poll(context) {
                std::task::Poll::Ready(output) => Some(output),
                std::task::Poll::Pending => None,
            })
        })
        .await
    }
}
