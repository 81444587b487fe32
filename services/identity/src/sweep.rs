//! What lapses with time. Called at regular times; doing it twice changes nothing.

use ::store::Inbox;
use runtime::{DAY_MS, HOUR_MS};

use crate::Identity;
use crate::calls::admit::forget_vouching;
use crate::domain::day;
use crate::domain::invite::{DAY_KEPT_DAYS, INVITER_KEPT_DAYS};
use crate::domain::joining::{QUESTIONED_DAYS, SEEN_KEPT_DAYS};
use crate::domain::session::{CONFIRMATION_MS, DEVICE_KEPT_DAYS};
use crate::error::IdentityFault;
use crate::store::{
    invite, mail, membership, postcard, pseudonym, questioned, recovery, reply_address, reserve,
    restraint, seen, session, sign_up, throttle, vouching,
};

/// How long it is remembered what was told of: longer than the bus brings anything again.
const REMEMBERED_MS: i64 = 49 * HOUR_MS;

/// As much as one sweep does of what takes a transaction each.
pub(crate) const BATCH: u64 = 200;

/// How long a mail lies in the folder of mails: as long as the longest link in one works.
const MAILS_KEPT_MS: i64 = CONFIRMATION_MS;

/// For how long everybody can read who helped out, once it is over.
const RESERVE_KEPT_DAYS: i32 = 365;

impl Identity {
    /// Lets lapse what is due: sign-ups nobody confirmed, links, sessions, tries, invites, names let go, the day of joining
    /// and who invited or vouched, what was asked for to join, memberships that nobody decided about, who helped out a year ago, pauses, reply
    /// addresses, mails given up, mails a day in their folder; and brings addresses under the newest keys.
    ///
    /// # Errors
    /// When the store fails; the next sweep goes on.
    #[tracing::instrument(skip_all, fields(role = "identity", operation = "sweep"))]
    pub async fn sweep(&self) -> Result<(), IdentityFault> {
        let now_ms = self.clock.now_ms();
        let today = day::of(now_ms);
        for (id, invite) in sign_up::lapsed(self.store.read(), now_ms, BATCH).await? {
            self.give_up(id, invite).await?;
        }
        for (neighbourhood, resident) in vouching::ended(self.store.read(), now_ms, BATCH).await? {
            let tx = self.store.begin().await?;
            let asked = vouching::locked_of(&tx, neighbourhood, resident).await?;
            if asked.is_some_and(|asked| asked.expires_at_ms <= now_ms) {
                forget_vouching(&tx, neighbourhood, resident).await?;
            }
            tx.commit().await?;
        }
        let tx = self.store.begin().await?;
        session::sweep(&tx, today, now_ms).await?;
        session::forget_devices_before(&tx, today - DEVICE_KEPT_DAYS).await?;
        recovery::delete_ended(&tx, now_ms).await?;
        throttle::forget(&tx, now_ms).await?;
        pseudonym::free_due(&tx, today).await?;
        // A day later than they end: a mail under way may still be claimed.
        mail::delete_given_up(&tx, now_ms - DAY_MS).await?;
        reply_address::delete_ended(&tx, today).await?;
        postcard::delete_ended(&tx, now_ms).await?;
        seen::delete_before(&tx, today - SEEN_KEPT_DAYS).await?;
        questioned::delete_before(&tx, today - QUESTIONED_DAYS).await?;
        reserve::delete_before(&tx, today - RESERVE_KEPT_DAYS).await?;
        restraint::forget(&tx, now_ms - REMEMBERED_MS).await?;
        invite::delete_ended(&tx, now_ms).await?;
        membership::forget_inviters(&tx, today - INVITER_KEPT_DAYS).await?;
        for joined in membership::days_before(&*tx, today - DAY_KEPT_DAYS, BATCH).await? {
            membership::forget_day(&tx, joined, day::first_of_month(joined)).await?;
        }
        tx.commit().await?;
        Inbox::forget(&self.store, now_ms - REMEMBERED_MS).await?;
        // One fault keeps nothing else from lapsing.
        let tidied = self.mail.forget_before(now_ms - MAILS_KEPT_MS).await;
        self.reseal().await?;
        tidied.map_err(IdentityFault::Mails)
    }
}
