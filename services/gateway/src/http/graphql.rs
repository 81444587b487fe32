//! GraphQL over HTTP, as the working draft of the GraphQL Foundation says: POST with JSON, nothing else.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use async_graphql::parser::types::OperationType;
use axum::body::Body;
use axum::extract::ws::WebSocketUpgrade;
use axum::extract::{FromRequestParts, Request, State};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use contract::Fault;
use http::header::{
    ALLOW, CACHE_CONTROL, CONTENT_LENGTH, CONTENT_TYPE, RETRY_AFTER, SET_COOKIE, UPGRADE,
};
use http::{HeaderMap, HeaderValue, StatusCode};
use http_body_util::{BodyExt, LengthLimitError, Limited};

use super::accept::{MediaType, accepted, is_json};
use super::peer;
use crate::admit::Kind;
use crate::edge::Edge;
use crate::error::{Problem, seconds_until, status};
use crate::live;
use crate::operation::{Answer, Asked};
use crate::visit::Visit;

/// How long a client may take to send its body.
const BODY_WITHIN: Duration = Duration::from_secs(10);

/// A request that was not looked at further.
struct Denied {
    status: StatusCode,
    fault: Fault,
}

impl Denied {
    fn with(status: StatusCode, fault: Fault) -> Self {
        Self { status, fault }
    }
}

impl From<Fault> for Denied {
    fn from(fault: Fault) -> Self {
        Self {
            status: status(fault.kind),
            fault,
        }
    }
}

/// Executes one operation.
#[tracing::instrument(skip_all, fields(role = "gateway", operation = "graphql"))]
pub(super) async fn post(State(edge): State<Arc<Edge>>, request: Request) -> Response {
    let peer = peer(&request);
    let (parts, body) = request.into_parts();
    let headers = parts.headers;
    let visit = Arc::new(Visit::arrived(edge, &headers, peer));
    let form = accepted(&headers);
    let answered = match form {
        Some(_) => answer(&visit, &headers, body).await,
        None => Err(Denied::with(
            StatusCode::NOT_ACCEPTABLE,
            Fault::invalid(
                "NOT_ACCEPTABLE",
                "Answers are application/graphql-response+json or application/json; accept one of them.",
            ),
        )),
    };
    let form = form.unwrap_or(MediaType::Json);
    let (status, answer) = match answered {
        Ok(answer) => {
            let status = match (answer.retry_at_ms(), form) {
                (Some(_), _) => StatusCode::TOO_MANY_REQUESTS,
                (None, MediaType::GraphqlResponse) if !answer.is_executed() => {
                    StatusCode::BAD_REQUEST
                }
                (None, _) => StatusCode::OK,
            };
            (status, answer)
        }
        Err(denied) => (denied.status, Answer::fault(&denied.fault, &visit.trace)),
    };
    write(&visit, form, status, &answer)
}

/// Opens a socket; without an upgrade there is nothing to get.
#[tracing::instrument(skip_all, fields(role = "gateway", operation = "socket"))]
pub(super) async fn get(State(edge): State<Arc<Edge>>, request: Request) -> Response {
    let peer: Option<SocketAddr> = peer(&request);
    let (mut parts, _) = request.into_parts();
    if !parts.headers.contains_key(UPGRADE) {
        let problem = Problem::new(
            StatusCode::METHOD_NOT_ALLOWED,
            "METHOD_NOT_ALLOWED",
            "Send operations with POST, or open a socket with the subprotocol graphql-transport-ws.",
        );
        return ([(ALLOW, "POST")], problem).into_response();
    }
    let Ok(upgrade) = WebSocketUpgrade::from_request_parts(&mut parts, &()).await else {
        return Problem::new(
            StatusCode::BAD_REQUEST,
            "NOT_A_WEBSOCKET",
            "This is not the beginning of a WebSocket (RFC 6455).",
        )
        .into_response();
    };
    let visit = Visit::arrived(edge, &parts.headers, peer);
    live::open(visit, &parts.headers, upgrade).await
}

async fn answer(visit: &Arc<Visit>, headers: &HeaderMap, body: Body) -> Result<Answer, Denied> {
    visit.edge.origins.check_post(headers)?;
    if !is_json(headers) {
        return Err(Denied::with(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Fault::invalid(
                "NOT_JSON",
                "Send the operation as application/json in UTF-8, not compressed.",
            ),
        ));
    }
    visit.take(Kind::Request)?;
    let body = read(visit, headers, body).await?;
    let json = serde_json::from_slice(&body)
        .map_err(|_| Fault::invalid("MALFORMED", "The body is not JSON."))?;
    let asked = Asked::read(json)?;
    visit.identify(headers).await?;
    let ready = match asked.admit(visit) {
        Ok(ready) => ready,
        Err(refused) => return Ok(refused),
    };
    if ready.kind == Some(OperationType::Subscription) {
        let fault = Fault::invalid(
            "SUBSCRIPTION_OVER_POST",
            "A subscription needs a socket: open one at this address with the subprotocol graphql-transport-ws.",
        );
        return Ok(Answer::fault(&fault, &visit.trace));
    }
    let response = ready.schema.execute(ready.request).await;
    Ok(Answer::of(response, &visit.trace))
}

async fn read(visit: &Visit, headers: &HeaderMap, body: Body) -> Result<Bytes, Denied> {
    let most = visit.edge.settings.limits.body_bytes;
    let too_large = || {
        Denied::with(
            StatusCode::PAYLOAD_TOO_LARGE,
            Fault::invalid(
                "TOO_LARGE",
                format!("An operation has at most {most} bytes."),
            ),
        )
    };
    let declared = headers
        .get(CONTENT_LENGTH)
        .and_then(|length| length.to_str().ok()?.parse::<usize>().ok());
    if declared.is_some_and(|length| length > most) {
        return Err(too_large());
    }
    let collected = tokio::select! {
        collected = Limited::new(body, most).collect() => collected,
        () = visit.edge.clock.wait(BODY_WITHIN) => {
            let fault = Fault::invalid("TOO_SLOW", "The body did not arrive in time. Please try again.");
            return Err(Denied::with(StatusCode::REQUEST_TIMEOUT, fault));
        }
    };
    match collected {
        Ok(body) => Ok(body.to_bytes()),
        Err(error) if error.is::<LengthLimitError>() => Err(too_large()),
        Err(_) => Err(Fault::invalid("MALFORMED", "The body broke off. Please try again.").into()),
    }
}

fn write(visit: &Visit, form: MediaType, status: StatusCode, answer: &Answer) -> Response {
    let now_ms = visit.edge.clock.now_ms();
    let Ok(body) = serde_json::to_vec(answer) else {
        return Problem::of(&Fault::internal(), now_ms, &visit.trace).into_response();
    };
    let mut response = (status, body).into_response();
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(form.content_type()));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if let Some(at_ms) = answer.retry_at_ms() {
        headers.insert(RETRY_AFTER, seconds_until(at_ms, now_ms).into());
    }
    if let Some(cookie) = visit.set_cookie() {
        headers.append(SET_COOKIE, cookie);
    }
    response
}
