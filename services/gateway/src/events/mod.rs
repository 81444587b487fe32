//! Events, for the calendars and readers of people who may not be signed in.

mod atom;
mod happening;
mod ical;

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::response::Response;
use contract::{Fault, PostId, posts};
use http::HeaderMap;

use crate::admit::Kind;
use crate::document::{Document, answered};
use crate::edge::Edge;
use crate::hoods::Hood;
use crate::http::Peer;
use crate::media::with_cookie;
use crate::model::id::Opaque;
use crate::resident::hood_at;
use crate::visit::Visit;
use happening::Happening;

/// How many events are asked for at once.
const PAGE: u32 = 50;
/// The most events in one calendar or feed: the soonest.
const EVENTS_AT_MOST: usize = 500;

/// `GET /n/{slug}/events.ics`: the events that are for everybody, as a calendar to subscribe to.
#[tracing::instrument(skip_all, fields(role = "gateway", operation = "events_ics"))]
pub(crate) async fn calendar(
    State(edge): State<Arc<Edge>>,
    Peer(peer): Peer,
    Path(slug): Path<String>,
    headers: HeaderMap,
) -> Response {
    let visit = Visit::arrived(edge, &headers, peer);
    let written = open_events(&visit, slug)
        .await
        .map(|(hood, events)| Document {
            content_type: ical::CONTENT_TYPE,
            cache_control: "no-cache",
            text: ical::calendar(Some(&hood.name), &events),
        });
    answered(&visit, &headers, written)
}

/// `GET /n/{slug}/events.atom`: the same, for feed readers.
#[tracing::instrument(skip_all, fields(role = "gateway", operation = "events_atom"))]
pub(crate) async fn feed(
    State(edge): State<Arc<Edge>>,
    Peer(peer): Peer,
    Path(slug): Path<String>,
    headers: HeaderMap,
) -> Response {
    let visit = Visit::arrived(edge, &headers, peer);
    let written = open_events(&visit, slug).await.and_then(|(hood, events)| {
        let public_url = &visit.edge.settings.public_url;
        Ok(Document {
            content_type: atom::CONTENT_TYPE,
            cache_control: "no-cache",
            text: atom::feed(&hood, public_url, &events).map_err(|_| Fault::internal())?,
        })
    });
    answered(&visit, &headers, written)
}

/// `GET /post/{id}/event.ics`: one event, for whoever may read it.
#[tracing::instrument(skip_all, fields(role = "gateway", operation = "event_ics"))]
pub(crate) async fn single(
    State(edge): State<Arc<Edge>>,
    Peer(peer): Peer,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Response {
    let visit = Visit::arrived(edge, &headers, peer);
    let written = one_event(&visit, &headers, &id)
        .await
        .map(|event| Document {
            content_type: ical::CONTENT_TYPE,
            cache_control: "private, no-cache",
            text: ical::calendar(None, &[event]),
        });
    let response = answered(&visit, &headers, written);
    with_cookie(&visit, response)
}

/// A neighbourhood and its events for everybody. Whose cookie it is makes no difference, and nobody looks.
async fn open_events(visit: &Visit, slug: String) -> Result<(Arc<Hood>, Vec<Happening>), Fault> {
    visit.take(Kind::Request).await?;
    visit.take(Kind::Query).await?;
    let hood = hood_at(visit, slug).await?.ok_or_else(Fault::not_found)?;
    let mut client = visit.edge.posts.clone();
    let mut events = Vec::new();
    let mut after = String::new();
    loop {
        let request = posts::ListPublicRequest {
            neighbourhood: hood.id.to_bytes(),
            first: PAGE,
            after,
        };
        let reply = client.list_public(visit.caller().request(request)).await?;
        let reply = reply.into_inner();
        let public_url = &visit.edge.settings.public_url;
        events.extend(
            reply
                .posts
                .iter()
                .filter_map(|post| Happening::read(post, public_url)),
        );
        after = reply.cursors.last().cloned().unwrap_or_default();
        if !reply.has_next || after.is_empty() || events.len() >= EVENTS_AT_MOST {
            return Ok((hood, events));
        }
    }
}

async fn one_event(visit: &Visit, headers: &HeaderMap, id: &str) -> Result<Happening, Fault> {
    visit.take(Kind::Request).await?;
    let post = PostId::read(id, "id").map_err(|_| Fault::not_found())?;
    visit.identify(headers).await?;
    visit.take(Kind::Query).await?;
    let request = posts::PostRequest {
        post: post.to_bytes(),
    };
    let mut client = visit.edge.posts.clone();
    let found = client.get(visit.caller().request(request)).await;
    let post = found.map_err(Fault::from)?.into_inner();
    Happening::read(&post, &visit.edge.settings.public_url).ok_or_else(Fault::not_found)
}
