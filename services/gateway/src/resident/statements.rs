//! What people are told of decisions, and asking that another moderator decides.

use async_graphql::{Context, ID, InputObject, Object, Result, SimpleObject, Union};
use contract::moderation::appeal_reply::Outcome;
use contract::{Fault, FaultKind, StatementId, moderation};

use super::outcome;
use crate::model::account::StaffView;
use crate::model::id::Opaque;
use crate::model::page::{LOOK_UP, page_size};
use crate::model::refusal::refused;
use crate::model::scalar::DateTime;
use crate::model::statement::{Statement, StatementConnection};
use crate::visit::{or_null, visit};

#[derive(Default)]
pub(crate) struct StatementReading;

#[Object]
impl StatementReading {
    /// What the caller was told: about what they wrote, reported and appealed against. Newest first.
    #[graphql(complexity = "crate::model::page::page_cost(first, child_complexity)")]
    async fn statements(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many, 1 to 30.", default = 20)] first: i32,
        #[graphql(desc = "The cursor after which they come.")] after: Option<String>,
    ) -> Result<StatementConnection> {
        let visit = visit(ctx);
        visit.resident()?;
        let request = moderation::ListStatementsRequest {
            first: page_size(first)?,
            after: after.unwrap_or_default(),
        };
        let mut client = visit.edge.moderation.clone();
        let request = visit.caller().request(request);
        let reply = client.list_statements(request).await?.into_inner();
        let statements = reply.statements.into_iter().map(Statement::read);
        Ok(StatementConnection::new(
            statements.collect::<Result<_, Fault>>()?,
            reply.cursors,
            reply.has_next,
        ))
    }

    /// One statement: the caller's, or a visitor's, which is whose who holds its id. Null where there is none.
    #[graphql(complexity = "child_complexity + LOOK_UP")]
    async fn statement(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which.")] id: ID,
    ) -> Option<Statement> {
        let visit = visit(ctx);
        let found = async {
            let request = moderation::StatementRequest {
                statement: StatementId::read(&id, "id")?.to_bytes(),
            };
            let mut client = visit.edge.moderation.clone();
            match client.get_statement(visit.caller().request(request)).await {
                Ok(reply) => Ok(Some(Statement::read(reply.into_inner())?)),
                Err(status) => match Fault::from(status) {
                    fault if fault.kind == FaultKind::NotFound => Ok(None),
                    fault => Err(fault.into()),
                },
            }
        };
        or_null(ctx, found.await)
    }

    /// On which days a moderator looked at what is the caller's and not everybody's. Newest first.
    #[graphql(complexity = "10 * child_complexity + LOOK_UP")]
    async fn staff_views(&self, ctx: &Context<'_>) -> Result<Vec<StaffView>> {
        let visit = visit(ctx);
        visit.resident()?;
        let request = visit.caller().request(moderation::ListViewsRequest {});
        let reply = visit.edge.moderation.clone().list_views(request).await?;
        let views = reply.into_inner().views;
        Ok(views
            .iter()
            .map(StaffView::read)
            .collect::<Result<_, Fault>>()?)
    }
}

/// What is wrong with a decision.
#[derive(InputObject)]
pub(crate) struct AppealDecisionInput {
    /// The statement that tells of it.
    statement: ID,
    /// Why, in 1 to 2,000 characters.
    text: String,
}

/// Another moderator will decide.
#[derive(SimpleObject)]
pub(crate) struct AppealMade {
    /// Undecided by then, it succeeds.
    decided_by: DateTime,
}

refused! {
    /// Not taken; nothing is kept.
    AppealRefused
}

/// What came of it.
#[derive(Union)]
pub(crate) enum AppealDecisionPayload {
    /// Another moderator will decide.
    AppealMade(AppealMade),
    /// Not taken.
    AppealRefused(AppealRefused),
}

#[derive(Default)]
pub(crate) struct Appealing;

#[Object]
impl Appealing {
    /// Asks that another moderator decides, within 183 days and once for each statement. Final.
    async fn appeal_decision(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Against which, and why.")] input: AppealDecisionInput,
    ) -> Result<AppealDecisionPayload> {
        let visit = visit(ctx);
        let request = moderation::AppealRequest {
            statement: StatementId::read(&input.statement, "statement")?.to_bytes(),
            text: input.text,
        };
        let mut client = visit.edge.moderation.clone();
        let reply = client.appeal(visit.caller().request(request)).await?;
        Ok(match outcome(reply.into_inner().outcome)? {
            Outcome::Made(made) => AppealDecisionPayload::AppealMade(AppealMade {
                decided_by: DateTime(made.deadline_ms),
            }),
            Outcome::Refused(refused) => AppealDecisionPayload::AppealRefused(refused.into()),
        })
    }
}
