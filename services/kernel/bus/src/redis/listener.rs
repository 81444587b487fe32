//! One role of this process that hears one stream.

use std::convert::Infallible;
use std::future::Future;
use std::sync::Arc;

use contract::events::Envelope;
use futures_util::future::{Either, select};
use prost::Message;
use runtime::Clock;
use tokio::sync::{Mutex, MutexGuard, watch};

use super::BusFault;
use super::peers::Peers;
use super::stream::{Stream, TAKEN_AT_ONCE, Taken};
use crate::hear::{Hearing, Told};
use crate::pauses::{LOOK_EVERY, Pauses};
use crate::{DeliveryFault, Hear, HearFault};

/// What was taken and not handled is looked for at the latest after this, though nothing seems to have failed.
const LOOK_BACK_EVERY_MS: i64 = 30_000;

pub(crate) struct Listener {
    pub(crate) stream: Stream,
    pub(crate) consumer: &'static str,
    ear: Arc<dyn Hear>,
    /// This process among those that share the consumer's work.
    name: String,
    clock: Clock,
    peers: Peers,
    /// Nothing is taken twice at once.
    turn: Mutex<()>,
}

/// What came of some entries.
#[derive(Default)]
struct Outcome {
    heard: usize,
    unheard: usize,
    /// The first fault; what met one stays with this consumer until it is acknowledged.
    fault: Option<DeliveryFault>,
}

impl Outcome {
    fn missed(&mut self, fault: impl Into<DeliveryFault>) {
        self.fault.get_or_insert(fault.into());
    }

    fn unheard(&mut self, fault: HearFault) {
        self.unheard += 1;
        self.missed(fault);
    }
}

impl Listener {
    pub(crate) fn new(
        stream: Stream,
        consumer: &'static str,
        ear: Arc<dyn Hear>,
        name: String,
        clock: Clock,
    ) -> Self {
        Self {
            stream,
            consumer,
            ear,
            name,
            peers: Peers::new(clock.clone()),
            clock,
            turn: Mutex::default(),
        }
    }

    /// Hears in the background. What could not be handled is tried again with growing pauses and holds up nothing else,
    /// unless nothing at all can be handled: then the trouble is ours, and more is left to others.
    pub(crate) async fn serve(&self, mut woken: watch::Receiver<()>) {
        let mut pauses = Pauses::new();
        let mut again_at_ms = self.clock.now_ms();
        let (mut failing, mut in_trouble) = (false, false);
        loop {
            let turn = self.turn.lock().await;
            if again_at_ms <= self.clock.now_ms() {
                in_trouble = false;
                let fault = self.at_work(self.again(&turn)).await.fault;
                failing = fault.is_some();
                let mut pause_ms = LOOK_BACK_EVERY_MS;
                if let Some(fault) = fault {
                    pause_ms = self.pause_ms(&fault, &mut pauses);
                } else {
                    pauses = Pauses::new();
                }
                again_at_ms = self.clock.now_ms() + pause_ms;
            }
            let count = if in_trouble { 0 } else { TAKEN_AT_ONCE };
            let outcome = self.at_work(self.fresh(&turn, count)).await;
            drop(turn);
            if outcome.heard + outcome.unheard > 0 {
                in_trouble = outcome.heard == 0;
            }
            if let Some(fault) = outcome.fault.filter(|_| !failing) {
                failing = true;
                again_at_ms = self.clock.now_ms() + self.pause_ms(&fault, &mut pauses);
            }
            if outcome.heard == 0 {
                let waiting = std::pin::pin!(self.clock.wait(LOOK_EVERY));
                select(std::pin::pin!(woken.changed()), waiting).await;
            }
        }
    }

    fn pause_ms(&self, fault: &DeliveryFault, pauses: &mut Pauses) -> i64 {
        let (stream, consumer) = (self.stream.name, self.consumer);
        tracing::warn!(stream, consumer, reason = %fault, "events wait");
        i64::try_from(pauses.next().as_millis()).unwrap_or(i64::MAX)
    }

    /// Hears everything that waits; answers how much that was.
    pub(crate) async fn hear_all(&self) -> Result<usize, DeliveryFault> {
        let turn = self.turn.lock().await;
        let mut heard = 0;
        let mut outcome = self.at_work(self.again(&turn)).await;
        loop {
            if let Some(fault) = outcome.fault {
                return Err(fault);
            }
            heard += outcome.heard;
            outcome = self.at_work(self.fresh(&turn, TAKEN_AT_ONCE)).await;
            if outcome.heard == 0 && outcome.fault.is_none() {
                return Ok(heard);
            }
        }
    }

    /// What was taken before and not handled, each once.
    async fn again(&self, _turn: &MutexGuard<'_, ()>) -> Outcome {
        let mut outcome = Outcome::default();
        let mut after = 0;
        loop {
            match self.stream.left(self.consumer, &self.name, after).await {
                Ok(taken) => {
                    let Some(last) = taken.last() else {
                        return outcome;
                    };
                    after = last.id;
                    self.handle(&taken, &mut outcome).await;
                }
                Err(fault) => {
                    outcome.missed(fault);
                    return outcome;
                }
            }
        }
    }

    /// What nobody has taken yet, or somebody took who is dead.
    async fn fresh(&self, _turn: &MutexGuard<'_, ()>, count: usize) -> Outcome {
        let mut outcome = Outcome::default();
        match self.take(count).await {
            Ok(taken) => self.handle(&taken, &mut outcome).await,
            Err(fault) => outcome.missed(fault),
        }
        outcome
    }

    async fn handle(&self, taken: &[Taken], outcome: &mut Outcome) {
        let (mut ids, mut told) = (Vec::new(), Vec::new());
        let mut silent = Vec::new();
        for entry in taken {
            match self.read(entry) {
                Ok(Some(event)) => {
                    ids.push(entry.id);
                    told.push(event);
                }
                Ok(None) => silent.push(entry.id),
                Err(fault) => outcome.unheard(fault),
            }
        }
        self.acknowledge(&silent, outcome).await;
        if self.hearing().hear_together(self.ear.as_ref(), &told).await {
            self.acknowledge(&ids, outcome).await;
            return;
        }
        for (id, told) in ids.iter().zip(&told) {
            match self.hearing().hear(self.ear.as_ref(), told).await {
                Ok(()) => self.acknowledge(std::slice::from_ref(id), outcome).await,
                Err(fault) => outcome.unheard(fault),
            }
        }
    }

    /// Does something, and says meanwhile that this consumer lives.
    async fn at_work<T>(&self, work: impl Future<Output = T>) -> T {
        match select(std::pin::pin!(work), std::pin::pin!(self.live())).await {
            Either::Left((done, _)) => done,
            Either::Right((never, _)) => match never {},
        }
    }

    async fn live(&self) -> Infallible {
        loop {
            self.clock.wait(LOOK_EVERY).await;
            let _ = self.take(0).await;
        }
    }

    async fn take(&self, count: usize) -> Result<Vec<Taken>, BusFault> {
        let (consumer, name) = (self.consumer, &self.name);
        let taken = self.stream.take(consumer, name, count, &self.peers).await;
        if taken.is_err() {
            // While Redis was away nobody could count on: they are watched anew.
            self.peers.forget();
        }
        taken
    }

    const fn hearing(&self) -> Hearing {
        Hearing {
            stream: self.stream.name,
            consumer: self.consumer,
        }
    }

    /// What an entry tells; none where there is nothing to say.
    fn read(&self, entry: &Taken) -> Result<Option<Told>, HearFault> {
        if entry.event.is_empty() {
            return Ok(None);
        }
        let event =
            Envelope::decode(entry.event.as_slice()).map_err(|fault| HearFault(Box::new(fault)))?;
        Ok(Some(self.hearing().told(event, entry.cause)))
    }

    async fn acknowledge(&self, ids: &[i64], outcome: &mut Outcome) {
        match self.stream.acknowledge(self.consumer, ids).await {
            Ok(()) => outcome.heard += ids.len(),
            Err(fault) => {
                outcome.unheard += ids.len();
                outcome.missed(fault);
            }
        }
    }
}
