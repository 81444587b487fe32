//! Which form of an answer a client takes, and which form of a body it sent.

use http::HeaderMap;
use http::header::{ACCEPT, CONTENT_ENCODING, CONTENT_TYPE};

use crate::language::thousandths;
use crate::live::EVENT_STREAM;

/// The forms of an answer: the two of GraphQL over HTTP, section 4, and a stream.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum MediaType {
    /// `application/graphql-response+json`: the status says whether the operation was executed.
    GraphqlResponse,
    /// `application/json`: 200 where a document was looked at.
    Json,
    /// `text/event-stream`: one result after the other, as they come (GraphQL over SSE).
    EventStream,
}

impl MediaType {
    /// As `Content-Type` spells it.
    pub(super) const fn content_type(self) -> &'static str {
        match self {
            Self::GraphqlResponse => "application/graphql-response+json; charset=utf-8",
            Self::Json => "application/json; charset=utf-8",
            Self::EventStream => EVENT_STREAM,
        }
    }
}

/// The form that a client likes best; none when it takes none of them. Who does not say gets `application/json`, as older
/// clients expect.
pub(super) fn accepted(headers: &HeaderMap) -> Option<MediaType> {
    let mut ranges = headers
        .get_all(ACCEPT)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .map(str::trim)
        .filter(|range| !range.is_empty())
        .peekable();
    if ranges.peek().is_none() {
        return Some(MediaType::Json);
    }
    let mut best: Option<(u32, MediaType)> = None;
    for range in ranges.take(32) {
        let mut parts = range.split(';').map(str::trim);
        let essence = parts.next().unwrap_or_default().to_ascii_lowercase();
        let media_type = match essence.as_str() {
            "application/graphql-response+json" => MediaType::GraphqlResponse,
            EVENT_STREAM => MediaType::EventStream,
            "application/json" | "application/*" | "*/*" => MediaType::Json,
            _ => continue,
        };
        let mut weight = 1_000;
        let mut utf8 = true;
        for (name, value) in parts.filter_map(|parameter| parameter.split_once('=')) {
            match name.trim().to_ascii_lowercase().as_str() {
                "q" => weight = thousandths(value),
                "charset" => utf8 = is_utf8(value),
                _ => {}
            }
        }
        // Of what is liked equally well, the first.
        if utf8 && weight > best.map_or(0, |(weight, _)| weight) {
            best = Some((weight, media_type));
        }
    }
    best.map(|(_, media_type)| media_type)
}

/// Whether a body is JSON in UTF-8, said so, and is not compressed. A page of another origin cannot say so without being
/// asked first (CORS), which is one of the walls against forged requests.
pub(super) fn is_json(headers: &HeaderMap) -> bool {
    let mut types = headers.get_all(CONTENT_TYPE).iter();
    let (Some(content_type), None) = (types.next(), types.next()) else {
        return false;
    };
    let Ok(content_type) = content_type.to_str() else {
        return false;
    };
    let mut parts = content_type.split(';').map(str::trim);
    let essence = parts.next().unwrap_or_default();
    let charset = parts
        .filter_map(|parameter| parameter.split_once('='))
        .find(|(name, _)| name.trim().eq_ignore_ascii_case("charset"));
    essence.eq_ignore_ascii_case("application/json")
        && charset.is_none_or(|(_, value)| is_utf8(value))
        && headers
            .get(CONTENT_ENCODING)
            .is_none_or(|encoding| encoding.as_bytes().eq_ignore_ascii_case(b"identity"))
}

fn is_utf8(charset: &str) -> bool {
    charset
        .trim()
        .trim_matches('"')
        .eq_ignore_ascii_case("utf-8")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn accept(value: &str) -> Option<MediaType> {
        let mut headers = HeaderMap::new();
        headers.insert(ACCEPT, value.parse().unwrap());
        accepted(&headers)
    }

    fn content(value: &str) -> bool {
        let mut headers = HeaderMap::new();
        headers.insert(CONTENT_TYPE, value.parse().unwrap());
        is_json(&headers)
    }

    #[test]
    fn the_form_that_is_liked_best_is_answered() {
        use MediaType::{EventStream, GraphqlResponse, Json};
        assert_eq!(accepted(&HeaderMap::new()), Some(Json));
        for (value, form) in [
            ("application/graphql-response+json", Some(GraphqlResponse)),
            ("application/json", Some(Json)),
            ("*/*", Some(Json)),
            ("application/*", Some(Json)),
            (
                "application/graphql-response+json, application/json;q=0.9",
                Some(GraphqlResponse),
            ),
            (
                "application/json;q=0.5, application/graphql-response+json;q=0.6",
                Some(GraphqlResponse),
            ),
            (
                "application/json, application/graphql-response+json",
                Some(Json),
            ),
            (
                "application/graphql-response+json; charset=utf-8",
                Some(GraphqlResponse),
            ),
            ("application/json; charset=utf-16", None),
            ("application/json;q=0", None),
            ("text/html", None),
            ("text/event-stream", Some(EventStream)),
            (
                "text/event-stream, application/json;q=0.5",
                Some(EventStream),
            ),
        ] {
            assert_eq!(accept(value), form, "{value}");
        }
    }

    #[test]
    fn only_json_in_utf_8_is_read() {
        for value in [
            "application/json",
            "application/json; charset=utf-8",
            "application/json;charset=\"UTF-8\"",
            "Application/JSON",
        ] {
            assert!(content(value), "{value}");
        }
        for value in [
            "text/plain",
            "text/plain;charset=UTF-8",
            "application/x-www-form-urlencoded",
            "multipart/form-data; boundary=x",
            "application/graphql",
            "application/json; charset=utf-16",
            "application/json, text/plain",
            "",
        ] {
            assert!(!content(value), "{value}");
        }
        assert!(!is_json(&HeaderMap::new()));
    }
}
