//! What comes of an appeal.

use contract::common::Occasion;
use contract::moderation::{Kind, Outcome};
use store::Tx;

use super::appeals::{self, Open};
use super::telling::{Told, rule};
use crate::copies::destroy;
use crate::domain::{Ruling, Verdict};
use crate::store::{appeal, case_file, content, copy, decision, logged, recusal, tally};
use crate::{Moderation, ModerationFault};

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
                self.end(tx, &case, &decision, other, verdict, now_ms)
                    .await?;
            }
            if decision.is_restrictive() {
                self.undo(tx, &case, &decision, content, now_ms).await?;
            } else {
                self.reopen(tx, &decision, content, now_ms).await?;
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

    /// What was taken is given back, unless it was ruled anew meanwhile.
    async fn undo(
        &self,
        tx: &Tx,
        case: &case_file::Model,
        decision: &decision::Model,
        content: Option<content::Model>,
        now_ms: i64,
    ) -> Result<(), ModerationFault> {
        let stays = content
            .as_ref()
            .is_some_and(|content| content.ruled_by == Some(decision.id));
        if !stays {
            settle(tx, decision, content).await?;
        } else if let Some(content) = content {
            let mut stands: Ruling = content.stands();
            stands.reverse(&decision.removed());
            let content = content::Model {
                // Of a notice posts tells that it is shown again.
                state: match content.kind() {
                    Kind::Comment => content::SHOWN,
                    _ => content.state,
                },
                ..content
            };
            rule(tx, content, &stands).await?;
        }
        self.restrain(tx, case.neighbourhood, case.author, now_ms)
            .await
    }

    /// Nothing was taken, and somebody else is to look again: nothing is taken without a person who decides so.
    async fn reopen(
        &self,
        tx: &Tx,
        decision: &decision::Model,
        content: Option<content::Model>,
        now_ms: i64,
    ) -> Result<(), ModerationFault> {
        let shown = content.filter(|content| content.state == content::SHOWN);
        let Some(content) = shown else {
            return Ok(());
        };
        let again = self
            .reconsider(tx, &content, now_ms, |agenda| agenda.reported(now_ms))
            .await?;
        if let Some(again) = again {
            let row = recusal::Model {
                neighbourhood: again.neighbourhood,
                case_id: again.id,
                moderator: decision.decider,
            };
            recusal::keep(tx, row).await?;
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
