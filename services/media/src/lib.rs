//! Pictures: strip, bake, encode, keep, who may see them.
//!
//! A picture is *loose* from its upload until a notice of its owner refers to it; then it *hangs* there, and goes when
//! the notice goes. Media asks nobody: which notice shows what it hears from posts.
//!
//! - [`picture`]: whatever a resident sends becomes three fresh JPEGs that say nothing but their pixels; pure.
//! - [`domain`]: who may see a picture, and what follows from an event; pure.
//! - `store`: the only SQL.
//! - `blobs`: the only place that names files; they are in a `folder` or in a `bucket`.
//! - `calls`: the gRPC service.
//! - `events`: what media does when told.
//! - `sweep`: what nobody refers to any more.

mod answer;
mod blobs;
mod bucket;
mod calls;
pub mod domain;
mod error;
mod events;
mod folder;
mod migrations;
pub mod picture;
#[cfg(feature = "scratch")]
pub mod scratch;
mod store;
mod sweep;
mod trial;
mod turns;
mod words;

use std::sync::Arc;

use contract::StandingKeys;
use object_store::ObjectStore;
use runtime::{Clock, Entropy, HeavyWork, Weights};

use blobs::Blobs;
pub use bucket::{Bucket, BucketFault, BucketKey};
pub use error::MediaFault;
pub use folder::folder;
pub use migrations::MIGRATIONS;
use sweep::Round;
pub use trial::{TrialFault, Tried};
use turns::Turns;

/// What files on their way in may hold together, in bytes: three of the longest, each of another resident. A budget of
/// its own: who waits here to decode holds no share of the decoding budget, and who decodes never waits here, so nobody
/// waits in a circle; and senders that dawdle keep nobody from signing in.
pub const RECEIVING_BYTES: u64 = 64 << 20;

/// What media stands on.
#[derive(Clone, Debug)]
pub struct Parts {
    /// Its own database, migrated with [`MIGRATIONS`].
    pub store: ::store::Store,
    /// What time it is.
    pub clock: Clock,
    /// Where ids and the names of blobs come from.
    pub entropy: Entropy,
    /// Checks standings.
    pub standing_keys: StandingKeys,
    /// What decoding pictures and hashing passwords may hold together.
    pub heavy: HeavyWork,
    /// Where the files are: a [`folder`] of this machine, or a [`Bucket`] that other processes have too.
    pub blobs: Arc<dyn ObjectStore>,
}

/// The role: its gRPC service, its ear and its sweeper. Cloning shares it.
#[derive(Clone, Debug)]
pub struct Media {
    parts: Arc<Parts>,
    blobs: Blobs,
    receiving: Weights,
    turns: Arc<Turns>,
    round: Arc<Round>,
}

impl Media {
    /// The role on its parts. Whoever wires it subscribes it to the streams "posts" and "identity" and calls
    /// [`Media::sweep`] at regular times.
    pub fn new(parts: Parts) -> Self {
        Self {
            blobs: Blobs::new(parts.blobs.clone()),
            receiving: Weights::new(RECEIVING_BYTES),
            turns: Arc::default(),
            round: Arc::default(),
            parts: Arc::new(parts),
        }
    }
}
