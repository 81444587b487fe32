//! Appeals against what another moderator decided.

use async_graphql::{Context, ID, InputObject, Object, Result, SimpleObject};
use contract::{AppealId, Fault, moderation};

use super::LIST_AT_MOST;
use super::cases::moderated;
use crate::model::case::{Appeal, AppealConnection, AppealSummary};
use crate::model::id::Opaque;
use crate::model::page::{LOOK_UP, list_size};
use crate::model::reasons::AppealOutcome;
use crate::visit::visit;

#[derive(Default)]
pub(crate) struct AppealReading;

#[Object]
impl AppealReading {
    /// Open appeals against what others decided, those first that have to be decided first.
    #[graphql(complexity = "crate::model::page::list_cost(first, LIST_AT_MOST, child_complexity)")]
    async fn appeals(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Where.")] neighbourhood: ID,
        #[graphql(desc = "How many, 1 to 50.", default = 20)] first: i32,
        #[graphql(desc = "The cursor after which they come.")] after: Option<String>,
    ) -> Result<AppealConnection> {
        let visit = visit(ctx);
        let request = moderation::ListAppealsRequest {
            neighbourhood: moderated(visit, &neighbourhood)?.to_bytes(),
            first: list_size(first, LIST_AT_MOST)?,
            after: after.unwrap_or_default(),
        };
        let mut client = visit.edge.moderation.clone();
        let reply = client.list_appeals(visit.caller().request(request)).await?;
        let reply = reply.into_inner();
        let appeals = reply.appeals.into_iter().map(AppealSummary::read);
        Ok(AppealConnection::new(
            appeals.collect::<Result<_, Fault>>()?,
            reply.cursors,
            reply.has_next,
        ))
    }

    /// One appeal with all that is needed to decide it, as it was when it was decided before. Whose data it shows can see
    /// that somebody looked.
    #[graphql(complexity = "child_complexity + 2 * LOOK_UP")]
    async fn appeal(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which.")] id: ID,
    ) -> Result<Appeal> {
        let visit = visit(ctx);
        visit.is_signed_in()?;
        let request = moderation::AppealIdRequest {
            appeal: AppealId::read(&id, "id")?.to_bytes(),
        };
        let mut client = visit.edge.moderation.clone();
        let reply = client.get_appeal(visit.caller().request(request)).await?;
        Ok(Appeal::read(visit, reply.into_inner()).await?)
    }
}

/// What comes of an appeal, and why.
#[derive(InputObject)]
pub(crate) struct DecideAppealInput {
    /// Which.
    appeal: ID,
    /// What comes of it.
    outcome: AppealOutcome,
    /// Why, in 20 to 2,000 characters: who appealed reads this word for word.
    facts: String,
}

/// Decided, for good.
#[derive(SimpleObject)]
pub(crate) struct DecideAppealPayload {
    /// Which.
    id: ID,
}

#[derive(Default)]
pub(crate) struct AppealDeciding;

#[Object]
impl AppealDeciding {
    /// Decides an appeal, for good. Never by who decided before.
    async fn decide_appeal(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which, and what comes of it.")] input: DecideAppealInput,
    ) -> Result<DecideAppealPayload> {
        let visit = visit(ctx);
        visit.is_signed_in()?;
        let request = moderation::DecideAppealRequest {
            appeal: AppealId::read(&input.appeal, "appeal")?.to_bytes(),
            outcome: input.outcome.wire().into(),
            facts: input.facts,
        };
        let mut client = visit.edge.moderation.clone();
        let request = visit.caller().request(request);
        client.decide_appeal(request).await?;
        Ok(DecideAppealPayload { id: input.appeal })
    }
}
