//! At regular times: posts whose time has passed go, even where posts has not said so yet, and what nobody can ask for
//! any more is forgotten.

use bus::Topic;
use runtime::{DAY_MS, HOUR_MS};
use store::Inbox;

use crate::store::{expire, expired_in, forget, forgettable_in};
use crate::{Feeds, FeedsFault};

/// How long it is remembered that a post is gone, in milliseconds: a reader who was away for longer loads afresh.
pub const TOMBSTONES_KEPT_MS: i64 = 48 * HOUR_MS;

/// How long a post that is gone for good cannot be revived by a late event, in milliseconds: longer than any event can
/// be late.
pub const INBOX_KEPT_MS: i64 = 7 * DAY_MS;

impl Feeds {
    /// Sweeps once, in transactions of bounded size. Doing it twice changes nothing.
    ///
    /// # Errors
    /// When the database fails; what was swept before stays swept.
    #[tracing::instrument(skip_all, fields(role = "feeds", operation = "sweep"))]
    pub async fn sweep(&self) -> Result<(), FeedsFault> {
        let now_ms = self.clock.now_ms();
        for neighbourhood in expired_in(&self.store, now_ms).await? {
            let mut all = false;
            while !all {
                let tx = self.store.begin().await?;
                all = expire(&tx, neighbourhood, now_ms).await?;
                tx.commit().await?;
                self.bus.signal(&Topic::Feed(neighbourhood));
            }
        }
        let before_ms = now_ms - TOMBSTONES_KEPT_MS;
        for neighbourhood in forgettable_in(&self.store, before_ms).await? {
            let tx = self.store.begin().await?;
            forget(&tx, neighbourhood, before_ms).await?;
            tx.commit().await?;
        }
        Inbox::forget(&self.store, now_ms - INBOX_KEPT_MS).await?;
        Ok(())
    }
}
