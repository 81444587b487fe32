//! Which pages may call. A session travels by itself with every request of a browser, so a request that changes something
//! must come from a page of ours.

use contract::Fault;
use http::HeaderMap;
use http::header::{COOKIE, ORIGIN, REFERER};

use crate::settings::Settings;

/// Headers that only browsers send, and that a page cannot forge.
const OF_BROWSERS: [&str; 4] = [
    "sec-fetch-site",
    "sec-fetch-dest",
    "sec-fetch-user",
    "sec-ch-ua",
];

/// The origins whose pages may call.
pub(crate) struct Origins {
    allowed: Vec<String>,
}

impl Origins {
    /// The board's own address and those that the operator adds. A demo on the loopback interface is reached by any of
    /// its names.
    pub(crate) fn new(settings: &Settings) -> Self {
        let mut allowed: Vec<String> = [&settings.public_url]
            .into_iter()
            .chain(&settings.more_origins)
            .map(|url| origin_of(url))
            .collect();
        if let Some((scheme, port)) = loopback(&allowed[0]) {
            allowed.extend(
                ["127.0.0.1", "localhost", "[::1]"].map(|host| format!("{scheme}://{host}{port}")),
            );
        }
        Self { allowed }
    }

    /// Whether a POST may be looked at.
    ///
    /// # Errors
    /// `FORBIDDEN` when it comes from another page, or does not say from where and yet from a browser.
    pub(crate) fn check_post(&self, headers: &HeaderMap) -> Result<(), Fault> {
        self.check(headers, &["same-origin"])
    }

    /// Whether a socket may be opened. Browsers send cookies with sockets of any page and ask no CORS question first, so
    /// the origin is all there is.
    ///
    /// # Errors
    /// `FORBIDDEN`, as for a POST.
    pub(crate) fn check_socket(&self, headers: &HeaderMap) -> Result<(), Fault> {
        self.check(headers, &["same-origin", "none"])
    }

    fn check(&self, headers: &HeaderMap, sites: &[&str]) -> Result<(), Fault> {
        let refused = || {
            Err(Fault::forbidden(
                "This request comes from a page that is not part of this board. Open the board itself and try again.",
            ))
        };
        if let Some(site) = headers.get("sec-fetch-site")
            && !sites
                .iter()
                .any(|allowed| site.as_bytes() == allowed.as_bytes())
        {
            return refused();
        }
        let mut origins = headers.get_all(ORIGIN).iter();
        match (origins.next(), origins.next()) {
            (Some(origin), None) => {
                let allowed = origin
                    .to_str()
                    .is_ok_and(|origin| self.allowed.iter().any(|allowed| allowed == origin));
                if allowed { Ok(()) } else { refused() }
            }
            (Some(_), Some(_)) => refused(),
            (None, _) if headers.contains_key("sec-fetch-site") => refused(),
            (None, _) if headers.contains_key(COOKIE) && of_browser(headers) => refused(),
            (None, _) => Ok(()),
        }
    }
}

fn of_browser(headers: &HeaderMap) -> bool {
    headers.contains_key(REFERER) || OF_BROWSERS.iter().any(|name| headers.contains_key(*name))
}

/// Scheme, host and port of a URL as browsers write an origin: in lowercase, without a default port or a path.
fn origin_of(url: &str) -> String {
    let url = url.trim().to_ascii_lowercase();
    let Some((scheme, rest)) = url.split_once("://") else {
        return url;
    };
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let default_port = if scheme == "https" { ":443" } else { ":80" };
    let authority = authority.strip_suffix(default_port).unwrap_or(authority);
    format!("{scheme}://{authority}")
}

/// Scheme and port (with its colon, or empty) of an origin on the loopback interface.
fn loopback(origin: &str) -> Option<(&str, &str)> {
    let (scheme, authority) = origin.split_once("://")?;
    ["127.0.0.1", "localhost", "[::1]"]
        .into_iter()
        .find_map(|host| authority.strip_prefix(host))
        .filter(|port| port.is_empty() || port.starts_with(':'))
        .map(|port| (scheme, port))
}

#[cfg(test)]
mod tests {
    use http::HeaderName;

    use super::*;

    fn origins() -> Origins {
        Origins::new(&Settings {
            public_url: "https://Board.example.org:443/".to_owned(),
            more_origins: vec!["https://www.example.org".to_owned()],
            ..Settings::default()
        })
    }

    fn headers(pairs: &[(&str, &str)]) -> HeaderMap {
        pairs
            .iter()
            .map(|(name, value)| (HeaderName::try_from(*name).unwrap(), value.parse().unwrap()))
            .collect()
    }

    fn post(pairs: &[(&str, &str)]) -> bool {
        origins().check_post(&headers(pairs)).is_ok()
    }

    fn socket(pairs: &[(&str, &str)]) -> bool {
        origins().check_socket(&headers(pairs)).is_ok()
    }

    const OURS: (&str, &str) = ("origin", "https://board.example.org");
    const THEIRS: (&str, &str) = ("origin", "https://elsewhere.example");
    const COOKIE_SENT: (&str, &str) = ("cookie", "__Host-palier=x");

    #[test]
    fn our_own_pages_may_call() {
        assert!(post(&[
            OURS,
            COOKIE_SENT,
            ("sec-fetch-site", "same-origin")
        ]));
        assert!(post(&[("origin", "https://www.example.org")]));
        assert!(socket(&[OURS, COOKIE_SENT]));
    }

    #[test]
    fn other_pages_may_not() {
        for origin in [
            "https://elsewhere.example",
            "null",
            "http://board.example.org",
            "https://board.example.org.evil.example",
            "https://board.example.org:8443",
            "https://BOARD.example.org",
        ] {
            assert!(!post(&[("origin", origin)]), "{origin}");
            assert!(!socket(&[("origin", origin)]), "{origin}");
        }
        for site in ["cross-site", "same-site", "nonsense", "none"] {
            assert!(!post(&[OURS, ("sec-fetch-site", site)]), "{site}");
        }
        assert!(!socket(&[OURS, ("sec-fetch-site", "cross-site")]));
        assert!(!socket(&[THEIRS, COOKIE_SENT]));
        assert!(!post(&[OURS, THEIRS]), "two origins");
    }

    #[test]
    fn a_browser_that_does_not_say_from_where_is_refused() {
        assert!(!post(&[("sec-fetch-site", "same-origin")]));
        for name in ["sec-fetch-dest", "sec-ch-ua", "referer"] {
            assert!(!post(&[COOKIE_SENT, (name, "x")]), "{name}");
            assert!(!socket(&[COOKIE_SENT, (name, "x")]), "{name}");
        }
    }

    #[test]
    fn programs_that_are_no_browser_may_call() {
        assert!(post(&[]));
        assert!(post(&[COOKIE_SENT]));
        assert!(post(&[("sec-fetch-mode", "cors")]), "as Node's fetch does");
        assert!(socket(&[COOKIE_SENT]));
    }

    #[test]
    fn a_board_on_the_loopback_interface_is_reached_by_any_of_its_names() {
        let origins = Origins::new(&Settings {
            public_url: "http://127.0.0.1:8080".to_owned(),
            ..Settings::default()
        });
        let post = |origin| origins.check_post(&headers(&[("origin", origin)])).is_ok();
        assert!(post("http://127.0.0.1:8080"));
        assert!(post("http://localhost:8080"));
        assert!(post("http://[::1]:8080"));
        assert!(!post("http://localhost:8081"));
        assert!(!post("https://localhost:8080"));
        assert_eq!(loopback("http://localhost.evil.example:80"), None);
    }
}
