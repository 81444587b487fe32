//! Expiry is deletion.

use ::store::Inbox;
use runtime::{DAY_MS, HOUR_MS};

use crate::calls::take_down;
use crate::store::{client_key, post};
use crate::{Posts, PostsFault};

const BATCH: u64 = 100;
/// Longer than anything can be replayed.
const REMEMBERED_MS: i64 = 2 * DAY_MS + HOUR_MS;

impl Posts {
    /// Deletes what has expired, with everything that hangs on it, and tells of it; forgets old keys. Answers how many
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
            taken_down += expired.len();
            if expired.is_empty() {
                break;
            }
        }
        client_key::forget(&self.parts.store, now_ms - client_key::KEPT_MS).await?;
        Inbox::forget(&self.parts.store, now_ms - REMEMBERED_MS).await?;
        Ok(taken_down)
    }
}
