//! What lapses with time. Called at regular times; doing it twice changes nothing.

use runtime::DAY_MS;

use crate::Identity;
use crate::domain::day;
use crate::domain::invite::{DAY_KEPT_DAYS, INVITER_KEPT_DAYS};
use crate::domain::session::{CONFIRMATION_MS, DEVICE_KEPT_DAYS};
use crate::error::IdentityFault;
use crate::store::{
    account, invite, mail, membership, pseudonym, recovery, session, sign_up, throttle,
};

/// As much as one sweep does of what takes a transaction each.
const BATCH: u64 = 200;

/// How long a mail lies in the folder of mails: as long as the longest link in one works.
const MAILS_KEPT_MS: i64 = CONFIRMATION_MS;

impl Identity {
    /// Lets lapse what is due: sign-ups nobody confirmed, links, sessions, tries, invites, names let go, the day of joining
    /// and who invited, mails given up, mails a day in their folder; and brings addresses under the newest keys.
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
        let tx = self.store.begin().await?;
        session::sweep(&tx, today, now_ms).await?;
        session::forget_devices_before(&tx, today - DEVICE_KEPT_DAYS).await?;
        recovery::delete_ended(&tx, now_ms).await?;
        throttle::forget(&tx, now_ms).await?;
        pseudonym::free_due(&tx, today).await?;
        // A day later than they end: a mail under way may still be claimed.
        mail::delete_given_up(&tx, now_ms - DAY_MS).await?;
        invite::delete_ended(&tx, now_ms).await?;
        membership::forget_inviters(&tx, today - INVITER_KEPT_DAYS).await?;
        for joined in membership::days_before(&*tx, today - DAY_KEPT_DAYS, BATCH).await? {
            membership::forget_day(&tx, joined, day::first_of_month(joined)).await?;
        }
        tx.commit().await?;
        // One fault keeps nothing else from lapsing.
        let tidied = self.mail.forget_before(now_ms - MAILS_KEPT_MS).await;
        self.reseal().await?;
        tidied.map_err(IdentityFault::Mails)
    }

    /// Brings addresses that are sealed or looked up under an older key under the newest, a batch at a time. Those that no key
    /// opens are passed over: they keep no other from its turn.
    async fn reseal(&self) -> Result<(), IdentityFault> {
        let (address_key, email_key) = self.secrets.newest_ids();
        let (mut unreadable, mut left) = (None, BATCH);
        let mut after = None;
        loop {
            let db = self.store.read();
            let page = account::under_older_keys(db, address_key, email_key, after, left).await?;
            let Some(last) = page.last() else { break };
            after = Some(last.id);
            for row in page {
                if self.reseal_one(&row).await? {
                    left -= 1;
                } else {
                    unreadable = Some(IdentityFault::Sealed { table: "account" });
                }
            }
        }
        unreadable.map_or(Ok(()), Err)
    }

    /// Brings one address under the newest keys; false when no key opens it.
    async fn reseal_one(&self, row: &account::Model) -> Result<bool, IdentityFault> {
        let secrets = &self.secrets;
        let Some(address) = secrets.open_address(&row.address_key, &row.address, row.id) else {
            return Ok(false);
        };
        let sealed = secrets.seal(address.expose().as_bytes(), row.id, &self.entropy);
        let hash = secrets.address_hash(&address);
        let tx = self.store.begin().await?;
        account::reseal(&*tx, row, sealed, hash.bytes, &hash.key_id).await?;
        tx.commit().await?;
        Ok(true)
    }
}
