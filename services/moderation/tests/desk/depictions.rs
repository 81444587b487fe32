//! "I am in this picture."

use contract::PostId;
use contract::common::{Measure, Occasion};
use contract::moderation::moderation_server::Moderation as _;
use contract::moderation::{
    AppealRequest, Cause, DecideAppealRequest, DecideCaseRequest, Outcome, Rule, appeal_reply,
};
use runtime::{DAY_MS, HOUR_MS};

use crate::world::{
    FACTS, NOW_MS, Notice, Person, World, keeping, notice, picture, receipt, removal, visitor, word,
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
        let asked = DecideCaseRequest {
            measure: Measure::Keep.into(),
            pictures_removed: vec![picture(1).to_bytes()],
            rule: Rule::Depiction.into(),
            ..removal(&case)
        };
        world.decided(&mo, asked).await;
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

/// Its author appeals, and another moderator decides that.
async fn appealed(world: &World, author: &Person, by: &Person, outcome: Outcome) {
    let on = world.statement(author, Occasion::Decision).await;
    let asked = world.caller(author).request(AppealRequest {
        statement: on.id,
        text: "It is my own brother.".into(),
    });
    let reply = world.desk.appeal(asked).await.unwrap().into_inner();
    let Some(appeal_reply::Outcome::Made(made)) = reply.outcome else {
        panic!("not made");
    };
    let decided = world.caller(by).request(DecideAppealRequest {
        appeal: made.appeal,
        outcome: outcome.into(),
        facts: FACTS.into(),
    });
    world.desk.decide_appeal(decided).await.unwrap();
}

#[tokio::test]
async fn undecided_it_stays_hidden_and_then_goes() {
    for world in World::each().await {
        let (ann, ben, mo) = (world.person(1), world.person(2), world.moderator(3));
        let about = with_pictures(&ann);
        world.shown(&about, 1).await;
        depicted(&world, &ben, about.id).await;
        world.told().await;
        world.pass(3 * DAY_MS - HOUR_MS);
        assert_eq!(world.desk.sweep().await.unwrap(), 0);
        world.pass(HOUR_MS);
        assert_eq!(world.desk.sweep().await.unwrap(), 1);
        assert_eq!(world.desk.sweep().await.unwrap(), 0);
        let ruled = world.ruled(about.id).await.unwrap();
        assert_eq!(ruled.pictures_removed, [picture(1).to_bytes()]);
        assert!(ruled.pictures_hidden.is_empty());
        assert!(
            world
                .queue(&mo, contract::moderation::Lane::Every)
                .await
                .unwrap()
                .is_empty()
        );
        assert!(
            world
                .statement(&ann, Occasion::Lapsed)
                .await
                .decision
                .is_none()
        );
        let told = world.statement(&ben, Occasion::ReportDecided).await;
        assert!(told.decision.is_none() && told.appeal_until_ms == 0);
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
