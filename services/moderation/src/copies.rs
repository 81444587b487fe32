//! What was read, sealed for an appeal: under a key of its own, so that destroying that destroys it.

use ::store::Tx;
use runtime::{KeyRing, Sealer};
use sea_orm::prelude::Uuid;
use zeroize::Zeroizing;

use crate::store::copy::{self, Model};
use crate::{Moderation, ModerationFault, gone};

/// Under which name a copy's own key is in its ring of one.
const OWN: &str = "own";

impl Moderation {
    /// Seals what was read in a case and keeps it until then.
    pub(crate) async fn keep_copy(
        &self,
        tx: &Tx,
        (neighbourhood, case): (Uuid, Uuid),
        read: &[u8],
        until_ms: i64,
    ) -> Result<(), ModerationFault> {
        let entropy = &self.parts.entropy;
        let bound = bound(neighbourhood, case);
        let key = Zeroizing::new(entropy.bytes::<32>());
        let sealed = Sealer::new(KeyRing::of([(OWN, *key)])).seal(read, &bound, entropy);
        let own = self.copies.seal(&*key, &bound, entropy);
        let row = Model {
            neighbourhood,
            case_id: case,
            key_id: own.key_id,
            key: own.bytes,
            sealed: sealed.bytes,
            until_ms,
        };
        Ok(copy::insert(tx, row).await?)
    }

    /// What was read in a case; nothing where the copy, or the key that its key is under, is gone.
    pub(crate) async fn opened(
        &self,
        tx: &Tx,
        neighbourhood: Uuid,
        case: Uuid,
    ) -> Result<Vec<u8>, ModerationFault> {
        let Some(kept) = copy::find(&**tx, neighbourhood, case).await? else {
            return Ok(Vec::new());
        };
        let bound = bound(neighbourhood, case);
        let key = self
            .copies
            .open(&kept.key_id, &kept.key, &bound)
            .map(Zeroizing::new);
        let key = key
            .as_deref()
            .and_then(|key| <[u8; 32]>::try_from(&key[..]).ok());
        let read = key
            .and_then(|key| Sealer::new(KeyRing::of([(OWN, key)])).open(OWN, &kept.sealed, &bound));
        Ok(read.unwrap_or_default())
    }
}

/// Destroys the copy of a case.
pub(crate) async fn destroy(
    tx: &Tx,
    neighbourhood: Uuid,
    case: Uuid,
) -> Result<(), ModerationFault> {
    tx.gone(gone::copy(case));
    Ok(copy::delete(tx, neighbourhood, case).await?)
}

fn bound(neighbourhood: Uuid, case: Uuid) -> Vec<u8> {
    [&neighbourhood.as_bytes()[..], case.as_bytes()].concat()
}
