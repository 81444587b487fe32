//! Two at once, over connections of their own.

use contract::common::Occasion;
use contract::moderation::moderation_server::Moderation as _;
use contract::moderation::{
    AppealRequest, CaseRequest, DecideAppealRequest, Lane, Outcome, Reason, appeal_reply,
};
use futures_util::future::join;

use crate::world::{FACTS, World, notice, removal};

#[tokio::test]
async fn two_reports_at_once_make_one_case() {
    for world in World::each().await {
        let (ann, mo) = (world.person(1), world.moderator(9));
        for n in 1..5 {
            let about = notice(n, &ann);
            world.shown(&about, 1).await;
            let asked = |by| {
                let asked = world.reporting(about.id, Reason::Danger);
                world.caller(&world.person(by)).request(asked)
            };
            let (one, other) =
                join(world.desk.report(asked(2)), world.second.report(asked(3))).await;
            one.unwrap();
            other.unwrap();
            let cases = world.queue(&mo, Lane::Every).await.unwrap();
            assert_eq!(cases.len(), usize::from(n));
        }
        assert_eq!(world.count("report").await, 8);
    }
}

#[tokio::test]
async fn a_key_used_twice_at_once_makes_one_report() {
    for world in World::each().await {
        let ann = world.person(1);
        let about = notice(1, &ann);
        world.shown(&about, 1).await;
        let asked = world.reporting(about.id, Reason::Danger);
        let by = world.caller(&world.person(2));
        let (one, other) = join(
            world.desk.report(by.request(asked.clone())),
            world.second.report(by.request(asked)),
        )
        .await;
        assert_eq!(one.unwrap().into_inner(), other.unwrap().into_inner());
        assert_eq!(world.count("report").await, 1);
    }
}

#[tokio::test]
async fn of_two_who_claim_at_once_one_has_it() {
    for world in World::each().await {
        let (ann, mo, max) = (world.person(1), world.moderator(2), world.moderator(3));
        for n in 1..5 {
            let about = notice(n, &ann);
            world.shown(&about, 1).await;
            world.reported(&world.person(4), about.id).await;
            let cases = world.queue(&mo, Lane::Every).await.unwrap();
            let case = cases
                .iter()
                .find(|case| case.content == about.id.to_bytes());
            let claim = |by| {
                let case = case.unwrap().id.clone();
                world.caller(by).request(CaseRequest { case })
            };
            let (one, other) = join(
                world.desk.claim_case(claim(&mo)),
                world.second.claim_case(claim(&max)),
            )
            .await;
            assert!(one.is_ok() != other.is_ok());
        }
    }
}

#[tokio::test]
async fn a_decision_made_twice_at_once_is_made_once() {
    for world in World::each().await {
        let (ann, mo) = (world.person(1), world.moderator(2));
        let about = notice(1, &ann);
        world.shown(&about, 1).await;
        world.reported(&world.person(4), about.id).await;
        let case = world.case(&mo).await;
        world.claim(&mo, &case).await.unwrap();
        let decide = || world.caller(&mo).request(removal(&case));
        let (one, other) = join(
            world.desk.decide_case(decide()),
            world.second.decide_case(decide()),
        )
        .await;
        assert_eq!(one.unwrap().into_inner(), other.unwrap().into_inner());
        assert_eq!(world.count("decision").await, 1);
        assert_eq!(world.count("statement").await, 2);
    }
}

#[tokio::test]
async fn of_two_who_decide_an_appeal_at_once_one_does() {
    for world in World::each().await {
        let (ann, mo) = (world.person(1), world.moderator(2));
        let about = notice(1, &ann);
        world.shown(&about, 1).await;
        world.reported(&world.person(4), about.id).await;
        let case = world.case(&mo).await;
        world.decided(&mo, removal(&case)).await;
        let on = world.statement(&ann, Occasion::Decision).await;
        let asked = world.caller(&ann).request(AppealRequest {
            statement: on.id,
            text: "Please look again.".into(),
        });
        let reply = world.desk.appeal(asked).await.unwrap().into_inner();
        let Some(appeal_reply::Outcome::Made(made)) = reply.outcome else {
            panic!("not made");
        };
        let decide = |n, outcome: Outcome| {
            world
                .caller(&world.moderator(n))
                .request(DecideAppealRequest {
                    appeal: made.appeal.clone(),
                    outcome: outcome.into(),
                    facts: FACTS.into(),
                })
        };
        let (one, other) = join(
            world.desk.decide_appeal(decide(5, Outcome::Upheld)),
            world.second.decide_appeal(decide(6, Outcome::Reversed)),
        )
        .await;
        assert!(one.is_ok() != other.is_ok());
        assert_eq!(world.count("appeal WHERE outcome <> 0").await, 1);
    }
}
