//! Coming to events.

use async_graphql::{Context, ID, InputObject, Object, Result, SimpleObject, Union};
use contract::posts::set_rsvp_reply::Outcome;
use contract::{PostId, posts};

use super::outcome;
use crate::model::choice::Rsvp;
use crate::model::id::Opaque;
use crate::model::post::Post;
use crate::model::refusal::{RateLimited, refused};
use crate::visit::visit;

/// Whether one comes to an event.
#[derive(InputObject)]
pub(crate) struct SetRsvpInput {
    /// To which event.
    post: ID,
    /// The answer; null or absent takes back what was answered before.
    answer: Option<Rsvp>,
}

/// As answered.
#[derive(SimpleObject)]
pub(crate) struct RsvpSet {
    /// The event, with the places that are left now.
    post: Post,
}

refused! {
    /// Not answered; what was answered before stays.
    RsvpRefused
}

/// What came of answering an event.
#[derive(Union)]
pub(crate) enum SetRsvpPayload {
    /// Answered.
    RsvpSet(RsvpSet),
    /// Not answered.
    RsvpRefused(RsvpRefused),
    /// Too often.
    RateLimited(RateLimited),
}

#[derive(Default)]
pub(crate) struct Answering;

#[Object]
impl Answering {
    /// Says whether one comes to an event, or takes that back. The event's author reads the answer beside the pseudonym;
    /// nobody else does. To say the same twice changes nothing.
    async fn set_rsvp(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which event, and the answer.")] input: SetRsvpInput,
    ) -> Result<SetRsvpPayload> {
        let visit = visit(ctx);
        visit.resident()?;
        let request = posts::SetRsvpRequest {
            post: PostId::read(&input.post, "post")?.to_bytes(),
            answer: Rsvp::wire(input.answer).into(),
        };
        let mut client = visit.edge.posts.clone();
        let reply = client.set_rsvp(visit.caller().request(request)).await?;
        Ok(match outcome(reply.into_inner().outcome)? {
            Outcome::Set(post) => SetRsvpPayload::RsvpSet(RsvpSet {
                post: Post::told(post)?,
            }),
            Outcome::Refused(refused) => SetRsvpPayload::RsvpRefused(refused.into()),
            Outcome::Limited(limited) => SetRsvpPayload::RateLimited(limited.into()),
        })
    }
}
