//! Events as a feed: Atom (RFC 4287).

use std::io;

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};
use time::OffsetDateTime;
use time::format_description::BorrowedFormatItem;
use time::macros::format_description;

use super::happening::Happening;
use crate::error::rfc3339;
use crate::hoods::Hood;

/// What it is served as.
pub(super) const CONTENT_TYPE: &str = "application/atom+xml; charset=utf-8";

/// A moment as people read it, in a language that needs no translation.
const MOMENT: &[BorrowedFormatItem<'_>] =
    format_description!("[year]-[month]-[day] [hour]:[minute] UTC");

type Xml = Writer<Vec<u8>>;

/// The events of a neighbourhood as a feed. It is the same for everybody, in whatever language they read.
///
/// # Errors
/// When it cannot be written.
pub(super) fn feed(hood: &Hood, public_url: &str, events: &[Happening]) -> io::Result<String> {
    let home = format!("{}/n/{}", public_url.trim_end_matches('/'), hood.slug);
    let id = hood.id.uuid().urn().to_string();
    written(&id, &hood.name, &home, events)
}

fn written(id: &str, name: &str, home: &str, events: &[Happening]) -> io::Result<String> {
    let mut xml = Writer::new(Vec::new());
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("utf-8"), None)))?;
    let feed = xml
        .create_element("feed")
        .with_attribute(("xmlns", "http://www.w3.org/2005/Atom"));
    feed.write_inner_content(|xml| {
        text(xml, "id", id)?;
        text(xml, "title", name)?;
        text(xml, "updated", &updated(events))?;
        xml.create_element("author")
            .write_inner_content(|xml| text(xml, "name", name))?;
        link(
            xml,
            "self",
            "application/atom+xml",
            &format!("{home}/events.atom"),
        )?;
        link(xml, "alternate", "text/html", home)?;
        link(
            xml,
            "related",
            "text/calendar",
            &format!("{home}/events.ics"),
        )?;
        for event in events {
            xml.create_element("entry")
                .write_inner_content(|xml| entry(xml, event))?;
        }
        Ok(())
    })?;
    String::from_utf8(xml.into_inner()).map_err(io::Error::other)
}

/// When the newest of them went up; of none, the beginning of time: it never changes by itself.
fn updated(events: &[Happening]) -> String {
    let newest_ms = events.iter().map(|event| event.published_at_ms).max();
    rfc3339(newest_ms.unwrap_or_default()).unwrap_or_default()
}

fn entry(xml: &mut Xml, event: &Happening) -> io::Result<()> {
    let published = rfc3339(event.published_at_ms).unwrap_or_default();
    text(xml, "id", &event.uuid.urn().to_string())?;
    text(xml, "title", &event.title)?;
    text(xml, "published", &published)?;
    text(xml, "updated", &published)?;
    link(xml, "alternate", "text/html", &event.url)?;
    link(
        xml,
        "related",
        "text/calendar",
        &format!("{}/event.ics", event.url),
    )?;
    let about = format!(
        "{} – {}\n{}\n\n{}",
        moment(event.starts_at_ms),
        moment(event.ends_at_ms),
        event.place_name,
        event.body
    );
    text(xml, "content", &about)
}

fn moment(at_ms: i64) -> String {
    OffsetDateTime::from_unix_timestamp(at_ms.div_euclid(1_000))
        .ok()
        .and_then(|at| at.format(MOMENT).ok())
        .unwrap_or_default()
}

fn text(xml: &mut Xml, name: &str, content: &str) -> io::Result<()> {
    let kept = allowed(content);
    xml.create_element(name)
        .write_text_content(BytesText::new(&kept))?;
    Ok(())
}

fn link(xml: &mut Xml, rel: &str, kind: &str, href: &str) -> io::Result<()> {
    xml.create_element("link")
        .with_attributes([("rel", rel), ("type", kind), ("href", href)])
        .write_empty()?;
    Ok(())
}

/// A text without the characters that XML cannot hold, however they are spelled (XML 1.0, section 2.2).
fn allowed(text: &str) -> String {
    text.replace("\r\n", "\n")
        .replace('\r', "\n")
        .chars()
        .filter(|character| {
            matches!(character, '\t' | '\n' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use roxmltree::{Document, Node};

    use super::super::happening::given::{HOSTILE, happening};
    use super::*;

    const ATOM: &str = "http://www.w3.org/2005/Atom";
    const HOME: &str = "https://board.example.org/n/canal?a=1&b=\"2\"";

    fn child<'a>(node: Node<'a, 'a>, name: &str) -> Node<'a, 'a> {
        let found: Vec<_> = node
            .children()
            .filter(|child| child.has_tag_name((ATOM, name)))
            .collect();
        assert_eq!(found.len(), 1, "{name}");
        found[0]
    }

    fn assert_written(title: &str, body: &str, place_name: &str) {
        let event = happening(title, body, place_name);
        let text = written("urn:x", title, HOME, &[event.clone(), event.clone()]).unwrap();
        let document = Document::parse(&text).unwrap_or_else(|error| panic!("{error}: {text}"));
        let feed = document.root_element();
        assert!(feed.has_tag_name((ATOM, "feed")));
        for required in ["id", "title", "updated", "author"] {
            child(feed, required);
        }
        let said = |node, name| child(node, name).text().unwrap_or_default().to_owned();
        assert_eq!(said(feed, "updated"), "2026-11-23T02:13:20Z");
        assert_eq!(said(feed, "title"), allowed(title));
        let entries: Vec<_> = feed
            .children()
            .filter(|node| node.has_tag_name((ATOM, "entry")))
            .collect();
        assert_eq!(entries.len(), 2);
        let entry = entries[0];
        assert_eq!(said(entry, "title"), allowed(title));
        assert_eq!(said(entry, "id"), event.uuid.urn().to_string());
        let content = said(entry, "content");
        let expected =
            format!("2026-11-23 10:15 UTC – 2026-11-23 12:15 UTC\n{place_name}\n\n{body}");
        assert_eq!(content, allowed(&expected));
        let elements = document.descendants().filter(Node::is_element).count();
        assert_eq!(
            elements,
            1 + 3 + 2 + 3 + 2 * (1 + 4 + 2 + 1),
            "nothing was smuggled in"
        );
        let links: Vec<_> = feed
            .children()
            .filter(|node| node.has_tag_name((ATOM, "link")))
            .filter_map(|node| node.attribute("href"))
            .collect();
        assert_eq!(links[1], HOME);
    }

    #[test]
    fn whatever_a_title_holds_is_read_back_and_nothing_else() {
        for hostile in HOSTILE {
            assert_written(hostile, hostile, hostile);
        }
    }

    #[test]
    fn a_feed_of_nothing_is_a_feed_and_stays_as_it_is() {
        let text = written("urn:x", "Le Canal", HOME, &[]).unwrap();
        assert_eq!(text, written("urn:x", "Le Canal", HOME, &[]).unwrap());
        let document = Document::parse(&text).unwrap();
        assert_eq!(
            child(document.root_element(), "updated").text(),
            Some("1970-01-01T00:00:00Z")
        );
    }

    proptest! {
        #[test]
        fn any_text_is_read_back(title: String, body: String, place_name in "[]<>&\"'\r\n\t a-z🦔]{0,40}") {
            assert_written(&title, &body, &place_name);
        }
    }
}
