//! What comes of an appeal.

use std::collections::HashSet;

use contract::MediaId;
use contract::common::Occasion;
use contract::moderation::{Kind, Outcome, Rule};
use sea_orm::prelude::Uuid;
use store::Tx;

use super::appeals::{self, Open};
use super::telling::{Told, rule};
use crate::copies::destroy;
use crate::domain::{Agenda, Restraint, Verdict};
use crate::store::{
    appeal, case_file, content, copy, decision, logged, proposal, recusal, report, tally,
};
use crate::{Moderation, ModerationFault};

/// A resident, or under what identity keeps a visitor's address.
type Addressee = (Option<Uuid>, Option<Uuid>);

impl Moderation {
    /// Nobody decided an appeal in time: it succeeds. Nothing where somebody did meanwhile.
    pub(crate) async fn succeed(
        &self,
        found: appeal::Model,
        now_ms: i64,
    ) -> Result<(), ModerationFault> {
        let tx = self.parts.store.begin().await?;
        let open = appeals::open(&tx, found).await?;
        if open.appeal.outcome() == Outcome::NoOutcome {
            let hood = open.case.neighbourhood;
            tally::count(&tx, hood, now_ms, tally::LAPSE, 0, 0).await?;
            self.conclude(&tx, open, Verdict::Reversed, now_ms).await?;
        }
        Ok(tx.commit().await?)
    }

    /// What follows from an appeal: what was decided stays for good, or is undone.
    pub(super) async fn conclude(
        &self,
        tx: &Tx,
        open: Open,
        verdict: Verdict,
        now_ms: i64,
    ) -> Result<(), ModerationFault> {
        let Open {
            content,
            case,
            appeal,
            decision,
        } = open;
        let hood = case.neighbourhood;
        let (on, by_a_person) = (appeal.id, appeal.decider.is_some());
        let mut appellants = vec![by(&appeal)];
        self.end(tx, &case, &decision, appeal, verdict, now_ms)
            .await?;
        decision::set_outcome(tx, &decision, verdict.outcome()).await?;
        logged::set_appeal(tx, hood, decision.logged, verdict.outcome()).await?;
        if verdict == Verdict::Upheld {
            settle(tx, &decision, content).await?;
        } else {
            tally::count(tx, hood, now_ms, tally::REVERSAL, 0, 0).await?;
            // Others who appealed against the same have what they asked for.
            for other in appeal::open_against(tx, hood, decision.id).await? {
                appellants.push(by(&other));
                self.end(tx, &case, &decision, other, verdict, now_ms)
                    .await?;
            }
            let before = (&case, &decision);
            if decision.is_restrictive() {
                let by = by_a_person.then_some(on);
                self.undo(tx, before, by, content, now_ms).await?;
            } else if let Some(content) = content.filter(|it| it.state == content::SHOWN) {
                // Nothing was taken, and somebody else is to look again: nothing is taken without a person who decides so.
                let theirs = |said: &report::Model| appellants.contains(&from(said));
                self.reopen(tx, before, theirs, &content, Agenda::reported, now_ms)
                    .await?;
            }
        }
        self.spare_copy(tx, &case, now_ms).await
    }

    /// An appeal is decided, and who made it is told.
    async fn end(
        &self,
        tx: &Tx,
        case: &case_file::Model,
        decision: &decision::Model,
        appeal: appeal::Model,
        verdict: Verdict,
        now_ms: i64,
    ) -> Result<(), ModerationFault> {
        let told = Told::new(case, Occasion::AppealDecided)
            .by(decision)
            .on(appeal.id)
            .to(appeal.appellant)
            .or_to(appeal.reply_to);
        self.tell(tx, told, now_ms).await?;
        let row = appeal::Model {
            outcome: verdict.outcome().into(),
            decided_at_ms: Some(now_ms),
            ..appeal
        };
        Ok(appeal::update(tx, row).await?)
    }

    /// What was taken is given back: the measure unless it was ruled anew meanwhile, pictures unless another decision took them
    /// out as well. Nobody is suspended for it either. `on`: the appeal, where a person decided it.
    async fn undo(
        &self,
        tx: &Tx,
        (case, decision): (&case_file::Model, &decision::Model),
        on: Option<Uuid>,
        content: Option<content::Model>,
        now_ms: i64,
    ) -> Result<(), ModerationFault> {
        if let Some(content) = content {
            let others = decision::others_about(tx, decision, content.id).await?;
            let stand = others
                .iter()
                .filter(|other| other.outcome() != Outcome::Reversed);
            let by_others: Vec<_> = stand.flat_map(decision::Model::removed).collect();
            let mut stands = content.stands();
            let back = stands.give_back(&decision.removed(), &by_others);
            // Whoever is in a picture does not pay for moderators who were away: it is shown when a person decides so.
            let stays_hidden = on.is_none() && decision.rule() == Rule::Depiction;
            if stays_hidden {
                for picture in &back {
                    stands.hide(*picture);
                }
            }
            let is_last = content.ruled_by == Some(decision.id);
            let mut content = content;
            if is_last {
                stands.reverse();
                // Of a notice posts tells that it is shown again.
                if content.kind() == Kind::Comment {
                    content.state = content::SHOWN;
                }
            }
            if is_last || !back.is_empty() {
                content = rule(tx, content, &stands).await?;
            }
            let is_of_one = |said: &report::Model| {
                said.picture
                    .is_some_and(|picture| back.contains(&MediaId::new(picture)))
            };
            if stays_hidden && !back.is_empty() && content.state != content::GONE {
                let before = (case, decision);
                self.reopen(tx, before, is_of_one, &content, Agenda::depicted, now_ms)
                    .await?;
            } else if let Some(appeal) = on {
                self.tell_who_is_in_them(tx, (case, decision), appeal, is_of_one, now_ms)
                    .await?;
            }
        }
        let proposed = proposal::open_about(tx, case.neighbourhood, case.id).await?;
        proposal::end(tx, proposed.into_iter().collect(), now_ms).await?;
        if decision.restraint() == Restraint::default() {
            return Ok(());
        }
        self.restrain(tx, case.neighbourhood, case.author, now_ms)
            .await
    }

    /// Pictures are back that somebody said they are in: they learn so, and why.
    async fn tell_who_is_in_them(
        &self,
        tx: &Tx,
        (case, decision): (&case_file::Model, &decision::Model),
        appeal: Uuid,
        is_of_one: impl Fn(&report::Model) -> bool,
        now_ms: i64,
    ) -> Result<(), ModerationFault> {
        let reports = report::of_case(&**tx, case.neighbourhood, case.id).await?;
        let who: HashSet<_> = reports
            .iter()
            .filter(|it| is_of_one(it))
            .map(from)
            .collect();
        for (reporter, reply_to) in who {
            let told = Told::new(case, Occasion::ReportDecided);
            let told = told.by(decision).on(appeal).to(reporter).or_to(reply_to);
            self.tell(tx, told, now_ms).await?;
        }
        Ok(())
    }

    /// Somebody else is to look again. Some of what had been said goes with it, so that who decides reads it and who said so is
    /// told; whoever decided, reported or stood back before is out of it again.
    async fn reopen(
        &self,
        tx: &Tx,
        (before, decision): (&case_file::Model, &decision::Model),
        goes_along: impl Fn(&report::Model) -> bool,
        content: &content::Model,
        why: impl FnOnce(&mut Agenda, i64),
        now_ms: i64,
    ) -> Result<(), ModerationFault> {
        let again = self
            .reconsider(tx, content, now_ms, |agenda| why(agenda, now_ms))
            .await?;
        let Some(again) = again else {
            return Ok(());
        };
        let hood = again.neighbourhood;
        let reports = report::of_case(&**tx, hood, before.id).await?;
        let mut out = recusal::of_case(&**tx, hood, before.id).await?;
        out.push(decision.decider);
        out.extend(reports.iter().filter_map(|report| report.reporter));
        for moderator in out {
            let row = recusal::Model {
                neighbourhood: hood,
                case_id: again.id,
                moderator,
            };
            recusal::keep(tx, row).await?;
        }
        let said = report::of_case(&**tx, hood, again.id).await?;
        for report in reports {
            let same = |said: &report::Model| {
                (from(said), said.picture) == (from(&report), report.picture)
            };
            if goes_along(&report) && !said.iter().any(same) {
                report::carry(tx, &report, again.id).await?;
            }
        }
        Ok(())
    }

    /// A copy goes once nobody can appeal any more against anything that was decided in its case.
    pub(super) async fn spare_copy(
        &self,
        tx: &Tx,
        case: &case_file::Model,
        now_ms: i64,
    ) -> Result<(), ModerationFault> {
        let hood = case.neighbourhood;
        if copy::find(&**tx, hood, case.id).await?.is_none() {
            return Ok(());
        }
        for row in decision::of_case(&**tx, hood, case.id).await? {
            let may_be_appealed = row.outcome() == Outcome::NoOutcome
                && row.is_restrictive()
                && row.appeal_until_ms > now_ms;
            let appealed = appeal::open_against(tx, hood, row.id).await?;
            if may_be_appealed || !appealed.is_empty() {
                return Ok(());
            }
        }
        destroy(tx, hood, case.id).await
    }
}

const fn by(appeal: &appeal::Model) -> Addressee {
    (appeal.appellant, appeal.reply_to)
}

const fn from(report: &report::Model) -> Addressee {
    (report.reporter, report.reply_to)
}

/// Nobody can appeal any more against that pictures were taken out, and they do not come back: they go for good.
async fn settle(
    tx: &Tx,
    decision: &decision::Model,
    content: Option<content::Model>,
) -> Result<(), ModerationFault> {
    if let Some(content) = content {
        let mut stands = content.stands();
        if stands.settle(&decision.removed()) {
            rule(tx, content, &stands).await?;
        }
    }
    Ok(())
}
