//! The one page there is until the web app is built in: what this is and, in a demo, how to ask it something.

use std::sync::Arc;

use axum::extract::State;
use axum::response::{Html, IntoResponse, Response};
use contract::Locale;
use http::HeaderMap;
use http::header::{
    ACCEPT_LANGUAGE, CACHE_CONTROL, CONTENT_LANGUAGE, CONTENT_SECURITY_POLICY, CONTENT_TYPE, VARY,
};

use crate::edge::Edge;
use crate::language::preferred;

const FRENCH: &str = include_str!("pages/welcome.fr.html");
const ENGLISH: &str = include_str!("pages/welcome.en.html");
const STYLE: &str = include_str!("pages/palier.css");

/// A page of text: its own style sheet and nothing else.
const POLICY: &str = "default-src 'none'; style-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

/// Where the part for demos begins and ends.
const DEMO: (&str, &str) = ("<!-- demo -->", "<!-- /demo -->");

/// `GET /`.
pub(crate) async fn welcome(State(edge): State<Arc<Edge>>, headers: HeaderMap) -> Response {
    let accepted = headers
        .get(ACCEPT_LANGUAGE)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    let locale = preferred(accepted);
    let page = page(locale, edge.settings.demo, &edge.settings.public_url);
    (
        [
            (CONTENT_SECURITY_POLICY, POLICY),
            (CONTENT_LANGUAGE, locale.tag()),
            (VARY, "accept-language"),
            (CACHE_CONTROL, "no-cache"),
        ],
        Html(page),
    )
        .into_response()
}

/// `GET /palier.css`.
pub(crate) async fn style() -> Response {
    (
        [
            (CONTENT_TYPE, "text/css; charset=utf-8"),
            (CACHE_CONTROL, "public, max-age=3600"),
        ],
        STYLE,
    )
        .into_response()
}

fn page(locale: Locale, demo: bool, public_url: &str) -> String {
    let page = locale.pick(FRENCH, ENGLISH);
    if demo {
        return page.replace("{origin}", &escaped(public_url.trim_end_matches('/')));
    }
    match (page.split_once(DEMO.0), page.split_once(DEMO.1)) {
        (Some((before, _)), Some((_, after))) => format!("{before}{after}"),
        _ => page.to_owned(),
    }
}

/// Text as HTML shows it.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            other => escaped.push(other),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_demo_shows_how_to_ask() {
        for locale in [Locale::French, Locale::English] {
            let earnest = page(locale, false, "https://board.example.org");
            assert!(
                !earnest.contains("curl") && !earnest.contains("demo -->"),
                "{earnest}"
            );
            let demo = page(locale, true, "http://127.0.0.1:8080/");
            assert!(demo.contains("http://127.0.0.1:8080/graphql") && !demo.contains("{origin}"));
        }
    }

    #[test]
    fn a_page_has_no_script_no_style_of_its_own_and_nothing_from_elsewhere() {
        for page in [FRENCH, ENGLISH] {
            for banned in ["<script", "style=", "<style", " on", "src="] {
                let attribute = banned == " on";
                let found = if attribute {
                    page.contains(" onclick") || page.contains(" onload")
                } else {
                    page.contains(banned)
                };
                assert!(!found, "{banned}");
            }
            assert!(page.contains("lang=\""));
        }
        assert!(!STYLE.contains("url(") && !STYLE.contains("@import"));
    }

    #[test]
    fn an_operators_address_is_text() {
        let page = page(Locale::English, true, "http://x/<script>\"&");
        assert!(page.contains("http://x/&lt;script&gt;&quot;&amp;"));
    }
}
