//! The words roles say to each other: messages and clients generated from `schema/proto`, typed ids, who is calling
//! and what went wrong. Pure: knows no role, no store and no clock.

mod caller;
mod codes;
mod fault;
mod id;
mod level_map;
mod link;
mod page;
mod people;
mod standing;
pub mod text;

pub use caller::{Caller, Locale};
pub use fault::{Fault, FaultKind};
pub use id::{
    AppealId, CaseId, CommentId, Id, InviteId, MediaId, NeighbourhoodId, PostId, PostcardId,
    ProposalId, QuestionedId, ReplyAddressId, ReportId, ResidentId, STATEMENT_TAG, SessionId,
    StatementId, VouchingId,
};
pub use link::{FromAfar, Link, absent, call_at, in_process, is_repeatable};
pub use page::{PAGE_AT_MOST, cut, page_size};
pub use people::{PEOPLE_A_DAY, PEOPLE_A_DAY_RAISED};
pub use standing::{STANDING_TTL_MS, Standing, StandingKeys};

#[allow(missing_docs, clippy::all, clippy::pedantic)]
mod wire {
    include!(concat!(env!("OUT_DIR"), "/wire.rs"));
}
pub use wire::palier::common::v1 as common;
pub use wire::palier::events::v1 as events;
pub use wire::palier::feeds::v1 as feeds;
pub use wire::palier::identity::v1 as identity;
pub use wire::palier::media::v1 as media;
pub use wire::palier::moderation::v1 as moderation;
pub use wire::palier::posts::v1 as posts;

/// The client of identity, in the same process or behind TCP.
pub type IdentityClient = identity::identity_client::IdentityClient<Link>;
/// The client of posts.
pub type PostsClient = posts::posts_client::PostsClient<Link>;
/// The client of media.
pub type MediaClient = media::media_client::MediaClient<Link>;
/// The client of feeds.
pub type FeedsClient = feeds::feeds_client::FeedsClient<Link>;
/// The client of moderation.
pub type ModerationClient = moderation::moderation_client::ModerationClient<Link>;
