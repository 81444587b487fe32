//! Work in the background: counted, told to stop, waited for. What the process cannot do without is told apart from what
//! one request started.

use std::future::Future;
use std::sync::{Arc, OnceLock};

use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

/// The background work of a process. Cloning shares it.
#[derive(Clone, Debug, Default)]
pub struct Tasks {
    tracker: TaskTracker,
    stop: CancellationToken,
    failed: Arc<OnceLock<&'static str>>,
}

impl Tasks {
    /// None yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Starts what a request or a socket set going: work that ends by itself, at the latest once [`Tasks::stopping`] is done.
    /// Where it panics, that one request has failed and nothing else.
    #[allow(
        clippy::disallowed_methods,
        reason = "the one place that starts background work"
    )]
    pub fn start(&self, work: impl Future<Output = ()> + Send + 'static) {
        drop(self.tracker.spawn(work));
    }

    /// Keeps work going until the process stops: relays, sweeps, whatever the process does by itself. It is dropped when the
    /// process is asked to stop. Where it ends before, or panics, nobody would do it any more: then the process is asked
    /// to stop, and [`Tasks::failed`] tells `name`.
    #[allow(
        clippy::disallowed_methods,
        reason = "the one place that starts background work"
    )]
    pub fn keep(&self, name: &'static str, work: impl Future<Output = ()> + Send + 'static) {
        let stop = self.stop.clone();
        let kept = self.tracker.spawn(async move {
            stop.clone().run_until_cancelled_owned(work).await;
            stop.is_cancelled()
        });
        let tasks = self.clone();
        drop(self.tracker.spawn(async move {
            if !matches!(kept.await, Ok(true)) {
                tasks.fail(name);
            }
        }));
    }

    fn fail(&self, name: &'static str) {
        if self.failed.set(name).is_ok() {
            tracing::error!(
                operation = name,
                "work in the background ended: the process stops"
            );
        }
        self.ask_to_stop();
    }

    /// The first work that was to be kept going and was not: then the process stops for no other reason.
    pub fn failed(&self) -> Option<&'static str> {
        self.failed.get().copied()
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
    use std::future::{pending, ready};
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

    #[tokio::test]
    async fn work_that_is_kept_and_panics_or_ends_stops_the_process() {
        let tasks = Tasks::new();
        tasks.keep("relay", pending());
        tasks.keep("sweeps", async { panic!("on purpose") });
        tasks.stopping().await;
        assert_eq!(tasks.failed(), Some("sweeps"));
        tasks.stop().await;

        let tasks = Tasks::new();
        tasks.keep("mail", ready(()));
        tasks.stopping().await;
        assert_eq!(tasks.failed(), Some("mail"));
    }

    #[tokio::test]
    async fn work_that_is_kept_ends_with_the_process_and_that_is_no_failure() {
        let tasks = Tasks::new();
        tasks.keep("relay", pending());
        tasks.stop().await;
        assert_eq!(tasks.failed(), None);
    }

    #[tokio::test]
    async fn what_a_request_started_may_panic_alone() {
        let tasks = Tasks::new();
        tasks.start(async { panic!("on purpose") });
        tasks.tracker.close();
        tasks.tracker.wait().await;
        assert!(!tasks.is_stopping() && tasks.failed().is_none());
    }
}
