//! Whatever the order in which processes send, take, acknowledge, mark and die, and whenever Redis forgets: a consumer that is
//! marked as having handled an entry has heard it, and in the end everything is heard and nothing is kept.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use async_trait::async_trait;
use proptest::prelude::*;
use runtime::Clock;
use sea_orm_migration::prelude::*;
use store::{Entry, Migrations, Outbox, StoreFault, create_outbox};
use uuid::Uuid;

use super::stream::Taken;
use super::{Standing, Stream};
use crate::scratch::Scratch;
use crate::{Bus, Compose, Envelope, Hear, HearFault, Relay};

struct First;
impl MigrationName for First {
    fn name(&self) -> &'static str {
        "m0001_first"
    }
}
#[async_trait]
impl MigrationTrait for First {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        create_outbox(manager).await
    }
}
const MIGRATIONS: Migrations = Migrations {
    role: "telling",
    list: || vec![Box::new(First)],
};

/// One step of one process; a step that has nothing to work on does nothing.
#[derive(Clone, Copy, Debug)]
enum Step {
    /// The role that tells commits something.
    Tell,
    /// A relay looks how the stream stands, and goes on with that at its next step, however much later.
    Look(usize),
    /// It marks what it saw acknowledged.
    Mark(usize),
    /// It sends what follows upon what it saw.
    Send(usize),
    /// All three at once.
    Round(usize),
    /// A consumer's process takes some entries.
    Take(usize),
    /// It hears the first of what it took.
    Hear(usize),
    /// It acknowledges the first of what it heard.
    Acknowledge(usize),
    /// It takes some entries, hears and acknowledges all it has.
    Handle(usize),
    /// It looks up what it took and did not acknowledge.
    Again(usize),
    /// It dies, and another starts in its place.
    Die(usize),
    /// Redis forgets everything.
    Empty,
    /// Half a minute and a little more goes by.
    Wait,
    /// An hour goes by.
    WaitLong,
}

fn step() -> impl Strategy<Value = Step> {
    let relay = 0..2_usize;
    let hearer = 0..4_usize;
    prop_oneof![
        5 => Just(Step::Tell),
        4 => relay.clone().prop_map(Step::Look),
        2 => relay.clone().prop_map(Step::Mark),
        4 => relay.clone().prop_map(Step::Send),
        3 => relay.prop_map(Step::Round),
        2 => hearer.clone().prop_map(Step::Take),
        3 => hearer.clone().prop_map(Step::Hear),
        3 => hearer.clone().prop_map(Step::Acknowledge),
        4 => hearer.clone().prop_map(Step::Handle),
        1 => hearer.clone().prop_map(Step::Again),
        1 => hearer.prop_map(Step::Die),
        2 => Just(Step::Empty),
        1 => Just(Step::Wait),
        1 => Just(Step::WaitLong),
    ]
}

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
}

struct World {
    keys: Scratch,
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
    async fn new() -> Self {
        let (keys, clock) = (Scratch::redis(), Clock::manual(1_800_000_000_000));
        let store = store::scratch::Scratch::sqlite(MIGRATIONS).await;
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
        let hearers = [0, 1, 2, 3].map(|n| Hearer::new(CONSUMERS[n % 2], n));
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

    async fn step(&mut self, step: Step) {
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
                    ..
                } = &mut self.hearers[n];
                taken.extend(self.stream.take(consumer, name, 2).await.unwrap());
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
                    self.stream.acknowledge(hearer.consumer, id).await.unwrap();
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
                self.hearers[n] = Hearer::new(CONSUMERS[n % 2], self.born);
                self.born += 1;
            }
            Step::Empty => self.keys.empty().await,
            Step::Wait => self.clock.advance(Duration::from_secs(31)),
            Step::WaitLong => self.clock.advance(Duration::from_hours(1)),
        }
    }

    /// Nobody is marked as having handled what it did not hear.
    async fn check(&self, told: i64) {
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
    async fn finish(&self, told: i64) {
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
    fn new(consumer: &'static str, number: usize) -> Self {
        Self {
            consumer,
            name: format!("{number:032x}"),
            taken: Vec::new(),
            heard: Vec::new(),
        }
    }
}

async fn run(steps: Vec<Step>) {
    let mut world = World::new().await;
    let mut told = 0;
    for step in steps {
        told += i64::from(matches!(step, Step::Tell));
        world.step(step).await;
        world.check(told).await;
    }
    world.finish(told).await;
    world.keys.empty().await;
}

#[tokio::test]
async fn emptied_between_looking_and_sending_a_stream_is_begun_again() {
    let (look, send) = (Step::Look(0), Step::Send(0));
    run(vec![
        Step::Tell,
        Step::Round(0),
        look,
        Step::Tell,
        Step::Empty,
        send,
        Step::Handle(0),
        Step::Handle(1),
        Step::Round(1),
    ])
    .await;
}

#[tokio::test]
async fn emptied_between_looking_and_marking_what_was_acknowledged_counts_and_no_more() {
    run(vec![
        Step::Tell,
        Step::Tell,
        Step::Round(0),
        Step::Handle(0),
        Step::Look(0),
        Step::Empty,
        Step::Tell,
        Step::Round(1),
        Step::Take(0),
        Step::Mark(0),
        Step::Round(1),
    ])
    .await;
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn marked_means_heard_and_in_the_end_everything_is(
        steps in proptest::collection::vec(step(), 1..80)
    ) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(run(steps));
    }
}
