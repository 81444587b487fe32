//! What a process proves who it is with.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use rustls::client::WebPkiServerVerifier;
use rustls::client::danger::ServerCertVerifier;
use rustls::crypto::ring::default_provider;
use rustls::pki_types::pem::{self, PemObject};
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::server::{VerifierBuilderError, WebPkiClientVerifier};
use rustls::{CertificateError, RootCertStore};
use tonic::transport::{Certificate, ClientTlsConfig, Identity, ServerTlsConfig};
use zeroize::Zeroizing;

use runtime::is_open_to_others;

use crate::EDGE;

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
    /// The certificate is good no more, or not yet.
    #[error("{0}: it is over, or the clock of this machine is wrong")]
    Over(PathBuf),
    /// Nobody would take it.
    #[error("{0}: the authority of authority.pem did not issue it for this role")]
    Foreign(PathBuf),
}

impl Credentials {
    /// Those of a role: `authority.pem`, `<role>.pem` and `<role>.key` in a folder, as they are good at `now_ms`.
    ///
    /// # Errors
    /// [`CredentialsFault`] naming the file.
    pub fn in_folder(folder: &Path, role: &str, now_ms: i64) -> Result<Self, CredentialsFault> {
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
            .map_err(|error| CredentialsFault::Unusable(certificate.clone(), error.to_string()))?;
        match credentials.standing(role, now_ms) {
            Ok(Standing::Good) => Ok(credentials),
            Ok(Standing::Over) => Err(CredentialsFault::Over(certificate)),
            Ok(Standing::Foreign) => Err(CredentialsFault::Foreign(certificate)),
            Err(error) => Err(CredentialsFault::Unusable(certificate, error)),
        }
    }

    /// Whether they will be good then, in milliseconds since 1970.
    pub fn are_good_at(&self, role: &str, at_ms: i64) -> bool {
        matches!(self.standing(role, at_ms), Ok(Standing::Good))
    }

    /// What another process would find that looks at the certificate of this role: the same that TLS asks.
    fn standing(&self, role: &str, at_ms: i64) -> Result<Standing, String> {
        let unreadable = |error: pem::Error| error.to_string();
        let mut authorities = RootCertStore::empty();
        for authority in CertificateDer::pem_slice_iter(self.authority.as_bytes()) {
            let added = authorities.add(authority.map_err(unreadable)?);
            added.map_err(|error| error.to_string())?;
        }
        let mut chain = CertificateDer::pem_slice_iter(self.certificate.as_bytes());
        let own = chain.next().ok_or("there is none")?.map_err(unreadable)?;
        let (authorities, provider) = (Arc::new(authorities), Arc::new(default_provider()));
        let since_1970 = Duration::from_millis(at_ms.max(0).unsigned_abs());
        let at = UnixTime::since_unix_epoch(since_1970);
        let text = |error: VerifierBuilderError| error.to_string();
        let found = if role == EDGE {
            let verifier = WebPkiClientVerifier::builder_with_provider(authorities, provider);
            let verifier = verifier.build().map_err(text)?;
            verifier.verify_client_cert(&own, &[], at).map(drop)
        } else {
            let verifier = WebPkiServerVerifier::builder_with_provider(authorities, provider);
            let verifier = verifier.build().map_err(text)?;
            let name = ServerName::try_from(name_of(role)).map_err(|error| error.to_string())?;
            let found = verifier.verify_server_cert(&own, &[], &name, &[], at);
            found.map(drop)
        };
        Ok(match found {
            Ok(()) => Standing::Good,
            Err(rustls::Error::InvalidCertificate(
                CertificateError::Expired
                | CertificateError::ExpiredContext { .. }
                | CertificateError::NotValidYet
                | CertificateError::NotValidYetContext { .. },
            )) => Standing::Over,
            Err(_) => Standing::Foreign,
        })
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

/// What others make of a certificate.
enum Standing {
    Good,
    Over,
    Foreign,
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
