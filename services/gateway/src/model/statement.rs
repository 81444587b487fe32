//! What people are told of decisions.

use async_graphql::{Context, ID, Object, Result};
use contract::{Fault, NeighbourhoodId, StatementId, moderation};

use super::choice::Category;
use super::hood::Neighbourhood;
use super::id::Opaque;
use super::page::connections;
use super::reasons::{About, AppealOutcome, ContentKind, Decision, Occasion};
use super::scalar::DateTime;
use crate::visit::visit;

/// A statement of reasons: what was decided about what somebody wrote, reported or appealed against.
pub(crate) struct Statement {
    id: StatementId,
    neighbourhood: NeighbourhoodId,
    about: About,
    occasion: Occasion,
    decision: Option<Decision>,
    wire: Box<moderation::Statement>,
}

impl Statement {
    /// As moderation tells it.
    ///
    /// # Errors
    /// `INTERNAL` when it is not readable.
    pub(crate) fn read(mut wire: moderation::Statement) -> Result<Self, Fault> {
        let unreadable = |_| Fault::internal();
        let decision = wire.decision.take().map(Decision::read);
        Ok(Self {
            id: StatementId::from_bytes(&wire.id).map_err(unreadable)?,
            neighbourhood: NeighbourhoodId::from_bytes(&wire.neighbourhood).map_err(unreadable)?,
            about: About::told(wire.kind(), &wire.content)?,
            occasion: Occasion::read(wire.occasion()).ok_or_else(Fault::internal)?,
            decision: decision.transpose()?,
            wire: Box::new(wire),
        })
    }
}

/// A statement of reasons: what was decided about what somebody wrote, reported or appealed against. Who holds the id of a
/// visitor's reads it.
#[Object]
impl Statement {
    /// Opaque.
    async fn id(&self) -> ID {
        self.id.opaque()
    }

    /// Where.
    async fn neighbourhood(&self, ctx: &Context<'_>) -> Result<Neighbourhood> {
        let visit = visit(ctx);
        let hood = visit.edge.hoods.by_id(self.neighbourhood).await?;
        Ok(Neighbourhood::seen_by(visit, hood))
    }

    /// What its addressee is told of.
    async fn occasion(&self) -> Occasion {
        self.occasion
    }

    /// The notice or the answer that it is about; it may be gone.
    async fn content(&self) -> ID {
        self.about.opaque()
    }

    /// Which of the two.
    async fn kind(&self) -> ContentKind {
        self.about.kind()
    }

    /// What the notice was about.
    async fn category(&self) -> Option<Category> {
        Category::read(self.wire.category())
    }

    /// What was decided; null where nobody read in time what waited to be shown.
    async fn decision(&self) -> Option<&Decision> {
        self.decision.as_ref()
    }

    /// What came of an appeal against it; null where there was none, or it is open.
    async fn appeal_outcome(&self) -> Option<AppealOutcome> {
        AppealOutcome::read(self.wire.appeal())
    }

    /// Why, in the words of the moderator who decided the appeal; null also where nobody did in time and it so succeeded.
    async fn appeal_facts(&self) -> Option<&str> {
        Some(self.wire.appeal_facts.as_str()).filter(|facts| !facts.is_empty())
    }

    /// On which day it was told.
    async fn day(&self) -> DateTime {
        DateTime(self.wire.day_ms)
    }

    /// Until when its addressee may appeal; null: may not, or has.
    async fn appeal_until(&self) -> Option<DateTime> {
        DateTime::unless_zero(self.wire.appeal_until_ms)
    }

    /// Until which day another moderator decides what its addressee appealed against; undecided then, the appeal succeeds. Null
    /// where no appeal waits.
    async fn appeal_due(&self) -> Option<DateTime> {
        DateTime::unless_zero(self.wire.appeal_due_ms)
    }
}

connections! {
    /// Statements, newest first.
    StatementConnection of
    /// A statement in a list.
    StatementEdge: Statement;
}
