//! What time it is: the machine's, or one that a test sets.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use tokio::sync::Notify;

/// A minute in milliseconds.
pub const MINUTE_MS: i64 = 60_000;
/// An hour in milliseconds.
pub const HOUR_MS: i64 = 60 * MINUTE_MS;
/// A day in milliseconds.
pub const DAY_MS: i64 = 24 * HOUR_MS;

/// The one source of time of a process.
#[derive(Clone, Debug)]
pub enum Clock {
    /// The machine's clock.
    System,
    /// Stands still until it is moved.
    Manual(Arc<ManualClock>),
}

/// A clock that a test moves.
#[derive(Debug)]
pub struct ManualClock {
    now_ms: AtomicI64,
    moved: Notify,
}

impl Clock {
    /// A clock that stands at `now_ms` until [`Clock::advance`] moves it.
    pub fn manual(now_ms: i64) -> Self {
        Self::Manual(Arc::new(ManualClock {
            now_ms: AtomicI64::new(now_ms),
            moved: Notify::new(),
        }))
    }

    /// The time since 1970-01-01T00:00:00Z, as finely as it is known: what passes between two moments is measured with it.
    #[allow(
        clippy::disallowed_methods,
        reason = "the one place that asks the machine"
    )]
    pub fn since_1970(&self) -> Duration {
        match self {
            Self::System => SystemTime::now()
                .duration_since(UNIX_EPOCH)
                .unwrap_or_default(),
            Self::Manual(clock) => {
                let now_ms = clock.now_ms.load(Ordering::SeqCst);
                Duration::from_millis(now_ms.max(0).unsigned_abs())
            }
        }
    }

    /// Milliseconds since 1970-01-01T00:00:00Z.
    pub fn now_ms(&self) -> i64 {
        match self {
            Self::System => i64::try_from(self.since_1970().as_millis()).unwrap_or(i64::MAX),
            Self::Manual(clock) => clock.now_ms.load(Ordering::SeqCst),
        }
    }

    /// Days since 1970-01-01, UTC.
    pub fn today(&self) -> i64 {
        self.now_ms().div_euclid(DAY_MS)
    }

    /// Moves a manual clock on and wakes those who wait for it.
    ///
    /// # Panics
    /// When this is the machine's clock: nobody moves that.
    pub fn advance(&self, by: Duration) {
        match self {
            Self::System => panic!("only a manual clock is moved"),
            Self::Manual(clock) => {
                let by_ms = i64::try_from(by.as_millis()).unwrap_or(i64::MAX);
                clock.now_ms.fetch_add(by_ms, Ordering::SeqCst);
                clock.moved.notify_waiters();
            }
        }
    }

    /// Sets a manual clock back, as an operator or a time server may the machine's. Nobody's wait ends by it.
    ///
    /// # Panics
    /// When this is the machine's clock: nobody moves that.
    pub fn set_back(&self, by: Duration) {
        match self {
            Self::System => panic!("only a manual clock is moved"),
            Self::Manual(clock) => {
                let by_ms = i64::try_from(by.as_millis()).unwrap_or(i64::MAX);
                clock.now_ms.fetch_sub(by_ms, Ordering::SeqCst);
            }
        }
    }

    /// Waits until this much time has passed on this clock.
    #[allow(
        clippy::disallowed_methods,
        reason = "the one place that lets time pass"
    )]
    pub async fn wait(&self, duration: Duration) {
        match self {
            Self::System => tokio::time::sleep(duration).await,
            Self::Manual(clock) => {
                let due = self
                    .now_ms()
                    .saturating_add(i64::try_from(duration.as_millis()).unwrap_or(i64::MAX));
                loop {
                    let moved = clock.moved.notified();
                    tokio::pin!(moved);
                    moved.as_mut().enable();
                    if self.now_ms() >= due {
                        return;
                    }
                    moved.await;
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_wait_on_a_manual_clock_ends_when_the_clock_has_moved_far_enough() {
        let clock = Clock::manual(1_000);
        let waiting = {
            let clock = clock.clone();
            async move {
                clock.wait(Duration::from_millis(50)).await;
                clock.now_ms()
            }
        };
        let moving = async {
            clock.advance(Duration::from_millis(20));
            tokio::task::yield_now().await;
            clock.advance(Duration::from_millis(40));
        };
        let (now_ms, ()) = tokio::join!(waiting, moving);
        assert_eq!(now_ms, 1_060);
    }
}
