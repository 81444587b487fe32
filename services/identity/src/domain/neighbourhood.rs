//! What a neighbourhood and its tiles may be called.

use unicode_normalization::UnicodeNormalization;
use unicode_segmentation::UnicodeSegmentation;

use super::pseudonym::is_visible;

/// Characters of a slug.
const SLUG_LENGTHS: std::ops::RangeInclusive<usize> = 3..=40;
/// Graphemes of the name of a neighbourhood.
const NAME_LENGTHS: std::ops::RangeInclusive<usize> = 2..=60;
/// Graphemes of the name of a tile.
const TILE_NAME_LENGTHS: std::ops::RangeInclusive<usize> = 1..=40;
/// No name of these lengths is longer, in bytes.
const MOST_BYTES: usize = 400;

/// Whether a slug is lowercase letters, digits and single inner hyphens, 3 to 40 of them.
pub fn is_slug(text: &str) -> bool {
    SLUG_LENGTHS.contains(&text.len())
        && text
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
        && text.split('-').all(|part| !part.is_empty())
}

/// The name of a neighbourhood as it is kept; none when it cannot be one.
pub fn name(text: &str) -> Option<String> {
    tidy(text, &NAME_LENGTHS)
}

/// The name of a tile as it is kept; none when it cannot be one.
pub fn tile_name(text: &str) -> Option<String> {
    tidy(text, &TILE_NAME_LENGTHS)
}

fn tidy(text: &str, lengths: &std::ops::RangeInclusive<usize>) -> Option<String> {
    if text.len() > MOST_BYTES {
        return None;
    }
    let words = text.split(' ').filter(|word| !word.is_empty());
    let tidy: String = words.collect::<Vec<_>>().join(" ").nfc().collect();
    let fits = lengths.contains(&tidy.graphemes(true).count());
    let visible = tidy.chars().all(|c| c == ' ' || is_visible(c));
    (fits && visible && tidy.chars().any(char::is_alphanumeric)).then_some(tidy)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_slug_fits_into_an_address_bar() {
        for good in ["kallio-demo", "abc", "20e-arrondissement", "a-1"] {
            assert!(is_slug(good), "{good}");
        }
        for bad in [
            "",
            "ab",
            "Kallio",
            "a--b",
            "-ab",
            "ab-",
            "a_b",
            "a b",
            "é-é",
            "a/b",
            &"a".repeat(41),
        ] {
            assert!(!is_slug(bad), "{bad}");
        }
    }

    #[test]
    fn a_name_is_visible_and_short() {
        assert_eq!(name("  Le  Verger ").unwrap(), "Le Verger");
        assert_eq!(tile_name("Lavoir").unwrap(), "Lavoir");
        for bad in [
            "",
            " ",
            "-",
            "a\u{202e}b",
            "a\nb",
            &"ab".repeat(40),
            &"a".repeat(1_000_000),
        ] {
            assert_eq!(name(bad), None, "{bad:.20}");
        }
    }

    proptest! {
        #[test]
        fn a_kept_name_stays_as_it_is(text in "\\PC{0,70}") {
            if let Some(kept) = name(&text) {
                prop_assert_eq!(name(&kept), Some(kept));
            }
        }
    }
}
