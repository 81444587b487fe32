//! A model of processes whose steps a test takes one by one.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use async_trait::async_trait;
use runtime::Clock;
use store::scratch::TELLING;
use store::{Entry, Outbox, StoreFault};
use uuid::Uuid;

use super::Step;
use crate::redis::peers::Peers;
use crate::redis::stream::Taken;
use crate::redis::{Standing, Stream};
use crate::scratch::Scratch;
use crate::{Bus, Compose, Envelope, Hear, HearFault, Relay};

const CONSUMERS: [&str; 2] = ["feeds", "media"];

/// The positions that each consumer heard, told in events whose version is the position.
#[derive(Clone, Default)]
struct Heard(Arc<Mutex<BTreeMap<&'static str, Vec<i64>>>>);

struct Ear(&'static str, Heard);

#[async_trait]
impl Hear for Ear {
    async fn hear(&self, event: &Envelope) -> Result<(), HearFault> {
        self.1.hear(self.0, event.offset);
        Ok(())
    }
}

impl Heard {
    fn hear(&self, consumer: &'static str, position: i64) {
        let mut heard = self.0.lock().unwrap();
        heard.entry(consumer).or_default().push(position);
    }

    fn has(&self, consumer: &str, position: i64) -> bool {
        let heard = self.0.lock().unwrap();
        heard
            .get(consumer)
            .is_some_and(|all| all.contains(&position))
    }
}

struct AsIs;
#[async_trait]
impl Compose for AsIs {
    async fn compose(&self, entry: Entry) -> Result<Option<Envelope>, StoreFault> {
        Ok(Some(Envelope {
            offset: entry.id,
            ..Envelope::default()
        }))
    }
}

struct Teller {
    relay: Relay,
    seen: Option<Standing>,
}

struct Hearer {
    consumer: &'static str,
    name: String,
    taken: Vec<Taken>,
    heard: Vec<i64>,
    peers: Peers,
}

pub(super) struct World {
    pub(super) keys: Scratch,
    clock: Clock,
    store: store::scratch::Scratch,
    outbox: Outbox,
    stream: Stream,
    tellers: [Teller; 2],
    hearers: [Hearer; 4],
    heard: Heard,
    born: usize,
}

impl World {
    pub(super) async fn new() -> Self {
        let (keys, clock) = (Scratch::redis(), Clock::manual(1_800_000_000_000));
        let store = store::scratch::Scratch::sqlite(TELLING).await;
        let outbox = Outbox::of(store.store.clone());
        outbox.enrol(&CONSUMERS).await.unwrap();
        let bus = keys.bus(clock.clone());
        let Bus::Redis(redis) = &bus else {
            unreachable!("it is one over Redis")
        };
        let stream = redis.stream("telling");
        let tellers = [(); 2].map(|()| Teller {
            relay: Relay::new(
                "telling",
                outbox.clone(),
                Arc::new(AsIs),
                bus.clone(),
                clock.clone(),
            )
            .heard_by(&CONSUMERS),
            seen: None,
        });
        let hearers = [0, 1, 2, 3].map(|n| Hearer::new(CONSUMERS[n % 2], n, &clock));
        Self {
            keys,
            clock,
            store,
            outbox,
            stream,
            tellers,
            hearers,
            heard: Heard::default(),
            born: 4,
        }
    }

    async fn tell(&self) {
        let tx = self.store.store.begin().await.unwrap();
        Outbox::append(&tx, Uuid::nil(), 1, Uuid::nil());
        tx.commit().await.unwrap();
    }

    pub(super) async fn step(&mut self, step: Step) {
        match step {
            Step::Tell => self.tell().await,
            Step::Look(n) => {
                self.tellers[n].seen = Some(self.stream.look(&CONSUMERS).await.unwrap());
            }
            Step::Mark(n) => {
                if let Some(seen) = &self.tellers[n].seen {
                    let (relay, mut progress) = (
                        &self.tellers[n].relay,
                        self.outbox.progress().await.unwrap(),
                    );
                    relay.mark(&CONSUMERS, seen, &mut progress).await.unwrap();
                    self.stream.trim(progress.lowest_done()).await.unwrap();
                }
            }
            Step::Send(n) => {
                if let Some(seen) = self.tellers[n].seen.take() {
                    let done = self.outbox.progress().await.unwrap().lowest_done();
                    let relay = &self.tellers[n].relay;
                    relay.send(&self.stream, seen.sent, done).await.unwrap();
                }
            }
            Step::Round(n) => {
                for step in [Step::Look(n), Step::Mark(n), Step::Send(n)] {
                    Box::pin(self.step(step)).await;
                }
            }
            Step::Take(n) => {
                let Hearer {
                    consumer,
                    name,
                    taken,
                    peers,
                    ..
                } = &mut self.hearers[n];
                taken.extend(self.stream.take(consumer, name, 2, peers).await.unwrap());
            }
            Step::Again(n) => {
                let Hearer {
                    consumer,
                    name,
                    taken,
                    ..
                } = &mut self.hearers[n];
                *taken = self.stream.left(consumer, name, 0).await.unwrap();
            }
            Step::Hear(n) => {
                let hearer = &mut self.hearers[n];
                if !hearer.taken.is_empty() {
                    let entry = hearer.taken.remove(0);
                    if !entry.event.is_empty() {
                        self.heard.hear(hearer.consumer, entry.id);
                    }
                    hearer.heard.push(entry.id);
                }
            }
            Step::Acknowledge(n) => {
                let hearer = &mut self.hearers[n];
                if !hearer.heard.is_empty() {
                    let id = hearer.heard.remove(0);
                    self.stream
                        .acknowledge(hearer.consumer, &[id])
                        .await
                        .unwrap();
                }
            }
            Step::Handle(n) => {
                Box::pin(self.step(Step::Take(n))).await;
                while !(self.hearers[n].taken.is_empty() && self.hearers[n].heard.is_empty()) {
                    for step in [Step::Hear(n), Step::Acknowledge(n)] {
                        Box::pin(self.step(step)).await;
                    }
                }
            }
            Step::Die(n) => {
                self.hearers[n] = Hearer::new(CONSUMERS[n % 2], self.born, &self.clock);
                self.born += 1;
            }
            Step::Empty => self.keys.empty().await,
            Step::Wait => self.clock.advance(Duration::from_secs(31)),
            Step::WaitLong => self.clock.advance(Duration::from_hours(1)),
        }
    }

    /// Nobody is marked as having handled what it did not hear.
    pub(super) async fn check(&self, told: i64) {
        for (consumer, done) in self.outbox.progress().await.unwrap().done {
            for position in 1..=done {
                assert!(
                    self.heard.has(&consumer, position) && position <= told,
                    "{consumer} did not hear {position}"
                );
            }
        }
    }

    /// Everybody who was in the middle of something dies, and fresh processes do what is left.
    pub(super) async fn finish(&self, told: i64) {
        self.clock.advance(Duration::from_secs(31));
        let bus = self.keys.bus(self.clock.clone());
        for consumer in CONSUMERS {
            bus.subscribe(
                "telling",
                consumer,
                Arc::new(Ear(consumer, self.heard.clone())),
            );
        }
        let outbox = self.outbox.clone();
        let relay = Relay::new("telling", outbox, Arc::new(AsIs), bus, self.clock.clone());
        relay.deliver_all().await.unwrap();
        // Whoever stands still while they watch is dead.
        self.clock.advance(Duration::from_secs(31));
        relay.deliver_all().await.unwrap();
        // What the dead held and all had handled is nobody's any more; the next look sees that.
        relay.deliver_all().await.unwrap();
        self.check(told).await;
        for consumer in CONSUMERS {
            assert!((1..=told).all(|position| self.heard.has(consumer, position)));
        }
        assert_eq!(self.outbox.depth().await.unwrap(), 0);
        let standing = self.stream.look(&CONSUMERS).await.unwrap();
        assert_eq!(standing.oldest, None);
    }
}

impl Hearer {
    fn new(consumer: &'static str, number: usize, clock: &Clock) -> Self {
        Self {
            consumer,
            name: format!("{number:032x}"),
            taken: Vec::new(),
            heard: Vec::new(),
            peers: Peers::new(clock.clone()),
        }
    }
}
