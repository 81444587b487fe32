//! Work in the background: counted, told to stop, waited for.

use std::future::Future;

use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

/// The background work of a process. Cloning shares it.
#[derive(Clone, Debug, Default)]
pub struct Tasks {
    tracker: TaskTracker,
    stop: CancellationToken,
}

impl Tasks {
    /// None yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Starts work that ends by itself once [`Tasks::stopping`] is done.
    #[allow(
        clippy::disallowed_methods,
        reason = "the one place that starts background work"
    )]
    pub fn start(&self, work: impl Future<Output = ()> + Send + 'static) {
        drop(self.tracker.spawn(work));
    }

    /// Done once the process is asked to stop.
    pub fn stopping(&self) -> impl Future<Output = ()> + Send + 'static {
        self.stop.clone().cancelled_owned()
    }

    /// Whether the process was asked to stop.
    pub fn is_stopping(&self) -> bool {
        self.stop.is_cancelled()
    }

    /// Asks everything to stop, and waits for nothing.
    pub fn ask_to_stop(&self) {
        self.stop.cancel();
    }

    /// Asks everything to stop and waits until it has.
    pub async fn stop(&self) {
        self.ask_to_stop();
        self.tracker.close();
        self.tracker.wait().await;
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicBool, Ordering};

    use super::*;

    #[tokio::test]
    async fn stopping_waits_for_what_was_started() {
        let tasks = Tasks::new();
        let ended = Arc::new(AtomicBool::new(false));
        let (stopping, flag) = (tasks.stopping(), ended.clone());
        tasks.start(async move {
            stopping.await;
            tokio::task::yield_now().await;
            flag.store(true, Ordering::SeqCst);
        });
        tasks.stop().await;
        assert!(ended.load(Ordering::SeqCst));
    }
}
