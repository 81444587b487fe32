//! What people were told of decisions.

use contract::Caller;
use contract::moderation::{
    ListStatementsReply, ListStatementsRequest, Statement, StatementRequest,
};
use contract::{NeighbourhoodId, PAGE_AT_MOST, PostId, StatementId, cut, page_size};
use runtime::DAY_MS;
use sea_orm::ConnectionTrait;

use super::Call;
use super::list::List;
use crate::store::{Keyed, appeal, case_file, decision, statement};
use crate::{Moderation, ModerationFault};

impl Moderation {
    pub(super) async fn do_list_statements(
        &self,
        call: &Call,
        asked: ListStatementsRequest,
    ) -> Result<ListStatementsReply, ModerationFault> {
        let (resident, _) = call.caller.resident()?;
        let first = page_size(asked.first, PAGE_AT_MOST)?;
        let list = List::new(self, "statements", resident.uuid(), 0);
        let after = list.after(&asked.after)?;
        let on = self.parts.store.read();
        let limit = Some(first as u64 + 1);
        let mut rows = statement::of(on, resident, after, limit).await?;
        let has_next = cut(&mut rows, first);
        let mut statements = Vec::with_capacity(rows.len());
        for row in &rows {
            statements.push(wire(on, row, call.now_ms).await?);
        }
        Ok(ListStatementsReply {
            cursors: rows
                .iter()
                .map(|row| list.seal(row.told_at_ms, row.id))
                .collect(),
            statements,
            has_next,
        })
    }

    pub(super) async fn do_get_statement(
        &self,
        call: &Call,
        asked: StatementRequest,
    ) -> Result<Statement, ModerationFault> {
        let on = self.parts.store.read();
        let row = told(on, &call.caller, &asked.statement).await?;
        wire(on, &row, call.now_ms).await
    }
}

/// A statement that the caller may read: theirs, or a visitor's, which is whose who holds its id.
pub(super) async fn told(
    on: &impl ConnectionTrait,
    caller: &Caller,
    id: &[u8],
) -> Result<statement::Model, ModerationFault> {
    let id = StatementId::from_bytes(id)?.uuid();
    if let Some(row) = statement::visitors(on, id).await? {
        return Ok(row);
    }
    let (resident, _) = caller.resident()?;
    let row = statement::theirs(on, resident, id).await?;
    row.ok_or(ModerationFault::NotFound)
}

/// As its addressee reads it.
pub(super) async fn wire(
    on: &impl ConnectionTrait,
    row: &statement::Model,
    now_ms: i64,
) -> Result<Statement, ModerationFault> {
    let hood = row.neighbourhood;
    let case = case_file::Entity::by_id(on, hood, row.case_id).await?;
    let case = case.ok_or(ModerationFault::NotFound)?;
    let decision = match row.decision {
        Some(id) => decision::Entity::by_id(on, hood, id).await?,
        None => None,
    };
    let appealed = match row.appeal {
        Some(id) => appeal::Entity::by_id(on, hood, id).await?,
        None => None,
    };
    // What else follows for its author is nobody else's to know.
    let is_author = row.recipient.is_some() && row.recipient == case.author;
    let decision = decision.map(|decision| {
        let told = decision.wire();
        contract::moderation::Decision {
            paused_until_ms: if is_author { told.paused_until_ms } else { 0 },
            people_until_ms: if is_author { told.people_until_ms } else { 0 },
            ..told
        }
    });
    let made = if row.appeal_until_ms > 0 {
        appeal::of_statement(on, hood, row.id).await?
    } else {
        None
    };
    let is_open = made.is_none() && row.appeal_until_ms > now_ms;
    let waits = made.filter(|appeal| appeal.decided_at_ms.is_none());
    Ok(Statement {
        id: StatementId::new(row.id).to_bytes(),
        neighbourhood: NeighbourhoodId::new(hood).to_bytes(),
        occasion: row.occasion,
        content: PostId::new(case.content).to_bytes(),
        kind: case.kind,
        category: case.category,
        decision,
        appeal: appealed.as_ref().map_or(0, |appeal| appeal.outcome),
        appeal_facts: appealed
            .and_then(|appeal| appeal.facts())
            .unwrap_or_default(),
        day_ms: day_of(row.told_at_ms),
        appeal_until_ms: if is_open { row.appeal_until_ms } else { 0 },
        appeal_due_ms: waits.map_or(0, |appeal| day_of(appeal.deadline_ms)),
    })
}

/// The day on which something is, as its beginning.
const fn day_of(at_ms: i64) -> i64 {
    at_ms - at_ms.rem_euclid(DAY_MS)
}
