//! Identifiers that cannot be mistaken for each other.

use std::fmt;
use std::marker::PhantomData;

use bytes::Bytes;
use uuid::Uuid;

use crate::Fault;

/// An identifier of one kind of thing: 16 random bytes, telling neither order nor time.
pub struct Id<K>(Uuid, PhantomData<fn() -> K>);

/// The kinds of [`Id`].
pub mod kind {
    /// An account.
    pub enum Resident {}
    /// A neighbourhood.
    pub enum Neighbourhood {}
    /// A post.
    pub enum Post {}
    /// A comment.
    pub enum Comment {}
    /// A picture.
    pub enum Media {}
    /// A signed-in device.
    pub enum Session {}
    /// An invite.
    pub enum Invite {}
    /// What moderators decide about.
    pub enum Case {}
    /// What somebody said is wrong.
    pub enum Report {}
    /// What somebody was told of a decision.
    pub enum Statement {}
    /// A request that another moderator decides.
    pub enum Appeal {}
    /// What needs a second moderator.
    pub enum Proposal {}
    /// What somebody asks neighbours to vouch for.
    pub enum Vouching {}
    /// A postcard with a code.
    pub enum Postcard {}
    /// A membership that moderators look at.
    pub enum Questioned {}
    /// Under what identity keeps the address at which a visitor asked to be told.
    pub enum ReplyAddress {}
}

/// An account.
pub type ResidentId = Id<kind::Resident>;
/// A neighbourhood.
pub type NeighbourhoodId = Id<kind::Neighbourhood>;
/// A post.
pub type PostId = Id<kind::Post>;
/// A comment.
pub type CommentId = Id<kind::Comment>;
/// A picture.
pub type MediaId = Id<kind::Media>;
/// A signed-in device.
pub type SessionId = Id<kind::Session>;
/// An invite.
pub type InviteId = Id<kind::Invite>;
/// What moderators decide about.
pub type CaseId = Id<kind::Case>;
/// What somebody said is wrong.
pub type ReportId = Id<kind::Report>;
/// What somebody was told of a decision.
pub type StatementId = Id<kind::Statement>;
/// A request that another moderator decides.
pub type AppealId = Id<kind::Appeal>;
/// What needs a second moderator.
pub type ProposalId = Id<kind::Proposal>;
/// What somebody asks neighbours to vouch for.
pub type VouchingId = Id<kind::Vouching>;
/// A postcard with a code.
pub type PostcardId = Id<kind::Postcard>;
/// A membership that moderators look at.
pub type QuestionedId = Id<kind::Questioned>;
/// Under what identity keeps the address at which a visitor asked to be told.
pub type ReplyAddressId = Id<kind::ReplyAddress>;

/// The first byte of a statement's id as clients see it. The edge reads it; identity writes it into the link of a mail.
pub const STATEMENT_TAG: u8 = b't';

impl<K> Id<K> {
    /// From 16 bytes of entropy; version and variant bits are set as RFC 9562, section 5.4, says.
    pub fn from_random(bytes: [u8; 16]) -> Self {
        Self::new(uuid::Builder::from_random_bytes(bytes).into_uuid())
    }

    /// Takes a UUID for an id of this kind.
    pub const fn new(uuid: Uuid) -> Self {
        Self(uuid, PhantomData)
    }

    /// The UUID itself, as stores keep it.
    pub const fn uuid(self) -> Uuid {
        self.0
    }

    /// As messages carry it.
    pub fn to_bytes(self) -> Bytes {
        Bytes::copy_from_slice(self.0.as_bytes())
    }

    /// From a message.
    ///
    /// # Errors
    /// `INVALID_ID` when these are not 16 bytes.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, Fault> {
        Uuid::from_slice(bytes)
            .map(Self::new)
            .map_err(|_| Fault::invalid("INVALID_ID", "This is not an id that Palier gave out."))
    }
}

impl<K> Clone for Id<K> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<K> Copy for Id<K> {}
impl<K> PartialEq for Id<K> {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}
impl<K> Eq for Id<K> {}
impl<K> PartialOrd for Id<K> {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}
impl<K> Ord for Id<K> {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.0.cmp(&other.0)
    }
}
impl<K> std::hash::Hash for Id<K> {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.0.hash(state);
    }
}
impl<K> fmt::Display for Id<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.as_simple().fmt(f)
    }
}
impl<K> fmt::Debug for Id<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.as_simple().fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_survives_the_wire() {
        let id = PostId::from_random([7; 16]);
        assert_eq!(PostId::from_bytes(&id.to_bytes()).unwrap(), id);
    }

    #[test]
    fn what_is_no_id_is_refused_with_a_stable_code() {
        assert_eq!(PostId::from_bytes(&[1; 15]).unwrap_err().code, "INVALID_ID");
    }

    #[test]
    fn an_id_tells_no_time() {
        assert_eq!(PostId::from_random([0xff; 16]).uuid().get_version_num(), 4);
    }
}
