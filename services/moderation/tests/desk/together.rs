//! Two at once, over connections of their own.

use bus::{Envelope, Hear};
use contract::PostId;
use contract::common::Occasion;
use contract::events::envelope::Body;
use contract::events::{PostGone, ResidentErased};
use contract::moderation::moderation_server::Moderation as _;
use contract::moderation::{
    AppealRequest, CaseRequest, DecideAppealRequest, DecideCaseRequest, Lane, Outcome, Reason,
    Rule, appeal_reply,
};
use futures_util::future::join;
use runtime::DAY_MS;

use crate::world::{FACTS, NOW_MS, Person, World, notice, removal};

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

#[tokio::test]
async fn what_two_decide_about_one_author_at_once_holds_both() {
    for world in World::each().await {
        let (mo, max) = (world.moderator(60), world.moderator(61));
        for round in 0..6 {
            let ann = world.person(1 + round);
            for n in 0..2 {
                let about = notice(2 * round + n, &ann);
                world.shown(&about, 1).await;
                world.reported(&world.person(50 + round), about.id).await;
            }
            let cases = world.queue(&mo, Lane::Every).await.unwrap();
            let [one, other] = &cases[..] else {
                panic!("two cases");
            };
            world.claim(&mo, one).await.unwrap();
            world.claim(&max, other).await.unwrap();
            let paused = DecideCaseRequest {
                pause_days: 7,
                ..removal(one)
            };
            let profiled = DecideCaseRequest {
                rule: Rule::Profiling.into(),
                ..removal(other)
            };
            world.told().await;
            let (one, other) = join(
                world.desk.decide_case(world.caller(&mo).request(paused)),
                world
                    .second
                    .decide_case(world.caller(&max).request(profiled)),
            )
            .await;
            one.unwrap();
            other.unwrap();
            let told = world.told().await.into_iter();
            let restrained = told.filter_map(|event| match event.body {
                Some(Body::AuthorRestrained(told)) => Some((event.version, told)),
                _ => None,
            });
            let last = restrained.max_by_key(|(version, _)| *version).unwrap().1;
            assert_eq!(
                (last.paused_until_ms, last.people_until_ms),
                (NOW_MS + 7 * DAY_MS, NOW_MS + 30 * DAY_MS)
            );
        }
    }
}

fn told(world: &World, stream: &str, subject: tonic::codegen::Bytes, body: Body) -> Envelope {
    Envelope {
        stream: stream.into(),
        offset: 1,
        subject,
        version: 9,
        neighbourhood: world.here.to_bytes(),
        body: Some(body),
    }
}

fn erasure(world: &World, of: &Person) -> Envelope {
    let body = Body::ResidentErased(ResidentErased {});
    told(world, "identity", of.id().to_bytes(), body)
}

#[tokio::test]
async fn an_erasure_and_what_goes_on_meanwhile_do_not_wait_for_each_other() {
    for world in World::each().await {
        for round in 0..6 {
            let (ann, mo) = (world.moderator(1 + 4 * round), world.moderator(60));
            let ben = world.person(2 + 4 * round);
            let about = notice(4 * round, &ann);
            world.shown(&about, 1).await;
            // Answers of hers below her notice: some ids before its own, some after.
            let answers: Vec<PostId> = (0..8)
                .map(|n| PostId::from_random([(8 * round + n) ^ 0x80; 16]))
                .collect();
            for answer in &answers {
                world.answered(&about, *answer, &ann).await;
            }
            world.reported(&ben, about.id).await;
            let theirs = notice(4 * round + 1, &ben);
            world.shown(&theirs, 1).await;
            world
                .reported(&world.person(3 + 4 * round), theirs.id)
                .await;
            let cases = world.queue(&ann, Lane::Every).await.unwrap();
            let claimed = cases
                .iter()
                .find(|case| case.content == theirs.id.to_bytes());
            world.claim(&ann, claimed.unwrap()).await.unwrap();
            let cases = world.queue(&mo, Lane::Every).await.unwrap();
            let hers = cases
                .iter()
                .find(|case| case.content == about.id.to_bytes());
            world.decided(&mo, removal(hers.unwrap())).await;
            let on = world.statement(&ann, Occasion::Decision).await;

            let erased = erasure(&world, &ann);
            let gone = Body::PostGone(PostGone {});
            let gone = told(&world, "posts", about.id.to_bytes(), gone);
            let asked = world.caller(&ann).request(AppealRequest {
                statement: on.id,
                text: "Please look again.".into(),
            });
            let reporting = world.reporting(theirs.id, Reason::Danger);
            let reporting = world.caller(&ann).request(reporting);
            let (erased, (gone, (appealed, reported))) = join(
                world.desk.hear(&erased),
                join(
                    world.second.hear(&gone),
                    join(world.second.appeal(asked), world.second.report(reporting)),
                ),
            )
            .await;
            erased.unwrap();
            gone.unwrap();
            for fault in [
                appealed.err().map(contract::Fault::from),
                reported.err().map(contract::Fault::from),
            ] {
                let kind = fault.map(|fault| fault.code.into_owned());
                assert!(kind.is_none_or(|code| code == "NOT_FOUND"));
            }
        }
    }
}
