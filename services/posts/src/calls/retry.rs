//! A retry is harmless: the same key and body give the same answer, another body a conflict.

use contract::{NeighbourhoodId, ResidentId};
use prost::Message;
use sea_orm::prelude::Uuid;
use store::{Asking, Before, ClientKey, Tx};

use crate::PostsFault;
use crate::store::CLIENT_KEYS;

/// An asking with a client's key. `message` is what was asked, without the key.
pub(super) fn asking(
    neighbourhood: NeighbourhoodId,
    resident: ResidentId,
    operation: &'static str,
    key: &[u8],
    message: &impl Message,
) -> Result<Asking, PostsFault> {
    let key = ClientKey::try_from(key)?;
    let asked = message.encode_to_vec();
    let (hood, who) = (neighbourhood.uuid(), resident.uuid());
    Ok(Asking::new(hood, who, operation, key, &asked))
}

/// What came of it before; none: it was never asked. The author's row is locked, so that two retries do not cross.
pub(super) async fn before(tx: &Tx, asking: &Asking) -> Result<Option<Uuid>, PostsFault> {
    match CLIENT_KEYS.before(tx, asking).await? {
        Before::Never => Ok(None),
        Before::Made(subject) => Ok(Some(subject)),
        Before::Gone => Err(PostsFault::NotFound),
        Before::Other => Err(PostsFault::KeyReused),
    }
}
