//! What a process proves who it is with.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use tonic::transport::{Certificate, ClientTlsConfig, Identity, ServerTlsConfig};
use zeroize::Zeroizing;

use runtime::is_open_to_others;

/// Who does not shake hands within this is not there, or a stranger.
const HANDSHAKE_WITHIN: Duration = Duration::from_secs(2);

pub(crate) const AUTHORITY: &str = "authority";

/// The name in the certificate of a role.
pub(crate) fn name_of(role: &str) -> String {
    format!("{role}.palier.internal")
}

pub(crate) fn certificate_in(folder: &Path, role: &str) -> PathBuf {
    folder.join(format!("{role}.pem"))
}

pub(crate) fn key_in(folder: &Path, role: &str) -> PathBuf {
    folder.join(format!("{role}.key"))
}

/// A certificate of this process with its key, and the certificate of the authority that the others' are checked against.
#[derive(Clone)]
pub struct Credentials {
    authority: String,
    certificate: String,
    key: Zeroizing<String>,
}

/// Why there are no credentials.
#[derive(Debug, thiserror::Error)]
pub enum CredentialsFault {
    /// A file cannot be read.
    #[error("{0}: {1}")]
    Unreadable(PathBuf, #[source] io::Error),
    /// Others may read the key.
    #[error("{0}: others may read this key")]
    TooOpen(PathBuf),
    /// The file is there and is none.
    #[error("{0}: not a certificate with its key: {1}")]
    Unusable(PathBuf, String),
}

impl Credentials {
    /// Those of a role: `authority.pem`, `<role>.pem` and `<role>.key` in a folder.
    ///
    /// # Errors
    /// [`CredentialsFault`] naming the file.
    pub fn in_folder(folder: &Path, role: &str) -> Result<Self, CredentialsFault> {
        let key = key_in(folder, role);
        if is_open_to_others(&key).map_err(unreadable(&key))? {
            return Err(CredentialsFault::TooOpen(key));
        }
        let certificate = certificate_in(folder, role);
        let credentials = Self {
            authority: read(&certificate_in(folder, AUTHORITY))?,
            certificate: read(&certificate)?,
            key: Zeroizing::new(read(&key)?),
        };
        // A file that is no certificate is told of now, not at the first call.
        tonic::transport::Server::builder()
            .tls_config(credentials.server())
            .map_err(|error| CredentialsFault::Unusable(certificate, error.to_string()))?;
        Ok(credentials)
    }

    /// To be called by the edge.
    pub(crate) fn server(&self) -> ServerTlsConfig {
        ServerTlsConfig::new()
            .timeout(HANDSHAKE_WITHIN)
            .identity(self.identity())
            .client_ca_root(Certificate::from_pem(&self.authority))
    }

    /// To call a role.
    pub(crate) fn client(&self, role: &str) -> ClientTlsConfig {
        ClientTlsConfig::new()
            .timeout(HANDSHAKE_WITHIN)
            .identity(self.identity())
            .ca_certificate(Certificate::from_pem(&self.authority))
            .domain_name(name_of(role))
    }

    fn identity(&self) -> Identity {
        Identity::from_pem(&self.certificate, self.key.as_bytes())
    }
}

impl std::fmt::Debug for Credentials {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Credentials")
    }
}

fn read(path: &Path) -> Result<String, CredentialsFault> {
    fs::read_to_string(path).map_err(unreadable(path))
}

fn unreadable(path: &Path) -> impl Fn(io::Error) -> CredentialsFault {
    move |error| CredentialsFault::Unreadable(path.to_owned(), error)
}
