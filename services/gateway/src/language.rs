//! What a browser prefers, as it says so (RFC 9110, section 12).

use contract::Locale;

/// French or English, whichever a browser likes better (RFC 9110, section 12.5.4).
pub(crate) fn preferred(accept_language: &str) -> Locale {
    let mut best = (0, Locale::French);
    for range in accept_language.split(',').take(16) {
        let mut parts = range.split(';');
        let tag = parts.next().unwrap_or_default().trim();
        let spoken = ["fr", "en"].iter().any(|language| {
            tag.get(..2)
                .is_some_and(|start| start.eq_ignore_ascii_case(language))
        });
        let weight = parts
            .find_map(|parameter| parameter.trim().strip_prefix("q="))
            .map_or(1_000, thousandths);
        if spoken && weight > best.0 {
            best = (weight, Locale::from_tag(tag));
        }
    }
    best.1
}

/// A quality value in thousandths: "0.8" is 800. What is none counts as 0.
pub(crate) fn thousandths(text: &str) -> u32 {
    let (whole, fraction) = text.trim().split_once('.').unwrap_or((text.trim(), ""));
    let digits = fraction.bytes().all(|byte| byte.is_ascii_digit()) && fraction.len() <= 3;
    match (whole, digits) {
        ("1", true) => 1_000,
        ("0", true) => format!("{fraction:0<3}").parse().unwrap_or(0),
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn french_unless_english_is_liked_better() {
        for (header, locale) in [
            ("", Locale::French),
            ("de-DE,de;q=0.9", Locale::French),
            ("en-GB", Locale::English),
            ("de, en;q=0.8, fr;q=0.7", Locale::English),
            ("en;q=0.5, fr-CA;q=0.9", Locale::French),
            ("en;q=0, *", Locale::French),
            ("é, en;q=nonsense", Locale::French),
        ] {
            assert_eq!(preferred(header), locale, "{header}");
        }
    }

    #[test]
    fn quality_values_are_read_as_the_standard_writes_them() {
        for (text, value) in [
            ("1", 1_000),
            ("0.8", 800),
            ("0.85", 850),
            ("0.001", 1),
            ("1.000", 1_000),
            ("0", 0),
            ("2", 0),
            ("-1", 0),
            ("0.1234", 0),
        ] {
            assert_eq!(thousandths(text), value, "{text}");
        }
    }
}
