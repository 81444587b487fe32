//! How much may be written here, and how little.

use contract::text::{Lines, clean};

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

contract::codes! { TextFault::code {
    Self::Empty | Self::TooShort => "EMPTY",
    Self::TooLong => "TOO_LONG",
    Self::ForbiddenCharacter => "FORBIDDEN_CHARACTER",
} }

impl From<contract::text::TextFault> for TextFault {
    fn from(fault: contract::text::TextFault) -> Self {
        match fault {
            contract::text::TextFault::Empty => Self::Empty,
            contract::text::TextFault::TooLong => Self::TooLong,
            contract::text::TextFault::Forbidden(..) => Self::ForbiddenCharacter,
        }
    }
}

/// An explanation or an appeal as it will be kept.
///
/// # Errors
/// Why it cannot be.
pub fn words(text: &str, at_most: usize) -> Result<String, TextFault> {
    Ok(clean(text, at_most, Lines::Many)?)
}

/// What happened, as it will be kept.
///
/// # Errors
/// Why it cannot be.
pub fn facts(text: &str) -> Result<String, TextFault> {
    let kept = words(text, *FACTS.end())?;
    if kept.chars().count() < *FACTS.start() {
        return Err(TextFault::TooShort);
    }
    Ok(kept)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_hides_reverses_or_says_nothing_is_refused() {
        for (text, fault) in [
            ("", TextFault::Empty),
            (" \n\u{a0} ", TextFault::Empty),
            ("\u{2800}", TextFault::Empty),
            ("a\u{202e}b", TextFault::ForbiddenCharacter),
            ("a\u{0}", TextFault::ForbiddenCharacter),
        ] {
            assert_eq!(words(text, 10), Err(fault), "{text:?}");
        }
        assert_eq!(words(&"a".repeat(11), 10), Err(TextFault::TooLong));
        assert_eq!(words(" a\r\nb\u{301} ", 10).unwrap(), "a\nb\u{301}");
        assert_eq!(words("e\u{301}", 1).unwrap(), "é");
    }

    #[test]
    fn facts_say_something() {
        assert_eq!(facts("Because."), Err(TextFault::TooShort));
        assert_eq!(facts(&"é".repeat(20)).unwrap().chars().count(), 20);
        assert_eq!(facts(&"é".repeat(2_001)), Err(TextFault::TooLong));
    }
}
