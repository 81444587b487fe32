//! A retry is harmless: the same key and body give the same answer, another body a conflict.

use contract::{NeighbourhoodId, ResidentId};
use prost::Message;
use sha2::{Digest, Sha256};
use store::Tx;

use crate::PostsFault;
use crate::store::client_key::{self, Model};

/// One asking: whose key, for what, and a hash of what was asked.
pub struct Asking {
    neighbourhood: NeighbourhoodId,
    resident: ResidentId,
    operation: &'static str,
    key: Vec<u8>,
    asked: Vec<u8>,
}

/// What is known of a key.
pub enum Before {
    /// It is new.
    Never,
    /// It made this.
    Made(sea_orm::prelude::Uuid),
}

impl Asking {
    /// An asking with a client's key. `message` is what was asked, without the key.
    pub fn new(
        neighbourhood: NeighbourhoodId,
        resident: ResidentId,
        operation: &'static str,
        key: &[u8],
        message: &impl Message,
    ) -> Result<Self, PostsFault> {
        if !(16..=64).contains(&key.len()) {
            return Err(contract::Fault::invalid(
                "INVALID_CLIENT_KEY",
                "A client key is 16 to 64 random bytes, made anew for each thing you publish.",
            )
            .at("clientKey")
            .into());
        }
        Ok(Self {
            neighbourhood,
            resident,
            operation,
            key: key.to_vec(),
            asked: Sha256::digest(message.encode_to_vec()).to_vec(),
        })
    }

    /// Whether this was asked before. The author's row is locked, so that two retries do not cross.
    pub async fn before(&self, tx: &Tx) -> Result<Before, PostsFault> {
        let known = client_key::find(
            &**tx,
            self.neighbourhood,
            self.resident,
            self.operation,
            &self.key,
        )
        .await?;
        match known {
            None => Ok(Before::Never),
            Some(Model { asked: None, .. }) => Err(PostsFault::NotFound),
            Some(known) if known.asked.as_deref() == Some(&self.asked) => {
                Ok(Before::Made(known.subject))
            }
            Some(_) => Err(PostsFault::KeyReused),
        }
    }

    /// Remembers what came of it.
    pub async fn made(
        self,
        tx: &Tx,
        subject: sea_orm::prelude::Uuid,
        now_ms: i64,
    ) -> Result<(), PostsFault> {
        let row = Model {
            neighbourhood: self.neighbourhood.uuid(),
            resident: self.resident.uuid(),
            operation: self.operation.to_owned(),
            key: self.key,
            asked: Some(self.asked),
            subject,
            created_at_ms: now_ms,
        };
        Ok(client_key::insert(tx, row).await?)
    }
}
