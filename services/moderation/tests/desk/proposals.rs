//! What takes two moderators.

use contract::Fault;
use contract::common::{Measure, Occasion};
use contract::events::envelope::Body;
use contract::moderation::moderation_server::Moderation as _;
use contract::moderation::{
    AppealRequest, Case, DecideAppealRequest, DecideProposalRequest, Ground, ListProposalsRequest,
    Outcome, Proposal, ProposeSuspensionRequest, Rule, appeal_reply,
};
use runtime::DAY_MS;
use sea_orm::ConnectionTrait;
use tonic::codegen::Bytes;

use crate::world::{FACTS, NOW_MS, Person, World, keeping, notice, removal};

/// A case about what the first person wrote, decided by a moderator.
async fn decided(world: &World, restrictively: bool) -> (Person, Person, Case) {
    let (ann, mo) = (world.person(1), world.moderator(2));
    let about = notice(1, &ann);
    world.shown(&about, 1).await;
    world.reported(&world.person(5), about.id).await;
    let case = world.case(&mo).await;
    let asked = if restrictively {
        removal(&case)
    } else {
        keeping(&case)
    };
    world.decided(&mo, asked).await;
    world.told().await;
    (ann, mo, case)
}

fn asked(case: &Case, days: u32) -> ProposeSuspensionRequest {
    ProposeSuspensionRequest {
        case: case.id.clone(),
        days,
        rule: Rule::Threat.into(),
        ground: Ground::HouseRules.into(),
        facts: FACTS.into(),
    }
}

async fn propose(
    world: &World,
    by: &Person,
    asked: ProposeSuspensionRequest,
) -> Result<Proposal, Fault> {
    let request = world.caller(by).request(asked);
    Ok(world.desk.propose_suspension(request).await?.into_inner())
}

async fn say(world: &World, by: &Person, proposal: &Bytes, approve: bool) -> Result<(), Fault> {
    let request = DecideProposalRequest {
        proposal: proposal.clone(),
        approve,
    };
    let request = world.caller(by).request(request);
    world.desk.decide_proposal(request).await?;
    Ok(())
}

async fn list(world: &World, by: &Person) -> Vec<Proposal> {
    let request = ListProposalsRequest {
        neighbourhood: world.here.to_bytes(),
    };
    let request = world.caller(by).request(request);
    let reply = world.desk.list_proposals(request).await.unwrap();
    reply.into_inner().proposals
}

#[tokio::test]
async fn a_suspension_takes_a_second_moderator_and_is_told_and_logged() {
    for world in World::each().await {
        let (ann, mo, case) = decided(&world, true).await;
        let max = world.moderator(3);
        let proposal = propose(&world, &mo, asked(&case, 90)).await.unwrap();
        assert_eq!(proposal.deadline_ms, NOW_MS + 3 * DAY_MS);
        let again = propose(&world, &mo, asked(&case, 90)).await.unwrap();
        assert_eq!(again, proposal);
        let other = propose(&world, &max, asked(&case, 30)).await;
        assert_eq!(other.unwrap_err().code, "PROPOSED_ALREADY");
        let own = say(&world, &mo, &proposal.id, true).await;
        assert_eq!(own.unwrap_err().code, "OWN_PROPOSAL");
        assert!(!list(&world, &max).await[0].mine);
        say(&world, &max, &proposal.id, true).await.unwrap();
        say(&world, &max, &proposal.id, true).await.unwrap();
        let no = say(&world, &world.moderator(4), &proposal.id, false).await;
        assert_eq!(no.unwrap_err().code, "WRONG_STATE");
        let restrained = world
            .told()
            .await
            .into_iter()
            .find_map(|event| match event.body {
                Some(Body::AuthorRestrained(body)) => Some(body.paused_until_ms),
                _ => None,
            });
        assert_eq!(restrained, Some(NOW_MS + 90 * DAY_MS));
        let told = world.statements(&ann).await;
        assert_eq!(told.len(), 2);
        let measures: Vec<_> = told
            .iter()
            .map(|statement| {
                assert_eq!(statement.occasion(), Occasion::Decision);
                assert!(statement.appeal_until_ms > 0);
                statement.decision.as_ref().unwrap().measure()
            })
            .collect();
        assert!(measures.contains(&Measure::Unspecified) && measures.contains(&Measure::Remove));
        assert_eq!(world.count("logged WHERE paused").await, 1);
        assert!(list(&world, &max).await.is_empty());
    }
}

#[tokio::test]
async fn nobody_is_suspended_by_a_refusal_or_by_silence() {
    for world in World::each().await {
        let (_, mo, case) = decided(&world, true).await;
        let max = world.moderator(3);
        let first = propose(&world, &mo, asked(&case, 8)).await.unwrap();
        say(&world, &max, &first.id, false).await.unwrap();
        let second = propose(&world, &mo, asked(&case, 8)).await.unwrap();
        assert_ne!(second.id, first.id);
        world.pass(3 * DAY_MS);
        let late = say(&world, &max, &second.id, true).await;
        assert_eq!(late.unwrap_err().code, "WRONG_STATE");
        world.desk.sweep().await.unwrap();
        assert_eq!(world.count("proposal WHERE stage = 3").await, 1);
        assert_eq!(world.count("restraint").await, 0);
    }
}

#[tokio::test]
async fn a_suspension_needs_a_decision_that_stands_and_a_time_between_a_week_and_a_year() {
    for world in World::each().await {
        let (_, mo, case) = decided(&world, false).await;
        let none = propose(&world, &mo, asked(&case, 30)).await;
        assert_eq!(none.unwrap_err().code, "WRONG_STATE");
        for days in [0, 7, 366] {
            let fault = propose(&world, &mo, asked(&case, days)).await.unwrap_err();
            assert_eq!(fault.code, "DAYS_OUT_OF_RANGE");
        }
        let baseless = ProposeSuspensionRequest {
            rule: Rule::NoneBroken.into(),
            ..asked(&case, 30)
        };
        let fault = propose(&world, &mo, baseless).await.unwrap_err();
        assert_eq!(fault.field.as_deref(), Some("rule"));
    }
}

#[tokio::test]
async fn nobody_is_suspended_for_what_was_reversed() {
    for world in World::each().await {
        let (ann, mo, case) = decided(&world, true).await;
        let (max, kim) = (world.moderator(3), world.moderator(4));
        let proposal = propose(&world, &mo, asked(&case, 365)).await.unwrap();
        let on = world.statement(&ann, Occasion::Decision).await;
        let request = world.caller(&ann).request(AppealRequest {
            statement: on.id,
            text: "Please look again.".into(),
        });
        let reply = world.desk.appeal(request).await.unwrap().into_inner();
        let Some(appeal_reply::Outcome::Made(made)) = reply.outcome else {
            panic!("not made");
        };
        let request = world.caller(&max).request(DecideAppealRequest {
            appeal: made.appeal,
            outcome: Outcome::Reversed.into(),
            facts: FACTS.into(),
        });
        world.desk.decide_appeal(request).await.unwrap();
        assert!(list(&world, &kim).await.is_empty(), "it is over");
        let late = say(&world, &kim, &proposal.id, true).await;
        assert_eq!(late.unwrap_err().code, "WRONG_STATE");
        // One that was left open says the same.
        let reopened = "UPDATE proposal SET stage = 0, decided_at_ms = NULL";
        let tx = world.scratch.store.begin().await.unwrap();
        tx.execute_unprepared(reopened).await.unwrap();
        tx.commit().await.unwrap();
        let late = say(&world, &kim, &proposal.id, true).await;
        assert_eq!(late.unwrap_err().code, "WRONG_STATE");
        say(&world, &kim, &proposal.id, false).await.unwrap();
        assert_eq!(world.count("restraint WHERE paused_until_ms > 0").await, 0);
    }
}
