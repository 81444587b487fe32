//! Tell: durable events, delivered at least once to each consumer; and signals, which may be lost. Within one process, or
//! across many over Redis, where they also share how often somebody may do something.

mod bucket;
mod bus;
mod freshness;
mod hear;
mod pauses;
mod redis;
mod relay;
#[cfg(feature = "scratch")]
pub mod scratch;
mod signal;

pub use self::redis::{BusFault, Redis};
pub use bucket::{Drawn, Rule};
pub use bus::{Bus, Memory};
pub use freshness::{Freshness, Look};
pub use hear::{Hear, HearFault, Told};
pub use relay::{Compose, DeliveryFault, Relay};
pub use signal::{Signals, Topic};

/// A durable event, as `schema/proto/palier/events.proto` says.
pub use contract::events::Envelope;
