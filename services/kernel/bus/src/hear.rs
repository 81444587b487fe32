//! Who wants to hear what.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use async_trait::async_trait;
use contract::events::Envelope;
use contract::events::envelope::Body;
use runtime::telemetry::{Attribute, Cause, Measure, Outcome, Step, mark, measure, on_its_way_for};
use tracing::{Instrument, Span};

/// Why an event could not be handled now. It waits and is tried again.
#[derive(Debug, thiserror::Error)]
#[error("an event could not be handled: {0}")]
pub struct HearFault(#[source] pub Box<dyn std::error::Error + Send + Sync>);

/// One event of several that a role is told together.
#[derive(Debug)]
pub struct Told {
    /// What is said.
    pub event: Envelope,
    /// What follows from it is done within this.
    pub step: Span,
    cause: Option<Cause>,
}

impl From<Envelope> for Told {
    /// It follows from nothing.
    fn from(event: Envelope) -> Self {
        let (step, cause) = (Span::none(), None);
        Self { event, step, cause }
    }
}

/// A role that acts when told. The same event may come twice: only a higher version is news.
#[async_trait]
pub trait Hear: Send + Sync {
    /// Acts on one event, durably.
    async fn hear(&self, event: &Envelope) -> Result<(), HearFault>;

    /// Acts on several, in their order, durably; none where nothing is gained by hearing them together. Where it fails it may have
    /// acted on some: all of them come again, each by itself.
    async fn hear_together(&self, _told: &[Told]) -> Option<Result<(), HearFault>> {
        None
    }
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
    /// An event, told as what follows from its cause.
    pub(crate) fn told(self, event: Envelope, cause: Option<Cause>) -> Told {
        let step = Step::Hear.caused(cause);
        mark(&step, Attribute::Role(self.consumer));
        mark(&step, Attribute::Stream(self.stream));
        mark(&step, Attribute::Event(kind(&event)));
        Told { event, step, cause }
    }

    /// Has several events acted on at once; answers whether that was done. Else one of them may be in the way of the others.
    pub(crate) async fn hear_together(self, ear: &dyn Hear, told: &[Told]) -> bool {
        if told.len() < 2 {
            return false;
        }
        match ear.hear_together(told).await {
            None => return false,
            Some(Ok(())) => {}
            Some(Err(fault)) => {
                let Self { stream, consumer } = self;
                tracing::warn!(stream, consumer, reason = %fault, "events are heard one by one");
                return false;
            }
        }
        for told in told {
            self.heard(told);
        }
        true
    }

    /// Has one event acted on.
    pub(crate) async fn hear(self, ear: &dyn Hear, told: &Told) -> Result<(), HearFault> {
        let heard = ear.hear(&told.event).instrument(told.step.clone());
        let heard = heard.await;
        if heard.is_ok() {
            self.heard(told);
        } else {
            let Self { stream, consumer } = self;
            mark(&told.step, Attribute::Outcome(Outcome::Unavailable));
            measure(Measure::Unheard { stream, consumer });
        }
        heard
    }

    fn heard(self, told: &Told) {
        let Self { stream, consumer } = self;
        if let Some(delay) = told.cause.as_ref().and_then(on_its_way_for) {
            measure(Measure::Heard {
                stream,
                consumer,
                event: kind(&told.event),
                delay,
            });
        }
    }
}

/// What an event says, in one word.
const fn kind(event: &Envelope) -> &'static str {
    match event.body {
        Some(Body::PostShown(_)) => "post_shown",
        Some(Body::PostGone(_)) => "post_gone",
        Some(Body::PostHeld(_)) => "post_held",
        Some(Body::CommentShown(_)) => "comment_shown",
        Some(Body::NeighbourhoodMapped(_)) => "neighbourhood_mapped",
        Some(Body::ResidentErased(_)) => "resident_erased",
        Some(Body::ContentRuled(_)) => "content_ruled",
        Some(Body::AuthorRestrained(_)) => "author_restrained",
        Some(Body::ModeratorActive(_)) => "moderator_active",
        Some(Body::Notified(_)) => "notified",
        Some(Body::LimitRaised(_)) => "limit_raised",
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
