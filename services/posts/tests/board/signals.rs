//! Readers are told to look again when what they see is no longer so, and only then.

use bus::{Signals, Topic};
use contract::PostId;
use contract::common::Measure;
use contract::events::ResidentErased;
use contract::events::envelope::Body;
use contract::posts::posts_server::Posts as _;
use contract::posts::{CommentRequest, EditRequest, Post, Rsvp, SetRsvpRequest, publish_reply};
use futures_util::FutureExt;
use runtime::DAY_MS;

use crate::world::{Person, World};

fn listen(world: &World, post: &Post) -> Signals {
    let id = PostId::from_bytes(&post.id).unwrap();
    world.bus.listen(Topic::Post(id))
}

/// Whether there was a signal since the last time.
fn heard(signals: &mut Signals) -> bool {
    signals.next().now_or_never().is_some()
}

async fn say(world: &World, by: &Person, event: &Post, answer: Rsvp) {
    let request = SetRsvpRequest {
        post: event.id.clone(),
        answer: answer.into(),
    };
    let request = world.caller(by).request(request);
    world.posts.set_rsvp(request).await.unwrap();
}

#[tokio::test]
async fn whatever_changes_a_notice_or_the_answers_below_it_is_signalled() {
    for world in World::each().await {
        let (ann, ben) = (world.person(1), world.person(2));
        let post = world.up(&ann, world.draft()).await;
        let other = world.up(&ann, world.draft()).await;
        let (mut here, mut there) = (listen(&world, &post), listen(&world, &other));

        let comment = world
            .added(&ben, world.comment(&post, "By the canal."))
            .await;
        assert!(heard(&mut here), "an answer");
        let request = CommentRequest {
            comment: comment.id,
        };
        let request = world.caller(&ben).request(request);
        world.posts.withdraw_comment(request).await.unwrap();
        assert!(heard(&mut here), "an answer taken back");
        let edit = EditRequest {
            post: post.id.clone(),
            body: Some("The one by the church is open again.".into()),
            ..EditRequest::default()
        };
        world.edit(&ann, edit).await.unwrap();
        assert!(heard(&mut here), "edited");
        world.resolve(&ann, &post).await.unwrap();
        assert!(heard(&mut here), "settled");
        world.resolve(&ann, &post).await.unwrap();
        assert!(!heard(&mut here), "settled already");
        world.withdraw(&ann, &post).await.unwrap();
        assert!(heard(&mut here), "withdrawn");

        assert!(!heard(&mut there), "another notice");
        world.pass(90 * DAY_MS);
        world.posts.sweep().await.unwrap();
        assert!(heard(&mut there), "its time is over");
    }
}

#[tokio::test]
async fn what_a_moderator_decides_is_signalled() {
    for world in World::each().await {
        let new = world.newcomer(1);
        for measure in [Measure::Keep, Measure::Remove] {
            let held = match world.publish(&new, world.draft()).await.unwrap() {
                publish_reply::Outcome::InReview(post) => post,
                other => panic!("not held: {other:?}"),
            };
            let mut signals = listen(&world, &held);
            world.ruled(&world.posts, &held, measure).await;
            assert!(heard(&mut signals), "{measure:?}");
        }
    }
}

#[tokio::test]
async fn of_those_who_come_only_the_places_are_signalled() {
    for world in World::each().await {
        let (ann, ben) = (world.person(1), world.person(2));
        let mut draft = world.event();
        draft.event.as_mut().unwrap().capacity = 1;
        let party = world.up(&ann, draft).await;
        let mut signals = listen(&world, &party);
        for (answer, expected) in [
            (Rsvp::Maybe, false),
            (Rsvp::Going, true),
            (Rsvp::Going, false),
            (Rsvp::NotGoing, true),
            (Rsvp::Unanswered, false),
        ] {
            say(&world, &ben, &party, answer).await;
            assert_eq!(heard(&mut signals), expected, "{answer:?}");
        }
        let mut draft = world.event();
        draft.event.as_mut().unwrap().capacity = 0;
        let open = world.up(&ann, draft).await;
        let mut signals = listen(&world, &open);
        say(&world, &ben, &open, Rsvp::Going).await;
        assert!(!heard(&mut signals), "there are no places to see");
    }
}

#[tokio::test]
async fn an_erasure_is_signalled_wherever_something_was_theirs() {
    for world in World::each().await {
        let (ann, ben) = (world.person(1), world.person(2));
        let party = world.up(&ann, world.event()).await;
        let question = world.up(&ann, world.draft()).await;
        let own = world.up(&ben, world.draft()).await;
        say(&world, &ben, &party, Rsvp::Going).await;
        world
            .added(&ben, world.comment(&question, "By the canal."))
            .await;
        let mut signals = [&party, &question, &own].map(|post| listen(&world, post));
        let mut draft = world.event();
        draft.event.as_mut().unwrap().capacity = 0;
        let open = world.up(&ann, draft).await;
        say(&world, &ben, &open, Rsvp::Going).await;
        let perhaps = world.up(&ann, world.event()).await;
        say(&world, &ben, &perhaps, Rsvp::Maybe).await;
        let mut unseen = [&open, &perhaps].map(|post| listen(&world, post));
        let subject = ben.standing.resident.to_bytes();
        let erased = Body::ResidentErased(ResidentErased {});
        world.hear(subject, 1, erased).await;
        assert!(signals.iter_mut().all(heard));
        assert!(
            !unseen.iter_mut().any(heard),
            "no place is free that was not"
        );
    }
}
