//! Operations over server-sent events, each over a request of its own (GraphQL over SSE, "distinct connections mode"): for
//! clients behind proxies that know no sockets.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::body::{Body, Bytes};
use futures_util::stream::{self, BoxStream, StreamExt};
use http::header::{CACHE_CONTROL, CONTENT_TYPE, SET_COOKIE};
use http::{HeaderValue, Response};

use super::run::{Brought, run};
use super::watch::{PING_EVERY, Watch, still_signed_in};
use super::{push, pushed};
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
    let told = Told {
        watch: Watch::on(&visit),
        operation: run(ready, visit.clone(), None).await?,
        began_signed_in: resident.is_some(),
        said_at_ms: visit.edge.clock.now_ms(),
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
    began_signed_in: bool,
    /// When something was said last.
    said_at_ms: i64,
    is_over: bool,
    _held: Held,
    visit: Arc<Visit>,
}

impl Told {
    /// The next event; none when the connection is to be closed: the client comes back and goes on after its last cursor.
    async fn next(&mut self) -> Option<Bytes> {
        if self.is_over {
            return None;
        }
        let clock = self.visit.edge.clock.clone();
        let tasks = self.visit.edge.tasks.clone();
        let event = loop {
            let silent_ms = clock.now_ms().saturating_sub(self.said_at_ms).max(0);
            let ping = PING_EVERY.saturating_sub(Duration::from_millis(silent_ms.unsigned_abs()));
            tokio::select! {
                brought = self.operation.next() => break self.event(brought)?,
                () = clock.wait(ping) => break PING,
                () = tasks.stopping() => return None,
                () = self.watch.due(&clock) => {
                    still_signed_in(&self.visit, self.began_signed_in).await.ok()?;
                }
            }
        };
        self.said_at_ms = clock.now_ms();
        Some(event)
    }

    fn event(&mut self, brought: Option<Brought>) -> Option<Bytes> {
        Some(match brought {
            Some(Brought::Next(payload, cause)) => {
                let _step = push(cause);
                pushed(cause);
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
        })
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

#[cfg(test)]
mod tests {
    use futures_util::FutureExt;
    use http::HeaderMap;

    use super::*;
    use crate::edge::tests::edge;

    #[tokio::test]
    async fn a_silent_stream_is_heard_of_every_twenty_seconds_whatever_is_looked_at_between() {
        let visit = Arc::new(Visit::arrived(edge(), &HeaderMap::new(), None));
        let clock = visit.edge.clock.clone();
        let mut told = Told {
            operation: stream::pending().boxed(),
            watch: Watch::on(&visit),
            began_signed_in: false,
            said_at_ms: clock.now_ms(),
            is_over: false,
            _held: visit.edge.sockets.take(None).unwrap(),
            visit,
        };
        for _ in 0..2 {
            let mut next = Box::pin(told.next());
            for _ in 0..5 {
                assert!(next.as_mut().now_or_never().is_none());
                clock.advance(PING_EVERY / 5);
            }
            assert_eq!(next.await, Some(PING));
        }
    }
}
