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

/// The same in French, where it says what runs on what: "Firefox sous Linux", "Safari sur iPhone".
pub fn in_french(label: &str) -> String {
    let Some((browser, system)) = label.split_once(" on ") else {
        return label.to_owned();
    };
    let on = match system {
        "iPhone" | "iPad" | "Mac" => "sur",
        _ => "sous",
    };
    format!("{browser} {on} {system}")
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

    #[test]
    fn a_name_is_said_in_french() {
        for (label, french) in [
            ("Firefox on Linux", "Firefox sous Linux"),
            ("Safari on iPhone", "Safari sur iPhone"),
            ("Chrome on Mac", "Chrome sur Mac"),
            ("Firefox", "Firefox"),
            ("", ""),
        ] {
            assert_eq!(in_french(label), french);
        }
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
