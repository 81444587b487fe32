//! A newcomer's notice is read before it is shown.

use contract::FaultKind;
use contract::common::{Category, Measure, Picture};
use contract::events::ContentRuled;
use contract::events::envelope::Body;
use contract::posts::{EditRequest, Pictures, Post, State, publish_reply::Outcome};
use runtime::{DAY_MS, HOUR_MS};

use crate::world::{NOW_MS, Person, World};

async fn held(world: &World, by: &Person) -> Post {
    match world.publish(by, world.draft()).await.unwrap() {
        Outcome::InReview(post) => post,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_notice_that_is_read_again_does_not_begin_anew() {
    for world in World::each().await {
        let (new, mo) = (world.newcomer(1), world.moderator(3));
        let post = held(&world, &new).await;
        world.pass(HOUR_MS);
        let first = world.released(&mo, &post).await;
        assert!(first.published_at_ms > NOW_MS, "waiting does not count");
        world.pass(5 * DAY_MS);
        let edit = EditRequest {
            post: post.id.clone(),
            client_key: vec![7; 16].into(),
            body: Some("Changed.".into()),
            ..EditRequest::default()
        };
        world.edit(&new, edit).await.unwrap();
        let edited = world.get(&new, &post).await.unwrap();
        world.pass(DAY_MS);
        let again = world.released(&mo, &edited).await;
        assert_eq!(again.state(), State::Published);
        assert_eq!(again.published_at_ms, first.published_at_ms);
        assert_eq!(again.expires_at_ms, first.expires_at_ms);
    }
}

#[tokio::test]
async fn what_was_changed_after_it_was_read_is_read_again() {
    for world in World::each().await {
        let (new, ben, mo) = (world.newcomer(1), world.person(2), world.moderator(3));
        held(&world, &new).await;
        let read = world.waiting(&mo).await.remove(0);
        let edit = EditRequest {
            post: read.id.clone(),
            client_key: vec![7; 16].into(),
            body: Some("Something else altogether.".into()),
            ..EditRequest::default()
        };
        world.edit(&new, edit).await.unwrap();
        for measure in [Measure::Keep, Measure::Limit, Measure::Remove] {
            world.ruled(&world.posts, &read, measure).await;
            let kept = world.get(&new, &read).await.unwrap();
            assert_eq!(kept.state(), State::InReview, "{measure:?}");
        }
        assert!(world.get(&ben, &read).await.is_err());
        let read = world.waiting(&mo).await.remove(0);
        assert_eq!(read.body, "Something else altogether.");
        world.released(&mo, &read).await;
        assert!(world.get(&ben, &read).await.is_ok());
    }
}

#[tokio::test]
async fn nobody_but_author_and_moderators_sees_it_before_it_is_released() {
    for world in World::each().await {
        let (new, ben, mo) = (world.newcomer(1), world.person(2), world.moderator(3));
        let post = held(&world, &new).await;
        assert_eq!(
            world.get(&ben, &post).await.unwrap_err().kind,
            FaultKind::NotFound
        );
        assert_eq!(
            world.get(&new, &post).await.unwrap().state(),
            State::InReview
        );
        assert_eq!(world.waiting(&mo).await.len(), 1);
        let told = world.told().await;
        assert!(
            matches!(told[0].body, Some(Body::PostHeld(_))),
            "no text is told of what is held"
        );

        world.pass(HOUR_MS);
        let shown = world.released(&mo, &post).await;
        assert_eq!(
            shown.expires_at_ms, post.expires_at_ms,
            "an hour of the same day does not move the day on which it comes down"
        );
        assert!(world.get(&ben, &post).await.is_ok());
        assert!(world.waiting(&mo).await.is_empty());
        let told = world.told().await;
        assert!(matches!(told[0].body, Some(Body::PostShown(_))) && told[0].version == 2);
    }
}

#[tokio::test]
async fn waiting_costs_no_time_on_the_board() {
    for world in World::each().await {
        let (new, mo) = (world.newcomer(1), world.moderator(3));
        let post = held(&world, &new).await;
        world.pass(3 * DAY_MS);
        let shown = world.released(&mo, &post).await;
        assert_eq!(shown.expires_at_ms, post.expires_at_ms + 3 * DAY_MS);
    }
}

#[tokio::test]
async fn three_notices_and_fourteen_days_make_a_neighbour() {
    for world in World::each().await {
        let (new, mo) = (world.newcomer(1), world.moderator(3));
        for _ in 0..3 {
            let post = held(&world, &new).await;
            world.released(&mo, &post).await;
        }
        held(&world, &new).await;
        world.pass(14 * DAY_MS);
        world.up(&new, world.draft()).await;

        let quiet = world.newcomer(4);
        held(&world, &quiet).await;
    }
}

#[tokio::test]
async fn a_newcomers_change_is_read_again() {
    for world in World::each().await {
        let (new, mo) = (world.newcomer(1), world.moderator(3));
        let post = held(&world, &new).await;
        world.released(&mo, &post).await;
        let edit = EditRequest {
            post: post.id.clone(),
            body: Some("Other words.".into()),
            ..Default::default()
        };
        assert!(matches!(
            world.edit(&new, edit).await.unwrap(),
            Outcome::InReview(_)
        ));
        assert!(world.get(&world.person(2), &post).await.is_err());
    }
}

#[tokio::test]
async fn a_newcomers_hazard_appears_at_once_and_its_picture_after_review() {
    for world in World::each().await {
        let (new, ben, mo) = (world.newcomer(1), world.person(2), world.moderator(3));
        let mut draft = world.draft();
        draft.category = Category::Hazard.into();
        draft.pictures = vec![Picture {
            id: vec![1; 16].into(),
            ..Default::default()
        }];
        let post = world.up(&new, draft).await;
        assert!(
            post.pictures_held && post.pictures.len() == 1,
            "its author sees it"
        );
        assert!(world.get(&ben, &post).await.unwrap().pictures.is_empty());
        assert_eq!(world.waiting(&mo).await.len(), 1);
        world.released(&mo, &post).await;
        assert_eq!(world.get(&ben, &post).await.unwrap().pictures.len(), 1);
    }
}

/// A ruling is the whole of how things stand: what was kept before is said again with all that comes later.
#[tokio::test]
async fn a_newcomers_new_picture_is_not_shown_because_an_older_one_was_kept() {
    for world in World::each().await {
        let (new, ben, mo) = (world.newcomer(1), world.person(2), world.moderator(3));
        let picture = |n: u8| Picture {
            id: vec![n; 16].into(),
            ..Default::default()
        };
        let mut draft = world.draft();
        draft.category = Category::Hazard.into();
        draft.pictures = vec![picture(1)];
        let post = world.up(&new, draft).await;
        let kept = world.released(&mo, &post).await;
        let edit = EditRequest {
            post: post.id.clone(),
            pictures: Some(Pictures {
                pictures: vec![picture(1), picture(2)],
            }),
            ..Default::default()
        };
        world.edit(&new, edit).await.unwrap();
        let changed = world.get(&new, &post).await.unwrap();
        let tell = async |version, read, hidden| {
            let ruled = ContentRuled {
                measure: Measure::Keep.into(),
                read,
                pictures_hidden: hidden,
                ..Default::default()
            };
            let (id, body) = (post.id.clone(), Body::ContentRuled(ruled));
            world.hear_of("moderation", id, version, body).await;
            world.get(&ben, &post).await.unwrap().pictures.len()
        };
        // Somebody is in the first one, and then nobody decides about it.
        assert_eq!(tell(2, kept.version, vec![picture(1).id]).await, 0);
        assert_eq!(tell(3, kept.version, Vec::new()).await, 0);
        assert_eq!(world.waiting(&mo).await.len(), 1, "it waits still");
        assert_eq!(tell(4, changed.version, Vec::new()).await, 2);
    }
}
