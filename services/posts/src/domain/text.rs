//! What may be written: bounds, and no character that hides, reverses or breaks text.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::reason::{Code, Reason};

/// Longest title, in characters.
pub const TITLE_AT_MOST: usize = 120;
/// Longest body, in characters.
pub const BODY_AT_MOST: usize = 4_000;
/// Longest comment, in characters.
pub const COMMENT_AT_MOST: usize = 1_000;
/// Longest name of a venue, in characters.
pub const VENUE_AT_MOST: usize = 120;
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

/// The text as it will be kept: NFC, trimmed, line ends as `\n`.
///
/// # Errors
/// The first reason why it cannot be kept.
pub fn clean(
    text: &str,
    field: &'static str,
    at_most: usize,
    lines: Lines,
) -> Result<String, Reason> {
    // NFC of a character has at most three characters (Unicode Standard Annex 15): more bytes than this never fit.
    if text.len() > at_most.saturating_mul(4 * 3) {
        return Err(too_long(field, at_most));
    }
    if let Some(range) = forbidden(text, lines) {
        return Err(Reason {
            range: Some(range),
            ..Reason::new(
                Code::ForbiddenCharacter,
                field,
                "Un caractère invisible ou qui renverse le texte s’est glissé ici. Effacez-le et écrivez ce passage à la main.",
                "An invisible character, or one that reverses text, slipped in here. Delete it and type this passage by hand.",
            )
        });
    }
    let kept: String = text.replace("\r\n", "\n").trim().nfc().collect();
    if kept.chars().all(shows_nothing) {
        return Err(Reason::new(
            Code::Empty,
            field,
            "Il manque quelques mots ici.",
            "A few words are missing here.",
        ));
    }
    if kept.chars().count() > at_most {
        return Err(too_long(field, at_most));
    }
    Ok(kept)
}

fn too_long(field: &'static str, at_most: usize) -> Reason {
    Reason::new(
        Code::TooLong,
        field,
        format!("{at_most} caractères au plus. Raccourcissez, ou complétez en commentaire."),
        format!("At most {at_most} characters. Shorten it, or add the rest as a comment."),
    )
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

    fn title(text: &str) -> Result<String, Reason> {
        clean(text, "title", TITLE_AT_MOST, Lines::One)
    }

    #[test]
    fn a_text_that_shows_nothing_is_empty() {
        for text in [
            "",
            " ",
            "\u{200d}",
            "\u{2800} \u{2800}",
            "\u{200c}\u{301}",
            "\u{fe0f}",
            "\u{a0}",
        ] {
            assert_eq!(title(text).unwrap_err().code, Code::Empty, "{text:?}");
        }
        for text in ["👩\u{200d}🚒", "می\u{200c}خواهم", "?", "é", "⠓"] {
            assert!(title(text).is_ok(), "{text:?}");
        }
    }

    #[test]
    fn what_hides_or_reverses_text_is_refused_and_pointed_at() {
        for (text, range) in [
            ("a\u{202e}b", (1, 2)),
            ("🦔\u{2066}", (2, 3)),
            ("a\u{0}", (1, 2)),
            ("\u{200b}a", (0, 1)),
            ("a\nb", (1, 2)),
            ("é\u{feff}", (1, 2)),
            ("\u{e0041}", (0, 2)),
        ] {
            let reason = title(text).unwrap_err();
            assert_eq!(reason.code, Code::ForbiddenCharacter, "{text:?}");
            assert_eq!(reason.range, Some(range), "{text:?}");
        }
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
            assert!(title(text).is_ok(), "{text}");
        }
        assert_eq!(title("e\u{301}").unwrap(), "é");
        assert_eq!(
            clean(" a\r\nb\t ", "body", 10, Lines::Many).unwrap(),
            "a\nb"
        );
    }

    #[test]
    fn too_little_too_much_and_heaps_of_marks_are_refused() {
        assert_eq!(title(" \u{a0} ").unwrap_err().code, Code::Empty);
        assert_eq!(title(&"a".repeat(121)).unwrap_err().code, Code::TooLong);
        assert_eq!(
            title(&"a".repeat(10_000_000)).unwrap_err().code,
            Code::TooLong
        );
        assert!(title(&"é".repeat(120)).is_ok());
        let heap = format!("e{}", "\u{301}".repeat(7));
        assert_eq!(title(&heap).unwrap_err().code, Code::ForbiddenCharacter);
    }

    proptest! {
        #[test]
        fn what_is_kept_is_within_bounds_and_cleaning_it_again_changes_nothing(text in "\\PC{0,200}") {
            if let Ok(kept) = title(&text) {
                prop_assert!(kept.chars().count() <= TITLE_AT_MOST && !kept.is_empty());
                prop_assert_eq!(title(&kept), Ok(kept.clone()));
            }
        }

        #[test]
        fn a_range_points_into_the_text(text in any::<String>()) {
            if let Err(Reason { range: Some((start, end)), .. }) = title(&text) {
                prop_assert!(start < end && end as usize <= text.encode_utf16().count());
            }
        }
    }
}
