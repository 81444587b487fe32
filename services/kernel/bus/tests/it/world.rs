//! A role that tells, with its outbox, and processes that share a Redis.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use async_trait::async_trait;
use bus::{Bus, Compose, Envelope, Hear, HearFault, Relay, Told, scratch};
use contract::events::NeighbourhoodMapped;
use contract::events::envelope::Body;
use runtime::Clock;
use store::scratch::{Scratch, TELLING};
use store::{Entry, Outbox, StoreFault};
use tokio::sync::{Notify, RwLock};
use uuid::Uuid;

pub const STREAM: &str = "telling";
pub const CONSUMERS: [&str; 2] = ["feeds", "media"];

/// What there is to tell: a text by its number; none where it was erased.
#[derive(Clone, Default)]
struct Texts(Arc<Mutex<BTreeMap<u8, Option<String>>>>);

#[async_trait]
impl Compose for Texts {
    async fn compose(&self, entry: Entry) -> Result<Option<Envelope>, StoreFault> {
        let text = self.0.lock().unwrap()[&entry.subject.as_bytes()[0]].clone();
        Ok(text.map(|text| Envelope {
            stream: STREAM.into(),
            offset: entry.id,
            subject: entry.subject.as_bytes().to_vec().into(),
            version: entry.version.unsigned_abs(),
            body: Some(Body::NeighbourhoodMapped(NeighbourhoodMapped {
                slug: text,
                map: None,
            })),
            ..Envelope::default()
        }))
    }
}

/// What one consumer heard, in all its processes.
#[derive(Default)]
pub struct Heard {
    numbers: Mutex<Vec<u8>>,
    /// Numbers that cannot be handled for now.
    pub refused: Mutex<BTreeSet<u8>>,
    changed: Notify,
    /// Held by whoever keeps those who hear busy with what they hear.
    pub busy: RwLock<()>,
    /// Told when somebody begins to hear something.
    pub begun: Notify,
}

impl Heard {
    pub fn numbers(&self) -> Vec<u8> {
        self.numbers.lock().unwrap().clone()
    }

    /// Every number once, in their order.
    pub fn distinct(&self) -> Vec<u8> {
        let numbers: BTreeSet<u8> = self.numbers().into_iter().collect();
        numbers.into_iter().collect()
    }

    /// Waits until so many were heard.
    pub async fn wait_for(&self, count: usize) {
        loop {
            let changed = self.changed.notified();
            if self.distinct().len() >= count {
                return;
            }
            changed.await;
        }
    }
}

struct Ear(Arc<Heard>);

#[async_trait]
impl Hear for Ear {
    async fn hear(&self, event: &Envelope) -> Result<(), HearFault> {
        self.take(&[event]).await
    }

    async fn hear_together(&self, told: &[Told]) -> Option<Result<(), HearFault>> {
        let events: Vec<&Envelope> = told.iter().map(|told| &told.event).collect();
        Some(self.take(&events).await)
    }
}

impl Ear {
    async fn take(&self, events: &[&Envelope]) -> Result<(), HearFault> {
        self.0.begun.notify_one();
        drop(self.0.busy.read().await);
        let numbers: Vec<u8> = events.iter().map(|event| event.subject[0]).collect();
        let refused = self.0.refused.lock().unwrap();
        if numbers.iter().any(|number| refused.contains(number)) {
            return Err(HearFault("not now".into()));
        }
        self.0.numbers.lock().unwrap().extend(numbers);
        self.0.changed.notify_one();
        Ok(())
    }
}

pub struct World {
    pub redis: scratch::Scratch,
    pub clock: Clock,
    pub outbox: Outbox,
    pub feeds: Arc<Heard>,
    pub media: Arc<Heard>,
    store: Scratch,
    texts: Texts,
}

impl World {
    /// Over a SQLite file, at a Redis of one's choice.
    pub async fn at(redis: scratch::Scratch, clock: Clock) -> Self {
        Self::over(Scratch::sqlite(TELLING).await, redis, clock).await
    }

    /// One over each kind of database.
    pub async fn each() -> Vec<Self> {
        let mut worlds = Vec::new();
        for store in Scratch::each(TELLING).await {
            let redis = scratch::Scratch::redis();
            worlds.push(Self::over(store, redis, Clock::manual(1_800_000_000_000)).await);
        }
        worlds
    }

    async fn over(store: Scratch, redis: scratch::Scratch, clock: Clock) -> Self {
        let world = Self {
            redis,
            clock,
            outbox: Outbox::of(store.store.clone()),
            feeds: Arc::default(),
            media: Arc::default(),
            store,
            texts: Texts::default(),
        };
        world.teller().enrol().await.unwrap();
        world
    }

    /// A process that only tells.
    pub fn teller(&self) -> Relay {
        let bus = self.redis.bus(self.clock.clone());
        let (outbox, texts) = (self.outbox.clone(), Arc::new(self.texts.clone()));
        Relay::new(STREAM, outbox, texts, bus, self.clock.clone()).heard_by(&CONSUMERS)
    }

    /// A process that only hears: as `feeds`, as `media` or as both.
    pub fn hearer(&self, consumers: &[&'static str]) -> Bus {
        let bus = self.redis.bus(self.clock.clone());
        for consumer in consumers {
            let heard = if *consumer == "feeds" {
                &self.feeds
            } else {
                &self.media
            };
            bus.subscribe(STREAM, consumer, Arc::new(Ear(heard.clone())));
        }
        bus
    }

    /// Something is to be told under each of these numbers.
    pub async fn tell(&self, numbers: impl IntoIterator<Item = u8>) {
        for number in numbers {
            let text = format!("the text numbered <{number}>");
            self.texts.0.lock().unwrap().insert(number, Some(text));
            let tx = self.store.store.begin().await.unwrap();
            Outbox::append(&tx, Uuid::from_bytes([number; 16]), 1, Uuid::nil());
            tx.commit().await.unwrap();
        }
    }

    /// The text of a number is gone.
    pub fn erase(&self, number: u8) {
        self.texts.0.lock().unwrap().insert(number, None);
    }

    /// The numbers whose texts Redis holds.
    pub async fn held(&self) -> Vec<u8> {
        let dump = self.redis.dump().await;
        (0..=u8::MAX)
            .filter(|number| dump.contains(&format!("<{number}>")))
            .collect()
    }

    pub fn pass(&self, minutes: u64) {
        self.clock.advance(Duration::from_mins(minutes));
    }

    /// Until neither has anything left to do.
    pub async fn settle(&self, tellers: &[&Relay], hearers: &[&Bus]) {
        loop {
            let mut moved = 0;
            for teller in tellers {
                moved += teller.deliver_all().await.unwrap();
            }
            for hearer in hearers {
                moved += hearer.hear_all().await.unwrap();
            }
            if moved == 0 {
                return;
            }
        }
    }
}
