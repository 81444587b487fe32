//! Events, for the calendars and readers of people who may not be signed in.

mod atom;
mod happening;
mod ical;

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use contract::{Fault, FaultKind, PostId, posts};
use http::header::{CACHE_CONTROL, CONTENT_TYPE, ETAG, IF_NONE_MATCH};
use http::{HeaderMap, HeaderValue, StatusCode};
use sha2::{Digest, Sha256};

use crate::admit::Kind;
use crate::edge::Edge;
use crate::error::Problem;
use crate::hoods::Hood;
use crate::http::Peer;
use crate::media::with_cookie;
use crate::model::id::Opaque;
use crate::resident::SLUG_AT_MOST;
use crate::visit::Visit;
use happening::Happening;

/// How many events are asked for at once.
const PAGE: u32 = 50;
/// The most events in one calendar or feed: the soonest.
const EVENTS_AT_MOST: usize = 500;
/// The longest list of entity tags that is looked at, in bytes.
const ETAGS_AT_MOST: usize = 1_024;

/// What is written about events, and how it may be kept.
struct Document {
    content_type: &'static str,
    cache_control: &'static str,
    text: String,
}

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
    if slug.is_empty() || slug.len() > SLUG_AT_MOST {
        return Err(Fault::not_found());
    }
    let hood = visit.edge.hoods.by_slug(slug).await?;
    let hood = hood.ok_or_else(Fault::not_found)?;
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

/// What was written, or that the client has it. To who is signed out, what is for members is not there.
fn answered(visit: &Visit, headers: &HeaderMap, written: Result<Document, Fault>) -> Response {
    let document = match written {
        Ok(document) => document,
        Err(fault) if matches!(fault.kind, FaultKind::NotFound | FaultKind::Unauthenticated) => {
            return Problem::not_found().into_response();
        }
        Err(fault) => {
            let now_ms = visit.edge.clock.now_ms();
            return Problem::of(&fault, now_ms, &visit.trace).into_response();
        }
    };
    let hash = Sha256::digest(document.text.as_bytes());
    let etag = format!("\"{}\"", hex::encode(&hash[..16]));
    let mut response = if knows(headers, &etag) {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        ([(CONTENT_TYPE, document.content_type)], document.text).into_response()
    };
    let carried = response.headers_mut();
    carried.insert(
        CACHE_CONTROL,
        HeaderValue::from_static(document.cache_control),
    );
    if let Ok(etag) = HeaderValue::try_from(etag) {
        carried.insert(ETAG, etag);
    }
    response
}

/// Whether the client has what this tag is of (RFC 9110, section 13.1.2): tags are compared weakly.
fn knows(headers: &HeaderMap, etag: &str) -> bool {
    headers
        .get_all(IF_NONE_MATCH)
        .iter()
        .filter_map(|tags| tags.to_str().ok())
        .filter(|tags| tags.len() <= ETAGS_AT_MOST)
        .flat_map(|tags| tags.split(','))
        .map(str::trim)
        .any(|tag| tag == "*" || tag.strip_prefix("W/").unwrap_or(tag) == etag)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_is_known_in_every_form_in_which_it_may_come_back() {
        let etag = "\"0a\"";
        let asking = |tags: &str| {
            HeaderMap::from_iter([(IF_NONE_MATCH, HeaderValue::try_from(tags).unwrap())])
        };
        for tags in ["\"0a\"", "W/\"0a\"", "\"x\", W/\"0a\"", "*"] {
            assert!(knows(&asking(tags), etag), "{tags}");
        }
        for tags in [
            "",
            "0a",
            "\"0a",
            "\"0A\"",
            "W/\"0ab\"",
            &"\"0a\",".repeat(300),
        ] {
            assert!(!knows(&asking(tags), etag), "{tags}");
        }
        assert!(!knows(&HeaderMap::new(), etag));
    }
}
