//! What every call of identity reaches.

use bus::Bus;
use lettre::message::Mailbox;
use runtime::{Clock, Entropy};
use store::Store;
use tokio::sync::Notify;

use crate::Mail;
use crate::passwords::Passwords;
use crate::secrets::Secrets;

/// The one instance behind every clone of [`Identity`](crate::Identity).
#[derive(Debug)]
pub struct Inner {
    /// Its own database.
    pub(crate) store: Store,
    pub(crate) clock: Clock,
    pub(crate) entropy: Entropy,
    pub(crate) secrets: Secrets,
    pub(crate) passwords: Passwords,
    pub(crate) mail: Mail,
    pub(crate) bus: Bus,
    /// Without a slash at its end.
    pub(crate) public_url: String,
    pub(crate) sender: Mailbox,
    /// Told when a mail was queued.
    pub(crate) queued: Notify,
}
