//! What moderators do, and what those do who were told of it.

use contract::common::Measure;
use contract::moderation::moderation_server::Moderation as _;
use contract::moderation::{
    AppealRequest, Case, CaseRequest, DecideAppealRequest, DecideCaseRequest,
    DecideProposalRequest, Ground, Lane, ListCasesRequest, ListStatementsRequest, Outcome,
    ProposeSuspensionRequest, Rule, Statement, appeal_reply,
};

use crate::faults::{Lost, asked};
use crate::people::{ACTORS, Person, word};
use crate::steps::Step;
use crate::story::{Broken, Story, answered};

impl Story {
    pub async fn claim(&mut self, who: usize, index: usize, lost: Lost) -> Result<(), Broken> {
        let person = self.people[who].clone();
        if !person.moderator {
            return Ok(());
        }
        let caller = self.caller(&person);
        let request = ListCasesRequest {
            neighbourhood: self.house.here.to_bytes(),
            lane: Lane::Every.into(),
            first: 50,
            ..ListCasesRequest::default()
        };
        let listed = self
            .house
            .moderation
            .list_cases(caller.request(request))
            .await;
        let Some(listed) = self.answer((listed, false), "list_cases")? else {
            return Ok(());
        };
        if listed.cases.is_empty() {
            return Ok(());
        }
        let case = listed.cases[index % listed.cases.len()].id.clone();
        let asking = || {
            let case = case.clone();
            let request = caller.request(CaseRequest { case });
            self.house.moderation.claim_case(request)
        };
        if let Some(case) = self.answer(asked(lost, asking).await, "claim_case")? {
            self.claimed.push((person, case));
        }
        Ok(())
    }

    /// Something that is said of what somebody wrote, once.
    pub fn facts(&self, case: &Case) -> String {
        let about = self.notices.iter().find(|notice| notice.id == case.content);
        let mark = about.map_or("nobody", |notice| &notice.author.mark);
        format!("Of {mark} it is said so: {}.", word(&self.house, "fx"))
    }

    /// One of the cases that were claimed lately.
    pub fn claimed(&self, index: usize) -> Option<(Person, Case)> {
        let claimed = self.claimed.iter().rev().filter(|it| self.lives(&it.0));
        let lately: Vec<_> = claimed.take(3).collect();
        (!lately.is_empty()).then(|| lately[index % lately.len()].clone())
    }

    pub async fn decide(&mut self, step: &Step) -> Result<(), Broken> {
        let Step::Decide {
            claimed,
            measure,
            pictures,
            days,
            lost,
        } = step
        else {
            return Ok(());
        };
        let Some((by, case)) = self.claimed(*claimed) else {
            return Ok(());
        };
        let takes =
            *measure != Measure::Keep || *days > 0 || *pictures && !case.pictures.is_empty();
        let facts = self.facts(&case);
        let request = DecideCaseRequest {
            case: case.id.clone(),
            version: case.version,
            measure: (*measure).into(),
            pictures_removed: if *pictures {
                case.pictures.clone()
            } else {
                Vec::new()
            },
            pause_days: *days,
            rule: if takes {
                Rule::Profiling
            } else {
                Rule::NoneBroken
            }
            .into(),
            ground: Ground::HouseRules.into(),
            facts: facts.clone(),
            read: b"What it said.".to_vec().into(),
        };
        let caller = self.caller(&by);
        // Whoever took too long takes it once more, and decides about what they read.
        let again = caller.request(CaseRequest {
            case: case.id.clone(),
        });
        let again = self.house.moderation.claim_case(again).await;
        answered((again, false), "claim_case")?;
        let asking = || {
            self.house
                .moderation
                .decide_case(caller.request(request.clone()))
        };
        if self
            .answer(asked(*lost, asking).await, "decide_case")?
            .is_some()
        {
            self.took_part.insert(facts, vec![by]);
            let mut notices = self.notices.iter_mut();
            if let Some(notice) = notices.find(|notice| notice.id == case.content) {
                notice.read(case.version);
            }
        }
        Ok(())
    }

    /// What somebody was told, newest first.
    pub async fn statements(&self, person: &Person) -> Result<Vec<Statement>, Broken> {
        let request = ListStatementsRequest {
            first: 50,
            after: String::new(),
        };
        let request = self.caller(person).request(request);
        let told = self.house.moderation.list_statements(request).await;
        Ok(answered((told, false), "list_statements")?.map_or(Vec::new(), |told| told.statements))
    }

    pub async fn appeal(&mut self, who: usize, index: usize, lost: Lost) -> Result<(), Broken> {
        let mut person = self.people[who].clone();
        let mut told = Vec::new();
        for other in (0..ACTORS).map(|after| &self.people[(who + after) % ACTORS]) {
            told = self.statements(other).await?;
            told.retain(|told| told.appeal_until_ms > 0);
            if !told.is_empty() {
                person = other.clone();
                break;
            }
        }
        if told.is_empty() {
            return Ok(());
        }
        let on = &told[index % told.len()];
        let request = AppealRequest {
            statement: on.id.clone(),
            text: format!("{} asks to look again.", person.mark),
        };
        let caller = self.caller(&person);
        let asking = || {
            self.house
                .moderation
                .appeal(caller.request(request.clone()))
        };
        let reply = self.answer(asked(lost, asking).await, "appeal")?;
        if let Some(appeal_reply::Outcome::Made(made)) = reply.and_then(|reply| reply.outcome) {
            let facts = on.decision.as_ref().map(|decision| decision.facts.clone());
            self.appeals.push((made.appeal, facts.unwrap_or_default()));
        }
        Ok(())
    }

    pub async fn decide_appeal(
        &mut self,
        who: usize,
        index: usize,
        reverse: bool,
        lost: Lost,
    ) -> Result<(), Broken> {
        let person = self.people[who].clone();
        if self.appeals.is_empty() {
            return Ok(());
        }
        let lately = self.appeals.len().min(3);
        let (appeal, against) = self.appeals[self.appeals.len() - 1 - index % lately].clone();
        let outcome = if reverse {
            Outcome::Reversed
        } else {
            Outcome::Upheld
        };
        let request = DecideAppealRequest {
            appeal,
            outcome: outcome.into(),
            facts: "Somebody else has looked at it again.".into(),
        };
        let caller = self.caller(&person);
        let asking = || {
            self.house
                .moderation
                .decide_appeal(caller.request(request.clone()))
        };
        let done = self
            .answer(asked(lost, asking).await, "decide_appeal")?
            .is_some();
        let before = self.took_part.get(&against).into_iter().flatten();
        if done && before.into_iter().any(|before| before.id == person.id) {
            return Err(format!(
                "{person:?} decided about the appeal against themselves"
            ));
        }
        Ok(())
    }

    pub async fn propose(&mut self, index: usize, lost: Lost) -> Result<(), Broken> {
        let Some((by, case)) = self.claimed(index) else {
            return Ok(());
        };
        let facts = self.facts(&case);
        let request = ProposeSuspensionRequest {
            case: case.id,
            days: 9,
            rule: Rule::Insult.into(),
            ground: Ground::HouseRules.into(),
            facts: facts.clone(),
        };
        let caller = self.caller(&by);
        let asking = || {
            let request = caller.request(request.clone());
            self.house.moderation.propose_suspension(request)
        };
        if let Some(made) = self.answer(asked(lost, asking).await, "propose_suspension")? {
            self.took_part.insert(facts.clone(), vec![by]);
            self.proposals.push((made.id, facts));
        }
        Ok(())
    }

    pub async fn approve(&mut self, who: usize, index: usize, lost: Lost) -> Result<(), Broken> {
        let person = self.people[who].clone();
        if self.proposals.is_empty() {
            return Ok(());
        }
        let (proposal, facts) = self.proposals[index % self.proposals.len()].clone();
        let request = DecideProposalRequest {
            proposal,
            approve: true,
        };
        let caller = self.caller(&person);
        let asking = || {
            let request = caller.request(request.clone());
            self.house.moderation.decide_proposal(request)
        };
        if self
            .answer(asked(lost, asking).await, "decide_proposal")?
            .is_some()
        {
            let took_part = self.took_part.entry(facts).or_default();
            let before = took_part.first().cloned();
            if before.is_some_and(|before| before.id == person.id) {
                return Err(format!("{person:?} approved what they proposed"));
            }
            took_part.push(person);
        }
        Ok(())
    }
}
