//! Keyed hashes and sealed values, each purpose with its own keys.

use contract::StandingKeys;
use runtime::{Entropy, KeyRing, Keys, Private, Purpose, Sealed, Sealer};
use uuid::Uuid;

use crate::domain::address::Address;
use crate::domain::code::Code;
use crate::domain::token::Token;

/// What a hash is of: two kinds never share a hash.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The token of a session.
    Session,
    /// The token in the mail of a sign-up.
    SignUp,
    /// The token in the mail of a recovery.
    Recovery,
    /// The name of a device.
    Device,
    /// Who invited, or vouched.
    Inviter,
    /// The code of who asks neighbours to vouch.
    Vouching,
    /// The code on a postcard.
    Postcard,
    /// A visitor's reply address, as it was given with a client's key.
    ReplyAddress,
}

impl Kind {
    const fn tag(self) -> &'static [u8] {
        match self {
            Self::Session => b"session",
            Self::SignUp => b"sign-up",
            Self::Recovery => b"recovery",
            Self::Device => b"device",
            Self::Inviter => b"inviter",
            Self::Vouching => b"vouching",
            Self::Postcard => b"postcard",
            Self::ReplyAddress => b"reply-address",
        }
    }
}

/// A keyed hash and the id of its key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hash {
    /// Which key.
    pub key_id: String,
    /// HMAC-SHA-256.
    pub bytes: Vec<u8>,
}

/// The keys that identity uses.
#[derive(Debug)]
pub struct Secrets {
    codes: KeyRing,
    lookup: KeyRing,
    origins: KeyRing,
    standings: KeyRing,
    addresses: Sealer,
    address_key: String,
}

impl Secrets {
    /// Takes what it needs from the process's keys.
    pub fn new(keys: &Keys) -> Self {
        let addresses = keys.ring(Purpose::Addresses);
        Self {
            codes: keys.ring(Purpose::Codes).clone(),
            lookup: keys.ring(Purpose::AddressLookup).clone(),
            origins: keys.ring(Purpose::Origins).clone(),
            standings: keys.ring(Purpose::Standings).clone(),
            address_key: addresses.newest().id().to_owned(),
            addresses: Sealer::new(addresses.clone()),
        }
    }

    /// The public keys by which standings are checked.
    pub fn standing_keys(&self) -> StandingKeys {
        StandingKeys::new(
            self.standings
                .all()
                .map(|key| (key.id().to_owned(), key.signing().verifying_key())),
        )
    }

    /// The key that signs standings.
    pub const fn standings(&self) -> &KeyRing {
        &self.standings
    }

    /// The hash under which something new is kept.
    pub fn hash(&self, kind: Kind, value: &[u8]) -> Hash {
        newest(&self.codes, kind.tag(), value)
    }

    /// Every hash under which something may be kept, one for each key, the newest last.
    pub fn hashes(&self, kind: Kind, value: &[u8]) -> Vec<Vec<u8>> {
        every(&self.codes, kind.tag(), value)
    }

    /// Every hash under which a token may be kept.
    pub fn token_hashes(&self, kind: Kind, token: &Token) -> Vec<Vec<u8>> {
        self.hashes(kind, token.bytes())
    }

    /// The hash under which a new invite is kept.
    pub fn code_hash(&self, code: &Code) -> Hash {
        newest(&self.codes, b"invite", code.bytes())
    }

    /// Every hash under which an invite may be kept.
    pub fn code_hashes(&self, code: &Code) -> Vec<Vec<u8>> {
        every(&self.codes, b"invite", code.bytes())
    }

    /// The hash by which an address is looked up from now on.
    pub fn address_hash(&self, address: &Address) -> Hash {
        newest(
            &self.lookup,
            b"address",
            address.folded().expose().as_bytes(),
        )
    }

    /// Every hash by which an address may be looked up.
    pub fn address_hashes(&self, address: &Address) -> Vec<Vec<u8>> {
        every(
            &self.lookup,
            b"address",
            address.folded().expose().as_bytes(),
        )
    }

    /// Under what a reply address is kept that came with a client's key: the first 16 bytes of a hash.
    pub fn reply_address_id(&self, client_key: &[u8], address: &Address) -> [u8; 16] {
        let folded = address.folded();
        // No address contains a zero byte, so address and key cannot run into each other.
        let value = [folded.expose().as_bytes(), &[0], client_key].concat();
        let hash = self.hash(Kind::ReplyAddress, &value).bytes;
        std::array::from_fn(|at| hash[at])
    }

    /// Where tries are counted: a hash of what and of whom.
    pub fn bucket(&self, scope: &str, value: &[u8]) -> Vec<u8> {
        newest(&self.origins, scope.as_bytes(), value).bytes
    }

    /// Seals something personal, bound to the row that holds it.
    pub fn seal(&self, value: &[u8], row: Uuid, entropy: &Entropy) -> Sealed {
        self.addresses.seal(value, row.as_bytes(), entropy)
    }

    /// Opens what was sealed for a row.
    pub fn open(&self, key_id: &str, sealed: &[u8], row: Uuid) -> Option<Private<Vec<u8>>> {
        self.addresses
            .open(key_id, sealed, row.as_bytes())
            .map(Private::new)
    }

    /// Opens a sealed address.
    pub fn open_address(&self, key_id: &str, sealed: &[u8], row: Uuid) -> Option<Address> {
        let bytes = self.open(key_id, sealed, row)?;
        let text = std::str::from_utf8(bytes.expose()).ok()?.to_owned();
        Some(Address::kept(Private::new(text)))
    }

    /// The ids of the keys under which addresses are sealed and looked up from now on.
    pub fn newest_ids(&self) -> (&str, &str) {
        (&self.address_key, self.lookup.newest().id())
    }
}

fn keyed(key: &runtime::Key, tag: &[u8], value: &[u8]) -> Vec<u8> {
    // No tag contains a zero byte, so tag and value cannot run into each other.
    key.hash(&[tag, &[0], value].concat()).to_vec()
}

fn newest(ring: &KeyRing, tag: &[u8], value: &[u8]) -> Hash {
    let key = ring.newest();
    Hash {
        key_id: key.id().to_owned(),
        bytes: keyed(key, tag, value),
    }
}

fn every(ring: &KeyRing, tag: &[u8], value: &[u8]) -> Vec<Vec<u8>> {
    ring.all().map(|key| keyed(key, tag, value)).collect()
}
