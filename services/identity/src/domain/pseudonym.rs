//! Pseudonyms: what a name may be, and which names look alike.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;
use unicode_properties::{GeneralCategory, GeneralCategoryGroup, UnicodeGeneralCategory};
use unicode_segmentation::UnicodeSegmentation;

use super::refusal::Refusal;
use super::unfit::is_unfit;

/// Graphemes of a pseudonym.
const LENGTHS: std::ops::RangeInclusive<usize> = 2..=32;
/// A grapheme can be made of many characters; a name cannot.
const MOST_CHARACTERS: usize = 64;

/// Names that would speak for everybody, for the board or for an office.
const RESERVED: &[&str] = &[
    "a neighbour",
    "a neighbor",
    "un voisin",
    "une voisine",
    "palier",
    "admin",
    "administrator",
    "administrateur",
    "moderator",
    "modérateur",
    "modératrice",
    "operator",
    "opérateur",
    "police",
    "mairie",
    "town hall",
];

/// A name that somebody may go by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pseudonym {
    shown: String,
    folded: String,
}

impl Pseudonym {
    /// Reads a name: NFC, outer and repeated spaces removed.
    ///
    /// # Errors
    /// [`Refusal::PseudonymLength`], [`Refusal::PseudonymCharacters`] or [`Refusal::PseudonymReserved`].
    pub fn parse(text: &str) -> Result<Self, Refusal> {
        if text.chars().nth(4 * MOST_CHARACTERS).is_some() {
            return Err(Refusal::PseudonymLength);
        }
        let words: Vec<String> = text
            .split(' ')
            .filter(|word| !word.is_empty())
            .map(|word| word.nfc().collect())
            .collect();
        let shown = words.join(" ");
        if !LENGTHS.contains(&shown.graphemes(true).count())
            || shown.chars().count() > MOST_CHARACTERS
        {
            return Err(Refusal::PseudonymLength);
        }
        let fit = |c: char| c == ' ' || (is_visible(c) && c != '@');
        if !shown.chars().all(fit) || !shown.chars().any(char::is_alphabetic) {
            return Err(Refusal::PseudonymCharacters);
        }
        let folded = fold(&shown);
        if RESERVED.iter().any(|reserved| fold(reserved) == folded) {
            return Err(Refusal::PseudonymReserved);
        }
        Ok(Self { shown, folded })
    }

    /// Reads a name that somebody chooses: besides, one that gives nothing away and attacks nobody. Names that are borne already are
    /// not read again.
    ///
    /// # Errors
    /// As [`Pseudonym::parse`], and [`Refusal::PseudonymUnfit`].
    pub fn choose(text: &str) -> Result<Self, Refusal> {
        let name = Self::parse(text)?;
        if is_unfit(&name.shown) {
            return Err(Refusal::PseudonymUnfit);
        }
        Ok(name)
    }

    /// As it is shown.
    pub fn shown(&self) -> &str {
        &self.shown
    }

    /// The same for all names that a reader could take for each other.
    pub fn folded(&self) -> &str {
        &self.folded
    }
}

/// How the folded names begin of all those that a reader would take to begin so; none for fewer than two letters or digits.
pub fn beginning(text: &str) -> Option<String> {
    if text.chars().nth(MOST_CHARACTERS).is_some() {
        return None;
    }
    let letters = text.chars().filter(|c| c.is_alphanumeric()).count();
    (letters >= *LENGTHS.start()).then(|| fold(text))
}

/// Whether a character leaves a mark of its own: no control, format, private or unassigned character, no line break, no
/// filler that Unicode says to ignore.
pub fn is_visible(c: char) -> bool {
    let fillers = [
        '\u{34f}', '\u{115f}', '\u{1160}', '\u{17b4}', '\u{17b5}', '\u{3164}', '\u{ffa0}',
        '\u{2800}',
    ];
    let selectors = ('\u{180b}'..='\u{180f}').contains(&c)
        || ('\u{fe00}'..='\u{fe0f}').contains(&c)
        || ('\u{e0100}'..='\u{e01ef}').contains(&c);
    let hidden = c.general_category_group() == GeneralCategoryGroup::Other
        || matches!(
            c.general_category(),
            GeneralCategory::LineSeparator | GeneralCategory::ParagraphSeparator
        )
        || (c.is_whitespace() && c != ' ');
    !hidden && !selectors && !fillers.contains(&c)
}

/// Case, accents, spaces and look-alikes (Unicode Technical Standard 39) folded away. `i` and `l` are one because a
/// capital `I` looks like the latter and is the former.
fn fold(text: &str) -> String {
    let looks = |text: &str| unicode_security::skeleton(text).collect::<String>();
    let compatible: String = text.nfkc().collect();
    let lower = looks(&compatible).to_lowercase();
    let plain: String = lower.nfkd().filter(|c| !is_combining_mark(*c)).collect();
    looks(&plain)
        .to_lowercase()
        .nfkd()
        .filter(|c| c.is_alphanumeric() && !is_combining_mark(*c))
        .map(|c| if c == 'i' { 'l' } else { c })
        .collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn who_bears_a_name_that_would_not_be_taken_any_more_is_found_by_it() {
        let unfit = "Merle 06 39 98 47 21";
        assert_eq!(Pseudonym::choose(unfit), Err(Refusal::PseudonymUnfit));
        assert!(Pseudonym::parse(unfit).is_ok());
    }

    #[test]
    fn a_beginning_is_found_however_it_is_spelled() {
        let folded = |text| Pseudonym::parse(text).unwrap().folded;
        for (begins, name) in [("MÉS", "Mésange bleue"), ("mesange b", "Mésange-bleue")] {
            assert!(folded(name).starts_with(&beginning(begins).unwrap()));
        }
        for nothing in ["", "M", "é%", "__", &"a".repeat(65)] {
            assert_eq!(beginning(nothing), None, "{nothing:?}");
        }
    }

    #[test]
    fn names_that_look_alike_are_one() {
        let folded = |text| Pseudonym::parse(text).unwrap().folded;
        for (one, other) in [
            ("Mésange bleue", "mesange-bleue"),
            ("Iris", "lris"),
            ("Iris", "iris"),
            ("Vera", "Vеra"),
            ("Вera", "Bera"),
            ("Rosa", "R0sa"),
            ("Merle", "МERLE"),
        ] {
            assert_eq!(folded(one), folded(other), "{one} {other}");
        }
        assert_ne!(folded("Merle"), folded("Perle"));
    }

    #[test]
    fn what_hides_or_impersonates_is_refused() {
        let refusal = |text: &str| Pseudonym::parse(text).unwrap_err();
        for text in [
            "a\u{202e}bc",
            "ab\u{200b}",
            "a\u{200d}b",
            "a\nb",
            "a\tb",
            "me@home",
            "1234",
            "12 34",
            "- -",
            "a\u{ad}b",
            "a\u{3164}",
            "ab\u{fe0f}",
        ] {
            assert_eq!(refusal(text), Refusal::PseudonymCharacters, "{text:?}");
        }
        for text in [
            "",
            "a",
            " a ",
            &"ab".repeat(17),
            &format!("a{}", "\u{301}".repeat(70)),
            &"x".repeat(100_000),
        ] {
            assert_eq!(refusal(text), Refusal::PseudonymLength);
        }
        for text in [
            "A Neighbour",
            "un  voisin",
            "Un Vоisin",
            "PALIER",
            "Moderatrice",
        ] {
            assert_eq!(refusal(text), Refusal::PseudonymReserved, "{text}");
        }
    }

    proptest! {
        #[test]
        fn a_name_is_kept_as_it_is_shown(text in "\\PC{0,40}") {
            if let Ok(name) = Pseudonym::parse(&text) {
                prop_assert_eq!(Pseudonym::parse(name.shown()).unwrap(), name);
            }
        }

        #[test]
        fn case_never_makes_another_name(text in "[a-zA-Zéèàç0-9 ]{2,20}") {
            prop_assert_eq!(fold(&text.to_lowercase()), fold(&text.to_uppercase()));
        }

        #[test]
        fn nothing_typed_makes_it_panic(text: String) {
            let _ = Pseudonym::parse(&text);
        }
    }
}
