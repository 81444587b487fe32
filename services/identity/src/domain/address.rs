//! E-mail addresses.

use runtime::Private;
use unicode_normalization::UnicodeNormalization;

use super::refusal::Refusal;

/// The longest address that can be written to, in bytes (RFC 5321, section 4.5.3.1.3, less the angle brackets).
const LONGEST: usize = 254;

/// A usable e-mail address. Never prints itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address(Private<String>);

impl Address {
    /// Reads an address as somebody typed it: NFC, its domain in lower case and as DNS spells it (IDNA). Quoted local
    /// parts, address literals and domains of one label are refused: mail to them would stay on the machine.
    ///
    /// # Errors
    /// [`Refusal::AddressInvalid`].
    pub fn parse(text: &str) -> Result<Self, Refusal> {
        let text = text.trim();
        if text.len() > LONGEST {
            return Err(Refusal::AddressInvalid);
        }
        let (local, domain) = text.rsplit_once('@').ok_or(Refusal::AddressInvalid)?;
        let local: String = local.nfc().collect();
        let domain = idna::domain_to_ascii(domain).map_err(|_| Refusal::AddressInvalid)?;
        let plain = !local
            .chars()
            .any(|c| c.is_control() || c.is_whitespace() || "\"\\<>(),;:[]@".contains(c));
        let (_, last) = domain.rsplit_once('.').ok_or(Refusal::AddressInvalid)?;
        let numeric = last.bytes().all(|byte| byte.is_ascii_digit());
        let address = lettre::Address::new(&local, &domain).map_err(|_| Refusal::AddressInvalid)?;
        let text: &str = address.as_ref();
        if !plain || numeric || domain.contains(['[', ':']) || text.len() > LONGEST {
            return Err(Refusal::AddressInvalid);
        }
        Ok(Self(Private::new(text.to_owned())))
    }

    /// Takes back what was sealed: it was parsed before.
    pub const fn kept(text: Private<String>) -> Self {
        Self(text)
    }

    /// Shows the address to the code that writes the envelope.
    pub const fn expose(&self) -> &String {
        self.0.expose()
    }

    /// What makes two addresses the same account: all of it in lower case, since no provider in use tells `Anna` from
    /// `anna`.
    pub fn folded(&self) -> Private<String> {
        Private::new(self.expose().to_lowercase())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn parsed(text: &str) -> Option<String> {
        Some(Address::parse(text).ok()?.expose().clone())
    }

    #[test]
    fn one_mailbox_has_one_spelling() {
        assert_eq!(parsed(" Anna@Example.ORG ").unwrap(), "Anna@example.org");
        assert_eq!(
            parsed("a@münchen.example").unwrap(),
            "a@xn--mnchen-3ya.example"
        );
        let folded = |text| Address::parse(text).unwrap().folded();
        assert_eq!(folded("Anna@example.org"), folded("anna@EXAMPLE.org"));
        assert_eq!(folded("e\u{301}@example.org"), folded("é@example.org"));
    }

    #[test]
    fn what_no_mail_should_go_to_is_refused() {
        let long = format!("{}@example.org", "a".repeat(250));
        for text in [
            "",
            "@",
            "a@",
            "@b.org",
            "a@localhost",
            "a@127.0.0.1",
            "a@[127.0.0.1]",
            "a b@example.org",
            "\"a b\"@example.org",
            "a\n@example.org",
            "a@exa\u{0}mple.org",
            "a@b@example.org",
            "a@example.org\r\nBcc: b@example.org",
            "<a@example.org>",
            &long,
        ] {
            assert_eq!(parsed(text), None, "{text:?}");
        }
    }

    #[test]
    fn an_address_does_not_print() {
        let address = Address::parse("someone@example.org").unwrap();
        assert!(!format!("{address:?}").contains("someone"));
    }

    proptest! {
        #[test]
        fn whatever_parses_parses_again_to_itself(text in "\\PC{0,12}@[a-zA-Zé.-]{0,12}\\.[a-z]{2,4}") {
            if let Some(once) = parsed(&text) {
                prop_assert_eq!(parsed(&once).unwrap(), once);
            }
        }
    }
}
