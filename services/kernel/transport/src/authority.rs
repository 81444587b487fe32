//! The board's own authority: the certificates by which its processes know one another.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use rcgen::{
    BasicConstraints, CertificateParams, DnType, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair,
    KeyUsagePurpose, SanType,
};
use runtime::{Clock, DAY_MS, make_private, replace_file};
use time::OffsetDateTime;

use crate::EDGE;
use crate::credentials::{AUTHORITY, certificate_in, key_in, name_of};

/// Long enough that nobody has to hand out a new one while they still know how.
const AUTHORITY_DAYS: i64 = 3_650;
/// Of a role's; issuing anew replaces it without touching the others.
const ROLE_DAYS: i64 = 730;
/// Clocks of machines differ.
const BEFORE_MS: i64 = DAY_MS;

/// Why no certificate was issued.
#[derive(Debug, thiserror::Error)]
pub enum AuthorityFault {
    /// A file cannot be read or written.
    #[error("{0}: {1}")]
    Io(PathBuf, #[source] io::Error),
    /// There is a certificate of the authority, and not its key: another authority would be nobody's to the processes there are.
    #[error("{0}: the authority's key is not here; put it back to issue certificates")]
    Away(PathBuf),
    /// The key of the authority is none, or a certificate cannot be made.
    #[error("{0}: {1}")]
    Crypto(PathBuf, #[source] rcgen::Error),
}

/// Whether there is a certificate for a role in a folder.
pub fn is_issued(folder: &Path, role: &str) -> bool {
    certificate_in(folder, role).is_file() && key_in(folder, role).is_file()
}

/// Issues certificates for these roles into a folder, in place of those that are there. The authority is made when there is
/// none. Answers the files that a role's process needs are `authority.pem`, `<role>.pem` and `<role>.key`; `authority.key` stays
/// where it is.
///
/// The edge's certificate is good for calling and the others' for being called, each under its own name: no role can call
/// another one or pass for it.
///
/// # Errors
/// [`AuthorityFault`] naming the file.
pub fn issue(folder: &Path, roles: &[&str], clock: &Clock) -> Result<(), AuthorityFault> {
    if roles.is_empty() {
        return Ok(());
    }
    make_private(folder).map_err(io_fault(folder))?;
    let authority = authority(folder, clock)?;
    for role in roles {
        let path = certificate_in(folder, role);
        let crypto = |error| AuthorityFault::Crypto(path.clone(), error);
        let key = KeyPair::generate().map_err(crypto)?;
        let mut params = valid(CertificateParams::default(), ROLE_DAYS, clock);
        let name = name_of(role);
        params
            .distinguished_name
            .push(DnType::CommonName, name.as_str());
        params.subject_alt_names = vec![SanType::DnsName(name.try_into().map_err(crypto)?)];
        params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
        params.extended_key_usages = vec![if *role == EDGE {
            ExtendedKeyUsagePurpose::ClientAuth
        } else {
            ExtendedKeyUsagePurpose::ServerAuth
        }];
        params.use_authority_key_identifier_extension = true;
        let certificate = params.signed_by(&key, &authority).map_err(crypto)?;
        write(&key_in(folder, role), &key.serialize_pem(), 0o600)?;
        write(&path, &certificate.pem(), 0o644)?;
    }
    Ok(())
}

fn authority(folder: &Path, clock: &Clock) -> Result<Issuer<'static, KeyPair>, AuthorityFault> {
    let path = key_in(folder, AUTHORITY);
    let crypto = |error| AuthorityFault::Crypto(path.clone(), error);
    let mut params = valid(CertificateParams::default(), AUTHORITY_DAYS, clock);
    let name = "Palier, the board's own authority";
    params.distinguished_name.push(DnType::CommonName, name);
    params.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign];
    let certificate = certificate_in(folder, AUTHORITY);
    let key = match fs::read_to_string(&path) {
        Ok(pem) => KeyPair::from_pem(&pem).map_err(crypto)?,
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            if certificate.exists() {
                return Err(AuthorityFault::Away(path));
            }
            let key = KeyPair::generate().map_err(crypto)?;
            write(&path, &key.serialize_pem(), 0o600)?;
            key
        }
        Err(error) => return Err(io_fault(&path)(error)),
    };
    if !certificate.exists() {
        let own = params.self_signed(&key).map_err(crypto)?;
        write(&certificate, &own.pem(), 0o644)?;
    }
    Ok(Issuer::new(params, key))
}

fn valid(mut params: CertificateParams, days: i64, clock: &Clock) -> CertificateParams {
    let at = |ms: i64| {
        OffsetDateTime::from_unix_timestamp(ms.div_euclid(1_000))
            .unwrap_or(OffsetDateTime::UNIX_EPOCH)
    };
    let now_ms = clock.now_ms();
    params.not_before = at(now_ms - BEFORE_MS);
    params.not_after = at(now_ms + days * DAY_MS);
    params
}

fn write(path: &Path, text: &str, mode: u32) -> Result<(), AuthorityFault> {
    replace_file(path, text.as_bytes(), mode).map_err(io_fault(path))
}

fn io_fault(path: &Path) -> impl Fn(io::Error) -> AuthorityFault {
    move |error| AuthorityFault::Io(path.to_owned(), error)
}
