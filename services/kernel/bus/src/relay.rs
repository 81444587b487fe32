//! From a role's outbox to everyone who hears it.

use std::sync::Arc;

use async_trait::async_trait;
use contract::events::Envelope;
use futures_util::future::select;
use runtime::telemetry::{Attribute, Cause, Step, caused_by, mark};
use runtime::{Clock, Tasks};
use store::{Entry, Outbox, StoreFault};
use tokio::sync::watch;
use tracing::Instrument;

use crate::hear::Hearing;
use crate::pauses::{LOOK_EVERY, Pauses};
use crate::redis::Stream;
use crate::{Bus, BusFault, Hear, HearFault, Memory};

/// Makes the event of an outbox entry as things stand now, so that nothing is said that was erased meanwhile.
#[async_trait]
pub trait Compose: Send + Sync {
    /// The event; `None` when there is nothing left to say about it.
    async fn compose(&self, entry: Entry) -> Result<Option<Envelope>, StoreFault>;
}

/// Tells what one role's outbox holds.
#[derive(Clone)]
pub struct Relay {
    pub(crate) stream: &'static str,
    pub(crate) outbox: Outbox,
    pub(crate) compose: Arc<dyn Compose>,
    /// Who hears it, where that is not just this process.
    named: Option<Vec<&'static str>>,
    bus: Bus,
    clock: Clock,
}

pub(crate) const BATCH: u64 = 64;

impl Relay {
    /// A relay for `stream`, not yet started. It is heard by those who subscribed in this process.
    pub fn new(
        stream: &'static str,
        outbox: Outbox,
        compose: Arc<dyn Compose>,
        bus: Bus,
        clock: Clock,
    ) -> Self {
        Self {
            stream,
            outbox,
            compose,
            named: None,
            bus,
            clock,
        }
    }

    /// Names everyone who hears it, wherever they are: nothing is dropped before they all have.
    #[must_use]
    pub fn heard_by(mut self, consumers: &[&'static str]) -> Self {
        self.named = Some(consumers.to_vec());
        self
    }

    pub(crate) fn consumers(&self) -> Vec<&'static str> {
        let named = self.named.clone();
        named.unwrap_or_else(|| self.bus.consumers(self.stream))
    }

    /// Makes every consumer known, and forgets those that are no more. Before the role tells anything.
    ///
    /// # Errors
    /// When the outbox cannot be written.
    pub async fn enrol(&self) -> Result<(), StoreFault> {
        self.outbox.enrol(&self.consumers()).await
    }

    /// Tells in the background, until the process stops. Over Redis those who hear are started with the bus.
    pub fn start(&self, tasks: &Tasks) {
        match &self.bus {
            Bus::Memory(memory) => self.start_within(tasks, memory),
            Bus::Redis(redis) => {
                let (relay, stream) = (self.clone(), redis.stream(self.stream));
                tasks.keep("relay", async move { relay.serve_over(&stream).await });
            }
        }
    }

    /// To each consumer at its own pace.
    fn start_within(&self, tasks: &Tasks, memory: &Memory) {
        let (wake, woken) = watch::channel(());
        for (consumer, ear) in memory.consumers(self.stream) {
            let (relay, woken) = (self.clone(), woken.clone());
            tasks.keep("relay", async move {
                relay.serve(consumer, ear, woken).await;
            });
        }
        let relay = self.clone();
        tasks.keep("relay", async move {
            loop {
                relay.until_told().await;
                wake.send_replace(());
            }
        });
    }

    /// Until this process told something; what another one told is seen when it is looked for.
    async fn until_told(&self) {
        let told = std::pin::pin!(self.outbox.told());
        select(told, std::pin::pin!(self.clock.wait(LOOK_EVERY))).await;
    }

    async fn serve(
        &self,
        consumer: &'static str,
        ear: Arc<dyn Hear>,
        mut woken: watch::Receiver<()>,
    ) {
        let mut pauses = Pauses::new();
        loop {
            match self.deliver(consumer, ear.as_ref()).await {
                Ok(0) => {
                    pauses = Pauses::new();
                    if woken.changed().await.is_err() {
                        return;
                    }
                }
                Ok(_) => pauses = Pauses::new(),
                Err(fault) => {
                    tracing::warn!(stream = self.stream, consumer, reason = %fault, "events wait");
                    self.clock.wait(pauses.next()).await;
                }
            }
        }
    }

    async fn serve_over(&self, stream: &Stream) {
        let mut pauses = Pauses::new();
        loop {
            match self.tell_over(stream).await {
                Ok(_) => {
                    pauses = Pauses::new();
                    self.until_told().await;
                }
                Err(fault) => {
                    tracing::warn!(stream = self.stream, reason = %fault, "events wait");
                    self.clock.wait(pauses.next()).await;
                }
            }
        }
    }

    /// Tells what waits, once, to every consumer in this process; answers how much that was: 0 when nothing is left that
    /// this process could do. Over Redis it counts what is sent, what is heard here and what all have handled. For tests
    /// and for stopping in order.
    ///
    /// # Errors
    /// The first fault met; what was not handled stays.
    pub async fn deliver_all(&self) -> Result<usize, DeliveryFault> {
        let mut delivered = 0;
        match &self.bus {
            Bus::Memory(memory) => {
                for (consumer, ear) in memory.consumers(self.stream) {
                    loop {
                        match self.deliver(consumer, ear.as_ref()).await? {
                            0 => break,
                            count => delivered += count,
                        }
                    }
                }
            }
            Bus::Redis(redis) => {
                let stream = redis.stream(self.stream);
                loop {
                    let told = self.tell_over(&stream).await?;
                    match told + redis.hear(self.stream).await? {
                        0 => break,
                        count => delivered += count,
                    }
                }
            }
        }
        Ok(delivered)
    }

    async fn deliver(
        &self,
        consumer: &'static str,
        ear: &dyn Hear,
    ) -> Result<usize, DeliveryFault> {
        let entries = self.outbox.waiting(consumer, BATCH).await?;
        let stream = self.stream;
        let hearing = Hearing { stream, consumer };
        // What is told, and of which entry; some have nothing to say.
        let (mut told, mut of) = (Vec::new(), Vec::new());
        let mut reached = 0;
        let mut fault: Option<DeliveryFault> = None;
        for entry in &entries {
            match self.tell(*entry).await {
                Ok(said) => {
                    if let Some(event) = said.event {
                        told.push(hearing.told(event, said.cause));
                        of.push(reached);
                    }
                    reached += 1;
                }
                Err(met) => {
                    fault = Some(met.into());
                    break;
                }
            }
        }
        if !hearing.hear_together(ear, &told).await {
            for (told, of) in told.iter().zip(of) {
                if let Err(met) = hearing.hear(ear, told).await {
                    fault = Some(met.into());
                    reached = of;
                    break;
                }
            }
        }
        // Once for all of them. What is heard twice is no news.
        if let Some(last) = entries[..reached].last() {
            self.outbox.handled(consumer, last.id).await?;
        }
        fault.map_or(Ok(entries.len()), Err)
    }
}

/// What an entry says.
pub(crate) struct Said {
    /// None where there is nothing left of it.
    pub(crate) event: Option<Envelope>,
    /// What whoever hears it follows from.
    pub(crate) cause: Option<Cause>,
}

impl Relay {
    /// Makes the event of an entry, as what follows from what made it true.
    pub(crate) async fn tell(&self, entry: Entry) -> Result<Said, StoreFault> {
        let step = Step::Tell.caused(entry.cause);
        mark(&step, Attribute::Role(self.stream));
        mark(&step, Attribute::Stream(self.stream));
        let event = self.compose.compose(entry).instrument(step.clone()).await?;
        Ok(Said {
            event,
            cause: caused_by(&step),
        })
    }
}

/// Why delivery stopped for now.
#[derive(Debug, thiserror::Error)]
pub enum DeliveryFault {
    /// The outbox could not be read or written, or the event not composed.
    #[error(transparent)]
    Store(#[from] StoreFault),
    /// The bus between processes did not do its part.
    #[error(transparent)]
    Bus(#[from] BusFault),
    /// The consumer could not handle it.
    #[error(transparent)]
    Unheard(#[from] HearFault),
}
