//! "I am in this picture."

use contract::PostId;
use contract::common::{Measure, Occasion};
use contract::moderation::moderation_server::Moderation as _;
use contract::moderation::{
    AppealRequest, Case, Cause, DecideAppealRequest, DecideCaseRequest, Lane, Outcome, Rule,
    appeal_reply,
};
use runtime::DAY_MS;
use tonic::codegen::Bytes;

use crate::world::{
    FACTS, NOW_MS, Notice, Person, World, keeping, notice, picture, receipt, removal, taken,
    visitor, word,
};

fn with_pictures(author: &Person) -> Notice {
    Notice {
        pictures: vec![picture(1), picture(2)],
        ..notice(1, author)
    }
}

async fn depicted(world: &World, by: &Person, post: PostId) {
    let asked = world.depicting(post, picture(1));
    receipt(world.depicted(&world.caller(by), asked).await.unwrap());
}

#[tokio::test]
async fn the_picture_is_hidden_at_once_and_shown_again_where_that_is_decided() {
    for world in World::each().await {
        let (ann, ben, mo) = (world.person(1), world.person(2), world.moderator(3));
        let about = with_pictures(&ann);
        world.shown(&about, 1).await;
        depicted(&world, &ben, about.id).await;
        let ruled = world.ruled(about.id).await.unwrap();
        assert_eq!(ruled.pictures_hidden, [picture(1).to_bytes()]);
        assert_eq!(ruled.measure(), Measure::Unspecified, "nobody decided yet");
        // Posts shows none of them meanwhile.
        let mut without = about.clone();
        without.pictures_wait = true;
        world.shown(&without, 2).await;
        let case = world.case(&mo).await;
        assert_eq!(case.causes, [i32::from(Cause::Depicted)]);
        assert_eq!(case.deadline_ms, NOW_MS + 3 * DAY_MS);
        assert_eq!(case.pictures_hidden, [picture(1).to_bytes()]);
        assert_eq!(case.pictures.len(), 2, "hidden, not gone");
        world.decided(&mo, keeping(&case)).await;
        let ruled = world.ruled(about.id).await.unwrap();
        assert!(ruled.pictures_hidden.is_empty() && ruled.pictures_removed.is_empty());
        let told = world.statement(&ben, Occasion::ReportDecided).await;
        assert!(told.appeal_until_ms > 0, "not followed");
    }
}

#[tokio::test]
async fn the_picture_is_out_where_that_is_decided_and_gone_once_nobody_can_appeal() {
    for world in World::each().await {
        let (ann, ben, mo) = (world.person(1), world.person(2), world.moderator(3));
        let about = with_pictures(&ann);
        world.shown(&about, 1).await;
        depicted(&world, &ben, about.id).await;
        let case = world.case(&mo).await;
        world.decided(&mo, without_it(&case)).await;
        let ruled = world.ruled(about.id).await.unwrap();
        assert_eq!(ruled.pictures_withheld, [picture(1).to_bytes()]);
        assert!(ruled.pictures_hidden.is_empty() && ruled.pictures_removed.is_empty());
        appealed(&world, &ann, &world.moderator(4), Outcome::Upheld).await;
        let ruled = world.ruled(about.id).await.unwrap();
        assert_eq!(ruled.pictures_removed, [picture(1).to_bytes()]);
        assert!(ruled.pictures_withheld.is_empty());
    }
}

#[tokio::test]
async fn the_picture_comes_back_where_an_appeal_succeeds() {
    for world in World::each().await {
        let (ann, ben, mo) = (world.person(1), world.person(2), world.moderator(3));
        let about = with_pictures(&ann);
        world.shown(&about, 1).await;
        depicted(&world, &ben, about.id).await;
        let case = world.case(&mo).await;
        let asked = DecideCaseRequest {
            pictures_removed: vec![picture(1).to_bytes(), picture(2).to_bytes()],
            ..removal(&case)
        };
        world.decided(&mo, asked).await;
        appealed(&world, &ann, &world.moderator(4), Outcome::Reversed).await;
        let ruled = world.ruled(about.id).await.unwrap();
        assert_eq!(ruled.measure(), Measure::Keep);
        assert!(ruled.pictures_removed.is_empty() && ruled.pictures_withheld.is_empty());
    }
}

/// Its author appeals.
async fn appeals(world: &World, author: &Person, occasion: Occasion) -> Bytes {
    let on = world.statement(author, occasion).await;
    let asked = world.caller(author).request(AppealRequest {
        statement: on.id,
        text: "It is my own brother.".into(),
    });
    let reply = world.desk.appeal(asked).await.unwrap().into_inner();
    match reply.outcome {
        Some(appeal_reply::Outcome::Made(made)) => made.appeal,
        _ => panic!("not made"),
    }
}

async fn decides(world: &World, by: &Person, appeal: Bytes, outcome: Outcome) {
    let decided = world.caller(by).request(DecideAppealRequest {
        appeal,
        outcome: outcome.into(),
        facts: FACTS.into(),
    });
    world.desk.decide_appeal(decided).await.unwrap();
}

/// Its author appeals, and another moderator decides that.
async fn appealed(world: &World, author: &Person, by: &Person, outcome: Outcome) {
    let made = appeals(world, author, Occasion::Decision).await;
    decides(world, by, made, outcome).await;
}

/// A moderator takes the picture out and leaves the notice.
fn without_it(case: &Case) -> DecideCaseRequest {
    DecideCaseRequest {
        measure: Measure::Keep.into(),
        pictures_removed: vec![picture(1).to_bytes()],
        rule: Rule::Depiction.into(),
        ..removal(case)
    }
}

#[tokio::test]
async fn the_picture_comes_back_though_something_else_was_decided_meanwhile() {
    for world in World::each().await {
        let (ann, ben, mo) = (world.person(1), world.person(2), world.moderator(3));
        let about = with_pictures(&ann);
        world.shown(&about, 1).await;
        depicted(&world, &ben, about.id).await;
        let case = world.case(&mo).await;
        world.decided(&mo, without_it(&case)).await;
        world.reported(&ben, about.id).await;
        let case = world.case(&mo).await;
        world.decided(&mo, keeping(&case)).await;
        world.told().await;
        appealed(&world, &ann, &world.moderator(4), Outcome::Reversed).await;
        let ruled = world.ruled(about.id).await.unwrap();
        assert!(ruled.pictures_removed.is_empty() && ruled.pictures_withheld.is_empty());
    }
}

#[tokio::test]
async fn undecided_it_stays_hidden_until_a_person_decides_and_everybody_may_know_that_it_took_too_long()
 {
    for world in World::each().await {
        let (ann, ben, mo) = (world.person(1), world.person(2), world.moderator(3));
        let about = with_pictures(&ann);
        world.shown(&about, 1).await;
        depicted(&world, &ben, about.id).await;
        world.pass(10 * DAY_MS);
        world.desk.sweep().await.unwrap();
        let ruled = world.ruled(about.id).await.unwrap();
        assert_eq!(ruled.pictures_hidden, [picture(1).to_bytes()]);
        assert!(ruled.pictures_removed.is_empty() && ruled.pictures_withheld.is_empty());
        assert_eq!(world.late().await, 0, "it is not over");
        let case = world.case(&mo).await;
        assert_eq!(case.deadline_ms, NOW_MS + 3 * DAY_MS);
        world.decided(&mo, keeping(&case)).await;
        assert_eq!(world.late().await, 1);
        let ruled = world.ruled(about.id).await.unwrap();
        assert!(ruled.pictures_hidden.is_empty());
    }
}

#[tokio::test]
async fn what_is_taken_down_after_its_time_was_not_decided_in_time_either() {
    for world in World::each().await {
        let (ann, ben) = (world.person(1), world.person(2));
        for (n, days) in [(1, 2), (2, 4)] {
            let about = Notice {
                pictures: vec![picture(1)],
                ..notice(n, &ann)
            };
            world.shown(&about, 1).await;
            depicted(&world, &ben, about.id).await;
            world.pass(days * DAY_MS);
            world.gone(about.id, 2).await;
        }
        assert_eq!(world.late().await, 1);
    }
}

#[tokio::test]
async fn an_appeal_that_nobody_decides_leaves_the_picture_hidden_for_another_one_to_decide() {
    for world in World::each().await {
        let (ann, ben) = (world.person(1), world.person(2));
        let [mo, other] = [3, 4].map(|n| world.moderator(n));
        let about = with_pictures(&ann);
        world.shown(&about, 1).await;
        depicted(&world, &ben, about.id).await;
        let case = world.case(&mo).await;
        world.decided(&mo, without_it(&case)).await;
        appeals(&world, &ann, Occasion::Decision).await;
        world.told().await;
        world.pass(15 * DAY_MS);
        assert_eq!(world.desk.sweep().await.unwrap(), 1);
        let ruled = world.ruled(about.id).await.unwrap();
        assert_eq!(ruled.pictures_hidden, [picture(1).to_bytes()]);
        assert!(
            ruled.pictures_withheld.is_empty(),
            "what was decided does not stay"
        );
        assert!(
            world.queue(&mo, Lane::Every).await.unwrap().is_empty(),
            "never whoever decided before"
        );
        let again = world.case(&other).await;
        assert_eq!(again.causes, [i32::from(Cause::Depicted)]);
        let said = world.get(&other, &again).await.unwrap().reports;
        assert_eq!(said.len(), 1, "what was said is read again");
        world.told().await;
        world.decided(&other, keeping(&again)).await;
        assert!(
            world
                .ruled(about.id)
                .await
                .unwrap()
                .pictures_hidden
                .is_empty()
        );
        let told = world.statements(&ben).await;
        let decisions = told.into_iter().filter_map(|it| it.decision);
        let mut taken: Vec<_> = decisions.map(|it| it.pictures_removed.len()).collect();
        taken.sort_unstable();
        assert_eq!(taken, [0, 1], "told of both decisions");
    }
}

#[tokio::test]
async fn whoever_is_in_a_picture_that_a_person_gives_back_learns_so() {
    for world in World::each().await {
        let (ann, ben, mo) = (world.person(1), world.person(2), world.moderator(3));
        let about = with_pictures(&ann);
        world.shown(&about, 1).await;
        depicted(&world, &ben, about.id).await;
        let case = world.case(&mo).await;
        world.decided(&mo, without_it(&case)).await;
        world.told().await;
        world.pass(DAY_MS);
        appealed(&world, &ann, &world.moderator(4), Outcome::Reversed).await;
        let told = world.statements(&ben).await;
        assert_eq!(told.len(), 2, "that it was taken out, and that it is back");
        let told = told
            .into_iter()
            .find(|it| it.appeal() != Outcome::NoOutcome)
            .unwrap();
        assert_eq!(
            (told.appeal(), &*told.appeal_facts),
            (Outcome::Reversed, FACTS)
        );
        assert_eq!(told.appeal_until_ms, 0, "that was an appeal");
    }
}

#[tokio::test]
async fn whoever_was_told_that_a_picture_stays_does_not_hide_it_again() {
    for world in World::each().await {
        let (ann, ben, cleo, mo) = (
            world.person(1),
            world.person(2),
            world.person(5),
            world.moderator(3),
        );
        let about = with_pictures(&ann);
        world.shown(&about, 1).await;
        depicted(&world, &ben, about.id).await;
        let case = world.case(&mo).await;
        world.decided(&mo, keeping(&case)).await;
        world.told().await;
        let says = async |by: &Person, n| {
            let asked = world.depicting(about.id, picture(n));
            taken(world.depicted(&world.caller(by), asked).await.unwrap()).hidden
        };
        assert!(!says(&ben, 1).await, "it was decided that it stays");
        assert!(world.ruled(about.id).await.is_none(), "so it does");
        let again = world.case(&mo).await;
        assert_eq!(
            again.causes,
            [i32::from(Cause::Depicted)],
            "it is read all the same"
        );
        assert!(says(&ben, 2).await, "about this one nobody decided");
        assert!(says(&cleo, 1).await, "nor about them");
        assert!(
            says(&ben, 1).await,
            "the same report again: it is hidden now"
        );
    }
}

#[tokio::test]
async fn only_pictures_of_what_one_sees_are_hidden() {
    for world in World::each().await {
        let (ann, ben) = (world.person(1), world.person(2));
        let mut about = with_pictures(&ann);
        world.shown(&about, 1).await;
        let asked = |n| world.depicting(about.id, picture(n));
        let (by, visitor) = (world.caller(&ben), visitor(1));
        assert_eq!(word(world.depicted(&by, asked(3)).await), "NOT_FOUND");
        assert_eq!(word(world.depicted(&visitor, asked(1)).await), "NOT_FOUND");
        let stranger = world.caller(&world.moderator_beside(4));
        assert_eq!(word(world.depicted(&stranger, asked(1)).await), "NOT_FOUND");
        assert!(world.ruled(about.id).await.is_none());
        about.public_until_ms = NOW_MS + DAY_MS;
        world.shown(&about, 2).await;
        assert_eq!(word(world.depicted(&visitor, asked(1)).await), "taken");
        assert_eq!(word(world.depicted(&by, asked(2)).await), "taken");
        assert_eq!(word(world.depicted(&by, asked(2)).await), "taken");
        assert_eq!(world.count("report").await, 2);
        let hidden = world.ruled(about.id).await.unwrap().pictures_hidden;
        assert_eq!(hidden, [picture(1).to_bytes(), picture(2).to_bytes()]);
    }
}
