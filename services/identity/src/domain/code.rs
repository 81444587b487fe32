//! Invite codes: 55 random bits that people can read out and type.

use runtime::{Entropy, Private};

/// Crockford's base 32: no I, L, O or U.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// 11 symbols of 5 bits.
const SYMBOLS: usize = 11;
/// Nobody types more than this around a code.
const LONGEST: usize = 64;

/// The symbols of a code, without hyphens. Never prints itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Code(Private<String>);

impl Code {
    /// A new code.
    pub fn draw(entropy: &Entropy) -> Self {
        let symbols = entropy
            .bytes::<SYMBOLS>()
            .map(|byte| char::from(ALPHABET[usize::from(byte & 31)]));
        Self(Private::new(symbols.into_iter().collect()))
    }

    /// Reads a code as somebody typed it: in either case, with or without hyphens and spaces, O for 0, I or L for 1.
    /// None when it cannot be a code.
    pub fn parse(text: &str) -> Option<Self> {
        if text.len() > LONGEST {
            return None;
        }
        let symbols = text
            .chars()
            .filter(|c| !c.is_whitespace() && !"-‐‑–—".contains(*c))
            .map(|c| match c.to_ascii_uppercase() {
                'O' => Some('0'),
                'I' | 'L' => Some('1'),
                c if c.is_ascii() && ALPHABET.contains(&(c as u8)) => Some(c),
                _ => None,
            })
            .collect::<Option<String>>()?;
        (symbols.len() == SYMBOLS).then(|| Self(Private::new(symbols)))
    }

    /// As it is shown: `XXXX-XXXX-XXX`.
    pub fn shown(&self) -> String {
        let symbols = self.0.expose();
        format!("{}-{}-{}", &symbols[..4], &symbols[4..8], &symbols[8..])
    }

    /// What is hashed.
    pub fn bytes(&self) -> &[u8] {
        self.0.expose().as_bytes()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_code_survives_how_people_type(seed: u64, lower: bool, spaces: bool) {
            let code = Code::draw(&Entropy::seeded(seed));
            let mut typed = code.shown().replace('0', "o").replace('1', "l");
            if lower { typed = typed.to_lowercase(); }
            if spaces { typed = format!(" {} ", typed.replace('-', " ")); }
            prop_assert_eq!(Code::parse(&typed), Some(code));
        }

        #[test]
        fn whatever_is_typed_is_a_code_or_none(text in "\\PC{0,80}") {
            if let Some(code) = Code::parse(&text) {
                prop_assert_eq!(Code::parse(&code.shown()), Some(code));
            }
        }
    }

    #[test]
    fn a_code_holds_at_least_fifty_bits_and_does_not_print() {
        assert!(ALPHABET.len().ilog2() as usize * SYMBOLS >= 50);
        let code = Code::draw(&Entropy::seeded(1));
        assert!(!format!("{code:?}").contains(&code.shown()[..4]));
        assert_eq!(Code::parse("UUUU-UUUU-UUU"), None);
        assert_eq!(Code::parse(&"1".repeat(12)), None);
    }
}
