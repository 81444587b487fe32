//! Authenticated encryption under a key ring: AES-256-GCM-SIV (RFC 8452), which stays safe when a nonce repeats.

use aes_gcm_siv::aead::{Aead, KeyInit, Payload};
use aes_gcm_siv::{Aes256GcmSiv, Nonce};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hkdf::Hkdf;
use sha2::Sha256;

use crate::{Entropy, Key, KeyRing};

const NONCE_LEN: usize = 12;
/// No sealed text of ours is longer, in characters.
const TEXT_AT_MOST: usize = 1_024;

/// Something sealed: the id of its key, and nonce and ciphertext in one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sealed {
    /// Which key opens it.
    pub key_id: String,
    /// Nonce and ciphertext.
    pub bytes: Vec<u8>,
}

impl Sealed {
    /// As clients carry it: base64url (RFC 4648, section 5) of key id, a zero byte, and the rest.
    pub fn to_text(&self) -> String {
        let mut bytes = self.key_id.clone().into_bytes();
        bytes.push(0);
        bytes.extend_from_slice(&self.bytes);
        URL_SAFE_NO_PAD.encode(bytes)
    }

    /// What a client gives back; none when it is nothing of ours.
    pub fn from_text(text: &str) -> Option<Self> {
        if text.len() > TEXT_AT_MOST {
            return None;
        }
        let bytes = URL_SAFE_NO_PAD.decode(text).ok()?;
        let end = bytes
            .iter()
            .position(|byte| *byte == 0)
            .filter(|end| *end > 0)?;
        Some(Self {
            key_id: String::from_utf8(bytes.get(..end)?.to_vec()).ok()?,
            bytes: bytes.get(end + 1..)?.to_vec(),
        })
    }
}

/// Seals and opens under the keys of one purpose.
#[derive(Clone, Debug)]
pub struct Sealer {
    ring: KeyRing,
}

impl Sealer {
    /// Seals under the newest key of `ring`, opens under any.
    pub const fn new(ring: KeyRing) -> Self {
        Self { ring }
    }

    /// Seals with a random nonce: equal values look different. `bound` is authenticated, not kept.
    pub fn seal(&self, value: &[u8], bound: &[u8], entropy: &Entropy) -> Sealed {
        self.seal_with(value, bound, entropy.bytes())
    }

    /// Seals so that equal values under equal `bound` look alike: for cursors, whose pages must stay byte-equal.
    pub fn seal_deterministic(&self, value: &[u8], bound: &[u8]) -> Sealed {
        self.seal_with(value, bound, [0; NONCE_LEN])
    }

    fn seal_with(&self, value: &[u8], bound: &[u8], nonce: [u8; NONCE_LEN]) -> Sealed {
        let key = self.ring.newest();
        let ciphertext = cipher(key)
            .encrypt(
                &Nonce::from(nonce),
                Payload {
                    msg: value,
                    aad: bound,
                },
            )
            .expect("a value in memory is far below the cipher's limit of 64 GiB");
        let mut bytes = nonce.to_vec();
        bytes.extend_from_slice(&ciphertext);
        Sealed {
            key_id: key.id().to_owned(),
            bytes,
        }
    }

    /// Opens what was sealed with the same `bound`; `None` when the key is unknown or anything was altered.
    pub fn open(&self, key_id: &str, bytes: &[u8], bound: &[u8]) -> Option<Vec<u8>> {
        let (nonce, ciphertext) = bytes.split_first_chunk::<NONCE_LEN>()?;
        cipher(self.ring.get(key_id)?)
            .decrypt(
                &Nonce::from(*nonce),
                Payload {
                    msg: ciphertext,
                    aad: bound,
                },
            )
            .ok()
    }

    /// A sealer whose keys are derived for one `context` (HKDF-SHA-256, RFC 5869), such as a neighbourhood.
    ///
    /// # Panics
    /// Never: 32 bytes are within HKDF's limit.
    #[must_use]
    pub fn derive(&self, context: &[u8]) -> Self {
        Self {
            ring: self.ring.map(|key| {
                let mut derived = [0; 32];
                Hkdf::<Sha256>::new(None, key)
                    .expand(context, &mut derived)
                    .expect("32 bytes are within HKDF's limit");
                derived
            }),
        }
    }
}

fn cipher(key: &Key) -> Aes256GcmSiv {
    Aes256GcmSiv::new(key.bytes().into())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sealer() -> Sealer {
        Sealer::new(KeyRing::of([("a", [1; 32]), ("b", [2; 32])]))
    }

    #[test]
    fn what_was_sealed_opens_and_what_was_altered_does_not() {
        let sealed = sealer().seal(b"value", b"bound", &Entropy::seeded(1));
        let open = |bytes: &[u8], bound: &[u8]| sealer().open(&sealed.key_id, bytes, bound);
        assert_eq!(open(&sealed.bytes, b"bound").unwrap(), b"value");
        assert_eq!(open(&sealed.bytes, b"other"), None);
        assert_eq!(open(&sealed.bytes[..5], b"bound"), None);
        for index in 0..sealed.bytes.len() {
            let mut altered = sealed.bytes.clone();
            altered[index] ^= 1;
            assert_eq!(open(&altered, b"bound"), None, "byte {index}");
        }
    }

    #[test]
    fn a_sealed_value_survives_its_text_and_nonsense_is_none() {
        let sealed = sealer().seal_deterministic(b"value", b"");
        assert_eq!(Sealed::from_text(&sealed.to_text()), Some(sealed));
        for text in ["", "AA", "=", "é", &"A".repeat(2_000)] {
            assert_eq!(Sealed::from_text(text), None, "{text}");
        }
    }

    #[test]
    fn an_older_key_still_opens_and_an_unknown_one_does_not() {
        let old = Sealer::new(KeyRing::of([("a", [1; 32])]));
        let sealed = old.seal_deterministic(b"value", b"");
        assert_eq!(sealer().open("a", &sealed.bytes, b"").unwrap(), b"value");
        assert_eq!(sealer().open("z", &sealed.bytes, b""), None);
        assert_eq!(sealer().seal_deterministic(b"value", b"").key_id, "b");
    }

    #[test]
    fn equal_values_look_alike_only_where_that_is_asked_for() {
        let entropy = Entropy::seeded(1);
        let sealer = sealer();
        assert_eq!(
            sealer.seal_deterministic(b"v", b"x"),
            sealer.seal_deterministic(b"v", b"x")
        );
        assert_ne!(
            sealer.seal(b"v", b"x", &entropy),
            sealer.seal(b"v", b"x", &entropy)
        );
    }

    #[test]
    fn a_derived_sealer_opens_only_its_own() {
        let sealed = sealer().derive(b"one").seal_deterministic(b"v", b"");
        assert!(
            sealer()
                .derive(b"one")
                .open(&sealed.key_id, &sealed.bytes, b"")
                .is_some()
        );
        assert!(
            sealer()
                .derive(b"two")
                .open(&sealed.key_id, &sealed.bytes, b"")
                .is_none()
        );
    }
}
