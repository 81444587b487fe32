//! The bus of a process: what is told travels within it, or over Redis.

use std::sync::Arc;

use runtime::{Clock, Entropy, SettingFault, Tasks};

use crate::hear::{Consumers, Ears};
use crate::signal::{Board, Signal};
use crate::{BusFault, DeliveryFault, Drawn, Hear, Redis, Rule, Signals, Topic};

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
        self.look().await.is_ok()
    }

    /// That what this bus depends on answers.
    ///
    /// # Errors
    /// Why it does not.
    pub async fn look(&self) -> Result<(), BusFault> {
        match self {
            Self::Memory(_) => Ok(()),
            Self::Redis(redis) => redis.look().await,
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

    /// Draws up to `wanted` tokens from a bucket that every process of the board draws from, at `now_us` (microseconds since
    /// 1970). Its name tells nothing about whose it is. None within one process, which shares with nobody.
    ///
    /// # Errors
    /// When Redis does not answer, or refuses.
    pub fn draw(
        &self,
        name: impl FnOnce() -> [u8; 16],
        rule: Rule,
        now_us: i64,
        wanted: u32,
    ) -> Option<impl Future<Output = Result<Drawn, BusFault>>> {
        match self {
            Self::Memory(_) => None,
            Self::Redis(redis) => {
                let name = name();
                Some(async move { redis.draw(&name, rule, now_us, wanted).await })
            }
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
