//! The name of a device, as the browser gives it.

use unicode_normalization::UnicodeNormalization;
use unicode_segmentation::UnicodeSegmentation;

/// As much of a name as a list can show.
const LONGEST: usize = 60;

/// A short, printable name: "Firefox on Linux". What does not print is dropped, what is too long is cut; a device
/// without a name has an empty one.
pub fn label(text: &str) -> String {
    let printable: String = text
        .chars()
        .take(4 * LONGEST)
        .nfc()
        .map(|c| if c.is_whitespace() { ' ' } else { c })
        .filter(|c| super::pseudonym::is_visible(*c))
        .collect();
    let words = printable.split(' ').filter(|word| !word.is_empty());
    let joined = words.collect::<Vec<_>>().join(" ");
    let label: String = joined.graphemes(true).take(LONGEST).collect();
    label.trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_name_is_kept_and_a_trick_is_not() {
        assert_eq!(label("Firefox on Linux"), "Firefox on Linux");
        assert_eq!(label(" a\u{202e}b\r\n c\u{0} "), "ab c");
        assert_eq!(label("\u{200b}"), "");
    }

    proptest! {
        #[test]
        fn a_label_is_short_and_stays_as_it_is(text in ".{0,400}") {
            let once = label(&text);
            prop_assert!(once.graphemes(true).count() <= LONGEST);
            prop_assert!(!once.chars().any(char::is_control));
        }
    }
}
