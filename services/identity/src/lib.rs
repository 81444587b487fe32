//! Identity: who residents are and how to reach them. The only role that sees an e-mail address.
//!
//! - `domain`: the rules, pure: addresses, codes, pseudonyms, passwords, homes, followed areas, invites, sessions, how often something
//!   may be tried, and every refusal with its sentences.
//! - `secrets`, `passwords`, `limits`: keyed hashes and sealed values; Argon2id; counting tries.
//! - `store`, `migrations`: the only SQL.
//! - `calls`: the contract `schema/proto/palier/identity.proto`, one file per group of calls.
//! - `mail`: letters, how they wait and how they leave.
//! - `belonging`: whether keys belong to a database, and what of it is under older ones.
//! - `gone`: what the log of deletions calls things, and deleting them again from a restored backup.
//! - `events`: what is told to other roles, and what is done when they tell. `sweep`: what lapses with time. `reseal`: what comes
//!   under newer keys.

mod belonging;
mod calls;
mod domain;
mod error;
mod events;
mod gone;
mod inner;
mod limits;
mod mail;
mod migrations;
mod passwords;
mod reseal;
mod secrets;
mod store;
mod sweep;

use std::ops::Deref;
use std::sync::Arc;

use ::store::Store;
use bus::Bus;
use contract::StandingKeys;
use inner::Inner;
use lettre::message::Mailbox;
use runtime::{Clock, Entropy, HeavyWork, Keys, SettingFault};
use tokio::sync::Notify;

pub use belonging::{has_accounts, keys_belong, rows_under_other_keys};
pub use error::IdentityFault;
pub use mail::{Delivered, Mail, MailFault};
pub use migrations::MIGRATIONS;

/// The name of what this role tells: the `stream` of its events.
pub const STREAM: &str = "identity";

/// Every code with which identity refuses what honest people try.
pub fn refusal_codes() -> impl Iterator<Item = &'static str> {
    let codes = [
        domain::refusal::Refusal::CODES,
        domain::area::AreaRefusal::CODES,
    ];
    codes.into_iter().flatten().copied()
}

/// What identity is told about the instance.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Where the web app answers, without a path: links in mails begin with it.
    pub public_url: String,
    /// Who mails say they are from.
    pub sender_name: String,
    /// The address mails are from; answers to it are read by nobody or by the operator.
    pub sender_address: String,
}

impl Settings {
    /// That identity can work with them.
    ///
    /// # Errors
    /// [`SettingFault`] when the public URL or the sender cannot be used.
    pub fn check(&self) -> Result<(), SettingFault> {
        self.host()?;
        self.sender().map(drop)
    }

    /// Where the web app answers, without a slash at the end.
    fn host(&self) -> Result<&str, SettingFault> {
        let public_url = self.public_url.trim_end_matches('/');
        let host = public_url.split_once("://").filter(|(scheme, host)| {
            ["http", "https"].contains(scheme)
                && !host.is_empty()
                && !host.contains(['/', '#', '?', ' ', '"', '<', '>'])
        });
        host.map(|_| public_url).ok_or_else(|| {
            SettingFault::new(
                "public_url",
                "not of the form https://host",
                "set it to where residents open Palier",
            )
        })
    }

    /// Who mails are from.
    fn sender(&self) -> Result<Mailbox, SettingFault> {
        let address = self.sender_address.parse().map_err(|_| {
            SettingFault::new(
                "mail.sender_address",
                "not an e-mail address",
                "set it to an address of this instance",
            )
        })?;
        if self.sender_name.chars().any(char::is_control) {
            return Err(SettingFault::new(
                "mail.sender_name",
                "holds invisible characters",
                "write it on one line",
            ));
        }
        Ok(Mailbox::new(Some(self.sender_name.clone()), address))
    }
}

/// What identity is made of.
#[derive(Debug)]
pub struct Parts {
    /// Its own database.
    pub store: Store,
    /// What time it is.
    pub clock: Clock,
    /// Where randomness comes from.
    pub entropy: Entropy,
    /// The process's keys.
    pub keys: Keys,
    /// The memory budget that password hashes share with pictures.
    pub heavy: HeavyWork,
    /// How mails leave.
    pub mail: Mail,
    /// Where it is said that a session ended or a standing changed.
    pub bus: Bus,
    /// About the instance.
    pub settings: Settings,
}

/// The role. Cloning shares it.
#[derive(Clone, Debug)]
pub struct Identity(Arc<Inner>);

impl Deref for Identity {
    type Target = Inner;

    fn deref(&self) -> &Inner {
        &self.0
    }
}

impl Identity {
    /// Puts the role together. Its store must be migrated by [`MIGRATIONS`].
    ///
    /// # Errors
    /// [`SettingFault`] when the public URL or the sender cannot be used.
    pub fn new(parts: Parts) -> Result<Self, SettingFault> {
        let settings = parts.settings;
        let sender = settings.sender()?;
        Ok(Self(Arc::new(Inner {
            store: parts.store,
            clock: parts.clock,
            entropy: parts.entropy,
            secrets: secrets::Secrets::new(&parts.keys),
            passwords: passwords::Passwords::new(parts.heavy),
            mail: parts.mail,
            bus: parts.bus,
            public_url: settings.host()?.to_owned(),
            sender,
            queued: Notify::new(),
        })))
    }

    /// The public keys by which roles check the standings that identity signs.
    pub fn standing_keys(&self) -> StandingKeys {
        self.secrets.standing_keys()
    }

    /// How many password hashes were computed since the start: a measure for operators, and how the suites see that
    /// known and unknown addresses cost the same.
    pub fn password_hashes(&self) -> u64 {
        self.passwords.runs()
    }
}
