//! Asking that another moderator decides, and deciding that.

use contract::common::{Empty, Occasion};
use contract::moderation::appeal_reply::Outcome as Reply;
use contract::moderation::view::What;
use contract::moderation::{
    AppealIdRequest, AppealMade, AppealReply, AppealRequest, DecideAppealRequest, ListAppealsReply,
    ListAppealsRequest, OpenAppeal, Outcome,
};
use contract::{
    AppealId, Fault, NeighbourhoodId, PAGE_AT_MOST, PostId, ResidentId, cut, page_size,
};
use store::Tx;

use super::list::List;
use super::refused::text_refused;
use super::statements::told;
use super::{Call, Moderator, locked, ties};
use crate::domain::{
    APPEAL_AT_MOST, APPEALED_WITHIN_MS, Appeal, Conflict, Flaw, Ties, Verdict, facts, may_appeal,
    words,
};
use crate::store::{Keyed, appeal, case_file, content, copy, decision, proposal, tally, viewing};
use crate::{Moderation, ModerationFault};

/// An appeal and what it hangs on, locked, in one order: content, case, appeal.
pub(super) struct Open {
    pub(super) content: Option<content::Model>,
    pub(super) case: case_file::Model,
    pub(super) appeal: appeal::Model,
    pub(super) decision: decision::Model,
}

impl Moderation {
    pub(super) async fn do_appeal(
        &self,
        call: &Call,
        asked: AppealRequest,
    ) -> Result<AppealReply, ModerationFault> {
        let now_ms = call.now_ms;
        let text = match words(&asked.text, APPEAL_AT_MOST) {
            Ok(text) => text,
            Err(fault) => {
                let refused = text_refused(fault, "text", APPEAL_AT_MOST, call.locale);
                return Ok(reply(Reply::Refused(refused)));
            }
        };
        let tx = self.parts.store.begin().await?;
        let statement = told(&*tx, &call.caller, &asked.statement).await?;
        let hood = statement.neighbourhood;
        let case = case_file::Entity::lock(&tx, hood, statement.case_id).await?;
        let case = case.ok_or(ModerationFault::NotFound)?;
        // Whom it was told may have been erased meanwhile.
        let statement = told(&*tx, &call.caller, &asked.statement).await?;
        if let Some(before) = appeal::of_statement(&*tx, hood, statement.id).await? {
            return Ok(made(&before));
        }
        let decision = match statement.decision {
            Some(id) => decision::Entity::by_id(&*tx, hood, id).await?,
            None => None,
        };
        let decision = decision.ok_or(Conflict::NotAppealable)?;
        if statement.appeal_until_ms <= now_ms
            || decision.outcome() == Outcome::Reversed
            || !may_appeal(statement.occasion(), decision.is_restrictive())
        {
            return Err(Conflict::NotAppealable.into());
        }
        let row = appeal::Model {
            neighbourhood: hood,
            id: AppealId::from_random(self.parts.entropy.bytes()).uuid(),
            case_id: case.id,
            statement: statement.id,
            decision: decision.id,
            first_decider: decision.decider,
            appellant: statement.recipient,
            reply_to: statement.reply_to,
            occasion: statement.occasion,
            text,
            made_at_ms: now_ms,
            deadline_ms: whole_hour(now_ms + APPEALED_WITHIN_MS),
            outcome: Outcome::NoOutcome.into(),
            decider: None,
            facts: None,
            decided_at_ms: None,
        };
        let by_author = statement.occasion() == Occasion::Decision;
        if let Some(kept) = copy::find(&*tx, hood, case.id).await?
            && by_author
            && kept.until_ms < row.deadline_ms
        {
            copy::keep_until(&tx, hood, case.id, row.deadline_ms).await?;
        }
        tally::count(&tx, hood, now_ms, tally::APPEAL, 0, 0).await?;
        appeal::insert(&tx, row.clone()).await?;
        tx.commit().await?;
        Ok(made(&row))
    }

    pub(super) async fn do_list_appeals(
        &self,
        call: &Call,
        asked: ListAppealsRequest,
    ) -> Result<ListAppealsReply, ModerationFault> {
        let hood = NeighbourhoodId::from_bytes(&asked.neighbourhood)?;
        let moderator = self.moderator_of(call, hood)?;
        let first = page_size(asked.first, PAGE_AT_MOST)?;
        let list = List::new(self, "appeals", hood.uuid(), 0);
        let after = list.after(&asked.after)?;
        self.active(hood.uuid(), call.now_ms).await?;
        let on = self.parts.store.read();
        let mut rows = appeal::list(on, hood, moderator, after, first as u64 + 1).await?;
        let has_next = cut(&mut rows, first);
        let mut appeals = Vec::with_capacity(rows.len());
        for row in &rows {
            let case = case_file::Entity::by_id(on, row.neighbourhood, row.case_id).await?;
            let decision = decision::Entity::by_id(on, row.neighbourhood, row.decision).await?;
            if let (Some(case), Some(decision)) = (case, decision) {
                appeals.push(wire(row, &case, &decision));
            }
        }
        Ok(ListAppealsReply {
            cursors: rows
                .iter()
                .map(|row| list.seal(row.deadline_ms, row.id))
                .collect(),
            appeals,
            has_next,
        })
    }

    pub(super) async fn do_get_appeal(
        &self,
        call: &Call,
        asked: AppealIdRequest,
    ) -> Result<OpenAppeal, ModerationFault> {
        let moderator = self.moderator(call)?;
        let tx = self.parts.store.begin().await?;
        let open = locked_appeal(&tx, &moderator, &asked.appeal).await?;
        as_appeal(&tx, &open).await?.is_for(
            moderator.resident,
            own(&tx, &open, moderator.resident).await?,
        )?;
        let (hood, today) = (open.case.neighbourhood, self.parts.clock.today());
        viewing::keep(&tx, hood, open.appeal.appellant, today, What::Appealed).await?;
        viewing::keep(&tx, hood, open.case.author, today, What::Appealed).await?;
        let read = self.opened(&tx, hood, open.case.id).await?;
        tx.commit().await?;
        Ok(OpenAppeal {
            text: open.appeal.text(),
            read: read.into(),
            ..wire(&open.appeal, &open.case, &open.decision)
        })
    }

    pub(super) async fn do_decide_appeal(
        &self,
        call: &Call,
        asked: DecideAppealRequest,
    ) -> Result<Empty, ModerationFault> {
        let moderator = self.moderator(call)?;
        let (me, now_ms) = (moderator.resident, call.now_ms);
        let verdict = Verdict::said(asked.outcome()).ok_or_else(|| {
            let fault = Fault::invalid("OUTCOME", "Say whether it stays or does not.");
            ModerationFault::from(fault.at("outcome"))
        })?;
        let facts = facts(&asked.facts).map_err(Flaw::Facts)?;
        let tx = self.parts.store.begin().await?;
        let mut open = locked_appeal(&tx, &moderator, &asked.appeal).await?;
        let same = open.appeal.decider == Some(me.uuid())
            && open.appeal.outcome() == verdict.outcome()
            && open.appeal.facts.as_ref() == Some(&facts);
        if same {
            return Ok(Empty {});
        }
        as_appeal(&tx, &open)
            .await?
            .decide(me, own(&tx, &open, me).await?)?;
        open.appeal.decider = Some(me.uuid());
        open.appeal.facts = Some(facts);
        let hood = open.case.neighbourhood;
        self.conclude(&tx, open, verdict, now_ms).await?;
        tx.commit().await?;
        self.active(hood, now_ms).await?;
        Ok(Empty {})
    }
}

async fn locked_appeal(tx: &Tx, moderator: &Moderator, id: &[u8]) -> Result<Open, ModerationFault> {
    let id = AppealId::from_bytes(id)?;
    let found = appeal::Entity::within(&**tx, &moderator.neighbourhoods, id.uuid()).await?;
    open(tx, found.ok_or(ModerationFault::NotFound)?).await
}

/// An appeal that was found, locked.
pub(super) async fn open(tx: &Tx, found: appeal::Model) -> Result<Open, ModerationFault> {
    let hood = found.neighbourhood;
    let case = case_file::Entity::by_id(&**tx, hood, found.case_id).await?;
    let case = case.ok_or(ModerationFault::NotFound)?;
    let (content, case) = locked(tx, hood, case.content, case.id).await?;
    let appeal = appeal::Entity::lock(tx, hood, found.id).await?;
    let appeal = appeal.ok_or(ModerationFault::NotFound)?;
    let decision = decision::Entity::by_id(&**tx, hood, appeal.decision).await?;
    Ok(Open {
        content,
        case,
        decision: decision.ok_or(ModerationFault::NotFound)?,
        appeal,
    })
}

async fn as_appeal(tx: &Tx, open: &Open) -> Result<Appeal, ModerationFault> {
    let proposed = match open.decision.proposal {
        Some(id) => proposal::Entity::by_id(&**tx, open.case.neighbourhood, id).await?,
        None => None,
    };
    Ok(Appeal {
        outcome: open.appeal.outcome(),
        first_decider: ResidentId::new(open.appeal.first_decider),
        proposer: proposed.map(|row| ResidentId::new(row.proposer)),
    })
}

/// Nobody decides about what they wrote, reported or stood back from, or what they asked for themselves.
async fn own(tx: &Tx, open: &Open, who: ResidentId) -> Result<Ties, ModerationFault> {
    let ties = ties(tx, &open.case, who).await?;
    Ok(Ties {
        own: ties.own || open.appeal.appellant == Some(who.uuid()),
        ..ties
    })
}

fn wire(row: &appeal::Model, case: &case_file::Model, decision: &decision::Model) -> OpenAppeal {
    OpenAppeal {
        id: AppealId::new(row.id).to_bytes(),
        neighbourhood: NeighbourhoodId::new(row.neighbourhood).to_bytes(),
        content: PostId::new(case.content).to_bytes(),
        kind: case.kind,
        category: case.category,
        by_reporter: row.by_reporter(),
        against: Some(decision.wire()),
        text: String::new(),
        read: tonic::codegen::Bytes::new(),
        deadline_ms: row.deadline_ms,
    }
}

fn made(row: &appeal::Model) -> AppealReply {
    reply(Reply::Made(AppealMade {
        appeal: AppealId::new(row.id).to_bytes(),
        deadline_ms: row.deadline_ms,
    }))
}

const fn reply(outcome: Reply) -> AppealReply {
    AppealReply {
        outcome: Some(outcome),
    }
}

/// Moderators learn no finer time than the hour.
const fn whole_hour(at_ms: i64) -> i64 {
    at_ms - at_ms.rem_euclid(runtime::HOUR_MS)
}
