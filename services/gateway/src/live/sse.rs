//! Operations over server-sent events, each over a request of its own (GraphQL over SSE, "distinct connections mode"): for
//! clients behind proxies that know no sockets.

use std::convert::Infallible;
use std::sync::Arc;

use axum::body::{Body, Bytes};
use futures_util::stream::{self, BoxStream, StreamExt};
use http::header::{CACHE_CONTROL, CONTENT_TYPE, SET_COOKIE};
use http::{HeaderValue, Response};
use runtime::telemetry::{Attribute, Measure, Step, mark, measure, on_its_way_for};

use super::run::{Brought, run};
use super::watch::{PING_EVERY, Watch};
use crate::admit::Held;
use crate::operation::{Answer, Ready};
use crate::visit::Visit;

/// The media type of event streams (HTML Living Standard, 9.2).
pub(crate) const EVENT_STREAM: &str = "text/event-stream";

/// A comment, which clients pass over: tells both ends that the other one is there.
const PING: Bytes = Bytes::from_static(b":\n\n");
const COMPLETE: Bytes = Bytes::from_static(b"event: complete\ndata:\n\n");

/// Tells what an operation brings, until it is over, the caller is signed out, or the process stops.
///
/// # Errors
/// Why it does not begin.
pub(crate) async fn stream_of(ready: Ready, visit: Arc<Visit>) -> Result<Response<Body>, Answer> {
    let resident = visit.signed().map(|signed| signed.resident);
    let held = visit.edge.sockets.take(resident);
    let held = held.map_err(|fault| Answer::fault(&fault, &visit.trace))?;
    let cookie = visit.set_cookie();
    let begun_signed_in = resident.is_some();
    let told = Told {
        watch: Watch::on(&visit),
        operation: run(ready, visit.clone()).await?,
        begun_signed_in,
        is_over: false,
        _held: held,
        visit,
    };
    let events = stream::unfold(told, |mut told| async move {
        let event = told.next().await?;
        Some((Ok::<_, Infallible>(event), told))
    });
    let mut response = Response::new(Body::from_stream(events));
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(EVENT_STREAM));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if let Some(cookie) = cookie {
        headers.append(SET_COOKIE, cookie);
    }
    Ok(response)
}

struct Told {
    operation: BoxStream<'static, Brought>,
    watch: Watch,
    begun_signed_in: bool,
    is_over: bool,
    _held: Held,
    visit: Arc<Visit>,
}

impl Told {
    /// The next event; none when the connection is to be closed: the client comes back and goes on after its last cursor.
    async fn next(&mut self) -> Option<Bytes> {
        let clock = self.visit.edge.clock.clone();
        let tasks = self.visit.edge.tasks.clone();
        if self.is_over {
            return None;
        }
        loop {
            return tokio::select! {
                brought = self.operation.next() => Some(match brought {
                    Some(Brought::Next(payload, cause)) => {
                        let step = Step::Push.caused(cause);
                        mark(&step, Attribute::Role("gateway"));
                        if let Some(delay) = cause.as_ref().and_then(on_its_way_for) {
                            measure(Measure::Pushed(delay));
                        }
                        next_event(payload.get())
                    }
                    Some(Brought::Refused(refused)) => {
                        self.operation = stream::iter([Brought::End]).boxed();
                        next_event(refused.payload(&self.visit.trace).ok()?.get())
                    }
                    Some(Brought::End) | None => {
                        self.is_over = true;
                        COMPLETE
                    }
                }),
                () = clock.wait(PING_EVERY) => Some(PING),
                () = tasks.stopping() => None,
                () = self.watch.due(&clock) => {
                    // Where identity does not answer, nothing is delivered either.
                    let _ = self.visit.renew().await;
                    if self.begun_signed_in && self.visit.signed().is_none() || self.visit.has_new_token() {
                        return None;
                    }
                    continue;
                }
            };
        }
    }
}

/// JSON has no line ends of its own: an answer is one line.
fn next_event(json: &str) -> Bytes {
    let mut event = String::with_capacity(json.len() + 24);
    event.push_str("event: next\ndata: ");
    event.push_str(json);
    event.push_str("\n\n");
    event.into()
}
