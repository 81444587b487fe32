//! Looking at cases, taking them, giving them back.

use contract::common::Empty;
use contract::moderation::view::What;
use contract::moderation::{Case, CaseRequest, ListCasesReply, ListCasesRequest, Reported};
use contract::{
    CaseId, MediaId, NeighbourhoodId, PAGE_AT_MOST, PostId, ResidentId, cut, page_size,
};
use runtime::HOUR_MS;
use store::Tx;

use super::list::List;
use super::{Call, locked_case, ties};
use crate::domain::{CLAIM_MS, Claim, Conflict, READ_AT_MOST, to_read};
use crate::store::{case_file, content, recusal, report, viewing};
use crate::{Moderation, ModerationFault};

impl Moderation {
    pub(super) async fn do_list_cases(
        &self,
        call: &Call,
        asked: ListCasesRequest,
    ) -> Result<ListCasesReply, ModerationFault> {
        let hood = NeighbourhoodId::from_bytes(&asked.neighbourhood)?;
        let moderator = self.moderator_of(call, hood)?;
        let first = page_size(asked.first, PAGE_AT_MOST)?;
        let list = List::new(self, "cases", hood.uuid(), asked.lane);
        let after = list.after(&asked.after)?;
        self.active(hood.uuid(), call.now_ms).await?;
        let on = self.parts.store.read();
        let limit = first as u64 + 1;
        let mut rows = case_file::list(on, hood, moderator, asked.lane(), after, limit).await?;
        let has_next = cut(&mut rows, first);
        let about = content::find_all(on, hood, rows.iter().map(|row| row.content)).await?;
        let seen = |row: &case_file::Model| {
            let about = about.iter().find(|content| content.id == row.content);
            wire(row, about, moderator, call.now_ms)
        };
        Ok(ListCasesReply {
            cursors: rows
                .iter()
                .map(|row| list.seal(row.deadline_ms, row.id))
                .collect(),
            cases: rows.iter().map(seen).collect(),
            has_next,
        })
    }

    /// Whoever reads a case may read what was reported in it: those whose words they are can see that somebody did. What is
    /// decided nobody has to read any more.
    pub(super) async fn do_get_case(
        &self,
        call: &Call,
        asked: CaseRequest,
    ) -> Result<Case, ModerationFault> {
        let moderator = self.moderator(call)?;
        let tx = self.parts.store.begin().await?;
        let (content, case) = locked_case(&tx, &moderator, &asked.case).await?;
        is_open(&case)?;
        ties(&tx, &case, moderator.resident).await?.none()?;
        let seen = self
            .seen(&tx, content.as_ref(), &case, moderator.resident, call)
            .await?;
        tx.commit().await?;
        Ok(seen)
    }

    pub(super) async fn do_claim_case(
        &self,
        call: &Call,
        asked: CaseRequest,
    ) -> Result<Case, ModerationFault> {
        let moderator = self.moderator(call)?;
        let tx = self.parts.store.begin().await?;
        let (content, mut case) = locked_case(&tx, &moderator, &asked.case).await?;
        let ties = ties(&tx, &case, moderator.resident).await?;
        let to_read = there_is_to_read(&tx, content.as_ref(), &case).await?;
        let claim = case
            .case()
            .claim(moderator.resident, ties, to_read, call.now_ms)?;
        case.set_claim(Some(claim));
        case_file::update(&tx, case.clone()).await?;
        let seen = self
            .seen(&tx, content.as_ref(), &case, moderator.resident, call)
            .await?;
        tx.commit().await?;
        self.active(case.neighbourhood, call.now_ms).await?;
        Ok(seen)
    }

    pub(super) async fn do_return_case(
        &self,
        call: &Call,
        asked: CaseRequest,
    ) -> Result<Empty, ModerationFault> {
        let moderator = self.moderator(call)?;
        let tx = self.parts.store.begin().await?;
        let (_, case) = locked_case(&tx, &moderator, &asked.case).await?;
        let_go(&tx, case, moderator.resident, call.now_ms).await?;
        tx.commit().await?;
        Ok(Empty {})
    }

    pub(super) async fn do_recuse(
        &self,
        call: &Call,
        asked: CaseRequest,
    ) -> Result<Empty, ModerationFault> {
        let moderator = self.moderator(call)?;
        let tx = self.parts.store.begin().await?;
        let (_, case) = locked_case(&tx, &moderator, &asked.case).await?;
        is_open(&case)?;
        let row = recusal::Model {
            neighbourhood: case.neighbourhood,
            case_id: case.id,
            moderator: moderator.resident.uuid(),
        };
        recusal::keep(&tx, row).await?;
        let_go(&tx, case, moderator.resident, call.now_ms).await?;
        tx.commit().await?;
        Ok(Empty {})
    }

    /// The whole of a case, and the record that somebody looked at it.
    async fn seen(
        &self,
        tx: &Tx,
        content: Option<&content::Model>,
        case: &case_file::Model,
        moderator: ResidentId,
        call: &Call,
    ) -> Result<Case, ModerationFault> {
        let (hood, today) = (case.neighbourhood, self.parts.clock.today());
        let reports = report::first_in(tx, hood, case.id, READ_AT_MOST).await?;
        let all = report::count_in(tx, hood, case.id).await?;
        viewing::keep(tx, hood, case.author, today, What::Written).await?;
        for report in &reports {
            viewing::keep(tx, hood, report.reporter, today, What::Reported).await?;
        }
        Ok(Case {
            reports: reports.iter().map(reported).collect(),
            reports_more: u32::try_from(all - reports.len() as u64).unwrap_or(u32::MAX),
            ..wire(case, content, moderator, call.now_ms)
        })
    }
}

/// How much a moderator reads in a case now.
pub(super) async fn there_is_to_read(
    tx: &Tx,
    content: Option<&content::Model>,
    case: &case_file::Model,
) -> Result<u64, ModerationFault> {
    let reports = report::count_in(tx, case.neighbourhood, case.id).await?;
    let hidden = content.map_or(0, |content| content.stands().hidden.len());
    Ok(to_read(reports, hidden))
}

fn is_open(case: &case_file::Model) -> Result<(), Conflict> {
    if case.closing == case_file::OPEN {
        Ok(())
    } else {
        Err(Conflict::WrongState)
    }
}

/// A case that is theirs is everybody's again.
async fn let_go(
    tx: &Tx,
    mut case: case_file::Model,
    moderator: ResidentId,
    now_ms: i64,
) -> Result<(), ModerationFault> {
    let held = case.case().held(now_ms);
    if held.is_some_and(|claim| claim.by == moderator) {
        case.set_claim(None);
        case_file::update(tx, case).await?;
    }
    Ok(())
}

fn reported(report: &report::Model) -> Reported {
    Reported {
        reason: report.reason,
        explanation: report.explanation.clone().unwrap_or_default(),
        picture: report
            .picture
            .map(|id| MediaId::new(id).to_bytes())
            .unwrap_or_default(),
        by_visitor: report.reporter.is_none(),
        hour_ms: hour(report.made_at_ms),
    }
}

fn wire(
    case: &case_file::Model,
    content: Option<&content::Model>,
    reader: ResidentId,
    now_ms: i64,
) -> Case {
    let claim = case.case().held(now_ms);
    let bytes = |ids: Vec<MediaId>| ids.iter().map(|id| id.to_bytes()).collect();
    Case {
        id: CaseId::new(case.id).to_bytes(),
        neighbourhood: NeighbourhoodId::new(case.neighbourhood).to_bytes(),
        content: PostId::new(case.content).to_bytes(),
        kind: case.kind,
        post: content
            .and_then(|content| content.parent)
            .map(|id| PostId::new(id).to_bytes())
            .unwrap_or_default(),
        category: case.category,
        causes: case.agenda().causes.iter().map(i32::from).collect(),
        opened_ms: hour(case.opened_at_ms),
        deadline_ms: case.deadline_ms,
        version: content.map_or(0, |content| content.version.unsigned_abs()),
        pictures: content.map(|row| bytes(row.pictures())).unwrap_or_default(),
        pictures_hidden: content
            .map(|row| bytes(row.stands().hidden))
            .unwrap_or_default(),
        reports: Vec::new(),
        reports_more: 0,
        claimed_until_ms: claim.map_or(0, |claim| until(claim, reader)),
        claimed_by_me: claim.is_some_and(|claim| claim.by == reader),
        author: case
            .author
            .map(|id| ResidentId::new(id).to_bytes())
            .unwrap_or_default(),
    }
}

/// Until when a claim holds; of another's not when it began.
fn until(claim: Claim, reader: ResidentId) -> i64 {
    if claim.by == reader {
        claim.until_ms
    } else {
        let late_ms = claim.until_ms + CLAIM_MS - 1;
        late_ms - late_ms.rem_euclid(CLAIM_MS)
    }
}

/// Moderators learn no finer time.
const fn hour(at_ms: i64) -> i64 {
    at_ms - at_ms.rem_euclid(HOUR_MS)
}
