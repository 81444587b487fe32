//! The residents' web app: built beforehand, carried by the program, served as it is.

use std::borrow::Cow;
use std::sync::LazyLock;

use axum::extract::Request;
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use http::header::{
    ACCEPT, ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_SECURITY_POLICY,
    CONTENT_TYPE, ETAG, IF_NONE_MATCH, VARY,
};
use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};
use rust_embed::{EmbeddedFile, RustEmbed};

use crate::error::Problem;

/// What `npm run build` made in the folder `frontend`; nothing where it was not run.
#[derive(RustEmbed)]
#[folder = "../../frontend/build"]
#[allow_missing = true]
struct Built;

/// The one page there is; the app in it finds out which one was asked for.
const PAGE: &str = "index.html";
/// The addresses of pages, as the app has them in its folder of routes.
pub(crate) const PAGES: [&str; 28] = [
    "/",
    "/confirm",
    "/console",
    "/join",
    "/join/account",
    "/join/postcard",
    "/join/vouches",
    "/kept",
    "/me",
    "/me/statements",
    "/n/{slug}",
    "/n/{slug}/console",
    "/n/{slug}/console/appeals",
    "/n/{slug}/console/audit",
    "/n/{slug}/console/decisions",
    "/n/{slug}/console/members",
    "/n/{slug}/console/postcards",
    "/n/{slug}/console/severe",
    "/n/{slug}/console/settings",
    "/n/{slug}/console/tiles",
    "/n/{slug}/transparency",
    "/never",
    "/new",
    "/new/facts",
    "/post/{id}",
    "/recover",
    "/sign-in",
    "/statement/{id}",
];
/// Files whose names change with their content.
const IMMUTABLE: &str = "_app/immutable/";
/// The ways in which files were compressed beforehand, the best first.
const ENCODINGS: [(&str, &str); 2] = [("br", ".br"), ("gzip", ".gz")];

/// What a page may do, as the build worked it out: with the hashes of its own scripts, and nobody else's.
static POLICY: LazyLock<Option<HeaderValue>> = LazyLock::new(|| {
    let page = Built::get(PAGE)?;
    let policy = policy_in(std::str::from_utf8(&page.data).ok()?)?;
    // Who may frame a page only a header can say.
    HeaderValue::try_from(format!("{policy}; frame-ancestors 'none'")).ok()
});

/// A page.
pub(crate) async fn page(headers: HeaderMap) -> Response {
    file(PAGE, &headers).unwrap_or_else(not_built)
}

/// A file of the app; else a page that says that there is none, to those who look for a page.
pub(crate) async fn rest(request: Request) -> Response {
    let (method, headers) = (request.method(), request.headers());
    if method != Method::GET && method != Method::HEAD {
        return Problem::not_found().into_response();
    }
    let path = request.uri().path().trim_start_matches('/');
    if let Some(found) = file(path, headers) {
        return found;
    }
    let wants_page = headers
        .get(ACCEPT)
        .and_then(|accepted| accepted.to_str().ok())
        .is_some_and(|accepted| accepted.contains("text/html"));
    match file(PAGE, headers).filter(|_| wants_page) {
        Some(page) => (StatusCode::NOT_FOUND, page).into_response(),
        None => Problem::not_found().into_response(),
    }
}

fn file(path: &str, headers: &HeaderMap) -> Option<Response> {
    let plain = Built::get(path)?;
    let etag = format!("\"{}\"", hex::encode(&plain.metadata.sha256_hash()[..16]));
    let known = headers.get(IF_NONE_MATCH).and_then(|tag| tag.to_str().ok());
    let cache = if path.starts_with(IMMUTABLE) {
        "public, max-age=31536000, immutable"
    } else {
        "no-cache"
    };
    let mut response = if known.is_some_and(|known| known.contains(etag.as_str())) {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        content(path, plain, headers)
    };
    let carried = response.headers_mut();
    carried.insert(CACHE_CONTROL, HeaderValue::from_static(cache));
    carried.insert(VARY, HeaderValue::from_static("accept-encoding"));
    carried.insert(ETAG, HeaderValue::try_from(etag).ok()?);
    carried.insert(CONTENT_SECURITY_POLICY, POLICY.clone()?);
    Some(response)
}

/// Compressed, where it was and the client takes it.
fn content(path: &str, plain: EmbeddedFile, headers: &HeaderMap) -> Response {
    let kind = plain.metadata.mimetype().to_owned();
    let kind = match kind.as_str() {
        "text/html" | "text/css" | "text/javascript" => format!("{kind}; charset=utf-8"),
        _ => kind,
    };
    let encoded = ENCODINGS
        .iter()
        .filter(|(name, _)| accepts(headers, name))
        .find_map(|(name, ending)| Some((*name, Built::get(&format!("{path}{ending}"))?)));
    match encoded {
        Some((name, file)) => {
            let headers: [(HeaderName, String); 2] =
                [(CONTENT_TYPE, kind), (CONTENT_ENCODING, name.to_owned())];
            (headers, bytes(file)).into_response()
        }
        None => ([(CONTENT_TYPE, kind)], bytes(plain)).into_response(),
    }
}

/// As it lies in the program: however many fetch it, it is there once.
fn bytes(file: EmbeddedFile) -> Bytes {
    match file.data {
        Cow::Borrowed(carried) => Bytes::from_static(carried),
        Cow::Owned(read) => read.into(),
    }
}

/// Whether a client takes a content coding (RFC 9110, section 12.5.3).
fn accepts(headers: &HeaderMap, coding: &str) -> bool {
    headers
        .get_all(ACCEPT_ENCODING)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .any(|accepted| {
            let (name, weight) = accepted.split_once(';').unwrap_or((accepted, ""));
            let refused = weight.trim().trim_start_matches("q=").parse() == Ok(0.0_f32);
            name.trim().eq_ignore_ascii_case(coding) && !refused
        })
}

/// The policy that a page has in it.
fn policy_in(page: &str) -> Option<&str> {
    let (_, rest) = page.split_once("http-equiv=\"content-security-policy\" content=\"")?;
    Some(rest.split_once('"')?.0)
}

fn not_built() -> Response {
    Problem::new(
        StatusCode::NOT_FOUND,
        "NO_WEB_APP",
        "This program was built without its web app. Run `make web` before building it.",
    )
    .into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asking(encodings: &'static str) -> HeaderMap {
        HeaderMap::from_iter([(ACCEPT_ENCODING, HeaderValue::from_static(encodings))])
    }

    #[test]
    fn a_coding_is_used_where_it_is_taken() {
        assert!(accepts(&asking("gzip, deflate, br"), "br"));
        assert!(accepts(&asking("GZIP;q=0.5"), "gzip"));
        assert!(!accepts(&asking("gzip"), "br"));
        assert!(!accepts(&asking("br;q=0, gzip"), "br"));
        assert!(!accepts(&HeaderMap::new(), "br"));
    }

    #[test]
    fn a_pages_policy_is_the_one_the_build_wrote_into_it() {
        let page = "<head><meta http-equiv=\"content-security-policy\" content=\"default-src 'none'; script-src 'self'\">";
        assert_eq!(
            policy_in(page),
            Some("default-src 'none'; script-src 'self'")
        );
        assert_eq!(policy_in("<head>"), None);
    }
}
