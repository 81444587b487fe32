//! Expiry is deletion.

use std::time::Duration;

use ::store::Inbox;
use contract::ResidentId;
use runtime::telemetry::{Measure, measure};
use runtime::{DAY_MS, HOUR_MS, MINUTE_MS};

use crate::calls::take_down;
use crate::store::{client_key, post};
use crate::{Posts, PostsFault};

const BATCH: u64 = 100;
/// Longer than a call that was under way when its author was erased can take: it may still have kept something.
const CALLS_TAKE_MS: i64 = 5 * MINUTE_MS;
/// The stream in which erasures are told.
const IDENTITY: &str = "identity";
/// Longer than anything can be replayed.
const REMEMBERED_MS: i64 = 2 * DAY_MS + HOUR_MS;

impl Posts {
    /// Deletes what has expired, with everything that hangs on it, and tells of it; forgets old keys; erases once more whoever
    /// was erased a moment ago. Answers how many
    /// notices came down.
    ///
    /// # Errors
    /// When the database fails; what was done stays done, and the next sweep goes on.
    pub async fn sweep(&self) -> Result<usize, PostsFault> {
        let now_ms = self.parts.clock.now_ms();
        let mut taken_down = 0;
        loop {
            let tx = self.parts.store.begin().await?;
            let expired = post::expired(&tx, now_ms, BATCH).await?;
            for row in &expired {
                take_down(&tx, row).await?;
            }
            tx.commit().await?;
            for row in &expired {
                let late_ms = now_ms.saturating_sub(row.expires_at_ms).max(0);
                let late = Duration::from_millis(late_ms.unsigned_abs());
                measure(Measure::Expired(late));
                self.signal(row.id);
            }
            taken_down += expired.len();
            if expired.is_empty() {
                break;
            }
        }
        let lately_ms = now_ms - CALLS_TAKE_MS;
        for resident in Inbox::gone_after(&self.parts.store, IDENTITY, lately_ms).await? {
            self.erase_everything_of(ResidentId::new(resident)).await?;
        }
        client_key::forget(&self.parts.store, now_ms - client_key::KEPT_MS).await?;
        Inbox::forget(&self.parts.store, now_ms - REMEMBERED_MS).await?;
        Ok(taken_down)
    }
}
