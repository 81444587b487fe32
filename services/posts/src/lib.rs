//! What neighbours publish: notices, their comments, who comes to events, their end.
//!
//! - [`domain`]: the rules; pure.
//! - `store`: the only SQL.
//! - `calls`: the gRPC service.
//! - `gone`: what the log of deletions calls things, and deleting them again from a restored backup.
//! - `events`: what posts tells, and what it does when told.
//! - `rulings`: what it does when moderators have decided.
//! - `sweep`: expiry is deletion.

mod calls;
pub mod domain;
mod error;
mod events;
mod gone;
mod migrations;
mod rulings;
mod store;
mod sweep;

use std::sync::Arc;

use bus::{Bus, Topic};
use contract::{PostId, StandingKeys};
use runtime::{Clock, Entropy, Keys, Purpose, Sealer};
use sea_orm::prelude::Uuid;

pub use error::PostsFault;
pub use migrations::MIGRATIONS;

/// The stream under which posts tells.
pub const STREAM: &str = "posts";

/// Every code with which posts refuses what honest people try.
pub fn refusal_codes() -> impl Iterator<Item = &'static str> {
    let found = screening::Code::ALL.into_iter();
    let found = found.map(screening::Code::as_str);
    domain::Code::CODES.iter().copied().chain(found)
}

/// What an operator may set.
#[derive(Clone, Copy, Debug)]
pub struct Settings {
    /// Most notices of one resident in one neighbourhood a day.
    pub posts_a_day: u32,
    /// Most comments of one resident in one neighbourhood a day.
    pub comments_a_day: u32,
    /// Most answers to events, changes of mind among them, of one resident in one neighbourhood a day.
    pub rsvps_a_day: u32,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            posts_a_day: 20,
            comments_a_day: 100,
            rsvps_a_day: 100,
        }
    }
}

/// What posts stands on.
#[derive(Clone, Debug)]
pub struct Parts {
    /// Its own database.
    pub store: ::store::Store,
    /// What time it is.
    pub clock: Clock,
    /// Where ids come from.
    pub entropy: Entropy,
    /// Seals cursors.
    pub keys: Keys,
    /// Checks standings.
    pub standing_keys: StandingKeys,
    /// Where it is said that a notice changed.
    pub bus: Bus,
    /// Limits.
    pub settings: Settings,
}

/// The role: its gRPC service, its ear and its voice. Cloning shares it.
#[derive(Clone, Debug)]
pub struct Posts {
    parts: Arc<Parts>,
    cursors: Sealer,
}

impl Posts {
    /// The role on its parts; the migrations have been applied.
    pub fn new(parts: Parts) -> Self {
        let cursors = Sealer::new(parts.keys.ring(Purpose::Cursors).clone());
        Self {
            parts: Arc::new(parts),
            cursors,
        }
    }

    /// Says that a notice, or something below it, is not as it was; after the transaction that changed it.
    pub(crate) fn signal(&self, post: Uuid) {
        self.parts.bus.signal(&Topic::Post(PostId::new(post)));
    }
}
