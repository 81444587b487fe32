//! Telling of people: what rests is confirmed, a text is checked before it is sent, and police read only what one lets them.

use async_graphql::{Context, ID, InputObject, Object, Result, SimpleObject, Union};
use contract::posts::publish_reply::Outcome;
use contract::{Fault, NeighbourhoodId, PostId, moderation, posts};

use super::outcome;
use super::publishing::{PostInReview, PostRefused};
use crate::model::account::FormStep;
use crate::model::behaviour::BehaviourInput;
use crate::model::choice::Category;
use crate::model::id::Opaque;
use crate::model::post::Post;
use crate::model::refusal::{RateLimited, RefusalReason};
use crate::visit::visit;

/// What has rested, and is still wanted.
#[derive(InputObject)]
pub(crate) struct ConfirmPostInput {
    /// Which.
    post: ID,
    /// The `version` that its author has read again: where it was changed meanwhile, it has to be read again (`CONFLICT`).
    version: i32,
}

/// What came of confirming.
#[derive(Union)]
pub(crate) enum ConfirmPostPayload {
    /// Waits to be read.
    PostInReview(PostInReview),
    /// Not confirmed; it stays as it is.
    PostRefused(PostRefused),
    /// Too soon, or too often.
    RateLimited(RateLimited),
}

/// A text as it stands.
#[derive(InputObject)]
pub(crate) struct CheckTextInput {
    /// Where it is to hang.
    neighbourhood: ID,
    /// What about; absent: not chosen yet.
    category: Option<Category>,
    /// Its title.
    #[graphql(default)]
    title: String,
    /// Its text.
    #[graphql(default)]
    body: String,
    /// An event's venue.
    #[graphql(default)]
    place_name: String,
    /// The form.
    behaviour: Option<BehaviourInput>,
}

/// What would be found in a text if it were sent. What is missing in it is not told.
#[derive(SimpleObject)]
pub(crate) struct CheckTextPayload {
    /// What would have to be changed first.
    findings: Vec<RefusalReason>,
    /// Whether a person would read it before neighbours do, because of what it says.
    read_first: bool,
}

/// Whether police may read.
#[derive(InputObject)]
pub(crate) struct AnswerPoliceReadingInput {
    /// One incident; absent: all that come, and a no takes back every yes there is.
    post: Option<ID>,
    /// Where a neighbourhood lets police read at all.
    may_read: bool,
}

/// The answer is kept.
#[derive(SimpleObject)]
pub(crate) struct AnswerPoliceReadingPayload {
    /// As it counts now.
    may_read: bool,
}

/// How far somebody got.
#[derive(InputObject)]
pub(crate) struct CountFormStepInput {
    /// Where.
    neighbourhood: ID,
    /// The last step that was counted before of the same notice; null: none was.
    after: Option<FormStep>,
    /// The last step that was done: up to `SENT`; what comes after it is counted by the board.
    furthest: FormStep,
}

/// Counted.
#[derive(SimpleObject)]
pub(crate) struct CountFormStepPayload {
    /// Where.
    neighbourhood: ID,
}

#[derive(Default)]
pub(crate) struct TellingOfPeople;

#[Object]
impl TellingOfPeople {
    /// Hands what tells of a person to the moderators, once it has rested and its author still wants it. Its author only.
    async fn confirm_post(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which, as it was read.")] input: ConfirmPostInput,
    ) -> Result<ConfirmPostPayload> {
        let visit = visit(ctx);
        visit.resident()?;
        let request = posts::ConfirmRequest {
            post: PostId::read(&input.post, "post")?.to_bytes(),
            version: u64::try_from(input.version).unwrap_or_default(),
        };
        let mut client = visit.edge.posts.clone();
        let reply = client.confirm(visit.caller().request(request)).await?;
        Ok(match outcome(reply.into_inner().outcome)? {
            Outcome::InReview(post) => ConfirmPostPayload::PostInReview(PostInReview {
                post: Post::told(post)?,
            }),
            Outcome::Refused(refused) => ConfirmPostPayload::PostRefused(refused.into()),
            Outcome::Limited(limited) => ConfirmPostPayload::RateLimited(limited.into()),
            Outcome::Published(_) | Outcome::CoolingDown(_) => return Err(Fault::internal().into()),
        })
    }

    /// Says what would be found in a text, before it is sent. Nothing is kept.
    async fn check_text(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The text.")] input: CheckTextInput,
    ) -> Result<CheckTextPayload> {
        let visit = visit(ctx);
        visit.resident()?;
        let neighbourhood = NeighbourhoodId::read(&input.neighbourhood, "neighbourhood")?;
        visit.member_of(neighbourhood)?;
        let category = input.category.map(Category::wire);
        let request = posts::CheckRequest {
            neighbourhood: neighbourhood.to_bytes(),
            category: category.unwrap_or_default().into(),
            title: input.title,
            body: input.body,
            venue: input.place_name,
            behaviour: input.behaviour.map(BehaviourInput::wire),
        };
        let mut client = visit.edge.posts.clone();
        let reply = client.check(visit.caller().request(request)).await?;
        let reply = reply.into_inner();
        Ok(CheckTextPayload {
            findings: reply.findings.into_iter().map(Into::into).collect(),
            read_first: reply.waits,
        })
    }

    /// Counts how far somebody got in the form for what somebody did, once they sent it or left it: for the report of the month.
    /// Who says so is not kept, nor on which day.
    async fn count_form_step(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Where, and how far.")] input: CountFormStepInput,
    ) -> Result<CountFormStepPayload> {
        let visit = visit(ctx);
        visit.resident()?;
        let neighbourhood = NeighbourhoodId::read(&input.neighbourhood, "neighbourhood")?;
        visit.member_of(neighbourhood)?;
        let request = moderation::CountFormRequest {
            neighbourhood: neighbourhood.to_bytes(),
            furthest: input.furthest.wire().into(),
            after: input.after.map(FormStep::wire).unwrap_or_default().into(),
        };
        let mut client = visit.edge.moderation.clone();
        client.count_form(visit.caller().request(request)).await?;
        Ok(CountFormStepPayload {
            neighbourhood: neighbourhood.opaque(),
        })
    }

    /// Says whether police may read what the caller tells of incidents, where the neighbourhood lets them read at all.
    /// Unanswered means no.
    async fn answer_police_reading(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "For one incident or for all, and the answer.")]
        input: AnswerPoliceReadingInput,
    ) -> Result<AnswerPoliceReadingPayload> {
        let visit = visit(ctx);
        visit.resident()?;
        let post = input.post.map(|id| PostId::read(&id, "post")).transpose()?;
        let request = posts::AnswerPoliceReadingRequest {
            post: post.map(PostId::to_bytes).unwrap_or_default(),
            may_read: input.may_read,
        };
        let mut client = visit.edge.posts.clone();
        let request = visit.caller().request(request);
        client.answer_police_reading(request).await?;
        Ok(AnswerPoliceReadingPayload {
            may_read: input.may_read,
        })
    }
}
