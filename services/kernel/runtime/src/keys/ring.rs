//! The keys of one purpose, in memory.

use std::collections::BTreeMap;

use ed25519_dalek::SigningKey;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use zeroize::Zeroizing;

/// 256 secret bits and their id.
#[derive(Clone)]
pub struct Key {
    pub(super) id: String,
    pub(super) bytes: Zeroizing<[u8; 32]>,
}

impl Key {
    /// The id under which this key is known; not secret.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The secret bits.
    pub fn bytes(&self) -> &[u8; 32] {
        &self.bytes
    }

    /// HMAC-SHA-256 (RFC 2104) of a value under this key.
    ///
    /// # Panics
    /// Never: HMAC takes keys of any length.
    pub fn hash(&self, value: &[u8]) -> [u8; 32] {
        let mut mac = Hmac::<Sha256>::new_from_slice(self.bytes.as_slice())
            .expect("HMAC takes keys of any length");
        mac.update(value);
        mac.finalize().into_bytes().into()
    }

    /// This key as an Ed25519 seed.
    pub fn signing(&self) -> SigningKey {
        SigningKey::from_bytes(&self.bytes)
    }
}

impl std::fmt::Debug for Key {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Key({})", self.id)
    }
}

/// The keys of one purpose: the newest is used, the older ones still read, and so are those that are announced and will be used.
#[derive(Clone, Debug)]
pub struct KeyRing {
    others: BTreeMap<String, Key>,
    newest: Key,
}

impl KeyRing {
    /// A ring of given keys, the last one newest: for tests.
    ///
    /// # Panics
    /// When no key is given.
    pub fn of<'a>(keys: impl IntoIterator<Item = (&'a str, [u8; 32])>) -> Self {
        let keys = keys.into_iter().map(|(id, bytes)| Key {
            id: id.to_owned(),
            bytes: Zeroizing::new(bytes),
        });
        Self::from_keys(keys, []).expect("a ring has at least one key")
    }

    /// Of keys that are used, the newest last, and of others that are only read.
    pub(super) fn from_keys(
        used: impl IntoIterator<Item = Key>,
        announced: impl IntoIterator<Item = Key>,
    ) -> Option<Self> {
        let mut used: Vec<Key> = used.into_iter().collect();
        let newest = used.pop()?;
        let others = used.into_iter().chain(announced);
        Some(Self {
            others: others.map(|key| (key.id.clone(), key)).collect(),
            newest,
        })
    }

    /// The key for everything new.
    pub const fn newest(&self) -> &Key {
        &self.newest
    }

    /// A key by its id.
    pub fn get(&self, id: &str) -> Option<&Key> {
        if self.newest.id == id {
            Some(&self.newest)
        } else {
            self.others.get(id)
        }
    }

    /// Every key, the newest last.
    pub fn all(&self) -> impl Iterator<Item = &Key> {
        self.others.values().chain([&self.newest])
    }

    /// The same ids with other bits.
    #[must_use]
    pub fn map(&self, derive: impl Fn(&[u8; 32]) -> [u8; 32]) -> Self {
        let derived = |key: &Key| Key {
            id: key.id.clone(),
            bytes: Zeroizing::new(derive(&key.bytes)),
        };
        Self {
            others: self
                .others
                .iter()
                .map(|(id, key)| (id.clone(), derived(key)))
                .collect(),
            newest: derived(&self.newest),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_key_prints_itself() {
        let ring = KeyRing::of([("a", [0xab; 32])]);
        assert_eq!(format!("{:?}", ring.newest()), "Key(a)");
    }
}
