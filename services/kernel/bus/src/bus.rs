//! The bus of a process: what is told travels within it, or over Redis.

use std::sync::Arc;

use runtime::{Clock, Entropy, SettingFault, Tasks};

use crate::hear::{Consumers, Ears};
use crate::signal::{Board, Signal};
use crate::{DeliveryFault, Hear, Redis, Signals, Topic};

/// The bus of a process. Cloning shares it.
#[derive(Clone)]
pub enum Bus {
    /// Within this process; what is not yet handled waits in the outboxes.
    Memory(Arc<Memory>),
    /// Over Redis, to other processes as well; what is not yet handled waits in the outboxes, and Redis may forget all it has.
    Redis(Arc<Redis>),
}

/// The bus within a process.
#[derive(Default)]
pub struct Memory {
    ears: Ears,
    board: Board,
}

impl Bus {
    /// A bus within this process.
    pub fn memory() -> Self {
        Self::Memory(Arc::default())
    }

    /// A bus over the Redis at `url` (`redis://` or `rediss://`), whose keys all begin with `prefix`: boards that share a
    /// server differ in it. It is reached when it is needed: that it is away keeps nobody from starting.
    ///
    /// # Errors
    /// The setting `bus`, where this is no address of a Redis.
    pub fn redis(
        url: &str,
        prefix: &str,
        clock: Clock,
        entropy: &Entropy,
    ) -> Result<Self, SettingFault> {
        Ok(Self::Redis(Arc::new(Redis::new(
            url, prefix, clock, entropy,
        )?)))
    }

    /// From now on `consumer` hears every event of `stream` here. Done before the bus and the relays start.
    pub fn subscribe(&self, stream: &'static str, consumer: &'static str, ear: Arc<dyn Hear>) {
        match self {
            Self::Memory(memory) => memory.ears.add(stream, consumer, ear),
            Self::Redis(redis) => redis.subscribe(stream, consumer, ear),
        }
    }

    /// Hears what other processes tell, in the background, until the process stops. Within one process the relays do it all.
    pub fn start(&self, tasks: &Tasks) {
        if let Self::Redis(redis) = self {
            redis.start(tasks);
        }
    }

    /// Hears what waits for this process on the way, once; answers how much that was. For tests and for stopping in order.
    ///
    /// # Errors
    /// The first fault met; what was not handled stays.
    pub async fn hear_all(&self) -> Result<usize, DeliveryFault> {
        match self {
            Self::Memory(_) => Ok(0),
            Self::Redis(redis) => redis.hear_all().await,
        }
    }

    /// Whether what this bus depends on answers.
    pub async fn is_well(&self) -> bool {
        match self {
            Self::Memory(_) => true,
            Self::Redis(redis) => redis.is_well().await,
        }
    }

    /// Says that something about a topic changed; may be lost.
    pub fn signal(&self, topic: &Topic) {
        match self {
            Self::Memory(memory) => memory.board.signal(&Signal::about(topic)),
            Self::Redis(redis) => redis.signal(Signal::about(topic)),
        }
    }

    /// Listens for signals about a topic.
    pub fn listen(&self, topic: Topic) -> Signals {
        match self {
            Self::Memory(memory) => memory.board.listen(topic),
            Self::Redis(redis) => redis.listen(topic),
        }
    }

    /// Who of this process hears a stream.
    pub(crate) fn consumers(&self, stream: &str) -> Vec<&'static str> {
        match self {
            Self::Memory(memory) => memory.consumers(stream).into_keys().collect(),
            Self::Redis(redis) => redis.consumers(stream),
        }
    }
}

impl Memory {
    /// Who hears a stream.
    pub(crate) fn consumers(&self, stream: &str) -> Consumers {
        self.ears.of(stream)
    }
}

impl std::fmt::Debug for Bus {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Memory(_) => "Bus::Memory",
            Self::Redis(_) => "Bus::Redis",
        })
    }
}
