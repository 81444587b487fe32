//! Sending what waits, again and again until it left or two days are over.

use std::time::{Duration, SystemTime};

use contract::Locale;
use lettre::Message;
use lettre::message::header::{Header, HeaderName, HeaderValue};
use lettre::message::{Mailbox, MultiPart};
use runtime::telemetry::{Measure, measure};
use runtime::{HOUR_MS, MINUTE_MS};
use store::StoreFault;

use super::queue::Slip;
use super::transport::MailFault;
use crate::Identity;
use crate::domain::address::Address;
use crate::error::IdentityFault;
use crate::store::{account, mail};

/// How many are sent in one go.
const BATCH: u64 = 20;
/// A claimed mail is tried again after this when the process that claimed it died.
const CLAIM_MS: i64 = 5 * MINUTE_MS;
/// The longest pause between two attempts.
const LONGEST_PAUSE_MS: i64 = 4 * HOUR_MS;

/// What became of the mails that were due.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Delivered {
    /// They left.
    pub sent: usize,
    /// They will be tried again.
    pub waiting: usize,
    /// They are given up: refused for good, too old, or to nobody.
    pub given_up: usize,
}

/// What to do with a mail.
enum Parcel {
    /// It goes to nobody: the account is gone, or there was none.
    Nobody,
    /// It can be sent.
    Ready(Box<Message>),
}

impl Identity {
    /// Sends what is due. To be called at regular times and when [`Identity::mail_queued`] is done.
    ///
    /// # Errors
    /// When the store fails; a mail that could not leave is no error here.
    #[tracing::instrument(skip_all, fields(role = "identity", operation = "deliver_mail"))]
    pub async fn deliver_mail(&self) -> Result<Delivered, IdentityFault> {
        let mut delivered = Delivered::default();
        let due = mail::due(self.store.read(), self.clock.now_ms(), BATCH).await?;
        for row in due {
            self.deliver(row, &mut delivered).await?;
        }
        Ok(delivered)
    }

    async fn deliver(
        &self,
        row: mail::Model,
        delivered: &mut Delivered,
    ) -> Result<(), IdentityFault> {
        let tx = self.store.begin().await?;
        let claimed = mail::claim(&tx, &row, self.clock.now_ms() + CLAIM_MS).await?;
        tx.commit().await?;
        if !claimed {
            return Ok(());
        }
        let outcome = match self.parcel(&row).await {
            Ok(Parcel::Ready(message)) => {
                let now_ms = self.clock.now_ms();
                let sent = self.mail.send(*message, &self.entropy, now_ms).await;
                sent.map(|()| true)
            }
            Ok(Parcel::Nobody) => Ok(false),
            Err(fault) => {
                tracing::error!(kind = row.kind, reason = %fault, "a mail cannot be written");
                // What cannot be read will not be read later; a store that is busy or a key that is not there yet may help.
                Err(match fault {
                    IdentityFault::Store(StoreFault::Unreadable { .. }) => MailFault::Never,
                    _ => MailFault::Later,
                })
            }
        };
        let now_ms = self.clock.now_ms();
        let next_at_ms = now_ms + pause_ms(row.attempts);
        let tx = self.store.begin().await?;
        match outcome {
            Ok(left) => {
                mail::delete(&tx, row.id).await?;
                delivered.sent += usize::from(left);
                delivered.given_up += usize::from(!left);
                measure(Measure::Mail(if left { "sent" } else { "given_up" }));
            }
            Err(MailFault::Later) if next_at_ms < row.give_up_at_ms => {
                mail::postpone(&tx, row.id, next_at_ms).await?;
                delivered.waiting += 1;
                measure(Measure::Mail("waits"));
                tracing::warn!(kind = row.kind, attempt = row.attempts + 1, "a mail waits");
            }
            Err(fault) => {
                mail::delete(&tx, row.id).await?;
                delivered.given_up += 1;
                measure(Measure::Mail("given_up"));
                tracing::warn!(kind = row.kind, attempt = row.attempts + 1, reason = %fault, "a mail is given up");
            }
        }
        tx.commit().await?;
        Ok(())
    }

    async fn parcel(&self, row: &mail::Model) -> Result<Parcel, IdentityFault> {
        let sealed = IdentityFault::Sealed { table: "mail" };
        let json = self
            .secrets
            .open(&row.sealed_key, &row.sealed, row.id)
            .ok_or(sealed)?;
        let unreadable = || StoreFault::Unreadable { table: "mail" };
        let slip: Slip = serde_json::from_slice(json.expose()).map_err(|_| unreadable())?;
        let mut locale = slip.locale.as_deref();
        let account = account::by_id(self.store.read(), row.resident).await?;
        let to = match (&account, slip.to) {
            (Some(account), _) => {
                locale = locale.or(Some(&account.locale));
                self.secrets
                    .open_address(&account.address_key, &account.address, account.id)
                    .ok_or(IdentityFault::Sealed { table: "account" })?
            }
            (None, Some(to)) => Address::kept(to.into()),
            (None, None) => return Ok(Parcel::Nobody),
        };
        let locale = Locale::from_tag(locale.unwrap_or_default());
        let message = self
            .message(&to, &slip.letter, locale)
            .ok_or_else(unreadable)?;
        Ok(Parcel::Ready(Box::new(message)))
    }

    fn message(&self, to: &Address, letter: &super::Letter, locale: Locale) -> Option<Message> {
        let words = letter.words(locale, &self.public_url);
        let to: Mailbox = Mailbox::new(None, to.expose().parse().ok()?);
        let domain = self.sender.email.domain();
        let id = format!("<{}@{domain}>", hex::encode(self.entropy.bytes::<16>()));
        let now_ms = u64::try_from(self.clock.now_ms()).unwrap_or_default();
        Message::builder()
            .from(self.sender.clone())
            .to(to)
            .subject(words.subject.clone())
            .date(SystemTime::UNIX_EPOCH + Duration::from_millis(now_ms))
            .message_id(Some(id))
            .header(AutoSubmitted)
            .multipart(MultiPart::alternative_plain_html(
                words.plain(),
                words.html(locale),
            ))
            .ok()
    }
}

/// The pause before the next attempt: a minute, then twice as long each time.
fn pause_ms(attempts: i32) -> i64 {
    let doublings = u32::try_from(attempts).unwrap_or(0).min(16);
    (MINUTE_MS << doublings).min(LONGEST_PAUSE_MS)
}

/// Says that no person wrote this, so that no machine answers (RFC 3834, section 5).
#[derive(Clone)]
struct AutoSubmitted;

impl Header for AutoSubmitted {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("Auto-Submitted")
    }

    fn parse(_: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(Self)
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), "auto-generated".to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_and_stay_bounded() {
        let pauses: Vec<i64> = (0..12)
            .map(|attempt| pause_ms(attempt) / MINUTE_MS)
            .collect();
        assert_eq!(pauses, [1, 2, 4, 8, 16, 32, 64, 128, 240, 240, 240, 240]);
        assert_eq!(pause_ms(i32::MAX), LONGEST_PAUSE_MS);
    }
}
