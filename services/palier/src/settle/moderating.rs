//! What a moderator does on a board that is filled.

use anyhow::Context;
use contract::common::Measure;
use contract::moderation::{
    Case, CaseRequest, DecideCaseRequest, Ground, Lane, ListCasesRequest, Rule,
};
use contract::posts::Post;
use contract::{Fault, NeighbourhoodId};

use super::Settler;

/// As many as a page has.
const CASES: u32 = 50;

impl Settler {
    /// Reads, as a moderator, a notice that waits for it, and lets it be shown.
    ///
    /// # Errors
    /// When it does not wait, or this is no moderator.
    pub async fn release(&mut self, who: &str, waiting: &Post) -> anyhow::Result<()> {
        self.house.drain().await?;
        let neighbourhood = NeighbourhoodId::from_bytes(&waiting.neighbourhood)?;
        let mut cases = self.cases(who, neighbourhood).await?.into_iter();
        let case = cases.find(|case| case.content == waiting.id);
        let case = case.context("what waits to be read is a case")?.id;
        let caller = self.caller(who).await?;
        let mut moderation = self.house.clients.moderation.clone();
        let request = caller.request(CaseRequest { case: case.clone() });
        let claimed = moderation.claim_case(request).await.map_err(Fault::from)?;
        let request = caller.request(DecideCaseRequest {
            case,
            version: claimed.into_inner().version,
            measure: Measure::Keep.into(),
            rule: Rule::NoneBroken.into(),
            ground: Ground::HouseRules.into(),
            facts: "It was read before it went up, and may stay.".into(),
            ..DecideCaseRequest::default()
        });
        moderation.decide_case(request).await.map_err(Fault::from)?;
        self.house.drain().await
    }

    /// A moderator looks after a neighbourhood.
    ///
    /// # Errors
    /// When nobody of that name moderates it.
    pub async fn look_after(&mut self, who: &str, id: NeighbourhoodId) -> anyhow::Result<()> {
        self.cases(who, id).await?;
        Ok(())
    }

    async fn cases(&mut self, who: &str, id: NeighbourhoodId) -> anyhow::Result<Vec<Case>> {
        let request = self.caller(who).await?.request(ListCasesRequest {
            neighbourhood: id.to_bytes(),
            lane: Lane::Every.into(),
            first: CASES,
            after: String::new(),
        });
        let mut moderation = self.house.clients.moderation.clone();
        let listed = moderation.list_cases(request).await.map_err(Fault::from)?;
        Ok(listed.into_inner().cases)
    }
}
