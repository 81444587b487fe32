//! What identity vouches for about a resident, signed so that no role has to ask another.

use std::collections::BTreeMap;

use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};
use prost::Message;

use crate::common::SignedStanding;
use crate::{Fault, NeighbourhoodId, ResidentId};

/// How long a standing may be used after it was issued, in milliseconds.
pub const STANDING_TTL_MS: i64 = 60_000;
/// How far the clocks of two processes may differ, in milliseconds.
const CLOCK_SKEW_MS: i64 = 5_000;

/// A resident in one neighbourhood, as verified.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// The account.
    pub resident: ResidentId,
    /// The neighbourhood this is about.
    pub neighbourhood: NeighbourhoodId,
    /// The name shown under what the resident signs.
    pub pseudonym: String,
    /// The home tile, or the whole neighbourhood.
    pub home: geo::Place,
    /// The level map the home tile is of.
    pub map_version: u32,
    /// Never a newcomer.
    pub founder: bool,
    /// Reads what is held, releases it.
    pub moderator: bool,
    /// Newcomer at least until then, in milliseconds since 1970.
    pub newcomer_until_ms: i64,
    /// May not publish until then, in milliseconds since 1970.
    pub suspended_until_ms: Option<i64>,
    /// When identity said so, in milliseconds since 1970.
    pub issued_at_ms: i64,
    /// No member: moderates from elsewhere, by a grant. Only what moderators do is open to it.
    pub reserve: bool,
}

impl Standing {
    /// Signs this standing as identity does.
    pub fn sign(&self, key_id: &str, key: &SigningKey) -> SignedStanding {
        let standing = crate::common::Standing {
            resident: self.resident.to_bytes(),
            neighbourhood: self.neighbourhood.to_bytes(),
            pseudonym: self.pseudonym.clone(),
            home_place: self.home.to_i64(),
            map_version: self.map_version,
            founder: self.founder,
            moderator: self.moderator,
            newcomer_until_ms: self.newcomer_until_ms,
            suspended_until_ms: self.suspended_until_ms.unwrap_or_default(),
            issued_at_ms: self.issued_at_ms,
            reserve: self.reserve,
        }
        .encode_to_vec();
        let signature = key.sign(&standing).to_bytes().to_vec();
        SignedStanding {
            key_id: key_id.to_owned(),
            standing: standing.into(),
            signature: signature.into(),
        }
    }

    /// Reads what a signed standing says, without looking at signature or age: for the edge, which got it from
    /// identity itself.
    ///
    /// # Errors
    /// `INTERNAL` when the bytes are no standing.
    pub fn read(signed: &SignedStanding) -> Result<Self, Fault> {
        let wire = crate::common::Standing::decode(signed.standing.clone())
            .map_err(|_| Fault::internal())?;
        Ok(Self {
            resident: ResidentId::from_bytes(&wire.resident)?,
            neighbourhood: NeighbourhoodId::from_bytes(&wire.neighbourhood)?,
            pseudonym: wire.pseudonym,
            home: geo::Place::from_i64(wire.home_place).map_err(|_| Fault::internal())?,
            map_version: wire.map_version,
            founder: wire.founder,
            moderator: wire.moderator,
            newcomer_until_ms: wire.newcomer_until_ms,
            suspended_until_ms: (wire.suspended_until_ms != 0).then_some(wire.suspended_until_ms),
            issued_at_ms: wire.issued_at_ms,
            reserve: wire.reserve,
        })
    }
}

/// The public keys by which roles check standings, each with its id.
#[derive(Clone, Debug, Default)]
pub struct StandingKeys(BTreeMap<String, VerifyingKey>);

impl StandingKeys {
    /// Keys by id; several while one is being replaced.
    pub fn new(keys: impl IntoIterator<Item = (String, VerifyingKey)>) -> Self {
        Self(keys.into_iter().collect())
    }

    /// What a signed standing says, if identity signed it and it is not too old.
    ///
    /// # Errors
    /// `UNAUTHENTICATED` when the key is unknown, the signature wrong or the standing older than
    /// [`STANDING_TTL_MS`].
    pub fn verify(&self, signed: &SignedStanding, now_ms: i64) -> Result<Standing, Fault> {
        let key = self
            .0
            .get(&signed.key_id)
            .ok_or_else(Fault::unauthenticated)?;
        let signature =
            Signature::from_slice(&signed.signature).map_err(|_| Fault::unauthenticated())?;
        key.verify_strict(&signed.standing, &signature)
            .map_err(|_| Fault::unauthenticated())?;
        let standing = Standing::read(signed)?;
        let age_ms = now_ms.saturating_sub(standing.issued_at_ms);
        if (-CLOCK_SKEW_MS..=STANDING_TTL_MS + CLOCK_SKEW_MS).contains(&age_ms) {
            Ok(standing)
        } else {
            Err(Fault::unauthenticated())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn standing() -> Standing {
        Standing {
            resident: ResidentId::from_random([1; 16]),
            neighbourhood: NeighbourhoodId::from_random([2; 16]),
            pseudonym: "Mésange".into(),
            home: geo::Place::Whole,
            map_version: 1,
            founder: false,
            moderator: false,
            newcomer_until_ms: 5,
            suspended_until_ms: None,
            issued_at_ms: 1_000_000,
            reserve: false,
        }
    }

    fn keys() -> (SigningKey, StandingKeys) {
        let key = SigningKey::from_bytes(&[9; 32]);
        let keys = StandingKeys::new([("k1".to_owned(), key.verifying_key())]);
        (key, keys)
    }

    #[test]
    fn a_fresh_signed_standing_is_believed() {
        let (key, keys) = keys();
        let signed = standing().sign("k1", &key);
        assert_eq!(keys.verify(&signed, 1_050_000).unwrap(), standing());
    }

    #[test]
    fn nobody_makes_themselves_a_moderator() {
        let (key, keys) = keys();
        let honest = standing().sign("k1", &key);
        let mut forged = Standing {
            moderator: true,
            ..standing()
        }
        .sign("k1", &key);
        forged.signature = honest.signature;
        assert!(keys.verify(&forged, 1_000_000).is_err());
    }

    #[test]
    fn an_old_or_unknown_signature_is_refused() {
        let (key, keys) = keys();
        let signed = standing().sign("k1", &key);
        assert!(
            keys.verify(&signed, 1_000_000 + STANDING_TTL_MS + CLOCK_SKEW_MS + 1)
                .is_err()
        );
        assert!(keys.verify(&signed, 1_000_000 - CLOCK_SKEW_MS - 1).is_err());
        assert!(
            keys.verify(&standing().sign("k2", &key), 1_000_000)
                .is_err()
        );
    }
}
