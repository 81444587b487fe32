//! Calls as steps of a trace, alike within a process and between processes: who asks says in which trace, and who answers
//! goes on with it.

use std::convert::Infallible;
use std::task::{Context, Poll};

use contract::{FaultKind, Link, call_at};
use futures_util::future::{BoxFuture, Either, FutureExt};
use http::{HeaderMap, HeaderValue, Request, Response};
use runtime::telemetry::{
    Attribute, Measure, Outcome, Step, Stopwatch, TRACEPARENT, TraceContext, caused_by, mark,
};
use tonic::Status;
use tonic::body::Body;
use tonic::server::NamedService;
use tower::Service;
use tracing::{Instrument, Span};

/// The way to a role on which each call is a step.
pub fn traced(link: Link, role: &'static str) -> Link {
    Link::new(Asking { link, role })
}

#[derive(Clone)]
struct Asking {
    link: Link,
    role: &'static str,
}

impl Service<Request<Body>> for Asking {
    type Response = Response<Body>;
    type Error = Status;
    type Future = BoxFuture<'static, Result<Response<Body>, Status>>;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), Status>> {
        self.link.poll_ready(cx)
    }

    fn call(&mut self, mut request: Request<Body>) -> Self::Future {
        let (step, role) = (Step::Call.here(), self.role);
        if step.is_disabled() {
            return self.link.call(request);
        }
        let watch = Stopwatch::start();
        mark(&step, Attribute::Role(role));
        name(&step, &request);
        let told = caused_by(&step).map(|cause| cause.context.traceparent());
        if let Some(told) = told.and_then(|told| HeaderValue::from_str(&told).ok()) {
            request.headers_mut().insert(TRACEPARENT, told);
        }
        let answer = self.link.call(request).instrument(step.clone());
        async move {
            let answer = answer.await;
            let outcome = match &answer {
                Ok(answer) => outcome(answer.headers()),
                Err(status) => Outcome::of(FaultKind::of_code(status.code()).code()),
            };
            mark(&step, Attribute::Outcome(outcome));
            watch.stop(|took| Measure::Called {
                role,
                outcome,
                took,
            });
            answer
        }
        .boxed()
    }
}

/// A role that goes on with the trace of who asks it.
#[derive(Clone, Debug)]
pub struct Traced<S> {
    role: S,
    name: &'static str,
}

impl<S> Traced<S> {
    /// The role of this name.
    pub const fn new(role: S, name: &'static str) -> Self {
        Self { role, name }
    }
}

impl<S: NamedService> NamedService for Traced<S> {
    const NAME: &'static str = S::NAME;
}

impl<S> Service<Request<Body>> for Traced<S>
where
    S: Service<Request<Body>, Response = Response<Body>, Error = Infallible>,
    S::Future: Send + 'static,
{
    type Response = Response<Body>;
    type Error = Infallible;
    type Future = Either<S::Future, BoxFuture<'static, Result<Response<Body>, Infallible>>>;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        self.role.poll_ready(cx)
    }

    fn call(&mut self, request: Request<Body>) -> Self::Future {
        let told = request.headers().get(TRACEPARENT);
        let told = told.and_then(|told| TraceContext::from_traceparent(told.to_str().ok()?));
        let step = Step::Serve.asked(told);
        if step.is_disabled() {
            return Either::Left(self.role.call(request));
        }
        mark(&step, Attribute::Role(self.name));
        name(&step, &request);
        let answer = step.in_scope(|| self.role.call(request));
        let answer = answer.instrument(step.clone());
        let answered = async move {
            let answer = answer.await;
            if let Ok(answer) = &answer {
                mark(&step, Attribute::Outcome(outcome(answer.headers())));
            }
            answer
        };
        Either::Right(answered.boxed())
    }
}

fn name(step: &Span, request: &Request<Body>) {
    if let Some(call) = call_at(request.uri().path()) {
        mark(step, Attribute::Method(call));
    }
}

fn outcome(headers: &HeaderMap) -> Outcome {
    FaultKind::of_answer(headers).map_or(Outcome::Done, |kind| Outcome::of(kind.code()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_fault_is_an_outcome_of_its_own() {
        for kind in FaultKind::ALL {
            let outcome = Outcome::of(kind.code());
            assert_eq!(outcome.name(), kind.code());
        }
    }
}
