//! Who wants to hear what.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use async_trait::async_trait;
use contract::events::Envelope;
use contract::events::envelope::Body;
use runtime::telemetry::{Attribute, Cause, Measure, Outcome, Step, mark, measure, on_its_way_for};
use tracing::Instrument;

/// Why an event could not be handled now. It waits and is tried again.
#[derive(Debug, thiserror::Error)]
#[error("an event could not be handled: {0}")]
pub struct HearFault(#[source] pub Box<dyn std::error::Error + Send + Sync>);

/// A role that acts when told. The same event may come twice: only a higher version is news.
#[async_trait]
pub trait Hear: Send + Sync {
    /// Acts on one event, durably.
    async fn hear(&self, event: &Envelope) -> Result<(), HearFault>;
}

/// Who hears what.
#[derive(Clone, Copy)]
pub(crate) struct Hearing {
    /// The one who told.
    pub(crate) stream: &'static str,
    /// The one who hears.
    pub(crate) consumer: &'static str,
}

impl Hearing {
    /// Has one event acted on, as what follows from its cause.
    pub(crate) async fn hear(
        self,
        ear: &dyn Hear,
        event: &Envelope,
        cause: Option<Cause>,
    ) -> Result<(), HearFault> {
        let step = Step::Hear.caused(cause);
        mark(&step, Attribute::Role(self.consumer));
        mark(&step, Attribute::Stream(self.stream));
        mark(&step, Attribute::Event(kind(event)));
        let heard = ear.hear(event).instrument(step.clone()).await;
        let Self { stream, consumer } = self;
        match (&heard, cause.as_ref().and_then(on_its_way_for)) {
            (Ok(()), Some(delay)) => measure(Measure::Heard {
                stream,
                consumer,
                event: kind(event),
                delay,
            }),
            (Ok(()), None) => {}
            (Err(_), _) => {
                mark(&step, Attribute::Outcome(Outcome::Unavailable));
                measure(Measure::Unheard { stream, consumer });
            }
        }
        heard
    }
}

/// What an event says, in one word.
const fn kind(event: &Envelope) -> &'static str {
    match event.body {
        Some(Body::PostShown(_)) => "post_shown",
        Some(Body::PostGone(_)) => "post_gone",
        Some(Body::PostHeld(_)) => "post_held",
        Some(Body::NeighbourhoodMapped(_)) => "neighbourhood_mapped",
        Some(Body::ResidentErased(_)) => "resident_erased",
        None => "nothing",
    }
}

/// The consumers of one stream, by name.
pub(crate) type Consumers = BTreeMap<&'static str, Arc<dyn Hear>>;

/// Who in this process hears what.
#[derive(Default)]
pub(crate) struct Ears(Mutex<BTreeMap<&'static str, Consumers>>);

impl Ears {
    pub(crate) fn add(&self, stream: &'static str, consumer: &'static str, ear: Arc<dyn Hear>) {
        let mut streams = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        streams.entry(stream).or_default().insert(consumer, ear);
    }

    /// Who hears a stream.
    pub(crate) fn of(&self, stream: &str) -> Consumers {
        let streams = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        streams.get(stream).cloned().unwrap_or_default()
    }
}
