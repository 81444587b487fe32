//! One lane for everything heavy, decoding pictures and hashing passwords: a budget of memory, and as many threads as
//! the machine has cores, which give way to all others: a page is not to wait for who signs in.
//!
//! More threads would finish nothing sooner, and each of them makes the allocator keep what its work has freed: with
//! threads without number, a process holds far more than its budget.

use std::sync::Arc;
use std::thread::available_parallelism;

use tokio::runtime::{Builder, Runtime};

use crate::Weights;
use crate::telemetry::{Measure, Stopwatch, measure};

/// The lane, shared by cloning.
#[derive(Clone, Debug)]
pub struct HeavyWork {
    budget: Weights,
    threads: Arc<Threads>,
}

/// Why heavy work was not done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum HeavyFault {
    /// It needs more memory than the whole budget.
    #[error("the work needs more memory than there is for all of it")]
    TooHeavy,
    /// It panicked, or the process stops.
    #[error("the work ended without a result")]
    Ended,
}

impl HeavyWork {
    /// A lane within this budget.
    ///
    /// # Errors
    /// When the system gives no runtime for its threads.
    pub fn within(budget: Weights) -> std::io::Result<Self> {
        Ok(Self {
            budget,
            threads: Arc::new(Threads::new()?),
        })
    }

    /// Does work that needs this many bytes, once they are free. The share is given back when the work ends, also when
    /// nobody waits for it any more.
    ///
    /// # Errors
    /// [`HeavyFault`].
    pub async fn run<T: Send + 'static>(
        &self,
        bytes: u64,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, HeavyFault> {
        let waiting = Waiting::begin();
        let share = self.budget.take(bytes).await.ok_or(HeavyFault::TooHeavy)?;
        drop(waiting);
        let runtime = self.threads.0.as_ref().ok_or(HeavyFault::Ended)?;
        let done = runtime.handle().spawn_blocking(move || {
            let result = work();
            drop(share);
            result
        });
        done.await.map_err(|_| HeavyFault::Ended)
    }
}

/// Work that waits for its share, measured until it has it or nobody waits for it any more.
struct Waiting(Stopwatch);

impl Waiting {
    fn begin() -> Self {
        measure(Measure::HeavyWaits);
        Self(Stopwatch::start())
    }
}

impl Drop for Waiting {
    fn drop(&mut self) {
        self.0.stop(Measure::HeavyWaited);
    }
}

/// A runtime for its bounded threads alone. Work that runs when the last lane is dropped is not waited for.
#[derive(Debug)]
struct Threads(Option<Runtime>);

impl Threads {
    fn new() -> std::io::Result<Self> {
        let cores = available_parallelism().map_or(1, usize::from);
        let runtime = Builder::new_current_thread()
            .max_blocking_threads(cores)
            .thread_name("heavy")
            .on_thread_start(give_way)
            .build()?;
        Ok(Self(Some(runtime)))
    }
}

/// How much less the system gives to a heavy thread while others have something to do: about a tenth (`sched(7)`).
const NICENESS: i32 = 10;

/// Of this thread alone, as Linux has it. Where the system refuses, the work is only in the way.
fn give_way() {
    let _ = rustix::process::nice(NICENESS);
}

impl Drop for Threads {
    fn drop(&mut self) {
        if let Some(runtime) = self.0.take() {
            runtime.shutdown_background();
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;

    use super::*;

    fn lane(bytes: u64) -> HeavyWork {
        HeavyWork::within(Weights::new(bytes)).unwrap()
    }

    #[tokio::test]
    async fn work_beyond_the_budget_is_refused_and_not_begun() {
        let begun = Arc::new(());
        let seen = begun.clone();
        let refused = lane(64 << 20).run(65 << 20, move || drop(seen)).await;
        assert_eq!(refused, Err(HeavyFault::TooHeavy));
        assert_eq!(Arc::strong_count(&begun), 1);
    }

    #[tokio::test]
    async fn the_share_of_work_that_nobody_waits_for_comes_back_when_it_ends() {
        let lane = lane(64 << 20);
        let (free, freed) = mpsc::channel::<()>();
        {
            let left = lane.run(64 << 20, move || freed.recv());
            tokio::pin!(left);
            assert!(once(left.as_mut()).await.is_none());
        }
        let next = lane.run(64 << 20, || 7);
        tokio::pin!(next);
        assert!(once(next.as_mut()).await.is_none(), "it still runs");
        free.send(()).unwrap();
        assert_eq!(next.await, Ok(7));
    }

    #[tokio::test]
    async fn work_that_panics_gives_its_share_back_and_takes_no_thread_along() {
        let lane = lane(64 << 20);
        for _ in 0..8 {
            let ended = lane.run(64 << 20, || assert_eq!(1, 2)).await;
            assert_eq!(ended, Err(HeavyFault::Ended));
        }
        assert_eq!(lane.run(64 << 20, || 7).await, Ok(7));
    }

    #[tokio::test]
    async fn heavy_work_gives_way_to_everything_else() {
        let priority = || rustix::process::getpriority_process(None).unwrap();
        let heavy = lane(64 << 20).run(1, priority).await.unwrap();
        assert_eq!(heavy, (priority() + NICENESS).min(19));
    }

    async fn once<F: Future + Unpin>(mut future: F) -> Option<F::Output> {
        std::future::poll_fn(|context| {
            std::task::Poll::Ready(match std::pin::Pin::new(&mut future).poll(context) {
                std::task::Poll::Ready(output) => Some(output),
                std::task::Poll::Pending => None,
            })
        })
        .await
    }
}
