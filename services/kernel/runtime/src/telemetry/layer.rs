//! Where what is measured is kept until it is exported: makes spans of steps, and of nothing else, and adds up figures.

use std::time::{Duration, UNIX_EPOCH};

use opentelemetry::trace::{
    SpanContext, SpanId, SpanKind, Status, TraceFlags, TraceId, TraceState,
};
use opentelemetry::{InstrumentationScope, KeyValue};
use opentelemetry_sdk::trace::{SpanData, SpanEvents, SpanLinks, SpanProcessor};
use tracing::span::{Attributes, Id};
use tracing::{Event, Metadata, Span, dispatcher};
use tracing_subscriber::layer::Context;
use tracing_subscriber::registry::{LookupSpan, Registry};
use tracing_subscriber::{Layer, filter};

use super::context::{Cause, TraceContext};
use super::measure::Meters;
use super::step::{Attribute, Outcome, Step};
use crate::{Clock, Entropy};

/// The telemetry of a process: which traces are exported, where their steps go when they end, and the figures.
pub(super) struct Telemetry {
    clock: Clock,
    /// For ids, and for which traces are exported. Its numbers need not be secret.
    chance: Entropy,
    /// Of a hundred traces that begin here, so many are exported.
    percent: u8,
    out: Box<dyn SpanProcessor>,
    pub(super) meters: Meters,
}

impl Telemetry {
    pub(super) fn new(
        clock: Clock,
        entropy: &Entropy,
        percent: u8,
        out: Box<dyn SpanProcessor>,
        meters: Meters,
    ) -> Self {
        Self {
            clock,
            chance: Entropy::seeded(u64::from_le_bytes(entropy.bytes())),
            percent,
            out,
            meters,
        }
    }

    /// Only steps reach it: for every other span and for events it costs nothing.
    pub(super) fn layer(self) -> impl Layer<Registry> + Send + Sync {
        let steps = filter::filter_fn(is_step).with_max_level_hint(tracing::Level::DEBUG);
        self.with_filter(steps)
    }

    /// The one of this process, or of this test.
    pub(super) fn current<T>(act: impl FnOnce(&Self) -> T) -> Option<T> {
        let mut act = Some(act);
        dispatcher::get_default(|dispatch| {
            let telemetry = dispatch.downcast_ref::<Self>()?;
            act.take().map(|act| act(telemetry))
        })
    }

    pub(super) fn now(&self) -> Duration {
        self.clock.since_1970()
    }

    pub(super) fn now_ms(&self) -> i64 {
        self.clock.now_ms()
    }

    fn begin(&self) -> TraceContext {
        TraceContext {
            trace: self.chance.bytes(),
            step: self.chance.bytes(),
            sampled: self.chance.below(100) < u32::from(self.percent),
        }
    }

    fn next(&self, before: TraceContext) -> TraceContext {
        TraceContext {
            step: self.chance.bytes(),
            ..before
        }
    }
}

/// Steps are begun in one place only.
const STEPS: &str = "runtime::telemetry::step";

fn is_step(metadata: &Metadata<'_>) -> bool {
    metadata.is_span() && metadata.target() == STEPS
}

/// One step under way.
pub(super) struct State {
    step: Step,
    began: Duration,
    /// None where no trace goes on here.
    context: Option<TraceContext>,
    /// The step before it, and whether that one is another process's.
    before: Option<([u8; 8], bool)>,
    /// Since when what is being done is on its way.
    since_ms: Option<i64>,
    marks: Vec<Attribute>,
}

impl State {
    pub(super) fn context(&self) -> Option<TraceContext> {
        self.context
    }

    pub(super) fn cause(&self, telemetry: &Telemetry) -> Option<Cause> {
        Some(Cause {
            context: self.context?,
            since_ms: self.since_ms.unwrap_or_else(|| telemetry.now_ms()),
        })
    }

    /// Goes on where `before` was.
    pub(super) fn follow(
        &mut self,
        before: TraceContext,
        since_ms: Option<i64>,
        telemetry: &Telemetry,
    ) {
        self.context = Some(telemetry.next(before));
        self.before = Some((before.step, true));
        self.since_ms = since_ms;
    }

    /// Takes a stranger's trace for its own, but not their word on whether it is exported.
    pub(super) fn adopt(&mut self, theirs: TraceContext) {
        if let Some(context) = &mut self.context {
            context.trace = theirs.trace;
            self.before = Some((theirs.step, true));
        }
    }

    pub(super) fn mark(&mut self, attribute: Attribute) {
        if self.context.is_some_and(|context| context.sampled) {
            self.marks.push(attribute);
        }
    }

    fn span(self, ended: Duration) -> Option<SpanData> {
        let context = self.context.filter(|context| context.sampled)?;
        let (before, is_remote) = self.before.unwrap_or_default();
        Some(SpanData {
            span_context: SpanContext::new(
                TraceId::from_bytes(context.trace),
                SpanId::from_bytes(context.step),
                TraceFlags::SAMPLED,
                false,
                TraceState::NONE,
            ),
            parent_span_id: SpanId::from_bytes(before),
            parent_span_is_remote: is_remote,
            span_kind: kind(self.step),
            name: self.step.name().into(),
            start_time: UNIX_EPOCH + self.began,
            end_time: UNIX_EPOCH + ended.max(self.began),
            status: self.status(),
            attributes: self.marks.into_iter().map(told).collect(),
            dropped_attributes_count: 0,
            events: SpanEvents::default(),
            links: SpanLinks::default(),
            instrumentation_scope: InstrumentationScope::builder("palier").build(),
        })
    }

    fn status(&self) -> Status {
        let failed = self.marks.iter().find_map(|mark| match mark {
            Attribute::Outcome(outcome) if outcome.is_ours() => Some(outcome.name()),
            _ => None,
        });
        failed.map_or(Status::Unset, Status::error)
    }
}

const fn kind(step: Step) -> SpanKind {
    match step {
        Step::Request | Step::Serve => SpanKind::Server,
        Step::Call => SpanKind::Client,
        Step::Tell | Step::Push => SpanKind::Producer,
        Step::Hear => SpanKind::Consumer,
        Step::Look | Step::Sweep | Step::Mail => SpanKind::Internal,
    }
}

/// Under the names that OpenTelemetry gives these things, where it has one.
fn told(attribute: Attribute) -> KeyValue {
    match attribute {
        Attribute::Role(name) => KeyValue::new("palier.role", name),
        Attribute::Route(kind) => KeyValue::new("palier.route", kind),
        Attribute::Operation(field) => KeyValue::new("palier.operation", field),
        Attribute::Method(name) => KeyValue::new("rpc.method", name),
        Attribute::Stream(name) => KeyValue::new("messaging.destination.name", name),
        Attribute::Event(name) => KeyValue::new("palier.event", name),
        Attribute::Status(status) => KeyValue::new("http.response.status_code", i64::from(status)),
        Attribute::Outcome(outcome) => KeyValue::new("palier.outcome", Outcome::name(outcome)),
    }
}

impl Layer<Registry> for Telemetry {
    fn on_new_span(&self, attributes: &Attributes<'_>, id: &Id, context: Context<'_, Registry>) {
        let name = attributes.metadata().name();
        let Some(step) = Step::ALL.into_iter().find(|step| step.name() == name) else {
            return;
        };
        let Some(span) = context.span(id) else { return };
        let around = span.parent().and_then(|around| {
            let extensions = around.extensions();
            let state = extensions.get::<State>()?;
            Some((state.context?, state.since_ms))
        });
        let (mine, before, since_ms) = match around {
            Some((around, since_ms)) => (
                Some(self.next(around)),
                Some((around.step, false)),
                since_ms,
            ),
            None => (step.begins().then(|| self.begin()), None, None),
        };
        span.extensions_mut().insert(State {
            step,
            began: self.clock.since_1970(),
            context: mine,
            before,
            since_ms,
            marks: Vec::new(),
        });
    }

    fn on_close(&self, id: Id, context: Context<'_, Registry>) {
        let state = context
            .span(&id)
            .and_then(|span| span.extensions_mut().remove::<State>());
        if let Some(span) = state.and_then(|state| state.span(self.clock.since_1970())) {
            self.out.on_end(span);
        }
    }
}

/// What is known of a step; none where it is no step, or where nothing is exported.
pub(super) fn with_state<T>(
    step: &Span,
    act: impl FnOnce(&mut State, &Telemetry) -> T,
) -> Option<T> {
    step.with_subscriber(|(id, dispatch)| {
        let telemetry = dispatch.downcast_ref::<Telemetry>()?;
        let span = dispatch.downcast_ref::<Registry>()?.span(id)?;
        let mut extensions = span.extensions_mut();
        extensions
            .get_mut::<State>()
            .map(|state| act(state, telemetry))
    })
    .flatten()
}

/// What is known of the innermost step under way here.
pub(super) fn current_state<T>(act: impl FnOnce(&mut State, &Telemetry) -> Option<T>) -> Option<T> {
    Telemetry::current(|_| ())?;
    Span::current()
        .with_subscriber(|(id, dispatch)| {
            let telemetry = dispatch.downcast_ref::<Telemetry>()?;
            let span = dispatch.downcast_ref::<Registry>()?.span(id)?;
            let step = span
                .scope()
                .find(|span| span.extensions().get::<State>().is_some())?;
            let mut extensions = step.extensions_mut();
            act(extensions.get_mut::<State>()?, telemetry)
        })
        .flatten()
}

/// The trace in which a line is logged.
pub(super) fn trace_of<S>(context: &Context<'_, S>, event: &Event<'_>) -> Option<TraceContext>
where
    S: tracing::Subscriber + for<'a> LookupSpan<'a>,
{
    context.event_scope(event)?.find_map(|span| {
        let extensions = span.extensions();
        extensions.get::<State>()?.context
    })
}
