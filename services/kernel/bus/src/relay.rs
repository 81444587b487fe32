//! From a role's outbox to everyone who hears it.

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use contract::events::Envelope;
use futures_util::future::select;
use runtime::{Clock, Tasks};
use store::{Entry, Outbox, StoreFault};
use tokio::sync::watch;

use crate::{Bus, Hear};

/// Makes the event of an outbox entry as things stand now, so that nothing is said that was erased meanwhile.
#[async_trait]
pub trait Compose: Send + Sync {
    /// The event; `None` when there is nothing left to say about it.
    async fn compose(&self, entry: Entry) -> Result<Option<Envelope>, StoreFault>;
}

/// Tells what one role's outbox holds.
#[derive(Clone)]
pub struct Relay {
    stream: &'static str,
    outbox: Outbox,
    compose: Arc<dyn Compose>,
    bus: Bus,
    clock: Clock,
}

const BATCH: u64 = 64;
/// An entry written by another process is seen at the latest after this.
const LOOK_EVERY: Duration = Duration::from_secs(1);
const LONGEST_PAUSE: Duration = Duration::from_secs(30);

impl Relay {
    /// A relay for `stream`, not yet started.
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
            bus,
            clock,
        }
    }

    /// Makes every consumer known, and forgets those that are no more. Before the role tells anything.
    ///
    /// # Errors
    /// When the outbox cannot be written.
    pub async fn enrol(&self) -> Result<(), StoreFault> {
        let consumers = self.bus.consumers(self.stream);
        let names: Vec<&str> = consumers.keys().copied().collect();
        self.outbox.enrol(&names).await
    }

    /// Delivers in the background, to each consumer at its own pace, until the process stops.
    pub fn start(&self, tasks: &Tasks) {
        let (wake, woken) = watch::channel(());
        for (consumer, ear) in self.bus.consumers(self.stream) {
            let (relay, woken) = (self.clone(), woken.clone());
            tasks.keep("relay", async move {
                relay.serve(consumer, ear, woken).await;
            });
        }
        let relay = self.clone();
        tasks.keep("relay", async move {
            loop {
                let told = std::pin::pin!(relay.outbox.told());
                select(told, std::pin::pin!(relay.clock.wait(LOOK_EVERY))).await;
                wake.send_replace(());
            }
        });
    }

    async fn serve(
        &self,
        consumer: &'static str,
        ear: Arc<dyn Hear>,
        mut woken: watch::Receiver<()>,
    ) {
        let mut pause = LOOK_EVERY;
        loop {
            match self.deliver(consumer, ear.as_ref()).await {
                Ok(0) => {
                    pause = LOOK_EVERY;
                    if woken.changed().await.is_err() {
                        return;
                    }
                }
                Ok(_) => pause = LOOK_EVERY,
                Err(fault) => {
                    tracing::warn!(stream = self.stream, consumer, reason = %fault, "events wait");
                    self.clock.wait(pause).await;
                    pause = (pause * 2).min(LONGEST_PAUSE);
                }
            }
        }
    }

    /// Delivers what waits, once, to every consumer; answers how much that was. For tests and for stopping in order.
    ///
    /// # Errors
    /// The first fault met; what was not handled stays.
    pub async fn deliver_all(&self) -> Result<usize, DeliveryFault> {
        let mut delivered = 0;
        for (consumer, ear) in self.bus.consumers(self.stream) {
            loop {
                match self.deliver(consumer, ear.as_ref()).await? {
                    0 => break,
                    count => delivered += count,
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
        for entry in &entries {
            if let Some(event) = self.compose.compose(*entry).await? {
                ear.hear(&event).await.map_err(DeliveryFault::Unheard)?;
            }
            self.outbox.handled(consumer, entry.id).await?;
        }
        Ok(entries.len())
    }
}

/// Why delivery stopped for now.
#[derive(Debug, thiserror::Error)]
pub enum DeliveryFault {
    /// The outbox could not be read or written, or the event not composed.
    #[error(transparent)]
    Store(#[from] StoreFault),
    /// The consumer could not handle it.
    #[error(transparent)]
    Unheard(crate::HearFault),
}
