//! Documents that clients may name instead of sending them.

use std::collections::HashMap;
use std::sync::Arc;

use sha2::{Digest, Sha256};

/// SHA-256 of a document.
pub(crate) type Id = [u8; 32];

/// Documents that clients may name instead of sending them.
#[derive(Debug, Default)]
pub struct Documents {
    by_id: HashMap<Id, Arc<str>>,
}

/// Why a list of documents cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum DocumentsFault {
    /// Not a JSON object from ids to documents.
    #[error("not a JSON object from SHA-256 ids to GraphQL documents")]
    Unreadable,
    /// An id is not the SHA-256 of its document, in hexadecimal.
    #[error("{0}: not the SHA-256 of its document; generate the list with hashAlgorithm sha256")]
    WrongId(String),
}

impl Documents {
    /// From the JSON that client generators write: an object from id to document, the id being the document's SHA-256 in
    /// hexadecimal, with or without `sha256:` in front.
    ///
    /// # Errors
    /// [`DocumentsFault`].
    pub fn from_json(json: &str) -> Result<Self, DocumentsFault> {
        let listed: HashMap<String, String> =
            serde_json::from_str(json).map_err(|_| DocumentsFault::Unreadable)?;
        let mut by_id = HashMap::new();
        for (name, document) in listed {
            let id = id_of(&document);
            if read_id(&name) != Some(id) {
                return Err(DocumentsFault::WrongId(name));
            }
            by_id.insert(id, document.into());
        }
        Ok(Self { by_id })
    }

    /// Those of the web app that the program carries.
    ///
    /// # Errors
    /// [`DocumentsFault`]: not with a list that the generator wrote.
    pub fn of_web_app() -> Result<Self, DocumentsFault> {
        Self::from_json(include_str!(
            "../../../../frontend/persisted-documents.json"
        ))
    }

    /// These, and more.
    #[must_use]
    pub fn and(mut self, more: Self) -> Self {
        self.by_id.extend(more.by_id);
        self
    }

    /// The text of a listed document.
    pub(super) fn get(&self, id: &Id) -> Option<&Arc<str>> {
        self.by_id.get(id)
    }
}

/// The id of a document.
pub(super) fn id_of(document: &str) -> Id {
    Sha256::digest(document.as_bytes()).into()
}

/// The id that a client names.
pub(super) fn read_id(text: &str) -> Option<Id> {
    let digits = text.strip_prefix("sha256:").unwrap_or(text);
    let mut id = [0; 32];
    hex::decode_to_slice(digits, &mut id).ok()?;
    Some(id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_with_a_wrong_id_is_refused() {
        let json = serde_json::json!({ hex::encode([1; 32]): "{ a }" }).to_string();
        assert!(matches!(
            Documents::from_json(&json),
            Err(DocumentsFault::WrongId(_))
        ));
        assert!(matches!(
            Documents::from_json("[]"),
            Err(DocumentsFault::Unreadable)
        ));
    }
}
