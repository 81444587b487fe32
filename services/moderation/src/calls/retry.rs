//! A retry is harmless: the same key and body give the same answer, another body a conflict.

use contract::{Fault, NeighbourhoodId};
use prost::Message;
use sea_orm::prelude::Uuid;
use sha2::{Digest, Sha256};
use store::Tx;

use crate::ModerationFault;
use crate::domain::Conflict;
use crate::store::client_key::{self, Model};

/// One asking: whose key, for what, and a hash of what was asked.
pub(super) struct Asking {
    neighbourhood: NeighbourhoodId,
    who: Vec<u8>,
    operation: &'static str,
    key: Vec<u8>,
    asked: Vec<u8>,
}

/// Whether this is a client's key.
pub(super) fn key(key: &[u8]) -> Result<(), ModerationFault> {
    if (16..=64).contains(&key.len()) {
        return Ok(());
    }
    let fault = Fault::invalid(
        "INVALID_CLIENT_KEY",
        "A client key is 16 to 64 random bytes, made anew for each thing you report.",
    );
    Err(fault.at("clientKey").into())
}

impl Asking {
    /// An asking with a client's key. `message` is what was asked, without the key.
    pub(super) fn new(
        neighbourhood: NeighbourhoodId,
        who: &[u8],
        operation: &'static str,
        key: &[u8],
        message: &impl Message,
    ) -> Self {
        Self {
            neighbourhood,
            who: who.to_vec(),
            operation,
            key: key.to_vec(),
            asked: Sha256::digest(message.encode_to_vec()).to_vec(),
        }
    }

    /// What came of it before. The reporter's row is locked, so that two retries do not cross.
    pub(super) async fn before(&self, tx: &Tx) -> Result<Option<Uuid>, ModerationFault> {
        let (hood, who) = (self.neighbourhood, &self.who);
        let known = client_key::find(&**tx, hood, who, self.operation, &self.key).await?;
        match known {
            None => Ok(None),
            Some(known) if known.asked == self.asked => Ok(Some(known.subject)),
            Some(_) => Err(Conflict::KeyReused.into()),
        }
    }

    /// Remembers what came of it.
    pub(super) async fn made(
        self,
        tx: &Tx,
        subject: Uuid,
        now_ms: i64,
    ) -> Result<(), ModerationFault> {
        let row = Model {
            neighbourhood: self.neighbourhood.uuid(),
            who: self.who,
            operation: self.operation.to_owned(),
            key: self.key,
            asked: self.asked,
            subject,
            created_at_ms: now_ms,
        };
        Ok(client_key::insert(tx, row).await?)
    }
}
