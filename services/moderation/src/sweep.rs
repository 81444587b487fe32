//! What lapses with time.

use ::store::Inbox;
use contract::ResidentId;
use runtime::{DAY_MS, HOUR_MS, MINUTE_MS};

use crate::domain::APPEAL_WITHIN_MS;
use crate::store::{
    CLIENT_KEYS, appeal, case_file, content, copy, proposal, raised_limit, report, reporter,
    restraint, viewing,
};
use crate::{Moderation, ModerationFault};

const BATCH: u64 = 100;
/// How long a closed case is kept, that somebody looked, and that a limit was raised; in days.
pub(crate) const KEPT_DAYS: i64 = 365;
const KEPT_MS: i64 = KEPT_DAYS * DAY_MS;
/// Longer than a call that was under way when its caller was erased can take: it may still have kept something.
const CALLS_TAKE_MS: i64 = 5 * MINUTE_MS;
/// The stream in which erasures are told.
pub(crate) const IDENTITY: &str = "identity";
/// Longer than anything can be replayed.
const REMEMBERED_MS: i64 = 2 * DAY_MS + HOUR_MS;

impl Moderation {
    /// Lets appeals succeed and proposals end that nobody decided, destroys copies and words that nobody needs any more, forgets
    /// what is old; erases once more whoever was erased a moment ago. Answers how many appeals nobody had decided.
    ///
    /// # Errors
    /// When the database fails; what was done stays done, and the next sweep goes on.
    pub async fn sweep(&self) -> Result<usize, ModerationFault> {
        let (store, now_ms) = (&self.parts.store, self.parts.clock.now_ms());
        let mut lapsed = 0;
        loop {
            let overdue = appeal::overdue(store.read(), now_ms, BATCH).await?;
            if overdue.is_empty() {
                break;
            }
            lapsed += overdue.len();
            for appeal in overdue {
                Box::pin(self.succeed(appeal, now_ms)).await?;
            }
        }
        // Proposals are locked after their cases elsewhere: here nothing else is.
        let tx = store.begin().await?;
        proposal::end_overdue(&tx, now_ms).await?;
        tx.commit().await?;
        let tx = store.begin().await?;
        raised_limit::end_overdue(&tx, now_ms).await?;
        raised_limit::forget(&tx, now_ms - KEPT_MS).await?;
        tx.commit().await?;
        let tx = store.begin().await?;
        copy::forget(&tx, now_ms).await?;
        report::forget_words(&tx, now_ms - APPEAL_WITHIN_MS - DAY_MS).await?;
        tx.commit().await?;
        let tx = store.begin().await?;
        case_file::forget(&tx, now_ms - KEPT_MS, now_ms).await?;
        tx.commit().await?;
        let tx = store.begin().await?;
        content::forget(&tx).await?;
        restraint::forget(&tx, now_ms - REMEMBERED_MS).await?;
        viewing::forget(&tx, (now_ms - KEPT_MS).div_euclid(DAY_MS)).await?;
        reporter::forget(&tx, now_ms.div_euclid(DAY_MS)).await?;
        CLIENT_KEYS.forget(&tx, now_ms).await?;
        tx.commit().await?;
        let lately_ms = now_ms - CALLS_TAKE_MS;
        for resident in Inbox::gone_after(store, IDENTITY, lately_ms).await? {
            Box::pin(self.erase_everything_of(ResidentId::new(resident))).await?;
        }
        Inbox::forget(store, now_ms - REMEMBERED_MS).await?;
        Ok(lapsed)
    }
}
