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
use crate::face::Face;
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

/// Executes one operation of residents.
#[tracing::instrument(skip_all, fields(role = "gateway", operation = "graphql"))]
pub(super) async fn post(State(edge): State<Arc<Edge>>, request: Request) -> Response {
    execute(edge, Face::Residents, request).await
}

/// Executes one operation of moderators.
#[tracing::instrument(skip_all, fields(role = "gateway", operation = "moderator_graphql"))]
pub(super) async fn moderators(State(edge): State<Arc<Edge>>, request: Request) -> Response {
    execute(edge, Face::Moderators, request).await
}

async fn execute(edge: Arc<Edge>, face: Face, request: Request) -> Response {
    let peer = peer(&request);
    let (parts, body) = request.into_parts();
    let headers = parts.headers;
    let visit = Arc::new(Visit::arrived(edge, &headers, peer));
    let form = accepted(&headers);
    let answered = match form {
        Some(form) => answer(&visit, face, &headers, body, form).await,
        None => Err(Denied::with(
            StatusCode::NOT_ACCEPTABLE,
            Fault::invalid(
                "NOT_ACCEPTABLE",
                "Answers are application/graphql-response+json, application/json or text/event-stream; accept one of them.",
            ),
        )),
    };
    let wants_stream = form == Some(MediaType::EventStream);
    // What does not become a stream is said as GraphQL over SSE says it: by its status, in JSON.
    let form = match form {
        Some(MediaType::EventStream) => MediaType::GraphqlResponse,
        Some(form) => form,
        None => MediaType::Json,
    };
    let (status, answer) = match answered {
        Ok(Answered::Stream(response)) => return *response,
        Ok(Answered::Kept(body)) => return write(&visit, form, StatusCode::OK, body, None),
        Ok(Answered::Made(answer)) => {
            let status = match (answer.retry_at_ms(), form) {
                (Some(_), _) => StatusCode::TOO_MANY_REQUESTS,
                (None, _) if wants_stream => StatusCode::BAD_REQUEST,
                (None, MediaType::GraphqlResponse) if !answer.is_executed() => {
                    StatusCode::BAD_REQUEST
                }
                (None, _) => StatusCode::OK,
            };
            (status, answer)
        }
        Err(denied) => (denied.status, Answer::fault(&denied.fault, &visit.trace)),
    };
    let Ok(body) = serde_json::to_vec(&answer) else {
        let now_ms = visit.edge.clock.now_ms();
        return Problem::of(&Fault::internal(), now_ms, &visit.trace).into_response();
    };
    write(&visit, form, status, body.into(), answer.retry_at_ms())
}

/// An answer, or the bytes of one that was made before.
enum Answered {
    Made(Answer),
    Kept(Bytes),
    Stream(Box<Response>),
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
    let aside = parts.extensions.remove();
    live::open(visit, &parts.headers, upgrade, aside).await
}

async fn answer(
    visit: &Arc<Visit>,
    face: Face,
    headers: &HeaderMap,
    body: Body,
    form: MediaType,
) -> Result<Answered, Denied> {
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
    visit.take(Kind::Request).await?;
    let body = read(visit, headers, body).await?;
    let json = serde_json::from_slice(&body)
        .map_err(|_| Fault::invalid("MALFORMED", "The body is not JSON."))?;
    let asked = Asked::read(json)?;
    visit.identify(headers).await?;
    let ready = match asked.admit(face, visit).await {
        Ok(ready) => ready,
        Err(refused) => return Ok(Answered::Made(refused)),
    };
    if form == MediaType::EventStream {
        let stream = live::stream_of(ready, visit.clone()).await;
        return Ok(match stream {
            Ok(response) => Answered::Stream(Box::new(response)),
            Err(refused) => Answered::Made(refused),
        });
    }
    if ready.kind == Some(OperationType::Subscription) {
        let fault = Fault::invalid(
            "SUBSCRIPTION_OVER_POST",
            "A subscription needs a stream: accept text/event-stream, or open a socket at this address with the subprotocol graphql-transport-ws.",
        );
        return Ok(Answered::Made(Answer::fault(&fault, &visit.trace)));
    }
    let is_feed = face == Face::Residents
        && ready.kind == Some(OperationType::Query)
        && ready.only_root() == Some("feed");
    let Some(key) = ready.key(visit.locale()).filter(|_| is_feed) else {
        return Ok(Answered::Made(ready.execute(visit).await));
    };
    let alike = &visit.edge.alike;
    if let Some(kept) = alike.get(&key, visit).await {
        return Ok(Answered::Kept(kept));
    }
    visit.begin_answer();
    let answer = ready.execute(visit).await;
    if answer.errors().is_empty()
        && let Ok(body) = serde_json::to_vec(&answer)
    {
        let body = Bytes::from(body);
        alike.keep(key, visit, &body);
        return Ok(Answered::Kept(body));
    }
    Ok(Answered::Made(answer))
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

fn write(
    visit: &Visit,
    form: MediaType,
    status: StatusCode,
    body: Bytes,
    retry_at_ms: Option<i64>,
) -> Response {
    let mut response = (status, body).into_response();
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(form.content_type()));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if let Some(at_ms) = retry_at_ms {
        let seconds = seconds_until(at_ms, visit.edge.clock.now_ms());
        headers.insert(RETRY_AFTER, seconds.into());
    }
    if let Some(cookie) = visit.set_cookie() {
        headers.append(SET_COOKIE, cookie);
    }
    response
}
