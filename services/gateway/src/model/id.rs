//! Ids as clients see them: opaque, and of one kind of thing each, so that one cannot be taken for another.

use async_graphql::ID;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use contract::{
    AppealId, CaseId, CommentId, Fault, InviteId, MediaId, NeighbourhoodId, PostId, PostcardId,
    ProposalId, QuestionedId, ReportId, ResidentId, STATEMENT_TAG, SessionId, StatementId,
    VouchingId,
};
use sha2::{Digest, Sha256};
use uuid::Uuid;

/// The length of an id in characters: a tag and 16 bytes in base64url.
const CHARACTERS: usize = 23;

/// An id of one kind of thing.
pub(crate) trait Opaque: Copy {
    /// What kind: the first byte of the id.
    const TAG: u8;
    /// Takes a UUID for an id of this kind.
    fn of(uuid: Uuid) -> Self;
    /// The UUID.
    fn uuid(self) -> Uuid;

    /// As clients see it.
    fn opaque(self) -> ID {
        let mut bytes = [Self::TAG; 17];
        bytes[1..].copy_from_slice(self.uuid().as_bytes());
        ID(URL_SAFE_NO_PAD.encode(bytes))
    }

    /// From what a client sent for an argument.
    ///
    /// # Errors
    /// `INVALID_ID`, naming the argument, when it is not an id of this kind.
    fn read(id: &str, field: &'static str) -> Result<Self, Fault> {
        tagged(id)
            .filter(|(tag, _)| *tag == Self::TAG)
            .map(|(_, uuid)| Self::of(uuid))
            .ok_or_else(|| {
                Fault::invalid(
                    "INVALID_ID",
                    "This is not an id that Palier gave out for this.",
                )
                .at(field)
            })
    }
}

/// The kind and the UUID of an id of any kind.
pub(crate) fn tagged(id: &str) -> Option<(u8, Uuid)> {
    if id.len() != CHARACTERS {
        return None;
    }
    let bytes: [u8; 17] = URL_SAFE_NO_PAD.decode(id).ok()?.try_into().ok()?;
    let (tag, uuid) = bytes.split_first()?;
    Some((*tag, Uuid::from_slice(uuid).ok()?))
}

macro_rules! opaque {
    ($($id:ident $tag:expr),+) => {$(
        impl Opaque for $id {
            const TAG: u8 = $tag;
            fn of(uuid: Uuid) -> Self {
                Self::new(uuid)
            }
            fn uuid(self) -> Uuid {
                Self::uuid(self)
            }
        }
    )+};
}
opaque! {
    ResidentId b'r', NeighbourhoodId b'n', PostId b'p', CommentId b'c', MediaId b'm', SessionId b's', InviteId b'i',
    CaseId b'd', ReportId b'q', StatementId STATEMENT_TAG, AppealId b'a', ProposalId b'z', VouchingId b'v',
    PostcardId b'k', QuestionedId b'u'
}

/// A client's key, hashed: what clients make of their randomness is theirs, roles get 16 bytes.
///
/// # Errors
/// `INVALID_CLIENT_KEY` unless it is 16 to 64 characters that need no escaping anywhere.
pub(crate) fn client_key(key: &str) -> Result<Vec<u8>, Fault> {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    if !(16..=64).contains(&key.len()) || !key.bytes().all(plain) {
        return Err(Fault::invalid(
            "INVALID_CLIENT_KEY",
            "A client key is 16 to 64 random characters of A-Z a-z 0-9 - _, made anew for each thing you publish.",
        )
        .at("clientKey"));
    }
    Ok(Sha256::digest(key.as_bytes())[..16].to_vec())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn an_id_of_one_kind_is_none_of_another() {
        let post = PostId::from_random([7; 16]);
        let id = post.opaque();
        assert_eq!(PostId::read(&id, "id").unwrap(), post);
        let fault = CommentId::read(&id, "comment").unwrap_err();
        assert_eq!(
            (fault.code.as_ref(), fault.field.as_deref()),
            ("INVALID_ID", Some("comment"))
        );
    }

    /// Identity writes the same text into the link of a mail (`letter.rs`, `a_visitor_is_led_to_the_statement`).
    #[test]
    fn a_statement_has_the_id_that_mails_name() {
        let id = StatementId::from_random([7; 16]).opaque();
        assert_eq!(id.as_str(), "dAcHBwcHB0cHhwcHBwcHBwc");
    }

    proptest! {
        #[test]
        fn an_id_has_one_spelling(bytes: [u8; 16], text in "[A-Za-z0-9_=-]{0,30}") {
            let id = MediaId::new(Uuid::from_bytes(bytes));
            let spelled = id.opaque();
            prop_assert_eq!(spelled.len(), CHARACTERS);
            prop_assert_eq!(MediaId::read(&spelled, "id").unwrap(), id);
            if let Ok(read) = MediaId::read(&text, "id") {
                let again = read.opaque();
                prop_assert_eq!(again.as_str(), text.as_str());
            }
        }
    }
}
