//! What becomes of what neighbours publish: notices of what is wrong, cases, decisions, appeals, and the account of them.
//!
//! - [`domain`]: the rules; pure.
//! - `store`: the only SQL.
//! - `calls`: the gRPC service.
//! - `gone`: what the log of deletions calls things, and deleting them again from a restored backup.
//! - `events`: what moderation tells, and what it does when told.
//! - `sweep`: what lapses with time.

mod calls;
mod copies;
pub mod domain;
mod error;
mod events;
mod gone;
mod migrations;
mod store;
mod sweep;

use std::sync::Arc;

use contract::StandingKeys;
use runtime::{Clock, Entropy, Keys, Purpose, Sealer};

pub use error::ModerationFault;
pub use migrations::MIGRATIONS;

/// The stream under which moderation tells.
pub const STREAM: &str = "moderation";

/// Every code with which moderation refuses what honest people try.
pub fn refusal_codes() -> impl Iterator<Item = &'static str> {
    let codes = [domain::Refusal::CODES, domain::TextFault::CODES];
    codes.into_iter().flatten().copied()
}

/// What an operator may set.
#[derive(Clone, Copy, Debug)]
pub struct Settings {
    /// Most reports of one resident, or of one network address, in one neighbourhood a day.
    pub reports_a_day: u32,
}

impl Default for Settings {
    fn default() -> Self {
        Self { reports_a_day: 20 }
    }
}

/// What moderation stands on.
#[derive(Clone, Debug)]
pub struct Parts {
    /// Its own database.
    pub store: ::store::Store,
    /// What time it is.
    pub clock: Clock,
    /// Where ids and the keys of copies come from.
    pub entropy: Entropy,
    /// Seals cursors, and the keys of copies.
    pub keys: Keys,
    /// Checks standings.
    pub standing_keys: StandingKeys,
    /// Limits.
    pub settings: Settings,
}

/// The role: its gRPC service, its ear and its voice. Cloning shares it.
#[derive(Clone, Debug)]
pub struct Moderation {
    parts: Arc<Parts>,
    cursors: Sealer,
    copies: Sealer,
}

impl Moderation {
    /// The role on its parts; the migrations have been applied.
    pub fn new(parts: Parts) -> Self {
        let sealer = |purpose| Sealer::new(parts.keys.ring(purpose).clone());
        Self {
            cursors: sealer(Purpose::Cursors),
            copies: sealer(Purpose::Copies),
            parts: Arc::new(parts),
        }
    }
}
