//! Deciding a case.

use contract::common::{Measure, Occasion};
use contract::moderation::{DecideCaseRequest, Decision, Outcome};
use contract::{MediaId, ResidentId};
use runtime::DAY_MS;
use sea_orm::prelude::Uuid;
use store::Tx;

use super::cases::there_is_to_read;
use super::opening::ended;
use super::telling::{Told, appeal_until_ms, rule};
use super::{Call, locked_case, ties};
use crate::domain::{Asked, Conflict, Decided, Restraint, Times, decide, is_about_people};
use crate::store::{case_file, content, decision, logged, report, tally};
use crate::{Moderation, ModerationFault};

impl Moderation {
    pub(super) async fn do_decide_case(
        &self,
        call: &Call,
        asked: DecideCaseRequest,
    ) -> Result<Decision, ModerationFault> {
        let moderator = self.moderator(call)?;
        let (me, now_ms) = (moderator.resident, call.now_ms);
        let tx = self.parts.store.begin().await?;
        let (content, case) = locked_case(&tx, &moderator, &asked.case).await?;
        let asked = read(asked)?;
        if case.closing == case_file::DECIDED {
            return self.decided_before(&tx, &case, me, &asked).await;
        }
        let ties = ties(&tx, &case, me).await?;
        let to_read = there_is_to_read(&tx, content.as_ref(), &case).await?;
        case.case().decidable(me, ties, to_read, now_ms)?;
        let content = content.ok_or(Conflict::WrongState)?;
        let pictures = content.pictures();
        let decided = decide(&asked, content.subject(&pictures), now_ms)?;
        let row = self
            .decision(&tx, &case, (me, None), &decided, asked.version, now_ms)
            .await?;
        let waited = case.agenda().is_waiting();
        let case = ended(&tx, case, case_file::DECIDED, now_ms).await?;
        if decided.restrictive {
            let key = (case.neighbourhood, case.id);
            self.keep_copy(&tx, key, &asked.read, row.appeal_until_ms)
                .await?;
        }
        let mut stands = content.stands();
        stands.decide(decided.measure, asked.version, &decided.removed);
        let content = content::Model {
            // Nobody reports it meanwhile; posts says how it goes on.
            state: match decided.measure {
                Measure::Remove => content::REMOVED,
                Measure::AskForEdit => content::HELD,
                _ => content.state,
            },
            ruled_by: Some(row.id),
            ..content
        };
        rule(&tx, content, &stands).await?;
        if decided.restraint != Restraint::default() {
            self.restrain(&tx, case.neighbourhood, case.author, now_ms)
                .await?;
        }
        self.tell_of(&tx, &case, &row, waited, now_ms).await?;
        let took = Times::class(now_ms - case.opened_at_ms);
        tally::count(&tx, case.neighbourhood, now_ms, tally::TIME, took, 0).await?;
        tx.commit().await?;
        self.active(case.neighbourhood, now_ms).await?;
        Ok(row.wire())
    }

    /// Keeps a decision, by a moderator and perhaps on a proposal; logs it and counts it.
    pub(super) async fn decision(
        &self,
        tx: &Tx,
        case: &case_file::Model,
        by: (ResidentId, Option<Uuid>),
        decided: &Decided,
        version: i64,
        now_ms: i64,
    ) -> Result<decision::Model, ModerationFault> {
        let entropy = &self.parts.entropy;
        let drawn = || contract::StatementId::from_random(entropy.bytes()).uuid();
        let paused = decided.restraint.paused_until_ms > 0;
        let entry = logged::Model {
            neighbourhood: case.neighbourhood,
            id: drawn(),
            day: now_ms.div_euclid(DAY_MS),
            kind: case.kind,
            category: case.category,
            measure: decided.measure.into(),
            rule: decided.rule.into(),
            ground: decided.ground.into(),
            paused,
            appeal: Outcome::NoOutcome.into(),
        };
        let mut row = decision::Model {
            neighbourhood: case.neighbourhood,
            id: drawn(),
            case_id: case.id,
            proposal: by.1,
            version,
            measure: entry.measure,
            pictures_removed: Vec::new(),
            paused_until_ms: decided.restraint.paused_until_ms,
            people_until_ms: decided.restraint.people_until_ms,
            rule: entry.rule,
            ground: entry.ground,
            facts: decided.facts.clone(),
            decider: by.0.uuid(),
            decided_at_ms: now_ms,
            appeal_until_ms: appeal_until_ms(now_ms),
            outcome: Outcome::NoOutcome.into(),
            logged: entry.id,
        };
        row.set_removed(&decided.removed);
        let hood = case.neighbourhood;
        tally::count(tx, hood, now_ms, tally::DECISION, row.rule, row.measure).await?;
        if is_about_people(case.category) && by.1.is_none() {
            tally::count(tx, hood, now_ms, tally::PEOPLE, case.category, row.measure).await?;
        }
        logged::insert(tx, entry).await?;
        decision::insert(tx, row.clone()).await?;
        Ok(row)
    }

    /// The author is told of what was taken from them, and of what they waited for: not that somebody reported them in vain.
    /// Whoever reported is told in any case.
    async fn tell_of(
        &self,
        tx: &Tx,
        case: &case_file::Model,
        row: &decision::Model,
        waited: bool,
        now_ms: i64,
    ) -> Result<(), ModerationFault> {
        if row.is_restrictive() || waited {
            let told = Told::new(case, Occasion::Decision).by(row).to(case.author);
            self.tell(tx, told, now_ms).await?;
        }
        for (reporter, reply_to) in report::who_in(tx, case.neighbourhood, case.id).await? {
            let statement = Told::new(case, Occasion::ReportDecided).by(row);
            self.tell(tx, statement.to(reporter).or_to(reply_to), now_ms)
                .await?;
        }
        Ok(())
    }

    /// The same decision again is answered as it was.
    async fn decided_before(
        &self,
        tx: &Tx,
        case: &case_file::Model,
        me: ResidentId,
        asked: &Asked,
    ) -> Result<Decision, ModerationFault> {
        let rows = decision::of_case(&**tx, case.neighbourhood, case.id).await?;
        let first = rows.into_iter().find(|row| row.proposal.is_none());
        let same = first.filter(|row| {
            row.decider == me.uuid()
                && row.version == asked.version
                && row.measure() == asked.measure
                && row.rule() == asked.rule
                && row.ground() == asked.ground
                && crate::domain::facts(&asked.facts).as_ref() == Ok(&row.facts)
                && row.removed() == sorted(&asked.removed)
                && days_paused(row) == i64::from(asked.pause_days)
        });
        Ok(same.ok_or(Conflict::WrongState)?.wire())
    }
}

const fn days_paused(row: &decision::Model) -> i64 {
    if row.paused_until_ms == 0 {
        0
    } else {
        (row.paused_until_ms - row.decided_at_ms) / DAY_MS
    }
}

fn sorted(ids: &[MediaId]) -> Vec<MediaId> {
    let mut ids = ids.to_vec();
    ids.sort_unstable();
    ids.dedup();
    ids
}

fn read(asked: DecideCaseRequest) -> Result<Asked, ModerationFault> {
    Ok(Asked {
        version: i64::try_from(asked.version).unwrap_or(i64::MAX),
        measure: asked.measure(),
        removed: asked
            .pictures_removed
            .iter()
            .map(|id| MediaId::from_bytes(id))
            .collect::<Result<_, _>>()?,
        pause_days: asked.pause_days,
        rule: asked.rule(),
        ground: asked.ground(),
        facts: asked.facts,
        read: asked.read.to_vec(),
    })
}
