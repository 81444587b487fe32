//! Tokens: 256 random bits in base64url, for sessions and for links in mails.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use runtime::{Entropy, Private};

/// 256 random bits. Never prints itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token(Private<[u8; 32]>);

impl Token {
    /// A new token.
    pub fn draw(entropy: &Entropy) -> Self {
        Self(Private::new(entropy.bytes()))
    }

    /// Reads a token; none when it cannot be one.
    pub fn parse(text: &str) -> Option<Self> {
        if text.len() != 43 {
            return None;
        }
        let bytes = URL_SAFE_NO_PAD.decode(text).ok()?;
        Some(Self(Private::new(bytes.try_into().ok()?)))
    }

    /// As it travels: 43 characters.
    pub fn text(&self) -> String {
        URL_SAFE_NO_PAD.encode(self.0.expose())
    }

    /// What is hashed.
    pub fn bytes(&self) -> &[u8] {
        self.0.expose()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_token_survives_its_text(seed: u64) {
            let token = Token::draw(&Entropy::seeded(seed));
            prop_assert_eq!(Token::parse(&token.text()), Some(token));
        }

        #[test]
        fn a_token_has_one_spelling(text in "[A-Za-z0-9_-]{43}") {
            if let Some(token) = Token::parse(&text) {
                prop_assert_eq!(token.text(), text);
            }
        }
    }
}
