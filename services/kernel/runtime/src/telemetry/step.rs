//! The steps of a trace: which there are, how one begins and what may be said about it.
//!
//! Within a process a step is a span of `tracing`, so that whatever is awaited within it knows where it is. Where nothing is
//! exported no step is made, and each function here answers that there is none.

use tracing::Span;

use super::context::{Cause, TraceContext};
use super::layer::{Telemetry, current_state, with_state};

/// What a trace is made of: nothing else is exported.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// The edge answers a request.
    Request,
    /// A role is asked.
    Call,
    /// A role answers.
    Serve,
    /// What an outbox holds is made into an event.
    Tell,
    /// A role acts on an event.
    Hear,
    /// The edge looks what changed, for all who follow it.
    Look,
    /// One who follows is told, up to the last byte given to the socket.
    Push,
    /// What is over is deleted.
    Sweep,
    /// Mail that waits is sent.
    Mail,
}

impl Step {
    pub(super) const ALL: [Self; 9] = [
        Self::Request,
        Self::Call,
        Self::Serve,
        Self::Tell,
        Self::Hear,
        Self::Look,
        Self::Push,
        Self::Sweep,
        Self::Mail,
    ];

    /// In one word, lowercase.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Request => "request",
            Self::Call => "call",
            Self::Serve => "serve",
            Self::Tell => "tell",
            Self::Hear => "hear",
            Self::Look => "look",
            Self::Push => "push",
            Self::Sweep => "sweep",
            Self::Mail => "mail",
        }
    }

    /// Whether a trace may begin with it. The others are told of only as parts of one.
    pub(super) const fn begins(self) -> bool {
        matches!(self, Self::Request | Self::Sweep | Self::Mail)
    }

    /// Begins, as a part of the step under way here.
    pub fn here(self) -> Span {
        match self {
            Self::Request => tracing::debug_span!("request"),
            Self::Call => tracing::debug_span!("call"),
            Self::Serve => tracing::debug_span!("serve"),
            Self::Tell => tracing::debug_span!("tell"),
            Self::Hear => tracing::debug_span!("hear"),
            Self::Look => tracing::debug_span!("look"),
            Self::Push => tracing::debug_span!("push"),
            Self::Sweep => tracing::debug_span!("sweep"),
            Self::Mail => tracing::debug_span!("mail"),
        }
    }

    /// Begins, as a part of what a stranger does: their trace goes on here. Whether it is exported is decided here and not by
    /// them, or anybody could have everything exported.
    pub fn asked_by_stranger(self, theirs: Option<TraceContext>) -> Span {
        let span = self.here();
        if let Some(theirs) = theirs {
            with_state(&span, |state, _| state.adopt(theirs));
        }
        span
    }

    /// Begins, because another process of ours asks.
    pub fn asked(self, asking: Option<TraceContext>) -> Span {
        self.after(asking, None)
    }

    /// Begins, because of something earlier.
    pub fn caused(self, cause: Option<Cause>) -> Span {
        self.after(
            cause.map(|cause| cause.context),
            cause.map(|cause| cause.since_ms),
        )
    }

    fn after(self, before: Option<TraceContext>, since_ms: Option<i64>) -> Span {
        let span = self.here();
        if let Some(before) = before {
            with_state(&span, |state, telemetry| {
                state.follow(before, since_ms, telemetry);
            });
        }
        span
    }
}

/// What may be said about a step: of each kind only what is written in our sources, or a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Attribute {
    /// Which part of Palier does it.
    Role(&'static str),
    /// What the edge was asked for: a kind of address, never the address.
    Route(&'static str),
    /// A root field of the schema.
    Operation(&'static str),
    /// Service and method of a call.
    Method(&'static str),
    /// Who told.
    Stream(&'static str),
    /// Which event.
    Event(&'static str),
    /// The status of an answer over HTTP.
    Status(u16),
    /// What came of it.
    Outcome(Outcome),
}

/// What comes of something: it was done, or one of the eight kinds of fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// It was done; that somebody honest was refused for a reason is that, too.
    Done,
    /// A value was not of the form asked for.
    Invalid,
    /// Nobody was signed in.
    Unauthenticated,
    /// Known, but not allowed.
    Forbidden,
    /// Not there, or not theirs.
    NotFound,
    /// It contradicted what is there.
    Conflict,
    /// Too much or too often.
    Limited,
    /// It could not be done then.
    Unavailable,
    /// Our fault.
    Internal,
}

impl Outcome {
    const ALL: [Self; 9] = [
        Self::Done,
        Self::Invalid,
        Self::Unauthenticated,
        Self::Forbidden,
        Self::NotFound,
        Self::Conflict,
        Self::Limited,
        Self::Unavailable,
        Self::Internal,
    ];

    /// `OK`, or the code of the fault.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Done => "OK",
            Self::Invalid => "INVALID",
            Self::Unauthenticated => "UNAUTHENTICATED",
            Self::Forbidden => "FORBIDDEN",
            Self::NotFound => "NOT_FOUND",
            Self::Conflict => "CONFLICT",
            Self::Limited => "RATE_LIMITED",
            Self::Unavailable => "UNAVAILABLE",
            Self::Internal => "INTERNAL",
        }
    }

    /// The one of this code.
    pub fn of(code: &str) -> Self {
        let named = Self::ALL.into_iter().find(|outcome| outcome.name() == code);
        named.unwrap_or(Self::Internal)
    }

    /// Whether we failed, and not who asked.
    pub const fn is_ours(self) -> bool {
        matches!(self, Self::Unavailable | Self::Internal)
    }
}

/// Says something about a step.
pub fn mark(step: &Span, attribute: Attribute) {
    with_state(step, |state, _| state.mark(attribute));
}

/// Says something about the step under way here.
pub fn mark_here(attribute: Attribute) {
    current_state(|state, _| {
        state.mark(attribute);
        Some(())
    });
}

/// The step under way here, as others are told of it.
pub fn current() -> Option<TraceContext> {
    current_state(|state, _| state.context())
}

/// What is set going here, as it is handed on: by what this follows from, or now.
pub fn cause() -> Option<Cause> {
    current_state(|state, telemetry| state.cause(telemetry))
}

/// What is set going by a step, as [`cause`] within it.
pub fn caused_by(step: &Span) -> Option<Cause> {
    with_state(step, |state, telemetry| state.cause(telemetry)).flatten()
}

/// How long ago something began to be on its way, where that is measured.
pub fn on_its_way_for(cause: &Cause) -> Option<std::time::Duration> {
    Telemetry::current(|telemetry| {
        let passed_ms = telemetry.now_ms().saturating_sub(cause.since_ms).max(0);
        std::time::Duration::from_millis(passed_ms.unsigned_abs())
    })
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex};
    use std::time::Duration;

    use opentelemetry::Context;
    use opentelemetry::metrics::MeterProvider;
    use opentelemetry::trace::Status;
    use opentelemetry_sdk::error::OTelSdkResult;
    use opentelemetry_sdk::metrics::SdkMeterProvider;
    use opentelemetry_sdk::trace::{SpanData, SpanProcessor};
    use tracing_subscriber::layer::SubscriberExt;

    use super::super::lines::{self, Lines};
    use super::super::measure::Meters;
    use super::*;
    use crate::{Clock, Entropy};

    #[derive(Clone, Debug, Default)]
    struct Told(Arc<Mutex<Vec<SpanData>>>);

    impl SpanProcessor for Told {
        fn on_start(&self, _: &mut opentelemetry_sdk::trace::Span, _: &Context) {}
        fn on_end(&self, span: SpanData) {
            self.0.lock().unwrap().push(span);
        }
        fn force_flush(&self) -> OTelSdkResult {
            Ok(())
        }
        fn shutdown_with_timeout(&self, _: Duration) -> OTelSdkResult {
            Ok(())
        }
    }

    impl Told {
        fn span(&self, name: &str) -> Option<SpanData> {
            let told = self.0.lock().unwrap();
            told.iter().find(|span| span.name == name).cloned()
        }
    }

    /// Does something where so many of a hundred traces are exported; answers what was.
    fn watched(percent: u8, clock: &Clock, act: impl FnOnce()) -> Told {
        let told = Told::default();
        let figures = SdkMeterProvider::builder().build();
        let telemetry = Telemetry::new(
            clock.clone(),
            &Entropy::seeded(7),
            percent,
            Box::new(told.clone()),
            Meters::on(&figures.meter("test")),
        );
        let subscriber = tracing_subscriber::registry().with(telemetry.layer());
        tracing::subscriber::with_default(subscriber, act);
        told
    }

    fn id(span: &SpanData) -> [u8; 8] {
        span.span_context.span_id().to_bytes()
    }

    #[test]
    fn a_step_within_a_step_hangs_on_it_whatever_other_spans_are_between() {
        let clock = Clock::manual(5_000);
        let told = watched(100, &clock, || {
            let request = Step::Request.here();
            request.in_scope(|| {
                tracing::info_span!("answering").in_scope(|| {
                    let call = Step::Call.here();
                    mark(&call, Attribute::Method("a/B"));
                    mark_here(Attribute::Operation("feed"));
                    clock.advance(Duration::from_millis(20));
                });
            });
        });
        let (request, call) = (told.span("request").unwrap(), told.span("call").unwrap());
        assert_eq!(call.parent_span_id.to_bytes(), id(&request));
        assert_eq!(
            call.span_context.trace_id(),
            request.span_context.trace_id()
        );
        let took = request.end_time.duration_since(request.start_time);
        assert_eq!(took.unwrap(), Duration::from_millis(20));
        assert_eq!(request.attributes[0].value.as_str(), "feed");
        assert_eq!(call.attributes[0].value.as_str(), "a/B");
        assert_eq!(told.0.lock().unwrap().len(), 2, "other spans are not told");
    }

    #[test]
    fn what_is_handed_on_goes_on_elsewhere_and_keeps_its_moment() {
        let clock = Clock::manual(5_000);
        let told = watched(100, &clock, || {
            let serve = Step::Serve.asked(TraceContext::from_traceparent(
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
            ));
            let kept = serve.in_scope(cause).unwrap();
            clock.advance(Duration::from_secs(3));
            let tell = Step::Tell.caused(Some(kept));
            let again = caused_by(&tell).unwrap();
            assert_eq!(again.since_ms, 5_000, "since it was told first");
            assert_eq!(on_its_way_for(&again), Some(Duration::from_secs(3)));
        });
        let (serve, tell) = (told.span("serve").unwrap(), told.span("tell").unwrap());
        let trace = serve.span_context.trace_id().to_string();
        assert_eq!(trace, "0af7651916cd43dd8448eb211c80319c");
        assert_eq!(tell.span_context.trace_id().to_string(), trace);
        assert_eq!(tell.parent_span_id.to_bytes(), id(&serve));
    }

    #[test]
    fn a_stranger_gives_the_id_and_does_not_decide_what_is_exported() {
        let theirs = |flags: &str| {
            let told = format!("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-{flags}");
            TraceContext::from_traceparent(&told)
        };
        let clock = Clock::manual(5_000);
        let told = watched(100, &clock, || {
            drop(Step::Request.asked_by_stranger(theirs("00")));
        });
        let request = told.span("request").unwrap();
        let trace = request.span_context.trace_id().to_string();
        assert_eq!(trace, "0af7651916cd43dd8448eb211c80319c");
        assert_eq!(request.parent_span_id.to_string(), "b7ad6b7169203331");
        let told = watched(0, &clock, || {
            let request = Step::Request.asked_by_stranger(theirs("01"));
            let context = request.in_scope(current).unwrap();
            assert_eq!(context.trace_id(), trace, "the log still has it");
            assert!(!context.is_sampled());
            request.in_scope(|| drop(Step::Call.here()));
        });
        assert!(told.0.lock().unwrap().is_empty());
    }

    #[test]
    fn whoever_goes_on_with_a_trace_does_as_it_began() {
        let clock = Clock::manual(5_000);
        let mut kept = None;
        watched(100, &clock, || {
            kept = Step::Request.here().in_scope(cause);
        });
        let told = watched(0, &clock, || drop(Step::Hear.caused(kept)));
        assert!(told.span("hear").is_some());
        let told = watched(100, &clock, || {
            drop((Step::Hear.caused(None), Step::Call.here()));
        });
        assert!(told.span("hear").is_none(), "no trace begins with it");
        assert!(told.span("call").is_none(), "nor with this");
    }

    #[test]
    fn what_we_failed_at_is_an_error_and_what_was_refused_is_not() {
        let clock = Clock::manual(5_000);
        let told = watched(100, &clock, || {
            mark(
                &Step::Sweep.here(),
                Attribute::Outcome(Outcome::Unavailable),
            );
            mark(&Step::Request.here(), Attribute::Outcome(Outcome::NotFound));
        });
        let failed = told.span("sweep").unwrap().status;
        assert_eq!(failed, Status::error("UNAVAILABLE"));
        assert_eq!(told.span("request").unwrap().status, Status::Unset);
    }

    #[test]
    fn where_nothing_is_exported_no_step_is_made() {
        use tracing_subscriber::Layer;
        let lines = Lines::new(Clock::manual(5), Box::new(std::io::sink()));
        let lines = lines.with_filter(lines::filter("info", false).unwrap());
        let subscriber = tracing_subscriber::registry().with(lines);
        tracing::subscriber::with_default(subscriber, || {
            for step in Step::ALL {
                assert!(step.here().is_disabled());
            }
            assert!(cause().is_none() && current().is_none());
        });
    }
}
