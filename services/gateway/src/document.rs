//! What is written for programs that fetch it again and again: each document carries a tag, and is sent once.

use axum::response::{IntoResponse, Response};
use contract::{Fault, FaultKind};
use http::header::{CACHE_CONTROL, CONTENT_TYPE, ETAG, IF_NONE_MATCH};
use http::{HeaderMap, HeaderValue, StatusCode};
use sha2::{Digest, Sha256};

use crate::error::Problem;
use crate::visit::Visit;

/// The longest list of entity tags that is looked at, in bytes.
const ETAGS_AT_MOST: usize = 1_024;

/// What is written, and how it may be kept.
pub(crate) struct Document {
    pub(crate) content_type: &'static str,
    pub(crate) cache_control: &'static str,
    pub(crate) text: String,
}

/// What was written, or that the client has it. To who is signed out, what is for members is not there.
pub(crate) fn answered(
    visit: &Visit,
    headers: &HeaderMap,
    written: Result<Document, Fault>,
) -> Response {
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
