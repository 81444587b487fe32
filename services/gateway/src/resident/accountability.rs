//! What everybody may know of how a neighbourhood is moderated.

use async_graphql::{Context, ID, Object, Result, SimpleObject};
use contract::{Fault, NeighbourhoodId, identity, moderation};

use crate::model::account::{DecisionConnection, LoggedDecision, RaisedLimit, TransparencyReport};
use crate::model::id::Opaque;
use crate::model::page::{LOOK_UP, page_size};
use crate::model::scalar::DateTime;
use crate::visit::{Visit, visit};

#[derive(Default)]
pub(crate) struct Accountability;

#[Object]
impl Accountability {
    /// What moderators decided in a neighbourhood, newest day first: no content and nobody's name. For everybody.
    #[graphql(complexity = "crate::model::page::page_cost(first, child_complexity)")]
    async fn decisions(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Where.")] neighbourhood: ID,
        #[graphql(desc = "How many, 1 to 30.", default = 20)] first: i32,
        #[graphql(desc = "The cursor after which they come.")] after: Option<String>,
    ) -> Result<DecisionConnection> {
        let visit = visit(ctx);
        let request = moderation::ListDecisionsRequest {
            neighbourhood: NeighbourhoodId::read(&neighbourhood, "neighbourhood")?.to_bytes(),
            first: page_size(first)?,
            after: after.unwrap_or_default(),
        };
        let mut client = visit.edge.moderation.clone();
        let request = visit.caller().request(request);
        let reply = client.list_decisions(request).await?.into_inner();
        let decisions = reply.decisions.iter().map(LoggedDecision::read);
        Ok(DecisionConnection::new(
            decisions.collect::<Result<_, Fault>>()?,
            reply.cursors,
            reply.has_next,
        ))
    }

    /// Moderators from elsewhere who help out in a neighbourhood, or did in the last twelve months; those who began last first. For
    /// everybody.
    #[graphql(complexity = "50 * child_complexity + LOOK_UP")]
    async fn reserve_moderators(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Where.")] neighbourhood: ID,
    ) -> Result<Vec<ReserveModerator>> {
        let visit = visit(ctx);
        let request = identity::ListReservesRequest {
            neighbourhood: NeighbourhoodId::read(&neighbourhood, "neighbourhood")?.to_bytes(),
        };
        let mut client = visit.edge.identity.clone();
        let request = visit.caller().request(request);
        let reserves = client.list_reserves(request).await?.into_inner().reserves;
        let read = |reserve: identity::Reserve| ReserveModerator {
            name: reserve.name,
            since: DateTime(reserve.since_day_ms),
            until: DateTime(reserve.until_day_ms),
        };
        Ok(reserves.into_iter().map(read).collect())
    }

    /// When two moderators had a neighbourhood shown more notices that tell of people than usual, in the last twelve months; the
    /// latest first. For everybody.
    #[graphql(complexity = "100 * child_complexity + LOOK_UP")]
    async fn raised_limits(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Where.")] neighbourhood: ID,
    ) -> Result<Vec<RaisedLimit>> {
        let visit = visit(ctx);
        let request = moderation::LimitsRequest {
            neighbourhood: NeighbourhoodId::read(&neighbourhood, "neighbourhood")?.to_bytes(),
        };
        let mut client = visit.edge.moderation.clone();
        let reply = client.list_raised(visit.caller().request(request)).await?;
        let raised = reply.into_inner().raised;
        Ok(raised.iter().map(RaisedLimit::read).collect())
    }

    /// The numbers of a month that is over, in a neighbourhood. For everybody.
    #[graphql(complexity = "child_complexity + LOOK_UP")]
    async fn transparency_report(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Where.")] neighbourhood: ID,
        #[graphql(desc = "Which month, such as `2026-10`.")] month: String,
    ) -> Result<TransparencyReport> {
        let neighbourhood = NeighbourhoodId::read(&neighbourhood, "neighbourhood")?;
        Ok(month_of(visit(ctx), neighbourhood, month).await?)
    }
}

/// A moderator from elsewhere.
#[derive(SimpleObject)]
pub(crate) struct ReserveModerator {
    /// The name under which they help out.
    name: String,
    /// Since which day.
    since: DateTime,
    /// Until which day, or on which it ended.
    until: DateTime,
}

/// The numbers of a month such as `2026-10`.
///
/// # Errors
/// `MONTH_MALFORMED`; that it is not over; or that moderation does not answer.
pub(crate) async fn month_of(
    visit: &Visit,
    neighbourhood: NeighbourhoodId,
    month: String,
) -> Result<TransparencyReport, Fault> {
    let (year, number) = read_month(&month)?;
    let request = moderation::MonthRequest {
        neighbourhood: neighbourhood.to_bytes(),
        year,
        month: number,
    };
    let mut client = visit.edge.moderation.clone();
    let reply = client.get_month(visit.caller().request(request)).await;
    let reply = reply.map_err(Fault::from)?;
    Ok(TransparencyReport::read(month, &reply.into_inner()))
}

/// Year and month of a text such as `2026-10`.
fn read_month(text: &str) -> Result<(u32, u32), Fault> {
    let digits = |part: &str, count| {
        let is_number = part.len() == count && part.bytes().all(|byte| byte.is_ascii_digit());
        is_number.then(|| part.parse().ok()).flatten()
    };
    text.split_once('-')
        .and_then(|(year, month)| Some((digits(year, 4)?, digits(month, 2)?)))
        .ok_or_else(|| {
            let message = "A month is a text such as 2026-10.";
            Fault::invalid("MONTH_MALFORMED", message).at("month")
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_has_one_spelling() {
        assert_eq!(read_month("2026-10").unwrap(), (2026, 10));
        for text in [
            "",
            "2026",
            "2026-1",
            "26-10",
            "2026-+1",
            "2026-10-01",
            "２０２６-10",
        ] {
            assert_eq!(read_month(text).unwrap_err().code, "MONTH_MALFORMED");
        }
    }
}
