//! What is near: posts ready to show, by place; a page of them, newest first, and what changed since.
//!
//! Feeds asks nobody. It hears what posts and identity tell, keeps a copy of every post that may be read now, and
//! forgets it the moment the post is gone or its time has passed. It knows no author and no reader: two members who ask
//! for the same places get the same bytes.
//!
//! In the order in which they stand on each other:
//! - [`domain`]: what a member asks for, which changes they are told, how times are shown. Pure.
//! - [`cursor`]: where a reader stands, sealed.
//! - [`store`]: rows, the change sequence, tombstones, and the one query everything is fast for.
//! - `calls`: Read, Changes, Export, Erase.
//! - `events`: what follows from what posts and identity tell.
//! - `sweep`: posts whose time has passed, tombstones that nobody needs any more.

mod calls;
pub mod cursor;
pub mod domain;
mod error;
mod events;
mod migrations;
pub mod store;
mod sweep;

use bus::Bus;
use contract::StandingKeys;
use runtime::{Clock, Keys, Purpose, Sealer};

pub use error::FeedsFault;
pub use migrations::MIGRATIONS;
pub use sweep::{INBOX_KEPT_MS, TOMBSTONES_KEPT_MS};

/// The name under which feeds hears streams.
pub const CONSUMER: &str = "feeds";

/// What feeds is made of.
#[derive(Debug)]
pub struct Parts {
    /// Its own database, migrated with [`MIGRATIONS`].
    pub store: ::store::Store,
    /// What time it is.
    pub clock: Clock,
    /// The keys of the process; feeds seals cursors with those of [`Purpose::Cursors`].
    pub keys: Keys,
    /// By which keys identity's standings are checked.
    pub standing_keys: StandingKeys,
    /// Where it says that a feed changed.
    pub bus: Bus,
}

/// The role: the gRPC service, the ear for events, and the sweeper. Cloning shares it.
#[derive(Clone, Debug)]
pub struct Feeds {
    store: ::store::Store,
    clock: Clock,
    sealer: Sealer,
    standing_keys: StandingKeys,
    bus: Bus,
}

impl Feeds {
    /// The role over its parts. Whoever wires it subscribes it, as [`CONSUMER`], to the streams "posts" and "identity"
    /// and calls [`Feeds::sweep`] at regular times.
    pub fn new(parts: Parts) -> Self {
        Self {
            sealer: Sealer::new(parts.keys.ring(Purpose::Cursors).clone()),
            store: parts.store,
            clock: parts.clock,
            standing_keys: parts.standing_keys,
            bus: parts.bus,
        }
    }
}
