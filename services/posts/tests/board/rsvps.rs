//! Coming to events.

use contract::FaultKind;
use contract::common::{Category, Measure};
use contract::posts::posts_server::Posts as _;
use contract::posts::set_rsvp_reply::Outcome;
use contract::posts::{
    Attendance, EditRequest, ListRsvpsRequest, Post, PublishRequest, Rsvp, SetRsvpRequest,
    publish_reply,
};
use futures_util::future::join_all;
use runtime::DAY_MS;
use sea_orm::{ConnectionTrait, Statement};

use crate::world::{Person, World};

/// An event for so many.
fn event(world: &World, capacity: u32) -> PublishRequest {
    let mut draft = world.event();
    draft.event.as_mut().unwrap().capacity = capacity;
    draft
}

async fn say(
    world: &World,
    by: &Person,
    event: &Post,
    answer: Rsvp,
) -> Result<Outcome, contract::Fault> {
    let request = world.caller(by).request(SetRsvpRequest {
        post: event.id.clone(),
        answer: answer.into(),
    });
    let reply = world.posts.set_rsvp(request).await?;
    Ok(reply.into_inner().outcome.unwrap())
}

/// What came of it, in a word: "set", the code of the reason or the limit.
async fn said(world: &World, by: &Person, event: &Post, answer: Rsvp) -> String {
    match say(world, by, event, answer).await {
        Ok(Outcome::Set(post)) => {
            assert_eq!(post.id, event.id);
            "set".to_owned()
        }
        Ok(Outcome::Refused(refused)) => {
            assert_eq!(refused.reasons.len(), 1);
            refused.reasons[0].code.clone()
        }
        Ok(Outcome::Limited(limited)) => limited.limit,
        Err(fault) => fault.code.into_owned(),
    }
}

async fn coming_to(world: &World, by: &Person, events: &[&Post]) -> Vec<Attendance> {
    let request = world.caller(by).request(ListRsvpsRequest {
        posts: events.iter().map(|event| event.id.clone()).collect(),
    });
    let reply = world.posts.list_rsvps(request).await.unwrap();
    reply.into_inner().events
}

/// Who comes to one event.
async fn coming(world: &World, by: &Person, event: &Post) -> Attendance {
    let mut events = coming_to(world, by, &[event]).await;
    assert_eq!(events.len(), 1);
    events.remove(0)
}

async fn rows(world: &World) -> i64 {
    let on = world.scratch.store.read();
    let sql = "SELECT COUNT(*) AS n FROM rsvp";
    let statement = Statement::from_string(on.get_database_backend(), sql);
    let row = on.query_one_raw(statement).await.unwrap().unwrap();
    row.try_get("", "n").unwrap()
}

#[tokio::test]
async fn going_takes_a_place_and_the_rest_does_not() {
    for world in World::each().await {
        let (ann, ben, cleo) = (world.person(1), world.person(2), world.person(3));
        let party = world.up(&ann, event(&world, 2)).await;
        assert_eq!(coming(&world, &ben, &party).await.places_left, Some(2));
        assert_eq!(said(&world, &ben, &party, Rsvp::Maybe).await, "set");
        assert_eq!(coming(&world, &ben, &party).await.places_left, Some(2));
        assert_eq!(said(&world, &ben, &party, Rsvp::Going).await, "set");
        assert_eq!(
            said(&world, &ann, &party, Rsvp::Going).await,
            "set",
            "the author too"
        );
        assert_eq!(coming(&world, &cleo, &party).await.places_left, Some(0));
        assert_eq!(said(&world, &cleo, &party, Rsvp::Going).await, "EVENT_FULL");
        assert_eq!(coming(&world, &cleo, &party).await.mine(), Rsvp::Unanswered);
        assert_eq!(said(&world, &cleo, &party, Rsvp::Maybe).await, "set");
        assert_eq!(
            said(&world, &ben, &party, Rsvp::Going).await,
            "set",
            "keeps the place"
        );
        assert_eq!(said(&world, &ben, &party, Rsvp::NotGoing).await, "set");
        assert_eq!(coming(&world, &ben, &party).await.mine(), Rsvp::NotGoing);
        assert_eq!(said(&world, &cleo, &party, Rsvp::Going).await, "set");
        assert_eq!(said(&world, &cleo, &party, Rsvp::Unanswered).await, "set");
        let left = coming(&world, &cleo, &party).await;
        assert_eq!((left.places_left, left.mine()), (Some(1), Rsvp::Unanswered));
        let open = world.up(&ann, event(&world, 0)).await;
        assert_eq!(said(&world, &ben, &open, Rsvp::Going).await, "set");
        assert_eq!(coming(&world, &ben, &open).await.places_left, None);
    }
}

#[tokio::test]
async fn the_last_places_are_given_once_however_many_ask_at_the_same_time() {
    for world in World::each().await {
        let ann = world.person(1);
        let party = world.up(&ann, event(&world, 3)).await;
        let people: Vec<Person> = (2..14).map(|n| world.person(n)).collect();
        let asked = people
            .iter()
            .map(|by| said(&world, by, &party, Rsvp::Going));
        let outcomes = join_all(asked).await;
        let set = outcomes.iter().filter(|outcome| *outcome == "set").count();
        let full = outcomes
            .iter()
            .filter(|outcome| *outcome == "EVENT_FULL")
            .count();
        assert_eq!((set, full), (3, 9), "{outcomes:?}");
        assert_eq!(coming(&world, &ann, &party).await.answers.len(), 3);
    }
}

#[tokio::test]
async fn the_author_alone_reads_who_answered_and_nothing_of_when() {
    for world in World::each().await {
        let ann = world.person(1);
        let moderator = world.moderator(2);
        let party = world.up(&ann, event(&world, 0)).await;
        let other = world.up(&moderator, event(&world, 9)).await;
        for (n, answer) in [(7, Rsvp::Maybe), (5, Rsvp::Going), (6, Rsvp::NotGoing)] {
            assert_eq!(said(&world, &world.person(n), &party, answer).await, "set");
        }
        let seen = coming(&world, &ann, &party).await;
        let answers: Vec<_> = seen
            .answers
            .iter()
            .map(|answer| (answer.pseudonym.as_str(), answer.answer()))
            .collect();
        let by_name = [
            ("Merle 5", Rsvp::Going),
            ("Merle 6", Rsvp::NotGoing),
            ("Merle 7", Rsvp::Maybe),
        ];
        assert_eq!(answers, by_name);
        assert!(seen.own);
        for person in [&moderator, &world.person(5)] {
            let seen = coming(&world, person, &party).await;
            assert!(!seen.own && seen.answers.is_empty());
        }
        let both = coming_to(&world, &moderator, &[&party, &other]).await;
        assert_eq!(both.len(), 2, "one call for a page");
        assert!(both.iter().all(|event| event.answers.is_empty()));
    }
}

#[tokio::test]
async fn fewer_places_than_people_are_none_left_and_nobody_loses_theirs() {
    for world in World::each().await {
        let (ann, ben) = (world.person(1), world.person(2));
        let party = world.up(&ann, event(&world, 3)).await;
        for n in 2..5 {
            assert_eq!(
                said(&world, &world.person(n), &party, Rsvp::Going).await,
                "set"
            );
        }
        let mut smaller = event(&world, 1).event.unwrap();
        smaller.capacity = 1;
        let edit = EditRequest {
            post: party.id.clone(),
            event: Some(smaller),
            ..Default::default()
        };
        world.edit(&ann, edit).await.unwrap();
        let left = coming(&world, &ben, &party).await;
        assert_eq!((left.places_left, left.mine()), (Some(0), Rsvp::Going));
        assert_eq!(said(&world, &ben, &party, Rsvp::Going).await, "set");
        assert_eq!(said(&world, &ben, &party, Rsvp::Maybe).await, "set");
        assert_eq!(said(&world, &ben, &party, Rsvp::Going).await, "EVENT_FULL");
    }
}

#[tokio::test]
async fn what_is_over_settled_held_gone_or_no_event_takes_no_answer() {
    for world in World::each().await {
        let (ann, ben) = (world.person(1), world.person(2));
        let question = world.up(&ann, world.draft()).await;
        assert_eq!(said(&world, &ben, &question, Rsvp::Going).await, "NO_RSVP");
        assert!(coming_to(&world, &ben, &[&question]).await.is_empty());
        let settled = world.up(&ann, event(&world, 0)).await;
        assert_eq!(said(&world, &ben, &settled, Rsvp::Going).await, "set");
        world.resolve(&ann, &settled).await.unwrap();
        assert_eq!(said(&world, &ben, &settled, Rsvp::Maybe).await, "NO_RSVP");
        assert_eq!(
            said(&world, &ben, &settled, Rsvp::Unanswered).await,
            "set",
            "taken back"
        );
        let gone = world.up(&ann, event(&world, 0)).await;
        world.withdraw(&ann, &gone).await.unwrap();
        assert_eq!(said(&world, &ben, &gone, Rsvp::Going).await, "NOT_FOUND");
        let held = world
            .publish(&world.newcomer(8), event(&world, 0))
            .await
            .unwrap();
        let publish_reply::Outcome::InReview(held) = held else {
            panic!("a newcomer's is held");
        };
        assert_eq!(said(&world, &ben, &held, Rsvp::Going).await, "NOT_FOUND");
        assert_eq!(
            said(&world, &world.newcomer(8), &held, Rsvp::Going).await,
            "NO_RSVP"
        );
        assert_eq!(
            said(&world, &world.moderator(3), &held, Rsvp::Going).await,
            "NO_RSVP"
        );
        assert!(coming_to(&world, &ben, &[&held]).await.is_empty());
        let over = world.up(&ann, event(&world, 0)).await;
        world.pass(DAY_MS + 7_200_000);
        assert_eq!(said(&world, &ben, &over, Rsvp::Going).await, "NO_RSVP");
        let mut stranger = ben.clone();
        stranger.standing.neighbourhood = contract::NeighbourhoodId::from_random([9; 16]);
        assert_eq!(
            said(&world, &stranger, &over, Rsvp::Going).await,
            "NOT_FOUND"
        );
        let outside = contract::Caller::Visitor {
            locale: contract::Locale::English,
            origin: vec![],
        };
        let request = outside.request(SetRsvpRequest {
            post: over.id.clone(),
            answer: Rsvp::Going.into(),
        });
        let fault = contract::Fault::from(world.posts.set_rsvp(request).await.unwrap_err());
        assert_eq!(fault.kind, FaultKind::Unauthenticated);
    }
}

#[tokio::test]
async fn changing_ones_mind_has_a_limit_and_taking_back_has_none() {
    for world in World::each().await {
        let (ann, ben) = (world.person(1), world.person(2));
        let party = world.up(&ann, event(&world, 0)).await;
        for turn in 0..5 {
            let answer = if turn % 2 == 0 {
                Rsvp::Going
            } else {
                Rsvp::Maybe
            };
            for _ in 0..3 {
                assert_eq!(
                    said(&world, &ben, &party, answer).await,
                    "set",
                    "the same is no change"
                );
            }
        }
        assert_eq!(said(&world, &ben, &party, Rsvp::Maybe).await, "rsvps_a_day");
        assert_eq!(coming(&world, &ben, &party).await.mine(), Rsvp::Going);
        assert_eq!(said(&world, &ben, &party, Rsvp::Unanswered).await, "set");
        assert_eq!(said(&world, &ben, &party, Rsvp::Going).await, "rsvps_a_day");
        let Ok(Outcome::Limited(limited)) = say(&world, &ben, &party, Rsvp::Going).await else {
            panic!("limited");
        };
        world.pass(limited.retry_at_ms - world.clock.now_ms());
        assert_eq!(said(&world, &ben, &party, Rsvp::Going).await, "set");
    }
}

#[tokio::test]
async fn answers_go_with_their_event_whichever_way_it_goes() {
    for world in World::each().await {
        let (ann, ben) = (world.person(1), world.person(2));
        let [withdrawn, removed, expired] = [
            world.up(&ann, event(&world, 0)).await,
            world.up(&world.person(4), event(&world, 0)).await,
            world.up(&ann, event(&world, 0)).await,
        ];
        for event in [&withdrawn, &removed, &expired] {
            assert_eq!(said(&world, &ben, event, Rsvp::Going).await, "set");
        }
        assert_eq!(rows(&world).await, 3);
        world.withdraw(&ann, &withdrawn).await.unwrap();
        assert_eq!(rows(&world).await, 2);
        world.ruled(&world.posts, &removed, Measure::Remove).await;
        assert_eq!(rows(&world).await, 2, "an appeal may bring it back");
        world.pass(3 * DAY_MS);
        world.posts.sweep().await.unwrap();
        assert_eq!(rows(&world).await, 0);
    }
}

#[tokio::test]
async fn a_page_of_events_is_asked_for_within_bounds() {
    for world in World::each().await {
        let ann = world.person(1);
        let mut draft = world.draft();
        draft.category = Category::Question.into();
        let post = world.up(&ann, draft).await;
        for (posts, code) in [
            (vec![], "TOO_MANY"),
            (vec![post.id.clone(); 51], "TOO_MANY"),
            (vec![vec![1; 3].into()], "INVALID_ID"),
        ] {
            let request = world.caller(&ann).request(ListRsvpsRequest { posts });
            let fault = contract::Fault::from(world.posts.list_rsvps(request).await.unwrap_err());
            assert_eq!(fault.code, code);
        }
    }
}
