//! The cookie that carries a session: read from requests, set and cleared in answers.

use http::header::COOKIE;
use http::{HeaderMap, HeaderValue};
use runtime::Private;

/// The cookie where there is TLS: the prefix binds it to this host and to secure connections (RFC 6265bis, section 4.1.3).
const SECURE: &str = "__Host-palier";
/// The cookie of a demo on the loopback interface.
const INSECURE: &str = "palier";
/// How long a browser keeps it: as long as a session lives at most.
const MAX_AGE_S: u32 = 180 * 24 * 60 * 60;

/// What a session is known by: 256 random bits in base64url. Never printed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Token(Private<String>);

impl Token {
    /// Takes a text for a token, if it can be one at all.
    pub(crate) fn read(text: &str) -> Option<Self> {
        let plausible = (20..=128).contains(&text.len())
            && text
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'));
        plausible.then(|| Self(Private::new(text.to_owned())))
    }

    /// The token itself, for identity and for the cookie.
    pub(crate) fn expose(&self) -> &str {
        self.0.expose()
    }
}

/// What happens to the cookie with an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum CookieChange {
    /// The browser keeps this session.
    Set(Token),
    /// The browser forgets its session.
    Clear,
}

/// How this board spells its cookie.
#[derive(Clone, Copy, Debug)]
pub(crate) struct CookieJar {
    insecure: bool,
}

impl CookieJar {
    /// With `Secure`, unless this is a demo on the loopback interface.
    pub(crate) const fn new(insecure: bool) -> Self {
        Self { insecure }
    }

    const fn name(self) -> &'static str {
        if self.insecure { INSECURE } else { SECURE }
    }

    /// The session that a request carries: none, one that can be a token, or something that cannot.
    pub(crate) fn read(self, headers: &HeaderMap) -> Option<Result<Token, ()>> {
        headers
            .get_all(COOKIE)
            .iter()
            .filter_map(|header| header.to_str().ok())
            .flat_map(|header| header.split(';'))
            .filter_map(|pair| pair.trim().split_once('='))
            .find(|(name, _)| *name == self.name())
            .map(|(_, value)| Token::read(value).ok_or(()))
    }

    /// The header that makes this change.
    pub(crate) fn header(self, change: &CookieChange) -> Option<HeaderValue> {
        let (value, max_age_s) = match change {
            CookieChange::Set(token) => (token.expose(), MAX_AGE_S),
            CookieChange::Clear => ("", 0),
        };
        let secure = if self.insecure { "" } else { "; Secure" };
        let mut header = HeaderValue::try_from(format!(
            "{}={value}; Path=/; HttpOnly{secure}; SameSite=Lax; Max-Age={max_age_s}",
            self.name()
        ))
        .ok()?;
        header.set_sensitive(true);
        Some(header)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "AbCdEfGhIjKlMnOpQrStUvWxYz0123456789-_AbCdE";

    fn sent(jar: CookieJar, header: &str) -> Option<Result<Token, ()>> {
        let mut headers = HeaderMap::new();
        headers.insert(COOKIE, header.parse().unwrap());
        jar.read(&headers)
    }

    #[test]
    fn a_session_is_set_as_the_design_says() {
        let token = Token::read(TEXT).unwrap();
        let header = |insecure, change: &CookieChange| {
            let header = CookieJar::new(insecure).header(change).unwrap();
            assert!(header.is_sensitive());
            header.to_str().unwrap().to_owned()
        };
        assert_eq!(
            header(false, &CookieChange::Set(token.clone())),
            format!(
                "__Host-palier={TEXT}; Path=/; HttpOnly; Secure; SameSite=Lax; Max-Age=15552000"
            )
        );
        assert_eq!(
            header(true, &CookieChange::Set(token)),
            format!("palier={TEXT}; Path=/; HttpOnly; SameSite=Lax; Max-Age=15552000")
        );
        assert_eq!(
            header(false, &CookieChange::Clear),
            "__Host-palier=; Path=/; HttpOnly; Secure; SameSite=Lax; Max-Age=0"
        );
    }

    #[test]
    fn only_the_right_cookie_is_read() {
        let jar = CookieJar::new(false);
        let token = Token::read(TEXT).unwrap();
        assert_eq!(
            sent(jar, &format!("a=b; __Host-palier={TEXT}; c")),
            Some(Ok(token))
        );
        assert_eq!(sent(jar, &format!("palier={TEXT}")), None);
        assert_eq!(sent(jar, "__Host-palier=short"), Some(Err(())));
        assert_eq!(sent(jar, &format!("__Host-palier={TEXT}!")), Some(Err(())));
        assert_eq!(
            sent(jar, &format!("__Host-palier={}", "a".repeat(200))),
            Some(Err(()))
        );
        assert!(sent(CookieJar::new(true), &format!("palier={TEXT}")).is_some());
    }

    #[test]
    fn a_token_does_not_print() {
        let token = Token::read(TEXT).unwrap();
        assert!(!format!("{token:?}").contains("AbCd"));
    }
}
