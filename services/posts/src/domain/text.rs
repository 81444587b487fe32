//! How much may be written where, and what is said where a text cannot be kept.

use contract::text::{Lines, TextFault};

use super::reason::{Code, Reason};

/// Longest title, in characters.
pub const TITLE_AT_MOST: usize = 120;
/// Longest body, in characters.
pub const BODY_AT_MOST: usize = 4_000;
/// Longest comment, in characters.
pub const COMMENT_AT_MOST: usize = 1_000;
/// Longest name of a venue, in characters.
pub const VENUE_AT_MOST: usize = 120;

/// The text as it will be kept, as [`contract::text::clean`] says.
///
/// # Errors
/// The first reason why it cannot be kept.
pub fn clean(
    text: &str,
    field: &'static str,
    at_most: usize,
    lines: Lines,
) -> Result<String, Reason> {
    contract::text::clean(text, at_most, lines).map_err(|fault| match fault {
        TextFault::Empty => Reason::new(
            Code::Empty,
            field,
            "Il manque quelques mots ici.",
            "A few words are missing here.",
        ),
        TextFault::TooLong => Reason::new(
            Code::TooLong,
            field,
            format!("{at_most} caractères au plus. Raccourcissez, ou complétez en commentaire."),
            format!("At most {at_most} characters. Shorten it, or add the rest as a comment."),
        ),
        TextFault::Forbidden(start, end) => Reason {
            range: Some((start, end)),
            ..Reason::new(
                Code::ForbiddenCharacter,
                field,
                "Un caractère invisible ou qui renverse le texte s’est glissé ici. Effacez-le et écrivez ce passage à la main.",
                "An invisible character, or one that reverses text, slipped in here. Delete it and type this passage by hand.",
            )
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_kept_is_named_and_pointed_at() {
        let title = |text: &str| clean(text, "title", TITLE_AT_MOST, Lines::One);
        for (text, code, range) in [
            (" ".to_owned(), Code::Empty, None),
            ("a".repeat(121), Code::TooLong, None),
            (
                "a\u{202e}b".to_owned(),
                Code::ForbiddenCharacter,
                Some((1, 2)),
            ),
            ("a\nb".to_owned(), Code::ForbiddenCharacter, Some((1, 2))),
        ] {
            let reason = title(&text).unwrap_err();
            assert_eq!((reason.code, reason.range), (code, range), "{text:?}");
            assert_eq!(reason.field, "title");
        }
        assert_eq!(title(" e\u{301} ").unwrap(), "é");
        assert_eq!(
            clean(" a\r\nb\t ", "body", 10, Lines::Many).unwrap(),
            "a\nb"
        );
    }
}
