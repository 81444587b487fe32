//! What may be written: bounds, and no character that hides, reverses or breaks text.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// More marks than this on one letter make it unreadable and its neighbours too.
const MARKS_AT_MOST: usize = 6;

/// Whether a text may hold several lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lines {
    /// One line.
    One,
    /// Several.
    Many,
}

/// Why a text cannot be kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextFault {
    /// Nothing is written there.
    Empty,
    /// Too much is.
    TooLong,
    /// A character that hides, reverses or breaks text, there: from and to, in UTF-16 code units.
    Forbidden(u32, u32),
}

/// The text as it will be kept: NFC, trimmed, line ends as `\n`, from 1 to `at_most` characters.
///
/// # Errors
/// The first reason why it cannot be kept.
pub fn clean(text: &str, at_most: usize, lines: Lines) -> Result<String, TextFault> {
    // NFC of a character has at most three characters (Unicode Standard Annex 15): more bytes than this never fit.
    if text.len() > at_most.saturating_mul(4 * 3) {
        return Err(TextFault::TooLong);
    }
    if let Some((start, end)) = forbidden(text, lines) {
        return Err(TextFault::Forbidden(start, end));
    }
    let kept: String = text.replace("\r\n", "\n").trim().nfc().collect();
    // There are single characters that NFC makes heaps of marks of.
    if forbidden(&kept, lines).is_some() {
        let whole = text.encode_utf16().count();
        return Err(TextFault::Forbidden(
            0,
            u32::try_from(whole).unwrap_or(u32::MAX),
        ));
    }
    if kept.chars().all(shows_nothing) {
        return Err(TextFault::Empty);
    }
    if kept.chars().count() > at_most {
        return Err(TextFault::TooLong);
    }
    Ok(kept)
}

/// Where the first forbidden character stands, in UTF-16 code units.
fn forbidden(text: &str, lines: Lines) -> Option<(u32, u32)> {
    let mut position = 0_u32;
    let mut marks = 0_usize;
    for (index, character) in text.char_indices() {
        let width = if (character as u32) < 0x1_0000 { 1 } else { 2 };
        marks = if is_combining_mark(character) {
            marks + 1
        } else {
            0
        };
        let line_end = match character {
            '\n' | '\t' => lines == Lines::Many,
            '\r' => lines == Lines::Many && text[index..].starts_with("\r\n"),
            _ => false,
        };
        if !line_end && (is_forbidden(character) || marks > MARKS_AT_MOST) {
            return Some((position, position + width));
        }
        position += width;
    }
    None
}

/// What takes no ink of its own: spaces, the empty braille pattern, joiners, and marks without a letter. A joiner belongs
/// between letters and into emoji, so it is refused only where there is nothing else.
fn shows_nothing(character: char) -> bool {
    character.is_whitespace()
        || is_combining_mark(character)
        || matches!(character, '\u{200c}' | '\u{200d}' | '\u{2800}')
}

/// Controls, embeddings and overrides of direction, isolates, invisible separators, tags, what is private or nothing.
const fn is_forbidden(character: char) -> bool {
    matches!(character,
        '\u{0}'..='\u{1f}' | '\u{7f}'..='\u{9f}'
        | '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{180e}'
        | '\u{200b}' | '\u{200e}' | '\u{200f}'
        | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
        | '\u{3164}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}'
        | '\u{e000}'..='\u{f8ff}' | '\u{fdd0}'..='\u{fdef}' | '\u{fffe}' | '\u{ffff}'
        | '\u{e0000}'..='\u{e0fff}' | '\u{f0000}'..='\u{10ffff}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const AT_MOST: usize = 120;

    fn line(text: &str) -> Result<String, TextFault> {
        clean(text, AT_MOST, Lines::One)
    }

    #[test]
    fn a_text_that_shows_nothing_is_empty() {
        for text in [
            "",
            " ",
            " \u{a0} ",
            "\u{200d}",
            "\u{2800} \u{2800}",
            "\u{200c}\u{301}",
            "\u{fe0f}",
        ] {
            assert_eq!(line(text), Err(TextFault::Empty), "{text:?}");
        }
        for text in ["👩\u{200d}🚒", "می\u{200c}خواهم", "?", "é", "⠓"] {
            assert!(line(text).is_ok(), "{text:?}");
        }
    }

    #[test]
    fn what_hides_or_reverses_text_is_refused_and_pointed_at() {
        for (text, start, end) in [
            ("a\u{202e}b", 1, 2),
            ("🦔\u{2066}", 2, 3),
            ("a\u{0}", 1, 2),
            ("\u{200b}a", 0, 1),
            ("a\nb", 1, 2),
            ("é\u{feff}", 1, 2),
            ("\u{e0041}", 0, 2),
        ] {
            let fault = TextFault::Forbidden(start, end);
            assert_eq!(line(text), Err(fault), "{text:?}");
        }
        let heap = format!("e{}", "\u{301}".repeat(7));
        assert_eq!(line(&heap), Err(TextFault::Forbidden(7, 8)));
        let doubled = format!("e{}", "\u{344}".repeat(4));
        assert_eq!(line(&doubled), Err(TextFault::Forbidden(0, 5)));
    }

    #[test]
    fn honest_writing_in_many_scripts_passes() {
        for text in [
            "Fête des voisins 🎉 à 18 h 30",
            "👩‍👩‍👧 cherche nounou",
            "שלום לכולם",
            "جشن همسایه‌ها",
            "日本語の会",
            "L’été",
            "e\u{301}te\u{301}",
        ] {
            assert!(line(text).is_ok(), "{text}");
        }
        assert_eq!(line("e\u{301}").unwrap(), "é");
        assert_eq!(clean(" a\r\nb\t ", 10, Lines::Many).unwrap(), "a\nb");
    }

    #[test]
    fn too_much_is_refused_by_characters_and_before_it_is_read() {
        assert!(line(&"é".repeat(AT_MOST)).is_ok());
        for text in ["a".repeat(AT_MOST + 1), "a".repeat(10_000_000)] {
            assert_eq!(line(&text), Err(TextFault::TooLong));
        }
    }

    proptest! {
        #[test]
        fn what_is_kept_is_within_bounds_and_cleaning_it_again_changes_nothing(
            text in prop_oneof!["\\PC{0,200}", any::<String>()], many: bool,
        ) {
            let lines = if many { Lines::Many } else { Lines::One };
            if let Ok(kept) = clean(&text, AT_MOST, lines) {
                prop_assert!((1..=AT_MOST).contains(&kept.chars().count()));
                prop_assert_eq!(clean(&kept, AT_MOST, lines), Ok(kept.clone()));
            }
        }

        #[test]
        fn a_range_points_into_the_text(text in any::<String>()) {
            if let Err(TextFault::Forbidden(start, end)) = line(&text) {
                prop_assert!(start < end && end as usize <= text.encode_utf16().count());
            }
        }
    }
}
