//! What changes while one looks: over sockets (graphql-transport-ws) and event streams (GraphQL over SSE).

mod direct;
mod follow;
mod line;
mod message;
mod missed;
mod notice;
mod run;
mod socket;
mod sse;
mod standing;
mod tail;
mod telling;
mod watch;

use std::sync::Arc;
use std::time::Duration;

use axum::extract::ws::WebSocketUpgrade;
use axum::response::{IntoResponse, Response};
use contract::{Fault, FaultKind};
use http::header::SET_COOKIE;
use http::{HeaderMap, StatusCode};
use runtime::telemetry::{Attribute, Cause, Measure, Step, mark, measure, on_its_way_for};
use tracing::Span;

pub(crate) use notice::changes_of;
pub(crate) use run::Following;
pub(crate) use sse::{EVENT_STREAM, stream_of};
pub(crate) use tail::Tails;

use crate::admit::{Held, Kind};
use crate::error::Problem;
use crate::http::Aside;
use crate::visit::Visit;

/// The one protocol that is spoken.
const PROTOCOL: &str = "graphql-transport-ws";

/// How much is read from a socket at once, in bytes: thousands of them are open, and most are silent.
const READ_AT_ONCE: usize = 4 * 1024;

/// How long one who follows waits where a role does not answer.
const AGAIN_AFTER: Duration = Duration::from_secs(1);

/// Whether trying again helps.
fn passes(fault: &Fault) -> bool {
    matches!(
        fault.kind,
        FaultKind::Unavailable | FaultKind::Internal | FaultKind::Limited
    )
}

/// The step in which somebody is told what follows from this.
fn push(cause: Option<Cause>) -> Span {
    let step = Step::Push.caused(cause);
    mark(&step, Attribute::Role("gateway"));
    step
}

/// Somebody was told: counts how long it was on its way.
fn pushed(cause: Option<Cause>) {
    if let Some(delay) = cause.as_ref().and_then(on_its_way_for) {
        measure(Measure::Pushed(delay));
    }
}

/// Opens a socket for a page of ours, or for a program that is no browser; with `aside` what many follow is told past its task.
pub(crate) async fn open(
    visit: Visit,
    headers: &HeaderMap,
    upgrade: WebSocketUpgrade,
    aside: Option<Aside>,
) -> Response {
    match admit(&visit, headers).await {
        Ok(open) => accept(visit, upgrade, aside, open),
        Err(fault) => {
            let now_ms = visit.edge.clock.now_ms();
            Problem::of(&fault, now_ms, &visit.trace).into_response()
        }
    }
}

async fn admit(visit: &Visit, headers: &HeaderMap) -> Result<Held, Fault> {
    let edge = &visit.edge;
    visit.take(Kind::Request).await?;
    edge.origins.check_socket(headers)?;
    visit.take(Kind::Socket).await?;
    visit.identify(headers).await?;
    let signed = visit.signed();
    edge.sockets.take(signed.map(|signed| signed.resident))
}

fn accept(visit: Visit, upgrade: WebSocketUpgrade, aside: Option<Aside>, open: Held) -> Response {
    let body_bytes = visit.edge.settings.limits.body_bytes;
    let upgrade = upgrade
        .protocols([PROTOCOL])
        .read_buffer_size(READ_AT_ONCE)
        .max_message_size(body_bytes)
        .max_frame_size(body_bytes);
    if upgrade.selected_protocol().is_none() {
        return Problem::new(
            StatusCode::BAD_REQUEST,
            "SUBPROTOCOL",
            "Sockets speak graphql-transport-ws; ask for this subprotocol.",
        )
        .into_response();
    }
    let cookie = visit.set_cookie();
    let tasks = visit.edge.tasks.clone();
    let mut response = upgrade.on_upgrade(move |socket| async move {
        // The process waits for what it started itself, not for what the server upgraded.
        tasks.start(async move {
            measure(Measure::SocketOpened);
            let why = socket::serve(socket, aside, Arc::new(visit)).await;
            measure(Measure::SocketEnded(why));
            drop(open);
        });
    });
    if let Some(cookie) = cookie {
        response.headers_mut().append(SET_COOKIE, cookie);
    }
    response
}
