//! What moderators look at to see whether they are fair, and what they account for besides their decisions.

use async_graphql::{Context, ID, InputObject, Object, Result, SimpleObject};
use contract::moderation;

use super::cases::moderated;
use crate::model::account::{Authority, Given, TransparencyReport};
use crate::model::id::{Opaque, client_key};
use crate::model::page::LOOK_UP;
use crate::visit::visit;

#[derive(Default)]
pub(crate) struct Auditing;

#[Object]
impl Auditing {
    /// The last twelve months that are over, the last one first, side by side: whether what tells of people is refused more often
    /// than other things, whom the form makes stop, how often another moderator decides otherwise. The numbers that everybody
    /// reads, and no others.
    #[graphql(complexity = "12 * child_complexity + LOOK_UP")]
    async fn audit(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Where.")] neighbourhood: ID,
    ) -> Result<Vec<TransparencyReport>> {
        let visit = visit(ctx);
        let request = moderation::AuditRequest {
            neighbourhood: moderated(visit, &neighbourhood)?.to_bytes(),
        };
        let mut client = visit.edge.moderation.clone();
        let reply = client.audit(visit.caller().request(request)).await?;
        let months = reply.into_inner().months.into_iter();
        Ok(months
            .map(|month| {
                let name = format!("{}-{:02}", month.year, month.month);
                TransparencyReport::read(name, &month.counts.unwrap_or_default())
            })
            .collect())
    }
}

/// An authority asked for data.
#[derive(InputObject)]
pub(crate) struct RecordLegalRequestInput {
    /// Random, minted by the client: the same again is counted once.
    client_key: ID,
    /// About which neighbourhood.
    neighbourhood: ID,
    /// Which authority.
    authority: Authority,
    /// What it was given.
    given: Given,
}

/// It stands in the report of the month, as a number.
#[derive(SimpleObject)]
pub(crate) struct RecordLegalRequestPayload {
    /// About which neighbourhood.
    id: ID,
}

#[derive(Default)]
pub(crate) struct Accounting;

#[Object]
impl Accounting {
    /// Records that an authority asked for data, and what it was given: for the report of the month. Nothing else of it is kept.
    async fn record_legal_request(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Who asked, and what they were given.")] input: RecordLegalRequestInput,
    ) -> Result<RecordLegalRequestPayload> {
        let visit = visit(ctx);
        let neighbourhood = moderated(visit, &input.neighbourhood)?;
        let request = moderation::RecordLegalRequestRequest {
            neighbourhood: neighbourhood.to_bytes(),
            client_key: client_key(&input.client_key)?.into(),
            authority: input.authority.wire().into(),
            given: input.given.wire().into(),
        };
        let mut client = visit.edge.moderation.clone();
        let request = visit.caller().request(request);
        client.record_legal_request(request).await?;
        Ok(RecordLegalRequestPayload {
            id: neighbourhood.opaque(),
        })
    }
}
