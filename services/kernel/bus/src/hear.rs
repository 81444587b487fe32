//! Who wants to hear what.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use async_trait::async_trait;
use contract::events::Envelope;

/// Why an event could not be handled now. It waits and is tried again.
#[derive(Debug, thiserror::Error)]
#[error("an event could not be handled: {0}")]
pub struct HearFault(#[source] pub Box<dyn std::error::Error + Send + Sync>);

/// A role that acts when told. The same event may come twice: only a higher version is news.
#[async_trait]
pub trait Hear: Send + Sync {
    /// Acts on one event, durably.
    async fn hear(&self, event: &Envelope) -> Result<(), HearFault>;
}

/// The consumers of one stream, by name.
pub(crate) type Consumers = BTreeMap<&'static str, Arc<dyn Hear>>;

/// Who in this process hears what.
#[derive(Default)]
pub(crate) struct Ears(Mutex<BTreeMap<&'static str, Consumers>>);

impl Ears {
    pub(crate) fn add(&self, stream: &'static str, consumer: &'static str, ear: Arc<dyn Hear>) {
        let mut streams = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        streams.entry(stream).or_default().insert(consumer, ear);
    }

    /// Who hears a stream.
    pub(crate) fn of(&self, stream: &str) -> Consumers {
        let streams = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        streams.get(stream).cloned().unwrap_or_default()
    }
}
