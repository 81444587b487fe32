//! What moderators decided reaches what they read, and nothing that nobody read.

use contract::common::{Category, Measure, Picture};
use contract::events::envelope::Body;
use contract::events::{AuthorRestrained, Cause, ContentRuled, PostHeld};
use contract::posts::posts_server::Posts as _;
use contract::posts::{
    EditRequest, ListCommentsRequest, Pictures, Post, PublishRequest, State, publish_reply::Outcome,
};
use runtime::{DAY_MS, MINUTE_MS};

use crate::world::{Person, World};

fn ruled(measure: Measure, read: u64) -> ContentRuled {
    ContentRuled {
        measure: measure.into(),
        read,
        ..ContentRuled::default()
    }
}

async fn rule(world: &World, post: &Post, version: u64, measure: Measure) {
    let ruled = ruled(measure, post.version);
    let body = Body::ContentRuled(ruled);
    world
        .hear_of("moderation", post.id.clone(), version, body)
        .await;
}

fn change(post: &Post, body: &str) -> EditRequest {
    EditRequest {
        post: post.id.clone(),
        body: Some(body.into()),
        ..EditRequest::default()
    }
}

/// The last that was told: that a notice is held.
async fn held(world: &World) -> PostHeld {
    match world.told().await.pop().unwrap().body {
        Some(Body::PostHeld(held)) => held,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn what_waits_is_shown_once_it_may_stay() {
    for world in World::each().await {
        let (new, ben) = (world.newcomer(1), world.person(2));
        let Outcome::InReview(post) = world.publish(&new, world.draft()).await.unwrap() else {
            panic!("a newcomer's waits");
        };
        rule(&world, &post, 1, Measure::Keep).await;
        assert_eq!(
            world.get(&ben, &post).await.unwrap().state(),
            State::Published
        );
        let told = world.told().await;
        assert!(matches!(
            told.last().unwrap().body,
            Some(Body::PostShown(_))
        ));
    }
}

#[tokio::test]
async fn what_is_removed_stays_with_its_author_and_comes_back_on_appeal() {
    for world in World::each().await {
        let (ann, ben, mo) = (world.person(1), world.person(2), world.moderator(3));
        let post = world.up(&ann, world.draft()).await;
        rule(&world, &post, 1, Measure::Remove).await;
        let told = held(&world).await;
        assert!(told.removed && !told.lapsed, "it waits for nobody");
        for other in [&ben, &mo] {
            assert!(world.get(other, &post).await.is_err());
        }
        let kept = world.get(&ann, &post).await.unwrap();
        assert_eq!((kept.state(), &kept.body), (State::Removed, &post.body));
        assert_eq!(kept.ruling(), Measure::Remove);
        let fault = world
            .edit(&ann, change(&post, "Other words."))
            .await
            .unwrap_err();
        assert_eq!(fault.code, "WRONG_STATE");
        // The same once more, and an older one that was late.
        rule(&world, &post, 1, Measure::Remove).await;
        assert!(world.told().await.is_empty(), "nothing is new");

        world.pass(DAY_MS);
        rule(&world, &post, 2, Measure::Keep).await;
        let back = world.get(&ben, &post).await.unwrap();
        assert_eq!(back.state(), State::Published);
        assert_eq!(back.expires_at_ms, post.expires_at_ms, "its time went on");
        rule(&world, &post, 1, Measure::Remove).await;
        assert!(world.get(&ben, &post).await.is_ok(), "the newest holds");

        rule(&world, &post, 3, Measure::Remove).await;
        world.withdraw(&ann, &post).await.unwrap();
        assert!(world.get(&ann, &post).await.is_err());
        rule(&world, &post, 4, Measure::Keep).await;
        assert!(
            world.get(&ann, &post).await.is_err(),
            "what is gone is gone"
        );
    }
}

#[tokio::test]
async fn words_that_nobody_judged_are_read_before_they_go() {
    for world in World::each().await {
        let (ann, ben) = (world.person(1), world.person(2));
        for measure in [Measure::Remove, Measure::AskForEdit] {
            let draft = PublishRequest {
                client_key: vec![measure as u8; 16].into(),
                ..world.draft()
            };
            let post = world.up(&ann, draft).await;
            let changed = world
                .edit(&ann, change(&post, "Other words."))
                .await
                .unwrap();
            assert!(matches!(changed, Outcome::Published(_)));
            rule(&world, &post, 1, measure).await;
            assert!(world.get(&ben, &post).await.is_err());
            let held = held(&world).await;
            assert!(!held.removed && held.causes == [i32::from(Cause::Amended)]);
        }
    }
}

/// Rulings are followed, and are no words of its author: whoever read it before one has read it.
#[tokio::test]
async fn a_ruling_does_not_make_what_was_read_be_read_again() {
    for world in World::each().await {
        let (ann, ben) = (world.person(1), world.person(2));
        let post = world.up(&ann, world.draft()).await;
        rule(&world, &post, 1, Measure::Limit).await;
        assert!(world.get(&ben, &post).await.unwrap().version > post.version);
        rule(&world, &post, 2, Measure::Remove).await;
        assert!(held(&world).await.removed, "nobody has to read it again");
        assert!(world.get(&ben, &post).await.is_err());
    }
}

fn picture(n: u8) -> Picture {
    Picture {
        id: contract::MediaId::from_random([n; 16]).to_bytes(),
        ..Picture::default()
    }
}

#[tokio::test]
async fn pictures_that_were_taken_out_wait_where_nobody_sees_them_and_come_back() {
    for world in World::each().await {
        let (ann, ben) = (world.person(1), world.person(2));
        let draft = PublishRequest {
            category: Category::LostFound.into(),
            pictures: vec![picture(1), picture(2)],
            ..world.draft()
        };
        let post = world.up(&ann, draft).await;
        let take_out = |removed: &[u8], withheld: &[u8]| {
            let ids = |of: &[u8]| of.iter().map(|n| picture(*n).id).collect();
            Body::ContentRuled(ContentRuled {
                pictures_removed: ids(removed),
                pictures_withheld: ids(withheld),
                ..ruled(Measure::Keep, post.version)
            })
        };
        let hear = |version, body| {
            let id = post.id.clone();
            world.hear_of("moderation", id, version, body)
        };
        let seen = async |by: &Person| -> Vec<_> {
            let post = world.get(by, &post).await.unwrap();
            post.pictures.into_iter().map(|one| one.id).collect()
        };
        hear(1, take_out(&[], &[1])).await;
        for person in [&ann, &ben] {
            assert_eq!(seen(person).await, [picture(2).id]);
        }
        let Some(Body::PostShown(told)) = world.told().await.pop().unwrap().body else {
            panic!("it is up");
        };
        assert_eq!(told.pictures_withheld, [picture(1).id], "media keeps it");
        assert!(told.pictures_held.is_empty());
        // Its author does not put it back, nor on another notice.
        let back = EditRequest {
            pictures: Some(Pictures {
                pictures: vec![picture(1)],
            }),
            ..change(&post, "The same.")
        };
        let Outcome::Refused(refused) = world.edit(&ann, back).await.unwrap() else {
            panic!("moderators alone give it back");
        };
        assert_eq!(refused.reasons[0].code, "MEDIA_NOT_ALLOWED");
        let other = PublishRequest {
            client_key: vec![9; 16].into(),
            category: Category::LostFound.into(),
            pictures: vec![picture(1)],
            ..world.draft()
        };
        assert_eq!(world.refusal(&ann, other).await, ["MEDIA_IN_USE"]);

        hear(2, take_out(&[], &[])).await;
        assert_eq!(seen(&ben).await.len(), 2, "an appeal succeeded");
        hear(3, take_out(&[], &[2])).await;
        hear(4, take_out(&[2], &[])).await;
        let Some(Body::PostShown(told)) = world.told().await.pop().unwrap().body else {
            panic!("it is up");
        };
        assert!(told.pictures_withheld.is_empty(), "another one failed");
        assert_eq!(seen(&ann).await, [picture(1).id]);
    }
}

#[tokio::test]
async fn who_is_asked_for_a_change_makes_it_and_is_read_again() {
    for world in World::each().await {
        let (ann, ben) = (world.person(1), world.person(2));
        let post = world.up(&ann, world.draft()).await;
        rule(&world, &post, 1, Measure::AskForEdit).await;
        assert!(
            held(&world).await.removed,
            "its author is waited for, no reader"
        );
        let asked = world.get(&ann, &post).await.unwrap();
        assert_eq!(
            (asked.state(), asked.ruling()),
            (State::InReview, Measure::AskForEdit)
        );
        assert!(world.get(&ben, &post).await.is_err());
        let Outcome::InReview(changed) = world
            .edit(&ann, change(&post, "Other words."))
            .await
            .unwrap()
        else {
            panic!("it is read again");
        };
        assert_eq!(changed.ruling(), Measure::Unspecified);
        let held = held(&world).await;
        assert!(!held.removed && held.causes == [i32::from(Cause::Amended)]);
        rule(&world, &changed, 2, Measure::Keep).await;
        assert_eq!(world.get(&ben, &post).await.unwrap().body, "Other words.");
    }
}

#[tokio::test]
async fn who_was_asked_for_a_change_wrongly_need_not_make_it() {
    for world in World::each().await {
        let (ann, ben) = (world.person(1), world.person(2));
        let post = world.up(&ann, world.draft()).await;
        rule(&world, &post, 1, Measure::AskForEdit).await;
        assert!(world.get(&ben, &post).await.is_err());
        rule(&world, &post, 2, Measure::Keep).await;
        assert!(world.get(&ben, &post).await.is_ok(), "as it was read");
    }
}

#[tokio::test]
async fn what_may_be_shown_on_a_full_day_waits_for_no_reader_and_follows() {
    for world in World::each().await {
        let (ben, mo) = (world.person(8), world.moderator(9));
        world.attend(&mo).await;
        let mut waiting = Vec::new();
        for n in 1..=5 {
            let person = world.person(n);
            let draft = world.cooling(&person, world.behaviour()).await;
            world.pass(20 * MINUTE_MS);
            waiting.push((world.confirmed(&person, &draft).await, person));
        }
        for (post, _) in &waiting[..3] {
            rule(&world, post, 1, Measure::Keep).await;
        }
        // One that may be shown, and one that was taken down by mistake.
        rule(&world, &waiting[3].0, 1, Measure::Keep).await;
        rule(&world, &waiting[4].0, 1, Measure::Remove).await;
        rule(&world, &waiting[4].0, 2, Measure::Keep).await;
        assert!(world.waiting(&mo).await.is_empty(), "all of them were read");
        for (post, author) in &waiting[3..] {
            let kept = world.get(author, post).await.unwrap();
            assert!(kept.accepted && kept.state() == State::InReview, "{kept:?}");
        }
        world.pass(DAY_MS - world.clock.now_ms() % DAY_MS);
        world.posts.sweep().await.unwrap();
        for (post, _) in &waiting {
            assert_eq!(
                world.get(&ben, post).await.unwrap().state(),
                State::Published
            );
        }
    }
}

#[tokio::test]
async fn a_limited_notice_takes_no_answers() {
    for world in World::each().await {
        let (ann, ben) = (world.person(1), world.person(2));
        let post = world.up(&ann, world.draft()).await;
        rule(&world, &post, 1, Measure::Limit).await;
        assert!(!world.get(&ben, &post).await.unwrap().takes_comments);
        let reply = world
            .add(&ben, world.comment(&post, "hello"))
            .await
            .unwrap();
        assert!(format!("{reply:?}").contains("NO_COMMENTS"), "{reply:?}");
        rule(&world, &post, 2, Measure::Keep).await;
        world.added(&ben, world.comment(&post, "hello")).await;
    }
}

#[tokio::test]
async fn a_picture_is_hidden_until_it_is_decided_about() {
    for world in World::each().await {
        let (ann, ben) = (world.person(1), world.person(2));
        let picture = |n: u8| Picture {
            id: vec![n; 16].into(),
            ..Picture::default()
        };
        let draft = PublishRequest {
            category: Category::GiveLend.into(),
            pictures: vec![picture(1), picture(2)],
            ..world.draft()
        };
        let post = world.up(&ann, draft).await;
        let tell = async |version, ruled| {
            let body = Body::ContentRuled(ruled);
            world
                .hear_of("moderation", post.id.clone(), version, body)
                .await;
        };
        let one = picture(1).id;
        let hidden = ContentRuled {
            pictures_hidden: vec![one.clone()],
            ..ruled(Measure::Unspecified, 1)
        };
        tell(1, hidden).await;
        assert!(world.get(&ben, &post).await.unwrap().pictures.is_empty());
        assert_eq!(world.get(&ann, &post).await.unwrap().pictures.len(), 2);
        // Its author takes it off and puts it on again.
        let again = EditRequest {
            post: post.id.clone(),
            pictures: Some(Pictures {
                pictures: vec![picture(1), picture(2)],
            }),
            ..EditRequest::default()
        };
        world.edit(&ann, again).await.unwrap();
        assert!(world.get(&ben, &post).await.unwrap().pictures.is_empty());
        let told = world.told().await.pop().unwrap().body;
        assert!(matches!(told, Some(Body::PostShown(shown)) if shown.pictures_held.len() == 2));
        let removed = ContentRuled {
            pictures_removed: vec![one],
            ..ruled(Measure::Unspecified, 3)
        };
        tell(2, removed).await;
        assert_eq!(world.get(&ben, &post).await.unwrap().pictures, [picture(2)]);
    }
}

async fn comments(world: &World, person: &Person, post: &Post) -> Vec<(String, bool)> {
    let request = ListCommentsRequest {
        post: post.id.clone(),
        first: 20,
        ..ListCommentsRequest::default()
    };
    let request = world.caller(person).request(request);
    let reply = world.posts.list_comments(request).await.unwrap();
    let comments = reply.into_inner().comments.into_iter();
    comments.map(|one| (one.body, one.removed)).collect()
}

#[tokio::test]
async fn an_answer_is_taken_down_and_comes_back() {
    for world in World::each().await {
        let (ann, ben) = (world.person(1), world.person(2));
        let post = world.up(&ann, world.draft()).await;
        let answer = world.added(&ben, world.comment(&post, "hello")).await;
        let tell = async |version, measure| {
            let body = Body::ContentRuled(ruled(measure, 1));
            world
                .hear_of("moderation", answer.id.clone(), version, body)
                .await;
        };
        tell(1, Measure::Remove).await;
        assert!(comments(&world, &ann, &post).await.is_empty());
        let own = comments(&world, &ben, &post).await;
        assert_eq!(
            own,
            [("hello".to_owned(), true)],
            "its author sees that it is"
        );
        tell(2, Measure::Keep).await;
        let all = comments(&world, &ann, &post).await;
        assert_eq!(all, [("hello".to_owned(), false)]);
    }
}

#[tokio::test]
async fn who_was_profiling_tells_of_nobody_where_they_did() {
    for world in World::each().await {
        let (ann, mo) = (world.person(1), world.moderator(3));
        world.attend(&mo).await;
        let until_ms = world.clock.now_ms() + 30 * DAY_MS;
        let tell = async |version, people_until_ms| {
            let body = Body::AuthorRestrained(AuthorRestrained {
                people_until_ms,
                ..AuthorRestrained::default()
            });
            let resident = ann.standing.resident.to_bytes();
            world.hear_of("moderation", resident, version, body).await;
        };
        tell(2, until_ms).await;
        tell(1, 0).await;
        match world.publish(&ann, world.behaviour()).await.unwrap() {
            Outcome::Limited(limited) => {
                assert_eq!(limited.limit, "about_people_paused");
                assert_eq!(limited.retry_at_ms, until_ms);
            }
            other => panic!("{other:?}"),
        }
        world.up(&ann, world.draft()).await;
        tell(3, 0).await;
        world.cooling(&ann, world.behaviour()).await;
    }
}
