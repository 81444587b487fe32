//! What is kept of a resident: given out, and erased.

use contract::common::{Empty, ExportPart, ExportReply, ResidentRequest};
use contract::moderation::view::What;
use contract::{MediaId, NeighbourhoodId, PostId, ResidentId};
use runtime::DAY_MS;
use sea_orm::prelude::Uuid;
use serde_json::{Value, json};
use store::Tx;

use super::{Call, statements};
use crate::copies::destroy;
use crate::store::{
    CLIENT_KEYS, Keyed, appeal, case_file, concerning, content, decision, proposal, raised_limit,
    recusal, report, reporter, restraint, statement, viewing,
};
use crate::{Moderation, ModerationFault};

impl Moderation {
    pub(super) async fn do_export(
        &self,
        call: &Call,
        asked: ResidentRequest,
    ) -> Result<ExportReply, ModerationFault> {
        let resident = call.caller.whose(&asked.resident)?;
        Ok(ExportReply {
            parts: vec![
                part(
                    "moderation/statements.json",
                    &self.statements_of(resident, call.now_ms).await?,
                ),
                part("moderation/reports.json", &self.reports_of(resident).await?),
                part("moderation/appeals.json", &self.appeals_of(resident).await?),
                part("moderation/views.json", &self.views_of(resident).await?),
                part(
                    "moderation/restraints.json",
                    &self.restraints_of(resident).await?,
                ),
            ],
        })
    }

    async fn statements_of(
        &self,
        resident: ResidentId,
        now_ms: i64,
    ) -> Result<Vec<Value>, ModerationFault> {
        let on = self.parts.store.read();
        let mut told = Vec::new();
        for row in statement::of(on, resident, None, None).await? {
            let read = statements::wire(on, &row, now_ms).await?;
            let decision = read.decision.as_ref().map(|decision| {
                json!({
                    "measure": decision.measure().as_str_name(),
                    "rule": decision.rule().as_str_name(),
                    "ground": decision.ground().as_str_name(),
                    "facts": decision.facts,
                    "pausedUntilMs": decision.paused_until_ms,
                    "peopleUntilMs": decision.people_until_ms,
                    "automated": decision.automated,
                })
            });
            told.push(json!({
                "neighbourhood": hood(row.neighbourhood),
                "occasion": read.occasion().as_str_name(),
                "content": PostId::from_bytes(&read.content)?.to_string(),
                "kind": read.kind().as_str_name(),
                "category": read.category().as_str_name(),
                "decision": decision,
                "appeal": read.appeal().as_str_name(),
                "appealFacts": read.appeal_facts,
                "dayMs": read.day_ms,
                "appealUntilMs": read.appeal_until_ms,
            }));
        }
        Ok(told)
    }

    async fn reports_of(&self, resident: ResidentId) -> Result<Vec<Value>, ModerationFault> {
        let rows = report::everything_by(self.parts.store.read(), resident).await?;
        let told = rows.iter().map(|row| {
            json!({
                "neighbourhood": hood(row.neighbourhood),
                "reason": row.reason().as_str_name(),
                "explanation": row.explanation,
                "goodFaith": row.good_faith,
                "picture": row.picture.map(|id| MediaId::new(id).to_string()),
                "madeAtMs": row.made_at_ms,
            })
        });
        Ok(told.collect())
    }

    async fn appeals_of(&self, resident: ResidentId) -> Result<Vec<Value>, ModerationFault> {
        let rows = appeal::everything_by(self.parts.store.read(), resident).await?;
        let told = rows.iter().map(|row| {
            json!({
                "neighbourhood": hood(row.neighbourhood),
                "text": row.text(),
                "madeAtMs": row.made_at_ms,
                "deadlineMs": row.deadline_ms,
                "outcome": row.outcome().as_str_name(),
                "facts": row.facts(),
            })
        });
        Ok(told.collect())
    }

    async fn views_of(&self, resident: ResidentId) -> Result<Vec<Value>, ModerationFault> {
        let rows = viewing::of(self.parts.store.read(), resident).await?;
        let told = rows.iter().map(|row| {
            json!({
                "neighbourhood": hood(row.neighbourhood),
                "what": What::try_from(row.what).unwrap_or(What::Unspecified).as_str_name(),
                "dayMs": row.day * DAY_MS,
                "by": "a moderator",
            })
        });
        Ok(told.collect())
    }

    async fn restraints_of(&self, resident: ResidentId) -> Result<Vec<Value>, ModerationFault> {
        let rows = restraint::everything_of(self.parts.store.read(), resident).await?;
        let told = rows.iter().map(|row| {
            json!({
                "neighbourhood": hood(row.neighbourhood),
                "pausedUntilMs": row.paused_until_ms,
                "peopleUntilMs": row.people_until_ms,
            })
        });
        Ok(told.collect())
    }

    pub(super) async fn do_erase(
        &self,
        call: &Call,
        asked: ResidentRequest,
    ) -> Result<Empty, ModerationFault> {
        self.erase_everything_of(call.caller.whose(&asked.resident)?)
            .await?;
        Ok(Empty {})
    }

    /// Forgets who a resident was in everything that stays: what was decided stays without its author and without a word of it,
    /// and what they decided without them. Doing it again changes nothing.
    pub(crate) async fn erase_everything_of(
        &self,
        resident: ResidentId,
    ) -> Result<(), ModerationFault> {
        let (entropy, now_ms) = (&self.parts.entropy, self.parts.clock.now_ms());
        let tx = self.parts.store.begin().await?;
        hold(&tx, resident).await?;
        // Nothing is left to decide about what they wrote.
        for (hood, id) in concerning::written(&tx, resident).await? {
            if let Some(content) = content::Entity::by_id(&*tx, hood, id).await? {
                self.close_about(&tx, &content, now_ms).await?;
                let gone = content::Model {
                    state: content::GONE,
                    public_until_ms: 0,
                    ..content
                };
                content::update(&tx, gone).await?;
            }
        }
        content::forget_author(&tx, resident).await?;
        for case in case_file::by_author(&*tx, resident).await? {
            let (hood, id) = (case.neighbourhood, case.id);
            destroy(&tx, hood, id).await?;
            let open = proposal::open_about(&tx, hood, id).await?;
            proposal::end(&tx, open.into_iter().collect(), now_ms).await?;
            decision::forget_facts(&tx, hood, id).await?;
            proposal::forget_facts(&tx, hood, id).await?;
            appeal::forget_words(&tx, hood, id).await?;
            report::forget_explanations(&tx, hood, id).await?;
        }
        case_file::forget_resident(&tx, resident).await?;
        report::forget_reporter(&tx, resident).await?;
        recusal::delete(&tx, resident).await?;
        decision::Entity::forget_who(&tx, decision::Column::Decider, resident, entropy).await?;
        appeal::forget_resident(&tx, resident, entropy).await?;
        for who in [proposal::Column::Proposer, proposal::Column::Approver] {
            proposal::Entity::forget_who(&tx, who, resident, entropy).await?;
        }
        for who in [
            raised_limit::Column::Proposer,
            raised_limit::Column::Approver,
        ] {
            raised_limit::Entity::forget_who(&tx, who, resident, entropy).await?;
        }
        statement::delete_to(&tx, resident).await?;
        restraint::delete(&tx, resident).await?;
        viewing::delete(&tx, resident).await?;
        CLIENT_KEYS
            .forget_those_of(&tx, resident.to_bytes().to_vec())
            .await?;
        Ok(tx.commit().await?)
    }
}

/// Locks what an erasure changes, in the order in which everybody locks: contents, who reports, cases; each by their ids.
async fn hold(tx: &Tx, resident: ResidentId) -> Result<(), ModerationFault> {
    let cases = concerning::cases(tx, resident).await?;
    let mut contents = concerning::written(tx, resident).await?;
    for (neighbourhood, case) in &cases {
        let case = case_file::Entity::by_id(&**tx, *neighbourhood, *case).await?;
        contents.extend(case.map(|case| (case.neighbourhood, case.content)));
    }
    for (neighbourhood, content) in contents {
        content::Entity::lock(tx, neighbourhood, content).await?;
    }
    reporter::delete(tx, resident.uuid().as_bytes()).await?;
    for (neighbourhood, case) in cases {
        case_file::Entity::lock(tx, neighbourhood, case).await?;
    }
    Ok(())
}

fn hood(id: Uuid) -> String {
    NeighbourhoodId::new(id).to_string()
}

fn part(name: &str, value: &[Value]) -> ExportPart {
    ExportPart {
        name: name.to_owned(),
        json: json!(value).to_string().into_bytes().into(),
    }
}
