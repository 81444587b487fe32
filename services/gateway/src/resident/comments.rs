//! Answering below notices.

use async_graphql::{Context, ID, InputObject, Object, Result, SimpleObject, Union};
use contract::posts::add_comment_reply::Outcome;
use contract::{CommentId, PostId, posts};

use super::outcome;
use crate::model::choice::Signature;
use crate::model::comment::Comment;
use crate::model::id::{Opaque, client_key};
use crate::model::refusal::{RateLimited, refused};
use crate::visit::visit;

/// An answer below a notice.
#[derive(InputObject)]
pub(crate) struct AddCommentInput {
    /// Random, minted by the client, as for publishing.
    client_key: ID,
    /// Below which notice.
    post: ID,
    /// Its text.
    body: String,
    /// How it is signed; absent: with the pseudonym.
    signed_as: Option<Signature>,
}

/// An answer that comes down.
#[derive(InputObject)]
pub(crate) struct WithdrawCommentInput {
    /// Which.
    comment: ID,
}

/// Below the notice.
#[derive(SimpleObject)]
pub(crate) struct CommentAdded {
    /// As neighbours see it.
    comment: Comment,
}

refused! {
    /// Not added; nothing is kept.
    CommentRefused
}

/// What came of answering.
#[derive(Union)]
pub(crate) enum AddCommentPayload {
    /// Added.
    CommentAdded(CommentAdded),
    /// Not added.
    CommentRefused(CommentRefused),
    /// Too often.
    RateLimited(RateLimited),
}

/// The answer is gone.
#[derive(SimpleObject)]
pub(crate) struct WithdrawCommentPayload {
    /// Which.
    id: ID,
}

#[derive(Default)]
pub(crate) struct Commenting;

#[Object]
impl Commenting {
    /// Answers below a notice.
    async fn add_comment(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The answer.")] input: AddCommentInput,
    ) -> Result<AddCommentPayload> {
        let visit = visit(ctx);
        visit.resident()?;
        let request = posts::AddCommentRequest {
            client_key: client_key(&input.client_key)?.into(),
            post: PostId::read(&input.post, "post")?.to_bytes(),
            body: input.body,
            signed_as: Signature::wire(input.signed_as).into(),
        };
        let mut client = visit.edge.posts.clone();
        let reply = client.add_comment(visit.caller().request(request)).await?;
        Ok(match outcome(reply.into_inner().outcome)? {
            Outcome::Added(comment) => AddCommentPayload::CommentAdded(CommentAdded {
                comment: Comment::read(comment)?,
            }),
            Outcome::Refused(refused) => AddCommentPayload::CommentRefused(refused.into()),
            Outcome::Limited(limited) => AddCommentPayload::RateLimited(limited.into()),
        })
    }

    /// Takes an answer down: it is deleted at once. Its author only.
    async fn withdraw_comment(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which.")] input: WithdrawCommentInput,
    ) -> Result<WithdrawCommentPayload> {
        let visit = visit(ctx);
        visit.resident()?;
        let comment = CommentId::read(&input.comment, "comment")?;
        let request = posts::CommentRequest {
            comment: comment.to_bytes(),
        };
        let mut client = visit.edge.posts.clone();
        client
            .withdraw_comment(visit.caller().request(request))
            .await?;
        Ok(WithdrawCommentPayload {
            id: comment.opaque(),
        })
    }
}
