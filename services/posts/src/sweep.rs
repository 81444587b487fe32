//! Expiry is deletion.

use std::time::Duration;

use ::store::Inbox;
use contract::posts::State;
use contract::{NeighbourhoodId, PostId, ResidentId};
use runtime::telemetry::{Measure, measure};
use runtime::{DAY_MS, HOUR_MS, MINUTE_MS, rounded_down};

use crate::calls::{save, show, take_down};
use crate::domain::{LAPSED_STAYS_MS, LAPSES_AFTER_MS};
use crate::store::{CLIENT_KEYS, post, raised_limit, shown_day};
use crate::{Posts, PostsFault};

const BATCH: u64 = 100;
/// Longer than a call that was under way when its author was erased can take: it may still have kept something.
const CALLS_TAKE_MS: i64 = 5 * MINUTE_MS;
/// The stream in which erasures are told.
pub(crate) const IDENTITY: &str = "identity";
/// For how many days it is known how much was shown: longer than a clock goes back.
const DAYS_COUNTED: i64 = 60;
/// Longer than anything can be replayed.
const REMEMBERED_MS: i64 = 2 * DAY_MS + HOUR_MS;

impl Posts {
    /// Deletes what has expired, with everything that hangs on it, and tells of it; lets lapse what nobody read in time, and
    /// shows what was read and has its day now; forgets old keys; erases once more whoever was erased a moment ago. Answers how
    /// many notices came down.
    ///
    /// # Errors
    /// When the database fails; what was done stays done, and the next sweep goes on.
    pub async fn sweep(&self) -> Result<usize, PostsFault> {
        let now_ms = self.parts.clock.now_ms();
        self.let_lapse(now_ms).await?;
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
        self.show_accepted(now_ms).await?;
        let lately_ms = now_ms - CALLS_TAKE_MS;
        for resident in Inbox::gone_after(&self.parts.store, IDENTITY, lately_ms).await? {
            self.erase_everything_of(ResidentId::new(resident)).await?;
        }
        let tx = self.parts.store.begin().await?;
        CLIENT_KEYS.forget(&tx, now_ms).await?;
        tx.commit().await?;
        let long_ago = self.parts.clock.today() - DAYS_COUNTED;
        shown_day::forget(&self.parts.store, long_ago).await?;
        raised_limit::forget(&self.parts.store, long_ago).await?;
        Inbox::forget(&self.parts.store, now_ms - REMEMBERED_MS).await?;
        Ok(taken_down)
    }

    /// What tells of a person and was not read, or not shown, in time never is.
    async fn let_lapse(&self, now_ms: i64) -> Result<(), PostsFault> {
        loop {
            let tx = self.parts.store.begin().await?;
            let unread = post::unread(&tx, now_ms - LAPSES_AFTER_MS, BATCH).await?;
            for mut row in unread.clone() {
                row.wait_no_longer();
                row.state = State::Lapsed.into();
                row.expires_at_ms = rounded_down(now_ms + LAPSED_STAYS_MS, HOUR_MS);
                row.version += 1;
                save(&tx, &row).await?;
            }
            tx.commit().await?;
            if unread.is_empty() {
                return Ok(());
            }
            for row in unread {
                self.signal(row.id);
            }
        }
    }

    /// What was read on a day that had no room for it is shown on one that has, longest waiting first.
    async fn show_accepted(&self, now_ms: i64) -> Result<(), PostsFault> {
        let today = self.parts.clock.today();
        for (neighbourhood, id) in post::accepted(self.parts.store.read(), BATCH).await? {
            let (here, id) = (NeighbourhoodId::new(neighbourhood), PostId::new(id));
            let tx = self.parts.store.begin().await?;
            let waiting = post::find(&*tx, &[here], id, now_ms, true).await?;
            let Some(mut row) = waiting.filter(|row| row.accepted) else {
                continue;
            };
            show(&tx, &mut row, today, now_ms).await?;
            if row.accepted {
                continue;
            }
            row.version += 1;
            save(&tx, &row).await?;
            tx.commit().await?;
            self.signal(row.id);
        }
        Ok(())
    }
}
