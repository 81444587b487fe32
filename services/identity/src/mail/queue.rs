//! Putting mail into the queue, sealed, in the transaction that makes it due.

use contract::Locale;
use runtime::DAY_MS;
use serde::{Deserialize, Serialize};
use store::{StoreFault, Tx};
use uuid::Uuid;

use super::Letter;
use crate::Identity;
use crate::domain::address::Address;
use crate::store::mail;

/// For how long a mail is tried.
const GIVE_UP_MS: i64 = 2 * DAY_MS;

/// Whom a mail is for.
pub enum Recipient<'a> {
    /// An account; its address is looked up when the mail is sent.
    Resident(Uuid),
    /// Somebody without an account: the row with which the mail ends, and its address.
    At(Uuid, &'a Address),
}

/// What is sealed in a row of the queue.
#[derive(Serialize, Deserialize)]
pub(super) struct Slip {
    /// Where to, when it is no account's.
    pub to: Option<String>,
    /// `fr` or `en`; none: the account's.
    pub locale: Option<String>,
    /// What it says.
    pub letter: Letter,
}

impl Identity {
    /// Queues a letter within a transaction. `locale` none: the account's language.
    pub(crate) async fn queue(
        &self,
        tx: &Tx,
        to: Recipient<'_>,
        locale: Option<Locale>,
        letter: Letter,
    ) -> Result<(), StoreFault> {
        let id = uuid::Builder::from_random_bytes(self.entropy.bytes()).into_uuid();
        let kind = letter.kind().to_owned();
        let (resident, to) = match to {
            Recipient::Resident(resident) => (resident, None),
            Recipient::At(id, address) => (id, Some(address.expose().clone())),
        };
        let slip = Slip {
            to,
            locale: locale.map(|locale| locale.tag().to_owned()),
            letter,
        };
        let json =
            serde_json::to_vec(&slip).map_err(|_| StoreFault::Unreadable { table: "mail" })?;
        let sealed = self.secrets.seal(&json, id, &self.entropy);
        let now_ms = self.clock.now_ms();
        mail::insert(
            tx,
            mail::Model {
                id,
                resident,
                kind,
                sealed: sealed.bytes,
                sealed_key: sealed.key_id,
                attempts: 0,
                next_at_ms: now_ms,
                give_up_at_ms: now_ms + GIVE_UP_MS,
            },
        )
        .await
    }

    /// Done when a mail of this process was queued: then [`Identity::deliver_mail`] has something to do.
    pub async fn mail_queued(&self) {
        self.queued.notified().await;
    }

    /// How many mails wait to be sent.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn mail_waiting(&self) -> Result<u64, StoreFault> {
        mail::count(self.store.read()).await
    }
}
