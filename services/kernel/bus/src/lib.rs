//! Tell: durable events, delivered at least once and in order to each consumer; and signals, which may be lost.

mod hear;
mod relay;
mod signal;

pub use hear::{Bus, Hear, HearFault};
pub use relay::{Compose, DeliveryFault, Relay};
pub use signal::{Signals, Topic};

/// A durable event, as `schema/proto/palier/events.proto` says.
pub use contract::events::Envelope;
