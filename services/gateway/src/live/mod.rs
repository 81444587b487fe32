//! Sockets, and what changes while one looks: graphql-transport-ws and nothing else.

mod follow;
mod message;
mod socket;
mod tail;

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use axum::extract::ws::WebSocketUpgrade;
use axum::response::{IntoResponse, Response};
use contract::Fault;
use http::header::SET_COOKIE;
use http::{HeaderMap, StatusCode};

pub(crate) use follow::changes;
pub(crate) use tail::Tails;

use crate::admit::Kind;
use crate::error::Problem;
use crate::visit::Visit;

/// The one protocol that is spoken.
const PROTOCOL: &str = "graphql-transport-ws";

/// A socket that counts as open until it is dropped.
struct Open(Arc<AtomicUsize>);

impl Open {
    fn one_of(open: &Arc<AtomicUsize>, most: usize) -> Option<Self> {
        open.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |count| {
            (count < most).then_some(count + 1)
        })
        .ok()
        .map(|_| Self(open.clone()))
    }
}

impl Drop for Open {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::SeqCst);
    }
}

/// Opens a socket for a page of ours, or for a program that is no browser.
pub(crate) async fn open(visit: Visit, headers: &HeaderMap, upgrade: WebSocketUpgrade) -> Response {
    match admit(&visit, headers).await {
        Ok(open) => accept(visit, upgrade, open),
        Err(fault) => {
            let now_ms = visit.edge.clock.now_ms();
            Problem::of(&fault, now_ms, &visit.trace).into_response()
        }
    }
}

async fn admit(visit: &Visit, headers: &HeaderMap) -> Result<Open, Fault> {
    let edge = &visit.edge;
    visit.take(Kind::Request)?;
    edge.origins.check_socket(headers)?;
    visit.take(Kind::Socket)?;
    visit.identify(headers).await?;
    Open::one_of(&edge.open_sockets, edge.settings.limits.sockets).ok_or_else(|| {
        Fault::unavailable("Too many are listening at once. Please try again later.")
    })
}

fn accept(visit: Visit, upgrade: WebSocketUpgrade, open: Open) -> Response {
    let body_bytes = visit.edge.settings.limits.body_bytes;
    let upgrade = upgrade
        .protocols([PROTOCOL])
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
            socket::serve(socket, Arc::new(visit)).await;
            drop(open);
        });
    });
    if let Some(cookie) = cookie {
        response.headers_mut().append(SET_COOKIE, cookie);
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_more_sockets_than_allowed_and_each_makes_room_when_it_ends() {
        let count = Arc::new(AtomicUsize::new(0));
        let first = Open::one_of(&count, 2);
        let second = Open::one_of(&count, 2);
        assert!(first.is_some() && second.is_some());
        assert!(Open::one_of(&count, 2).is_none());
        drop(first);
        assert!(Open::one_of(&count, 2).is_some());
    }
}
