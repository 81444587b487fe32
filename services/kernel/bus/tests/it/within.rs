//! Within one process: at least once, in order, across faults and restarts.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use bus::{Bus, Compose, Envelope, Hear, HearFault, Relay, Told};
use runtime::{Clock, Tasks};
use store::scratch::{Scratch, TELLING};
use store::{Entry, Outbox, Store, StoreFault};
use uuid::Uuid;

struct AsIs;
#[async_trait]
impl Compose for AsIs {
    async fn compose(&self, entry: Entry) -> Result<Option<Envelope>, StoreFault> {
        Ok((entry.version != 99).then(|| Envelope {
            stream: "telling".into(),
            offset: entry.id,
            version: entry.version.unsigned_abs(),
            ..Envelope::default()
        }))
    }
}

#[derive(Default)]
struct Ear {
    heard: Mutex<Vec<u64>>,
    failures_left: AtomicUsize,
    /// What is always refused.
    never: Mutex<Option<u64>>,
    full: tokio::sync::Notify,
}
#[async_trait]
impl Hear for Ear {
    async fn hear(&self, event: &Envelope) -> Result<(), HearFault> {
        self.take(&[event])
    }

    async fn hear_together(&self, told: &[Told]) -> Option<Result<(), HearFault>> {
        let events: Vec<&Envelope> = told.iter().map(|told| &told.event).collect();
        Some(self.take(&events))
    }
}

impl Ear {
    fn take(&self, events: &[&Envelope]) -> Result<(), HearFault> {
        if self
            .failures_left
            .fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| {
                left.checked_sub(1)
            })
            .is_ok()
        {
            return Err(HearFault("a fault".into()));
        }
        let never = *self.never.lock().unwrap();
        if events.iter().any(|event| Some(event.version) == never) {
            return Err(HearFault("never".into()));
        }
        let mut heard = self.heard.lock().unwrap();
        heard.extend(events.iter().map(|event| event.version));
        if heard.len() >= 5 {
            self.full.notify_one();
        }
        Ok(())
    }
}

async fn tell(store: &Store, version: i64) {
    let tx = store.begin().await.unwrap();
    Outbox::append(&tx, Uuid::nil(), version, Uuid::nil());
    tx.commit().await.unwrap();
}

fn relay(scratch: &Scratch, ear: &Arc<Ear>, clock: Clock) -> Relay {
    let bus = Bus::memory();
    bus.subscribe("telling", "ear", ear.clone());
    let outbox = Outbox::of(scratch.store.clone());
    Relay::new("telling", outbox, Arc::new(AsIs), bus, clock)
}

#[tokio::test]
async fn a_fault_delays_and_loses_nothing() {
    for scratch in Scratch::each(TELLING).await {
        let ear = Arc::new(Ear::default());
        let relay = relay(&scratch, &ear, Clock::manual(0));
        relay.enrol().await.unwrap();
        for version in [1, 2, 99, 3] {
            tell(&scratch.store, version).await;
        }
        // All at once, then the first by itself.
        ear.failures_left.store(2, Ordering::SeqCst);
        assert!(relay.deliver_all().await.is_err());
        assert_eq!(relay.deliver_all().await.unwrap(), 4);
        let heard = ear.heard.lock().unwrap().clone();
        assert_eq!(
            heard,
            [1, 2, 3],
            "in order; what has nothing to say is passed over"
        );
        assert_eq!(relay.deliver_all().await.unwrap(), 0);
    }
}

#[tokio::test]
async fn what_came_before_one_that_cannot_be_handled_is_not_told_again() {
    for scratch in Scratch::each(TELLING).await {
        let ear = Arc::new(Ear::default());
        *ear.never.lock().unwrap() = Some(2);
        let relay = relay(&scratch, &ear, Clock::manual(0));
        relay.enrol().await.unwrap();
        for version in [1, 99, 2, 3] {
            tell(&scratch.store, version).await;
        }
        for _ in 0..2 {
            assert!(relay.deliver_all().await.is_err());
            assert_eq!(*ear.heard.lock().unwrap(), [1]);
        }
        *ear.never.lock().unwrap() = None;
        assert_eq!(relay.deliver_all().await.unwrap(), 2);
        assert_eq!(*ear.heard.lock().unwrap(), [1, 2, 3]);
    }
}

#[tokio::test]
async fn what_was_committed_before_a_restart_is_told_after_it() {
    let scratch = Scratch::sqlite(TELLING).await;
    let ear = Arc::new(Ear::default());
    relay(&scratch, &ear, Clock::manual(0))
        .enrol()
        .await
        .unwrap();
    tell(&scratch.store, 1).await;
    let after = relay(&scratch, &ear, Clock::manual(0));
    after.enrol().await.unwrap();
    assert_eq!(after.deliver_all().await.unwrap(), 1);
}

#[tokio::test]
async fn in_the_background_events_arrive_without_being_asked_for() {
    let scratch = Scratch::sqlite(TELLING).await;
    let ear = Arc::new(Ear::default());
    let relay = relay(&scratch, &ear, Clock::System);
    relay.enrol().await.unwrap();
    let tasks = Tasks::new();
    relay.start(&tasks);
    for version in 1..=5 {
        tell(&scratch.store, version).await;
    }
    ear.full.notified().await;
    assert_eq!(*ear.heard.lock().unwrap(), [1, 2, 3, 4, 5]);
    tasks.stop().await;
}
