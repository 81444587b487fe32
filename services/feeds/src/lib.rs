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
//! - `index`: where every post stands, held in memory, and what was read lately.
//! - `calls`: Read, Changes, Export, Erase.
//! - `events`: what follows from what posts and identity tell.
//! - `sweep`: posts whose time has passed, tombstones that nobody needs any more.

mod calls;
pub mod cursor;
pub mod domain;
mod error;
mod events;
mod index;
mod migrations;
pub mod store;
mod sweep;

use bus::Bus;
use std::sync::Arc;

use contract::StandingKeys;
use index::{Index, LOOK_EVERY};
use runtime::{Clock, Keys, Purpose, Sealer};

pub use error::FeedsFault;
pub use index::POSTS_IN_MEMORY;
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
    /// Of how many posts at most it holds in memory where they stand: [`POSTS_IN_MEMORY`], or 0 to read every page from
    /// the tables.
    pub posts_in_memory: usize,
}

/// The role: the gRPC service, the ear for events, and the sweeper. Cloning shares it.
#[derive(Clone, Debug)]
pub struct Feeds {
    store: ::store::Store,
    clock: Clock,
    sealer: Sealer,
    standing_keys: StandingKeys,
    bus: Bus,
    index: Arc<Index>,
}

impl Feeds {
    /// The role over its parts. Whoever wires it subscribes it, as [`CONSUMER`], to the streams "posts" and "identity"
    /// and calls [`Feeds::sweep`] at regular times, and runs [`Feeds::keep_up`].
    pub fn new(parts: Parts) -> Self {
        let (store, clock, bus) = (parts.store.clone(), parts.clock.clone(), parts.bus.clone());
        Self {
            index: Arc::new(Index::new(store, clock, bus, parts.posts_in_memory)),
            sealer: Sealer::new(parts.keys.ring(Purpose::Cursors).clone()),
            store: parts.store,
            clock: parts.clock,
            standing_keys: parts.standing_keys,
            bus: parts.bus,
        }
    }

    /// Keeps what is held in memory up to the tables, for as long as the process runs.
    pub async fn keep_up(&self) {
        loop {
            self.clock.wait(LOOK_EVERY).await;
            if let Err(fault) = self.index.look_at_all().await {
                tracing::warn!(role = "feeds", reason = %fault, "boards in memory are not looked at");
            }
        }
    }
}
