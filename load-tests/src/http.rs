//! What asks over HTTP.

use std::time::Duration;

use anyhow::Result;

/// What proxies say an address in.
pub const FORWARDED_FOR: &str = "x-forwarded-for";

/// How long a connection stays open that nobody uses: not for long, so that what a server holds for it is given back.
const OPEN_FOR: Duration = Duration::from_secs(2);

/// A client. None is made without a cryptographic provider where any part of the build can do TLS: there is one.
///
/// # Errors
/// When the system gives no sockets.
pub fn http() -> Result<reqwest::Client> {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let http = reqwest::Client::builder().pool_idle_timeout(OPEN_FOR);
    Ok(http.build()?)
}
