//! Who wants to hear what.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use async_trait::async_trait;
use contract::events::Envelope;

use crate::signal::Board;
use crate::{Signals, Topic};

/// Why an event could not be handled now. It stays at the head of its queue and is tried again.
#[derive(Debug, thiserror::Error)]
#[error("an event could not be handled: {0}")]
pub struct HearFault(#[source] pub Box<dyn std::error::Error + Send + Sync>);

/// A role that acts when told. The same event may come twice: only a higher version is news.
#[async_trait]
pub trait Hear: Send + Sync {
    /// Acts on one event, durably.
    async fn hear(&self, event: &Envelope) -> Result<(), HearFault>;
}

/// The bus of a process. Cloning shares it.
#[derive(Clone)]
pub enum Bus {
    /// Within this process; what is not yet handled waits in the outboxes.
    Memory(Arc<Memory>),
}

/// The consumers of one stream, by name.
pub(crate) type Consumers = BTreeMap<&'static str, Arc<dyn Hear>>;

/// The bus within a process.
#[derive(Default)]
pub struct Memory {
    consumers: Mutex<BTreeMap<&'static str, Consumers>>,
    board: Board,
}

impl Bus {
    /// A bus within this process.
    pub fn memory() -> Self {
        Self::Memory(Arc::default())
    }

    /// From now on `consumer` hears every event of `stream`. Done before the relays start.
    pub fn subscribe(&self, stream: &'static str, consumer: &'static str, ear: Arc<dyn Hear>) {
        let Self::Memory(memory) = self;
        memory
            .consumers
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .entry(stream)
            .or_default()
            .insert(consumer, ear);
    }

    /// Who hears a stream.
    pub(crate) fn consumers(&self, stream: &str) -> Consumers {
        let Self::Memory(memory) = self;
        memory
            .consumers
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .get(stream)
            .cloned()
            .unwrap_or_default()
    }

    /// Says that something about a topic changed; may be lost.
    pub fn signal(&self, topic: &Topic) {
        let Self::Memory(memory) = self;
        memory.board.signal(topic);
    }

    /// Listens for signals about a topic.
    pub fn listen(&self, topic: Topic) -> Signals {
        let Self::Memory(memory) = self;
        memory.board.listen(topic)
    }
}

impl std::fmt::Debug for Bus {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Bus::Memory")
    }
}
