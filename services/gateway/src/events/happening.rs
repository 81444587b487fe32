//! An event as calendars and feeds tell it: nothing of who wrote it.

use contract::{PostId, posts};
use uuid::Uuid;

use crate::model::id::Opaque;

/// An event as calendars and feeds tell it.
#[derive(Clone, Debug)]
pub(super) struct Happening {
    /// The id of its notice, as clients see it.
    pub id: String,
    /// The same, as a UUID.
    pub uuid: Uuid,
    /// Where it is read.
    pub url: String,
    pub title: String,
    pub body: String,
    /// The venue, in words.
    pub place_name: String,
    /// In milliseconds since 1970, as the next three.
    pub starts_at_ms: i64,
    pub ends_at_ms: i64,
    /// Rounded, as every reader sees it.
    pub published_at_ms: i64,
    /// How often it changed since it went up.
    pub changes: u64,
    /// Whether it waits to be read by a moderator: then only its author has it here.
    pub waits: bool,
}

impl Happening {
    /// From a notice; none if that is no event.
    pub fn read(post: &posts::Post, public_url: &str) -> Option<Self> {
        let event = post.event.as_ref()?;
        let uuid = PostId::from_bytes(&post.id).ok()?.uuid();
        let id = PostId::new(uuid).opaque().to_string();
        Some(Self {
            url: format!("{}/post/{id}", public_url.trim_end_matches('/')),
            id,
            uuid,
            title: post.title.clone(),
            body: post.body.clone(),
            place_name: event.place_name.clone(),
            starts_at_ms: event.starts_at_ms,
            ends_at_ms: event.ends_at_ms,
            published_at_ms: post.published_at_ms,
            changes: post.version.saturating_sub(1),
            waits: post.state() == posts::State::InReview,
        })
    }
}

#[cfg(test)]
pub(super) mod given {
    use super::*;

    /// What nobody should write, and what calendars and feeds trip over.
    pub const HOSTILE: [&str; 12] = [
        "Fête de la rue, à 18 h; tout le monde\\voisin",
        "evil\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nSUMMARY:injected",
        "bell\u{7} null\u{0} escape\u{1b}[31m delete\u{7f}",
        "next\u{85}line\u{2028}line\u{2029}paragraph\u{b}tab\u{c}feed",
        "]]> <script>alert(1)</script> & &amp; <![CDATA[",
        "quotes \" ' and \u{fffe}\u{ffff} nothing",
        "🦔🦔🦔🦔🦔🦔🦔🦔🦔🦔🦔🦔🦔🦔🦔🦔🦔🦔🦔🦔🦔🦔🦔🦔🦔🦔🦔🦔🦔🦔🦔🦔🦔🦔🦔🦔🦔🦔🦔🦔",
        "👩\u{200d}👩\u{200d}👧\u{200d}👦 e\u{301}e\u{301}e\u{301}",
        "\\n is no line, \\\\, \\; \\,",
        "",
        " leading and trailing ",
        "a:b=c;d,e",
    ];

    pub fn happening(title: &str, body: &str, place_name: &str) -> Happening {
        let post = PostId::from_random([7; 16]);
        let id = post.opaque().to_string();
        Happening {
            url: format!("https://board.example.org/post/{id}"),
            id,
            uuid: post.uuid(),
            title: title.to_owned(),
            body: body.to_owned(),
            place_name: place_name.to_owned(),
            starts_at_ms: 1_795_428_900_000,
            ends_at_ms: 1_795_436_100_000,
            published_at_ms: 1_795_400_000_000,
            changes: 2,
            waits: false,
        }
    }
}
