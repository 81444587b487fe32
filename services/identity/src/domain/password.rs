//! Passwords: what is strong enough.

use runtime::Private;
use unicode_normalization::UnicodeNormalization;
use zxcvbn::{Score, zxcvbn};

use super::refusal::Refusal;

/// Characters of a password.
const LENGTHS: std::ops::RangeInclusive<usize> = 10..=128;
/// No password of [`LENGTHS`] is longer, in bytes, in any spelling.
const MOST_BYTES: usize = 2048;

/// A password in the one spelling that is hashed. Never prints itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Password(Private<String>);

impl Password {
    /// Reads a password as somebody typed it: NFC, as RFC 8265 asks, so that two keyboards spell it alike. None when no
    /// account can have it.
    pub fn parse(text: &str) -> Option<Self> {
        if text.len() > MOST_BYTES {
            return None;
        }
        let text = Private::new(text.nfc().collect::<String>());
        let fits = text.expose().chars().count() <= *LENGTHS.end();
        fits.then_some(Self(text))
    }

    /// Reads a password that somebody wants to have. `known` is what a guesser would try first: the pseudonym, the
    /// address.
    ///
    /// # Errors
    /// [`Refusal::PasswordTooLong`] or [`Refusal::PasswordWeak`].
    pub fn choose(text: &str, known: &[&str]) -> Result<Self, Refusal> {
        let password = Self::parse(text).ok_or(Refusal::PasswordTooLong)?;
        if password.0.expose().chars().count() < *LENGTHS.start() {
            return Err(Refusal::PasswordWeak);
        }
        let chosen = password.0.expose();
        let words = words(known);
        let inputs: Vec<&str> = words.iter().map(String::as_str).collect();
        let left = without(&chosen.to_lowercase(), &words);
        let strong = |text, inputs| zxcvbn(text, inputs).score() >= Score::Three;
        if !strong(chosen, &inputs) || !strong(left.expose(), &[]) {
            return Err(Refusal::PasswordWeak);
        }
        Ok(password)
    }

    /// What is hashed.
    pub fn bytes(&self) -> &[u8] {
        self.0.expose().as_bytes()
    }
}

/// What a guesser knows, whole and in parts, in lower case, the longest first.
fn words(known: &[&str]) -> Vec<String> {
    let known = known.iter().copied().chain(["palier"]);
    let parts = known.flat_map(|text| {
        let words = text.split(['@', '.', ' ', '-', '_', '+']);
        words
            .chain(text.split('@'))
            .chain([text])
            .map(str::to_lowercase)
    });
    let mut words: Vec<String> = parts.filter(|word| word.chars().count() > 2).collect();
    words.sort_by_key(|word| std::cmp::Reverse(word.len()));
    words
}

/// What is left of a password for a guesser who knows these words: each counts as one letter.
fn without(password: &str, words: &[String]) -> Private<String> {
    let left = words
        .iter()
        .fold(password.to_owned(), |left, word| left.replace(word, "x"));
    Private::new(left)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_a_guesser_tries_first_is_weak() {
        let known = ["Mésange bleue", "marguerite.dupond@example.org"];
        for text in [
            "",
            "short",
            "password123",
            "aaaaaaaaaaaaaaaa",
            "1234567890",
            "marguerite.dupond",
            "Mésange bleue",
            "margueritedupond1",
            "Dupond-Marguerite-75011",
        ] {
            assert_eq!(
                Password::choose(text, &known),
                Err(Refusal::PasswordWeak),
                "{text}"
            );
        }
        assert_eq!(
            Password::choose(&"é".repeat(129), &known),
            Err(Refusal::PasswordTooLong)
        );
        assert_eq!(
            Password::choose(&"x".repeat(1 << 20), &known),
            Err(Refusal::PasswordTooLong)
        );
        assert!(Password::choose("quatre chats lisent le journal", &known).is_ok());
    }

    #[test]
    fn two_keyboards_spell_alike() {
        assert_eq!(
            Password::parse("e\u{301}t\u{e9}"),
            Password::parse("\u{e9}te\u{301}")
        );
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(32))]
        #[test]
        fn nothing_typed_makes_it_panic(text in ".{0,140}", known in ".{0,40}") {
            let _ = Password::choose(&text, &[&known]);
        }
    }
}
