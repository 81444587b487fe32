//! Asking that another moderator decides.

use contract::common::{Measure, Occasion};
use contract::events::envelope::Body;
use contract::moderation::moderation_server::Moderation as _;
use contract::moderation::{
    AppealIdRequest, AppealRequest, DecideAppealRequest, DecideCaseRequest, ListAppealsRequest,
    OpenAppeal, Outcome, Rule, Statement, appeal_reply,
};
use contract::{Caller, Fault};
use runtime::DAY_MS;
use tonic::codegen::Bytes;

use crate::world::{FACTS, NOW_MS, Notice, Person, World, keeping, notice, removal, visitor};

/// The removal of a notice of the first person that the second one reported, decided by the third; a moderator.
async fn removed(world: &World) -> (Person, Person, Person, Notice) {
    let (ann, ben, mo) = (world.person(1), world.person(2), world.moderator(3));
    let about = notice(1, &ann);
    world.shown(&about, 1).await;
    world.reported(&ben, about.id).await;
    let case = world.case(&mo).await;
    let asked = DecideCaseRequest {
        rule: Rule::Profiling.into(),
        pause_days: 7,
        ..removal(&case)
    };
    world.decided(&mo, asked).await;
    world.taken_down(&about, 2).await;
    world.told().await;
    (ann, ben, mo, about)
}

/// The same, kept.
async fn kept(world: &World) -> (Person, Person, Person, Notice) {
    let (ann, ben, mo) = (world.person(1), world.person(2), world.moderator(3));
    let about = notice(1, &ann);
    world.shown(&about, 1).await;
    world.reported(&ben, about.id).await;
    let case = world.case(&mo).await;
    world.decided(&mo, keeping(&case)).await;
    world.told().await;
    (ann, ben, mo, about)
}

async fn appeal(world: &World, by: &Caller, on: &Statement) -> Result<Bytes, Fault> {
    let asked = AppealRequest {
        statement: on.id.clone(),
        text: "I meant my own brother.".into(),
    };
    let reply = world.desk.appeal(by.request(asked)).await?.into_inner();
    match reply.outcome.unwrap() {
        appeal_reply::Outcome::Made(made) => Ok(made.appeal),
        appeal_reply::Outcome::Refused(refused) => panic!("{refused:?}"),
    }
}

#[tokio::test]
async fn who_reported_it_does_not_decide_about_the_appeal_of_its_author() {
    for world in World::each().await {
        let (ann, reporter, mo) = (world.person(1), world.moderator(2), world.moderator(3));
        let about = notice(1, &ann);
        world.shown(&about, 1).await;
        world.reported(&reporter, about.id).await;
        let case = world.case(&mo).await;
        world.decided(&mo, removal(&case)).await;
        let told = world.statement(&ann, Occasion::Decision).await;
        let made = appeal(&world, &world.caller(&ann), &told).await.unwrap();
        assert!(list(&world, &reporter).await.is_empty());
        for outcome in [Outcome::Upheld, Outcome::Reversed] {
            let request = world.caller(&reporter).request(DecideAppealRequest {
                appeal: made.clone(),
                outcome: outcome.into(),
                facts: FACTS.into(),
            });
            assert!(world.desk.decide_appeal(request).await.is_err());
        }
        assert_eq!(list(&world, &world.moderator(4)).await.len(), 1);
    }
}

async fn list(world: &World, by: &Person) -> Vec<OpenAppeal> {
    let request = ListAppealsRequest {
        neighbourhood: world.here.to_bytes(),
        first: 50,
        ..Default::default()
    };
    let request = world.caller(by).request(request);
    let reply = world.desk.list_appeals(request).await.unwrap();
    reply.into_inner().appeals
}

async fn get(world: &World, by: &Person, appeal: &Bytes) -> Result<OpenAppeal, Fault> {
    let request = AppealIdRequest {
        appeal: appeal.clone(),
    };
    let request = world.caller(by).request(request);
    Ok(world.desk.get_appeal(request).await?.into_inner())
}

async fn decide(world: &World, by: &Person, appeal: &Bytes, outcome: Outcome) -> Result<(), Fault> {
    let request = DecideAppealRequest {
        appeal: appeal.clone(),
        outcome: outcome.into(),
        facts: FACTS.into(),
    };
    let request = world.caller(by).request(request);
    world.desk.decide_appeal(request).await?;
    Ok(())
}

#[tokio::test]
async fn another_moderator_reads_the_copy_and_gives_back_what_was_taken() {
    for world in World::each().await {
        let (ann, _, mo, about) = removed(&world).await;
        let max = world.moderator(4);
        let on = world.statement(&ann, Occasion::Decision).await;
        let made = appeal(&world, &world.caller(&ann), &on).await.unwrap();
        assert!(list(&world, &mo).await.is_empty(), "not who decided");
        let listed = list(&world, &max).await;
        assert_eq!(listed.len(), 1);
        assert!(listed[0].text.is_empty() && listed[0].read.is_empty());
        let open = get(&world, &max, &made).await.unwrap();
        assert_eq!(open.read, &b"What the notice said."[..]);
        assert!(!open.by_reporter && open.text.contains("brother"));
        decide(&world, &max, &made, Outcome::Reversed)
            .await
            .unwrap();
        let told = world.told().await;
        let mut ruled = None;
        let mut restrained = None;
        for event in told {
            match event.body {
                Some(Body::ContentRuled(body)) => ruled = Some(body),
                Some(Body::AuthorRestrained(body)) => restrained = Some(body),
                _ => {}
            }
        }
        assert_eq!(ruled.unwrap().measure(), Measure::Keep);
        assert_eq!(
            restrained,
            Some(contract::events::AuthorRestrained::default())
        );
        assert_eq!(world.count("copy").await, 0, "nobody needs it any more");
        let answer = world.statement(&ann, Occasion::AppealDecided).await;
        assert_eq!(answer.appeal(), Outcome::Reversed);
        assert_eq!(answer.appeal_facts, FACTS);
        assert_eq!(answer.appeal_until_ms, 0, "final");
        world.shown(&about, 3).await;
        let again = decide(&world, &max, &made, Outcome::Reversed).await;
        assert!(again.is_ok(), "a retry is harmless");
        let other = decide(&world, &max, &made, Outcome::Upheld).await;
        assert_eq!(other.unwrap_err().code, "WRONG_STATE");
    }
}

#[tokio::test]
async fn whoever_decided_wrote_or_asked_decides_no_appeal() {
    for world in World::each().await {
        let (ann, ben) = (world.moderator(1), world.moderator(2));
        let mo = world.moderator(3);
        let about = notice(1, &ann);
        world.shown(&about, 1).await;
        world.reported(&ben, about.id).await;
        let case = world.case(&mo).await;
        world.decided(&mo, keeping(&case)).await;
        let on = world.statement(&ben, Occasion::ReportDecided).await;
        let made = appeal(&world, &world.caller(&ben), &on).await.unwrap();
        for (by, code) in [
            (&mo, "OWN_DECISION"),
            (&ann, "OWN_CASE"),
            (&ben, "OWN_CASE"),
        ] {
            assert!(list(&world, by).await.is_empty());
            assert_eq!(get(&world, by, &made).await.unwrap_err().code, code);
            let fault = decide(&world, by, &made, Outcome::Upheld)
                .await
                .unwrap_err();
            assert_eq!(fault.code, code);
        }
        assert_eq!(list(&world, &world.moderator(4)).await.len(), 1);
    }
}

#[tokio::test]
async fn an_appeal_that_fails_ends_it_and_the_copy() {
    for world in World::each().await {
        let (ann, _, _, about) = removed(&world).await;
        let max = world.moderator(4);
        let on = world.statement(&ann, Occasion::Decision).await;
        let made = appeal(&world, &world.caller(&ann), &on).await.unwrap();
        decide(&world, &max, &made, Outcome::Upheld).await.unwrap();
        assert!(world.ruled(about.id).await.is_none(), "nothing changes");
        assert_eq!(world.count("copy").await, 0);
        let answer = world.statement(&ann, Occasion::AppealDecided).await;
        assert_eq!(answer.appeal(), Outcome::Upheld);
    }
}

#[tokio::test]
async fn undecided_for_fourteen_days_it_succeeds() {
    for world in World::each().await {
        let (ann, _, _, about) = removed(&world).await;
        let on = world.statement(&ann, Occasion::Decision).await;
        appeal(&world, &world.caller(&ann), &on).await.unwrap();
        world.pass(14 * DAY_MS - 1);
        assert_eq!(world.desk.sweep().await.unwrap(), 0);
        world.pass(1);
        assert_eq!(world.desk.sweep().await.unwrap(), 1);
        let ruled = world.ruled(about.id).await.unwrap();
        assert_eq!(ruled.measure(), Measure::Keep);
        let answer = world.statement(&ann, Occasion::AppealDecided).await;
        assert_eq!(answer.appeal(), Outcome::Reversed);
        assert!(answer.appeal_facts.is_empty(), "nobody said anything");
        assert_eq!(world.count("copy").await, 0);
    }
}

#[tokio::test]
async fn who_reported_in_vain_has_it_looked_at_again_and_nothing_taken_by_a_clock() {
    for world in World::each().await {
        let (_, ben, mo, about) = kept(&world).await;
        let on = world.statement(&ben, Occasion::ReportDecided).await;
        appeal(&world, &world.caller(&ben), &on).await.unwrap();
        world.pass(14 * DAY_MS);
        world.desk.sweep().await.unwrap();
        assert!(world.ruled(about.id).await.is_none(), "no person decided");
        let max = world.moderator(4);
        let again = world.case(&max).await;
        assert_eq!(again.content, about.id.to_bytes());
        assert_eq!(world.claim(&mo, &again).await.unwrap_err().code, "RECUSED");
        world.decided(&max, removal(&again)).await;
    }
}

#[tokio::test]
async fn what_is_looked_at_again_is_decided_by_nobody_who_reported_it_and_told_to_who_asked() {
    for world in World::each().await {
        let (ann, mo, max) = (world.person(1), world.moderator(2), world.moderator(3));
        let (eve, zoe, ida) = (world.moderator(4), world.moderator(5), world.moderator(6));
        let about = notice(1, &ann);
        world.shown(&about, 1).await;
        world.reported(&mo, about.id).await;
        world.reported(&eve, about.id).await;
        let case = world.case(&max).await;
        world.recuse(&zoe, &case).await.unwrap();
        world.decided(&max, keeping(&case)).await;
        let on = world.statement(&mo, Occasion::ReportDecided).await;
        let made = appeal(&world, &world.caller(&mo), &on).await.unwrap();
        decide(&world, &ida, &made, Outcome::Reversed)
            .await
            .unwrap();
        for out in [&mo, &max, &eve, &zoe] {
            let seen = world.queue(out, contract::moderation::Lane::Every).await;
            assert!(seen.unwrap().is_empty());
        }
        let again = world.case(&ida).await;
        for (out, code) in [
            (&mo, "OWN_CASE"),
            (&max, "RECUSED"),
            (&eve, "RECUSED"),
            (&zoe, "RECUSED"),
        ] {
            assert_eq!(world.claim(out, &again).await.unwrap_err().code, code);
        }
        let read = world.get(&ida, &again).await.unwrap();
        assert_eq!(read.reports.len(), 1, "of who asked for it");
        assert_eq!(read.reports[0].explanation, "Somebody is named there.");
        world.decided(&ida, keeping(&again)).await;
        let told = |statements: Vec<Statement>| {
            let mut told = statements;
            told.retain(|told| told.occasion() == Occasion::ReportDecided);
            told
        };
        let to_mo = told(world.statements(&mo).await);
        assert_eq!(to_mo.len(), 2);
        let anew = to_mo.iter().find(|told| told.appeal_until_ms > 0).unwrap();
        appeal(&world, &world.caller(&mo), anew).await.unwrap();
        assert_eq!(told(world.statements(&eve).await).len(), 1);
    }
}

#[tokio::test]
async fn a_visitor_who_asked_for_it_is_told_as_well() {
    for world in World::each().await {
        let (ann, mo) = (world.person(1), world.moderator(2));
        let mut about = notice(1, &ann);
        about.public_until_ms = NOW_MS + 100 * DAY_MS;
        world.shown(&about, 1).await;
        let mut asked = world.reporting(about.id, contract::moderation::Reason::Danger);
        asked.reply_to = contract::ReportId::from_random([77; 16]).to_bytes();
        world.report(&visitor(1), asked).await.unwrap();
        let case = world.case(&mo).await;
        world.told().await;
        world.decided(&mo, keeping(&case)).await;
        let visitors = |told: Vec<bus::Envelope>| {
            let of_them = told.into_iter().filter_map(|event| match event.body {
                Some(Body::Notified(to)) if !to.reply_to.is_empty() => Some(event.subject),
                _ => None,
            });
            of_them.collect::<Vec<_>>()
        };
        let first = visitors(world.told().await);
        let on = world.read(&visitor(1), first[0].clone()).await.unwrap();
        appeal(&world, &visitor(1), &on).await.unwrap();
        world.pass(14 * DAY_MS);
        world.desk.sweep().await.unwrap();
        let max = world.moderator(3);
        let again = world.case(&max).await;
        assert_eq!(world.get(&max, &again).await.unwrap().reports.len(), 1);
        world.told().await;
        world.decided(&max, removal(&again)).await;
        assert_eq!(visitors(world.told().await).len(), 1);
    }
}

#[tokio::test]
async fn one_appeals_once_in_time_and_only_against_what_went_against_one() {
    for world in World::each().await {
        let (ann, ben, _, _) = removed(&world).await;
        let ours = world.statement(&ann, Occasion::Decision).await;
        let theirs = world.statement(&ben, Occasion::ReportDecided).await;
        let by = |person| world.caller(person);
        let code = |made: Result<Bytes, Fault>| made.unwrap_err().code;
        let not_against = appeal(&world, &by(&ben), &theirs).await;
        assert_eq!(code(not_against), "NOT_APPEALABLE", "it was followed");
        assert_eq!(code(appeal(&world, &by(&ben), &ours).await), "NOT_FOUND");
        let visitor = visitor(1);
        assert_eq!(
            code(appeal(&world, &visitor, &ours).await),
            "UNAUTHENTICATED"
        );
        let first = appeal(&world, &by(&ann), &ours).await.unwrap();
        assert_eq!(appeal(&world, &by(&ann), &ours).await.unwrap(), first);
        assert_eq!(world.count("appeal").await, 1);
        let read = world.read(&by(&ann), ours.id.clone()).await.unwrap();
        assert_eq!(read.appeal_until_ms, 0, "it is made");
        let due_ms = NOW_MS + 14 * DAY_MS;
        let day_ms = due_ms - due_ms.rem_euclid(DAY_MS);
        assert_eq!(read.appeal_due_ms, day_ms, "a day, not a time");
        let theirs = world.read(&by(&ben), theirs.id.clone()).await.unwrap();
        assert_eq!(theirs.appeal_due_ms, 0, "whose it is not");
        assert_eq!(ours.appeal_due_ms, 0, "before it was made");
    }
    for world in World::each().await {
        let (ann, ..) = removed(&world).await;
        let ours = world.statement(&ann, Occasion::Decision).await;
        world.pass(184 * DAY_MS);
        let late = appeal(&world, &world.caller(&ann), &ours).await;
        assert_eq!(late.unwrap_err().code, "NOT_APPEALABLE");
    }
}

#[tokio::test]
async fn what_was_ruled_anew_meanwhile_stays_as_it_was_ruled() {
    for world in World::each().await {
        let (ann, ben, mo, about) = removed(&world).await;
        let on = world.statement(&ann, Occasion::Decision).await;
        let made = appeal(&world, &world.caller(&ann), &on).await.unwrap();
        // It came up again, and was removed for something else.
        world.shown(&about, 3).await;
        world.reported(&ben, about.id).await;
        let case = world.case(&mo).await;
        world.decided(&mo, removal(&case)).await;
        world.told().await;
        decide(&world, &world.moderator(4), &made, Outcome::Reversed)
            .await
            .unwrap();
        assert!(world.ruled(about.id).await.is_none());
    }
}

#[tokio::test]
async fn a_comment_that_came_back_can_be_reported_again() {
    for world in World::each().await {
        let (ann, ben, mo) = (world.person(1), world.person(2), world.moderator(3));
        let (about, comment) = (notice(1, &ann), contract::PostId::from_random([90; 16]));
        world.shown(&about, 1).await;
        world.answered(&about, comment, &ben).await;
        world.reported(&ann, comment).await;
        let case = world.case(&mo).await;
        world.decided(&mo, removal(&case)).await;
        let asked = world.reporting(comment, contract::moderation::Reason::Danger);
        let by = world.caller(&world.person(5));
        let gone = world.report(&by, asked.clone()).await.unwrap_err();
        assert_eq!(gone.code, "NOT_FOUND");
        let on = world.statement(&ben, Occasion::Decision).await;
        let made = appeal(&world, &world.caller(&ben), &on).await.unwrap();
        decide(&world, &world.moderator(4), &made, Outcome::Reversed)
            .await
            .unwrap();
        world.report(&by, asked).await.unwrap();
    }
}
