//! What may be written here: bounds, and no character that hides or reverses text.

use unicode_normalization::UnicodeNormalization;

/// Longest explanation of a report, in characters.
pub const EXPLANATION_AT_MOST: usize = 1_000;
/// Longest appeal, in characters.
pub const APPEAL_AT_MOST: usize = 2_000;
/// Shortest and longest statement of what happened, in characters.
pub const FACTS: std::ops::RangeInclusive<usize> = 20..=2_000;

/// What is wrong with a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextFault {
    /// Nothing is written there.
    Empty,
    /// Too little is.
    TooShort,
    /// Too much is.
    TooLong,
    /// A character that hides or reverses text.
    ForbiddenCharacter,
}

/// The text as it will be kept: NFC, trimmed, line ends as `\n`.
///
/// # Errors
/// Why it cannot be kept.
pub fn clean(text: &str, at_most: usize) -> Result<String, TextFault> {
    // NFC of a character has at most three characters (Unicode Standard Annex 15): more bytes than this never fit.
    if text.len() > at_most.saturating_mul(4 * 3) {
        return Err(TextFault::TooLong);
    }
    let kept: String = text.replace("\r\n", "\n").trim().nfc().collect();
    if kept.chars().any(is_forbidden) {
        return Err(TextFault::ForbiddenCharacter);
    }
    if kept.is_empty() {
        return Err(TextFault::Empty);
    }
    if kept.chars().count() > at_most {
        return Err(TextFault::TooLong);
    }
    Ok(kept)
}

/// What happened, as it will be kept.
///
/// # Errors
/// Why it cannot be.
pub fn facts(text: &str) -> Result<String, TextFault> {
    let kept = clean(text, *FACTS.end())?;
    if kept.chars().count() < *FACTS.start() {
        return Err(TextFault::TooShort);
    }
    Ok(kept)
}

/// Controls but for line ends, embeddings, overrides and isolates of direction, invisible separators, tags, what is nothing.
const fn is_forbidden(character: char) -> bool {
    matches!(character,
        '\u{0}'..='\u{8}' | '\u{b}'..='\u{1f}' | '\u{7f}'..='\u{9f}'
        | '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{180e}'
        | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
        | '\u{2800}' | '\u{3164}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}'
        | '\u{e000}'..='\u{f8ff}' | '\u{fdd0}'..='\u{fdef}' | '\u{fffe}' | '\u{ffff}'
        | '\u{e0000}'..='\u{e0fff}' | '\u{f0000}'..='\u{10ffff}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_hides_reverses_or_says_nothing_is_refused() {
        for (text, fault) in [
            ("", TextFault::Empty),
            (" \n\u{a0} ", TextFault::Empty),
            ("a\u{202e}b", TextFault::ForbiddenCharacter),
            ("a\u{0}", TextFault::ForbiddenCharacter),
            ("\u{2800}", TextFault::ForbiddenCharacter),
        ] {
            assert_eq!(clean(text, 10), Err(fault), "{text:?}");
        }
        assert_eq!(clean(" a\r\nb\u{301} ", 10).unwrap(), "a\nb\u{301}");
        assert_eq!(clean("e\u{301}", 1).unwrap(), "é");
    }

    #[test]
    fn facts_say_something() {
        assert_eq!(facts("Because."), Err(TextFault::TooShort));
        assert_eq!(facts(&"é".repeat(20)).unwrap().chars().count(), 20);
        assert_eq!(facts(&"é".repeat(2_001)), Err(TextFault::TooLong));
    }

    proptest! {
        #[test]
        fn what_is_kept_is_within_bounds_and_cleaning_it_again_changes_nothing(text in any::<String>()) {
            if let Ok(kept) = clean(&text, 100) {
                prop_assert!((1..=100).contains(&kept.chars().count()));
                prop_assert_eq!(clean(&kept, 100), Ok(kept.clone()));
            }
        }
    }
}
