//! A request as the first step of a trace, or as the next one of its browser's.

use axum::extract::{MatchedPath, Request};
use axum::middleware::Next;
use axum::response::Response;
use http::{HeaderMap, Method, StatusCode};
use runtime::telemetry::{
    Attribute, Measure, Outcome, Step, Stopwatch, TRACEPARENT, TraceContext, mark,
};
use tracing::Instrument;

use crate::export;

/// Takes a request in as a step. What its sender says of a trace is taken for that and nothing else: which traces are
/// exported is not theirs to decide.
pub(super) async fn traced(path: Option<MatchedPath>, request: Request, next: Next) -> Response {
    let step = Step::Request.asked_by_stranger(theirs(request.headers()));
    if step.is_disabled() {
        return next.run(request).await;
    }
    let watch = Stopwatch::start();
    let route = route(request.method(), path.as_ref().map(MatchedPath::as_str));
    mark(&step, Attribute::Role("gateway"));
    mark(&step, Attribute::Route(route));
    let response = next.run(request).instrument(step.clone()).await;
    let outcome = outcome(response.status());
    mark(&step, Attribute::Status(response.status().as_u16()));
    mark(&step, Attribute::Outcome(outcome));
    watch.stop(|took| Measure::Answered {
        route,
        outcome,
        took,
    });
    response
}

/// What came of a request, by its status; what came of an operation is told apart.
fn outcome(status: StatusCode) -> Outcome {
    match status {
        StatusCode::UNAUTHORIZED => Outcome::Unauthenticated,
        StatusCode::FORBIDDEN => Outcome::Forbidden,
        StatusCode::NOT_FOUND => Outcome::NotFound,
        StatusCode::CONFLICT => Outcome::Conflict,
        StatusCode::TOO_MANY_REQUESTS => Outcome::Limited,
        StatusCode::SERVICE_UNAVAILABLE => Outcome::Unavailable,
        status if status.is_client_error() => Outcome::Invalid,
        status if status.is_server_error() => Outcome::Internal,
        _ => Outcome::Done,
    }
}

/// The trace that a browser says it is in; none where it says so in no way or in two.
fn theirs(headers: &HeaderMap) -> Option<TraceContext> {
    let mut told = headers.get_all(TRACEPARENT).iter();
    let (told, None) = (told.next()?, told.next()) else {
        return None;
    };
    TraceContext::from_traceparent(told.to_str().ok()?)
}

/// What is asked for, as one of few words.
fn route(method: &Method, path: Option<&str>) -> &'static str {
    match path {
        Some("/graphql") if method == Method::GET => "socket",
        Some("/graphql") => "graphql",
        Some("/media") => "upload",
        Some("/media/{id}/{variant}") => "picture",
        Some("/tiles/{name}") => "tiles",
        Some("/n/{slug}/events.ics" | "/n/{slug}/events.atom" | "/post/{id}/event.ics") => "events",
        Some("/n/{slug}/transparency/{file}") => "transparency",
        Some("/healthz" | "/readyz") => "health",
        Some(export::ARCHIVE) => "export",
        _ => "page",
    }
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    #[test]
    fn a_trace_that_is_told_twice_is_told_by_nobody() {
        const TOLD: &str = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
        let mut headers = HeaderMap::new();
        assert_eq!(theirs(&headers), None);
        headers.append(TRACEPARENT, HeaderValue::from_static(TOLD));
        assert_eq!(theirs(&headers).unwrap().traceparent(), TOLD);
        headers.append(TRACEPARENT, HeaderValue::from_static(TOLD));
        assert_eq!(theirs(&headers), None);
    }
}
