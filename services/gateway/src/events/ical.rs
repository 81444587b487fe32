//! Events as a calendar: iCalendar (RFC 5545), the little of it that they need.

use time::OffsetDateTime;
use time::format_description::BorrowedFormatItem;
use time::macros::format_description;

use super::happening::Happening;

/// What it is served as.
pub(super) const CONTENT_TYPE: &str = "text/calendar; charset=utf-8";

/// The longest line in bytes, without its end (section 3.1).
const LINE_AT_MOST: usize = 75;
/// A moment in UTC (section 3.3.5).
const MOMENT: &[BorrowedFormatItem<'_>] =
    format_description!("[year][month][day]T[hour][minute][second]Z");

/// A calendar of events, with a name where it is one to subscribe to.
pub(super) fn calendar(name: Option<&str>, events: &[Happening]) -> String {
    let mut lines = Lines::default();
    lines.add("BEGIN", "VCALENDAR");
    lines.add("VERSION", "2.0");
    lines.add("PRODID", "-//Palier//Palier//EN");
    if let Some(name) = name {
        let name = escaped(name);
        // Of RFC 7986, and what clients knew before it.
        lines.add("NAME", &name);
        lines.add("X-WR-CALNAME", &name);
        lines.add("REFRESH-INTERVAL;VALUE=DURATION", "PT1H");
    }
    for event in events {
        add(&mut lines, event);
    }
    lines.add("END", "VCALENDAR");
    lines.text
}

/// One event; none that lies beyond the years that can be written.
fn add(lines: &mut Lines, event: &Happening) {
    let moments = [event.published_at_ms, event.starts_at_ms, event.ends_at_ms].map(moment);
    let [Some(published), Some(starts), Some(ends)] = moments else {
        return;
    };
    lines.add("BEGIN", "VEVENT");
    lines.add("UID", &event.id);
    // When it changed is not kept: SEQUENCE tells that it did.
    lines.add("DTSTAMP", &published);
    lines.add("SEQUENCE", &event.changes.to_string());
    let status = if event.waits {
        "TENTATIVE"
    } else {
        "CONFIRMED"
    };
    lines.add("STATUS", status);
    lines.add("DTSTART", &starts);
    lines.add("DTEND", &ends);
    lines.add("SUMMARY", &escaped(&event.title));
    lines.add("DESCRIPTION", &escaped(&event.body));
    if !event.place_name.is_empty() {
        lines.add("LOCATION", &escaped(&event.place_name));
    }
    lines.add("URL", &event.url);
    lines.add("END", "VEVENT");
}

fn moment(at_ms: i64) -> Option<String> {
    let at = OffsetDateTime::from_unix_timestamp(at_ms.div_euclid(1_000)).ok()?;
    at.format(MOMENT).ok()
}

/// A text as a value (section 3.3.11): nothing in it ends a line or a value, and no control character is left.
fn escaped(text: &str) -> String {
    let mut value = String::with_capacity(text.len() + 16);
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            '\\' | ';' | ',' => value.extend(['\\', character]),
            '\r' => {
                characters.next_if_eq(&'\n');
                value.push_str("\\n");
            }
            '\n' | '\u{85}' | '\u{2028}' | '\u{2029}' => value.push_str("\\n"),
            '\t' => value.push(character),
            character if character.is_control() => {}
            character => value.push(character),
        }
    }
    value
}

/// Content lines, folded.
#[derive(Default)]
struct Lines {
    text: String,
}

impl Lines {
    /// Adds a line, folded between characters.
    fn add(&mut self, name: &str, value: &str) {
        let mut length = 0;
        for character in name.chars().chain([':']).chain(value.chars()) {
            if length + character.len_utf8() > LINE_AT_MOST {
                self.text.push_str("\r\n ");
                length = 1;
            }
            self.text.push(character);
            length += character.len_utf8();
        }
        self.text.push_str("\r\n");
    }
}

#[cfg(test)]
mod tests {
    use icalendar::parser::{read_calendar, unfold};
    use proptest::prelude::*;

    use super::super::happening::given::{HOSTILE, happening};
    use super::*;

    /// What a calendar should read: ends of lines in one spelling, and no control characters.
    fn readable(text: &str) -> String {
        text.replace("\r\n", "\n")
            .chars()
            .map(|character| match character {
                '\r' | '\u{85}' | '\u{2028}' | '\u{2029}' => '\n',
                character => character,
            })
            .filter(|character| matches!(character, '\n' | '\t') || !character.is_control())
            .collect()
    }

    /// The properties of the only event, as somebody else reads them.
    fn read(text: &str) -> Vec<(String, String)> {
        let unfolded = unfold(text);
        let calendar = read_calendar(&unfolded).unwrap();
        assert_eq!(calendar.components.len(), 1, "{text}");
        let event = &calendar.components[0];
        assert_eq!(event.name, "VEVENT");
        assert!(event.components.is_empty());
        event
            .properties
            .iter()
            .map(|property| (property.name.to_string(), property.val.to_string()))
            .collect()
    }

    fn assert_written(title: &str, body: &str, place_name: &str) {
        let event = happening(title, body, place_name);
        let text = calendar(Some("Le Canal; à côté, ici"), std::slice::from_ref(&event));
        assert!(text.ends_with("END:VCALENDAR\r\n"));
        for line in text.strip_suffix("\r\n").unwrap().split("\r\n") {
            assert!(line.len() <= LINE_AT_MOST, "{line}");
            assert!(
                !line.chars().any(|c| c.is_control() && c != '\t'),
                "{line:?}"
            );
        }
        let mut expected: Vec<(String, String)> = [
            ("UID", event.id.as_str()),
            ("DTSTAMP", "20261123T021320Z"),
            ("SEQUENCE", "2"),
            ("STATUS", "CONFIRMED"),
            ("DTSTART", "20261123T101500Z"),
            ("DTEND", "20261123T121500Z"),
            ("SUMMARY", &readable(title)),
            ("DESCRIPTION", &readable(body)),
            ("LOCATION", &readable(place_name)),
            ("URL", &event.url),
        ]
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .to_vec();
        expected.retain(|(name, _)| name != "LOCATION" || !place_name.is_empty());
        assert_eq!(read(&text), expected);
    }

    #[test]
    fn whatever_a_title_holds_is_read_back_and_nothing_else() {
        for hostile in HOSTILE {
            assert_written(hostile, hostile, hostile);
        }
    }

    #[test]
    fn what_waits_is_tentative_and_what_cannot_be_written_is_left_out() {
        let mut event = happening("Fête", "Pour tous.", "");
        event.waits = true;
        assert!(calendar(None, std::slice::from_ref(&event)).contains("\r\nSTATUS:TENTATIVE\r\n"));
        event.ends_at_ms = i64::MAX;
        let empty = calendar(None, &[event]);
        assert!(!empty.contains("VEVENT"));
        assert!(empty.starts_with("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:"));
    }

    proptest! {
        #[test]
        fn any_text_is_read_back(title in "\\PC{0,80}", body: String, place_name in "[;,\\\\:\r\n\t a-zé🦔]{0,60}") {
            assert_written(&title, &body, &place_name);
        }
    }
}
