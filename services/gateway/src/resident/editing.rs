//! Changing a notice.

use async_graphql::{Context, ID, InputObject, Object, Result, Union};
use contract::posts::publish_reply::Outcome;
use contract::{Fault, PostId, posts};

use super::outcome;
use super::publishing::{
    EventInput, MEDIA_AT_MOST, PostCoolingDown, PostInReview, PostPublished, PostRefused,
    described, from_outcome, named, too_many_pictures,
};
use crate::model::behaviour::BehaviourInput;
use crate::model::id::{Opaque, client_key};
use crate::model::post::Post;
use crate::model::refusal::RateLimited;
use crate::model::scalar::DateTime;
use crate::visit::visit;

/// What changes of a notice; what is absent stays.
#[derive(InputObject)]
pub(crate) struct EditPostInput {
    /// Random, minted by the client, as for publishing.
    client_key: ID,
    /// Which notice.
    post: ID,
    /// Its title.
    title: Option<String>,
    /// Its text.
    body: Option<String>,
    /// Its pictures, those that stay too, at most 4; an empty list takes them all away.
    media: Option<Vec<ID>>,
    /// What each picture shows, in the same order.
    media_alt: Option<Vec<String>>,
    /// For an event: when and where.
    event: Option<EventInput>,
    /// For `CONCERNING_BEHAVIOUR`: the form as a whole.
    behaviour: Option<BehaviourInput>,
    /// When it comes down.
    expires_at: Option<DateTime>,
}

/// What came of editing.
#[derive(Union)]
pub(crate) enum EditPostPayload {
    /// On the board as edited.
    PostPublished(PostPublished),
    /// Waits to be read again.
    PostInReview(PostInReview),
    /// Rests anew: other words wait as long as the first ones.
    PostCoolingDown(PostCoolingDown),
    /// Not edited.
    PostRefused(PostRefused),
    /// Too often.
    RateLimited(RateLimited),
}

from_outcome!(EditPostPayload);

#[derive(Default)]
pub(crate) struct Editing;

#[Object]
impl Editing {
    /// Changes a notice. Its author only; it may have to be read again before neighbours see it.
    async fn edit_post(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which, and what changes.")] input: EditPostInput,
    ) -> Result<EditPostPayload> {
        let visit = visit(ctx);
        visit.resident()?;
        let post = PostId::read(&input.post, "post")?;
        let client_key = client_key(&input.client_key)?;
        let caller = visit.caller();
        let pictures = match input.media {
            Some(media) if media.len() > MEDIA_AT_MOST => {
                let refused = too_many_pictures(visit.locale());
                return Ok(EditPostPayload::PostRefused(refused));
            }
            Some(media) => {
                let named = named(&media, input.media_alt)?;
                let pictures = described(visit, &caller, &named, Some(post)).await?;
                Some(posts::Pictures { pictures })
            }
            None => None,
        };
        let request = posts::EditRequest {
            post: post.to_bytes(),
            client_key: client_key.into(),
            title: input.title,
            body: input.body,
            pictures,
            event: input.event.map(EventInput::wire),
            behaviour: input.behaviour.map(BehaviourInput::wire),
            expires_at_ms: input.expires_at.map(|at| at.0),
        };
        let reply = visit
            .edge
            .posts
            .clone()
            .edit(caller.request(request))
            .await?;
        Ok(outcome(reply.into_inner().outcome)?.try_into()?)
    }
}
