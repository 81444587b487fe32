//! What went wrong, said in one way: GraphQL's `errors` and, outside GraphQL, RFC 9457.

use async_graphql::{ErrorExtensionValues, Pos, ServerError, Value};
use axum::response::{IntoResponse, Response};
use contract::{Fault, FaultKind};
use http::header::{CONTENT_TYPE, RETRY_AFTER};
use http::{HeaderValue, StatusCode};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;
use tonic::Status;

use crate::admit::Refusal;
use crate::model::refusal::field_name;

/// The HTTP status of a kind, outside GraphQL.
pub(crate) const fn status(kind: FaultKind) -> StatusCode {
    match kind {
        FaultKind::Invalid => StatusCode::BAD_REQUEST,
        FaultKind::Unauthenticated => StatusCode::UNAUTHORIZED,
        FaultKind::Forbidden => StatusCode::FORBIDDEN,
        FaultKind::NotFound => StatusCode::NOT_FOUND,
        FaultKind::Conflict => StatusCode::CONFLICT,
        FaultKind::Limited => StatusCode::TOO_MANY_REQUESTS,
        FaultKind::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
        FaultKind::Internal => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

/// A moment as clients read it: RFC 3339, UTC.
pub(crate) fn rfc3339(at_ms: i64) -> Option<String> {
    let at = OffsetDateTime::from_unix_timestamp_nanos(i128::from(at_ms) * 1_000_000).ok()?;
    at.format(&Rfc3339).ok()
}

/// The whole seconds until a moment, at least 1: `Retry-After` (RFC 9110, section 10.2.3).
pub(crate) fn seconds_until(at_ms: i64, now_ms: i64) -> i64 {
    at_ms.saturating_sub(now_ms).max(1).saturating_add(999) / 1_000
}

/// A fault as an entry of `errors`.
pub(crate) fn graphql_error(fault: &Fault, trace: &str) -> ServerError {
    let mut extensions = ErrorExtensionValues::default();
    let code = fault.kind.code();
    extensions.set("code", code);
    if fault.code != code {
        extensions.set("reason", fault.code.as_ref());
    }
    if let Some(field) = &fault.field {
        extensions.set("field", field_name(field));
    }
    if let Some(at) = fault.retry_at_ms.and_then(rfc3339) {
        extensions.set("retryAfter", at);
    }
    if fault.kind == FaultKind::Internal {
        extensions.set("trace", trace);
    }
    let mut error = ServerError::new(fault.message.clone(), None);
    error.extensions = Some(extensions);
    error
}

/// A document that is not executed, as an entry of `errors`.
pub(crate) fn refusal_error(refusal: &Refusal, trace: &str) -> ServerError {
    let fault = Fault::invalid(refusal.reason, refusal.message.clone());
    let mut error = graphql_error(&fault, trace);
    error.locations = refusal
        .at
        .map(|(line, column)| Pos { line, column })
        .into_iter()
        .collect();
    error
}

/// An error of the executor as clients see it: with a code always, and without what happened where that is our fault.
pub(crate) fn present(error: ServerError, trace: &str) -> ServerError {
    let fault = if let Some(fault) = error.source::<Fault>() {
        fault.clone()
    } else if let Some(status) = error.source::<Status>() {
        Fault::from(status.clone())
    } else if let Some(fault) = carried(&error) {
        fault
    } else if error.source.is_none() {
        // The document or a value in it: validation and the coercion of inputs have nothing else to say.
        Fault::invalid("INVALID", sentence(&error.message))
    } else {
        Fault::internal()
    };
    if fault.kind == FaultKind::Internal {
        tracing::error!(trace, code = "INTERNAL", "an operation failed");
    }
    ServerError {
        locations: error.locations,
        path: error.path,
        ..graphql_error(&fault, trace)
    }
}

/// A scalar of ours that refuses a value says why in an extension: the executor keeps no source for inputs.
fn carried(error: &ServerError) -> Option<Fault> {
    let Some(Value::String(reason)) = error.extensions.as_ref()?.get("reason") else {
        return None;
    };
    // The executor puts names of types around what the scalar said.
    let said = error
        .message
        .split_once("\": ")
        .map_or(error.message.as_str(), |(_, said)| said);
    let message = said
        .split_once(" (occurred while")
        .map_or(said, |(said, _)| said);
    Some(Fault::invalid(reason.clone(), sentence(message)))
}

/// The longest sentence about a document or a value in it, in characters.
const SENTENCE_AT_MOST: usize = 300;

/// With a capital and a full stop, as every other message.
fn sentence(message: &str) -> String {
    let mut characters = message.trim().chars();
    let mut sentence: String = characters
        .next()
        .map(|first| first.to_uppercase().collect())
        .unwrap_or_default();
    // The executor repeats the value it refuses, however long that is.
    sentence.extend(characters.by_ref().take(SENTENCE_AT_MOST));
    if characters.next().is_some() {
        sentence.push('…');
    }
    if !sentence.ends_with(['.', '!', '?']) {
        sentence.push('.');
    }
    sentence
}

/// A failed request outside GraphQL, as RFC 9457 says it.
#[derive(Clone, Debug)]
pub(crate) struct Problem {
    status: StatusCode,
    code: String,
    detail: String,
    retry_after_s: Option<i64>,
    trace: Option<String>,
}

impl Problem {
    /// A status, a stable code and a sentence that helps.
    pub(crate) fn new(
        status: StatusCode,
        code: impl Into<String>,
        detail: impl Into<String>,
    ) -> Self {
        Self {
            status,
            code: code.into(),
            detail: detail.into(),
            retry_after_s: None,
            trace: None,
        }
    }

    /// There is nothing at this address; it is not repeated.
    pub(crate) fn not_found() -> Self {
        Self::new(StatusCode::NOT_FOUND, "NOT_FOUND", "There is nothing here.")
    }

    /// A fault; when it is ours, behind a trace id.
    pub(crate) fn of(fault: &Fault, now_ms: i64, trace: &str) -> Self {
        let internal = fault.kind == FaultKind::Internal;
        if internal {
            tracing::error!(trace, code = "INTERNAL", "a request failed");
        }
        Self {
            retry_after_s: fault.retry_at_ms.map(|at_ms| seconds_until(at_ms, now_ms)),
            trace: internal.then(|| trace.to_owned()),
            ..Self::new(
                status(fault.kind),
                fault.code.clone(),
                fault.message.clone(),
            )
        }
    }

    /// The same problem with a more particular status.
    pub(crate) const fn with_status(mut self, status: StatusCode) -> Self {
        self.status = status;
        self
    }

    /// The same problem, behind a trace id.
    pub(crate) fn traced(mut self, trace: String) -> Self {
        self.trace = Some(trace);
        self
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut body = serde_json::json!({
            "type": "about:blank",
            "title": self.status.canonical_reason().unwrap_or("Error"),
            "status": self.status.as_u16(),
            "code": self.code,
            "detail": self.detail,
        });
        if let Some(trace) = self.trace {
            body["trace"] = trace.into();
        }
        let mut response = (self.status, body.to_string()).into_response();
        let headers = response.headers_mut();
        headers.insert(
            CONTENT_TYPE,
            HeaderValue::from_static("application/problem+json"),
        );
        if let Some(seconds) = self.retry_after_s {
            headers.insert(RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}

#[cfg(test)]
mod tests {
    use async_graphql::Error;

    use super::*;

    fn extension(error: &ServerError, name: &str) -> Option<String> {
        match error.extensions.as_ref()?.get(name)? {
            Value::String(text) => Some(text.clone()),
            other => Some(other.to_string()),
        }
    }

    fn presented(error: Error) -> ServerError {
        present(error.into_server_error(Pos::default()), "abc")
    }

    #[test]
    fn a_fault_keeps_its_kind_its_reason_and_its_field() {
        let fault = Fault::invalid("TOO_LONG", "At most 120 characters.").at("title");
        for error in [Error::from(fault.clone()), Error::from(Status::from(fault))] {
            let error = presented(error);
            assert_eq!(error.message, "At most 120 characters.");
            assert_eq!(extension(&error, "code").unwrap(), "INVALID");
            assert_eq!(extension(&error, "reason").unwrap(), "TOO_LONG");
            assert_eq!(extension(&error, "field").unwrap(), "title");
            assert_eq!(extension(&error, "trace"), None);
        }
    }

    #[test]
    fn what_is_limited_says_when_it_goes_on() {
        let error = presented(Fault::limited("Later.", 1_764_000_000_000).into());
        assert_eq!(extension(&error, "code").unwrap(), "RATE_LIMITED");
        assert_eq!(
            extension(&error, "retryAfter").unwrap(),
            "2025-11-24T16:00:00Z"
        );
        assert_eq!(seconds_until(5_001, 1_000), 5);
        assert_eq!(seconds_until(1_000, 5_000), 1);
    }

    #[test]
    fn what_happened_inside_stays_inside() {
        let inside = std::io::Error::other("SELECT secret FROM residents");
        for error in [Error::from(inside), Error::from(Status::internal("secret"))] {
            let error = presented(error);
            assert_eq!(extension(&error, "code").unwrap(), "INTERNAL");
            assert_eq!(extension(&error, "trace").unwrap(), "abc");
            assert!(!error.message.contains("secret"));
        }
    }

    #[test]
    fn validation_has_a_code_too() {
        let error = presented(Error::new("unknown field \"x\" on type \"Query\""));
        assert_eq!(extension(&error, "code").unwrap(), "INVALID");
        assert_eq!(error.message, "Unknown field \"x\" on type \"Query\".");
    }
}
