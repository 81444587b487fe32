//! Putting notices up, changing them, taking them down.

use contract::FaultKind;
use contract::common::{Category, Picture};
use contract::posts::posts_server::Posts as _;
use contract::posts::{
    EditRequest, Pictures, Post, PublishRequest, Signature, State, publish_reply::Outcome,
};
use geo::{CoarseCell, Place};
use runtime::{DAY_MS, HOUR_MS};

use crate::world::{NOW_MS, World};

fn picture(n: u8) -> Picture {
    Picture {
        id: vec![n; 16].into(),
        width: 10,
        height: 10,
        blurhash: "x".into(),
        alt: "A cat".into(),
    }
}

#[tokio::test]
async fn a_notice_goes_up_under_a_pseudonym_at_home() {
    for world in World::each().await {
        let ann = world.person(1);
        let post = world.up(&ann, world.draft()).await;
        assert_eq!(post.signed_by, "Merle 1");
        assert_eq!(post.state(), State::Published);
        assert_eq!(
            post.published_at_ms % (15 * 60_000),
            0,
            "a quarter of an hour"
        );
        let fortnight_ms = NOW_MS + 14 * DAY_MS;
        assert!((fortnight_ms..fortnight_ms + DAY_MS).contains(&post.expires_at_ms));
        assert_eq!(post.expires_at_ms % DAY_MS, 0, "an end tells no beginning");
        assert!(post.mine && post.takes_comments);
        assert!(!world.get(&world.person(2), &post).await.unwrap().mine);
    }
}

#[tokio::test]
async fn a_place_is_never_finer_than_map_and_category() {
    for world in World::each().await {
        let ann = world.person(1);
        let tile = world.map.tiles().nth(3).unwrap();
        assert_eq!(tile.level(), 14);
        let mut draft = world.draft();
        draft.place = Some(tile.to_i64());
        let post = world.up(&ann, draft.clone()).await;
        assert_eq!(
            Place::from_i64(post.place).unwrap().level(),
            Some(13),
            "QUESTION is of level 13"
        );
        draft.category = Category::GiveLend.into();
        draft.client_key = vec![3; 16].into();
        let post = world.up(&ann, draft).await;
        assert_eq!(post.place, tile.to_i64());
        assert_eq!(
            post.signed_by, "",
            "a place picked away from home is not signed"
        );
    }
}

#[tokio::test]
async fn what_cannot_go_up_says_why_and_leaves_nothing() {
    for world in World::each().await {
        let ann = world.person(1);
        let far = CoarseCell::at(10.0, 10.0, 13).unwrap();
        let draft = world.draft();
        let with = |change: &dyn Fn(&mut contract::posts::PublishRequest)| {
            let mut draft = draft.clone();
            change(&mut draft);
            draft
        };
        for (draft, code) in [
            (with(&|d| d.category = 99), "NOT_YET"),
            (
                with(&|d| d.behaviour = Some(contract::posts::Behaviour::default())),
                "BEHAVIOUR_DETAILS",
            ),
            (with(&|d| d.title = " ".into()), "EMPTY"),
            (with(&|d| d.title = "a".repeat(121)), "TOO_LONG"),
            (
                with(&|d| d.body = "a\u{202e}b".into()),
                "FORBIDDEN_CHARACTER",
            ),
            (
                with(&|d| d.place = Some(far.to_i64())),
                "OUTSIDE_NEIGHBOURHOOD",
            ),
            (
                with(&|d| d.expires_at_ms = Some(NOW_MS + 31 * DAY_MS)),
                "EXPIRY_OUT_OF_RANGE",
            ),
            (
                with(&|d| d.expires_at_ms = Some(i64::MIN)),
                "EXPIRY_OUT_OF_RANGE",
            ),
            (
                with(&|d| d.occurred_at_ms = Some(NOW_MS + DAY_MS)),
                "TIME_OUT_OF_RANGE",
            ),
            (
                with(&|d| d.category = Category::Event.into()),
                "EVENT_DETAILS",
            ),
            (with(&|d| d.event = world.event().event), "EVENT_DETAILS"),
            (
                with(&|d| {
                    d.category = Category::Help.into();
                    d.pictures = vec![picture(1)];
                }),
                "MEDIA_NOT_ALLOWED",
            ),
            (
                with(&|d| d.pictures = (0..5).map(picture).collect()),
                "MEDIA_NOT_ALLOWED",
            ),
        ] {
            assert_eq!(world.refusal(&ann, draft).await, [code]);
        }
        let mut backwards = world.event();
        let event = backwards.event.as_mut().unwrap();
        std::mem::swap(&mut event.starts_at_ms, &mut event.ends_at_ms);
        assert_eq!(world.refusal(&ann, backwards).await, ["TIME_OUT_OF_RANGE"]);
        let mut extreme = world.event();
        let event = extreme.event.as_mut().unwrap();
        (event.starts_at_ms, event.ends_at_ms) = (i64::MIN, i64::MAX);
        assert_eq!(world.refusal(&ann, extreme).await, ["TIME_OUT_OF_RANGE"]);
        assert!(world.told().await.is_empty());
    }
}

#[tokio::test]
async fn a_retry_gives_the_same_notice_and_another_body_a_conflict() {
    for world in World::each().await {
        let ann = world.person(1);
        let draft = world.draft();
        let first = world.up(&ann, draft.clone()).await;
        assert_eq!(world.up(&ann, draft.clone()).await.id, first.id);
        assert_eq!(world.told().await.len(), 1);
        let mut other = draft.clone();
        other.body = "Something else.".into();
        assert_eq!(
            world.publish(&ann, other).await.unwrap_err().code,
            "KEY_REUSED"
        );
        let bens = world.up(&world.person(2), draft.clone()).await;
        assert_ne!(bens.id, first.id, "a key is one's own");
        world.withdraw(&ann, &first).await.unwrap();
        let late = world.publish(&ann, draft).await.unwrap_err();
        assert_eq!(
            late.kind,
            FaultKind::NotFound,
            "a late retry revives nothing"
        );
    }
}

#[tokio::test]
async fn a_retry_whose_pictures_are_taken_by_now_gives_the_same_notice_and_never_a_new_one() {
    for world in World::each().await {
        let ann = world.person(1);
        let draft = PublishRequest {
            category: Category::LostFound.into(),
            pictures: vec![picture(1)],
            ..world.draft()
        };
        // As the gateway asks when media no longer gives the pictures out: it knows their ids and texts, and no more.
        let again = PublishRequest {
            pictures: vec![Picture {
                id: draft.pictures[0].id.clone(),
                alt: draft.pictures[0].alt.clone(),
                ..Picture::default()
            }],
            only_if_before: true,
            ..draft.clone()
        };
        let early = world.publish(&ann, again.clone()).await.unwrap_err();
        assert_eq!(early.kind, FaultKind::NotFound);
        assert!(world.told().await.is_empty(), "nothing was made");
        let first = world.up(&ann, draft.clone()).await;
        assert_eq!(world.up(&ann, again.clone()).await.id, first.id);
        let mut other = again;
        other.pictures[0].id = picture(2).id;
        let fault = world.publish(&ann, other).await.unwrap_err();
        assert_eq!(fault.code, "KEY_REUSED");
        assert_eq!(world.told().await.len(), 1);
    }
}

#[tokio::test]
async fn retries_at_once_make_one_notice() {
    for world in World::each().await {
        let ann = world.person(1);
        let draft = world.draft();
        let tries = (0..8).map(|_| world.publish(&ann, draft.clone()));
        let outcomes = futures_util::future::join_all(tries).await;
        let mut ids: Vec<_> = outcomes
            .into_iter()
            .map(|outcome| match outcome.unwrap() {
                Outcome::Published(post) => post.id,
                other => panic!("{other:?}"),
            })
            .collect();
        ids.dedup();
        assert_eq!(ids.len(), 1);
        assert_eq!(world.told().await.len(), 1);
    }
}

#[tokio::test]
async fn the_limit_of_a_day_is_exact_and_says_when_again() {
    for world in World::each().await {
        let ann = world.person(1);
        let tries = (0..9).map(|_| world.publish(&ann, world.draft()));
        let outcomes = futures_util::future::join_all(tries).await;
        let mut published = 0;
        for outcome in outcomes {
            match outcome.unwrap() {
                Outcome::Published(_) => published += 1,
                Outcome::Limited(limited) => {
                    assert!(limited.retry_at_ms > NOW_MS && limited.retry_at_ms % DAY_MS == 0);
                }
                other => panic!("{other:?}"),
            }
        }
        assert_eq!(published, 5, "never one too many, never one too few");
        world.pass(DAY_MS);
        world.up(&ann, world.draft()).await;
    }
}

#[tokio::test]
async fn the_limit_of_a_day_is_exact_whichever_process_one_comes_to() {
    for world in World::each().await {
        let ann = world.person(1);
        let publish = |number: usize| {
            let process = if number.is_multiple_of(2) {
                &world.posts
            } else {
                &world.second
            };
            process.publish(world.caller(&ann).request(world.draft()))
        };
        let outcomes = futures_util::future::join_all((0..12).map(publish)).await;
        let outcomes = outcomes
            .into_iter()
            .map(|reply| reply.unwrap().into_inner());
        let published =
            outcomes.filter(|reply| matches!(reply.outcome, Some(Outcome::Published(_))));
        assert_eq!(published.count(), 5);
    }
}

#[tokio::test]
async fn only_its_author_changes_or_takes_down_a_notice() {
    for world in World::each().await {
        let (ann, ben) = (world.person(1), world.person(2));
        let post = world.up(&ann, world.draft()).await;
        let edit = EditRequest {
            post: post.id.clone(),
            title: Some("Bread?".into()),
            ..Default::default()
        };
        for fault in [
            world.edit(&ben, edit.clone()).await.unwrap_err(),
            world.resolve(&ben, &post).await.unwrap_err(),
            world.withdraw(&ben, &post).await.unwrap_err(),
        ] {
            assert_eq!(
                fault.kind,
                FaultKind::NotFound,
                "not yours reads as not found"
            );
        }
        let Outcome::Published(changed) = world.edit(&ann, edit).await.unwrap() else {
            panic!("a neighbour's change is shown at once");
        };
        assert_eq!(
            (changed.title.as_str(), changed.edited, changed.version),
            ("Bread?", true, 2)
        );
        assert_eq!(changed.body, post.body);
    }
}

#[tokio::test]
async fn a_settled_notice_stays_readable_and_changes_no_more() {
    for world in World::each().await {
        let ann = world.person(1);
        let post = world.up(&ann, world.draft()).await;
        assert_eq!(
            world.resolve(&ann, &post).await.unwrap().state(),
            State::Resolved
        );
        assert_eq!(
            world.resolve(&ann, &post).await.unwrap().version,
            2,
            "settling twice is once"
        );
        let edit = EditRequest {
            post: post.id.clone(),
            title: Some("x".into()),
            ..Default::default()
        };
        assert_eq!(
            world.edit(&ann, edit).await.unwrap_err().code,
            "WRONG_STATE"
        );
        assert!(
            !world
                .get(&world.person(2), &post)
                .await
                .unwrap()
                .takes_comments
        );
    }
}

#[tokio::test]
async fn changing_a_notice_does_not_keep_it_for_ever() {
    for world in World::each().await {
        let ann = world.person(1);
        let post = world.up(&ann, world.draft()).await;
        world.pass(10 * DAY_MS);
        let until = |at_ms| EditRequest {
            post: post.id.clone(),
            expires_at_ms: Some(at_ms),
            ..Default::default()
        };
        let Outcome::Refused(_) = world.edit(&ann, until(NOW_MS + 31 * DAY_MS)).await.unwrap()
        else {
            panic!("thirty days count from when it went up");
        };
        let Outcome::Published(post) = world.edit(&ann, until(NOW_MS + 30 * DAY_MS)).await.unwrap()
        else {
            panic!("thirty days are allowed");
        };
        let thirty_days_ms = NOW_MS + 30 * DAY_MS;
        assert!((thirty_days_ms..thirty_days_ms + DAY_MS).contains(&post.expires_at_ms));
    }
}

#[tokio::test]
async fn strangers_visitors_and_stale_standings_see_nothing() {
    for world in World::each().await {
        let ann = world.person(1);
        let post = world.up(&ann, world.draft()).await;
        let mut stranger = world.person(3);
        stranger.standing.neighbourhood = contract::NeighbourhoodId::from_random([8; 16]);
        assert_eq!(
            world.get(&stranger, &post).await.unwrap_err().kind,
            FaultKind::NotFound
        );
        assert_eq!(
            world
                .publish(&stranger, world.draft())
                .await
                .unwrap_err()
                .kind,
            FaultKind::NotFound
        );
        let caller = world.caller(&ann);
        world.pass(2 * HOUR_MS);
        let stale = contract::posts::posts_server::Posts::publish(
            &world.posts,
            caller.request(world.draft()),
        )
        .await;
        assert_eq!(
            contract::Fault::from(stale.unwrap_err()).kind,
            FaultKind::Unauthenticated
        );
    }
}

#[tokio::test]
async fn a_signature_can_be_chosen_and_pictures_are_kept_once() {
    for world in World::each().await {
        let ann = world.person(1);
        let mut draft = world.draft();
        draft.signed_as = Signature::Neighbour.into();
        draft.pictures = vec![picture(1), picture(1), picture(2)];
        let post = world.up(&ann, draft).await;
        assert_eq!(post.signed_by, "");
        assert_eq!(post.pictures.len(), 2);
        let edit = EditRequest {
            post: post.id.clone(),
            pictures: Some(Pictures { pictures: vec![] }),
            ..Default::default()
        };
        let Outcome::Published(post) = world.edit(&ann, edit).await.unwrap() else {
            panic!()
        };
        assert!(post.pictures.is_empty());
    }
}

/// Media hears of a notice a moment later: until then only posts knows that a picture is taken.
#[tokio::test]
async fn a_picture_is_on_one_notice_at_a_time() {
    for world in World::each().await {
        let ann = world.person(1);
        let with = |numbers: &[u8]| PublishRequest {
            pictures: numbers.iter().copied().map(picture).collect(),
            ..world.draft()
        };
        let first = world.up(&ann, with(&[1, 2])).await;
        assert_eq!(world.refusal(&ann, with(&[3, 2])).await, ["MEDIA_IN_USE"]);
        let second = world.up(&ann, with(&[3])).await;

        let edit = |post: &Post, numbers: &[u8]| EditRequest {
            post: post.id.clone(),
            pictures: Some(Pictures {
                pictures: numbers.iter().copied().map(picture).collect(),
            }),
            ..Default::default()
        };
        let Outcome::Refused(refused) = world.edit(&ann, edit(&second, &[1, 3])).await.unwrap()
        else {
            panic!("a picture of the first")
        };
        assert_eq!(refused.reasons[0].code, "MEDIA_IN_USE");
        let kept = world.get(&ann, &second).await.unwrap().pictures;
        assert_eq!(kept, [picture(3)], "nothing changed");

        let left = world.edit(&ann, edit(&first, &[2])).await.unwrap();
        assert!(
            matches!(left, Outcome::Published(_)),
            "its own stay its own"
        );
        let moved = world.edit(&ann, edit(&second, &[1, 3])).await.unwrap();
        assert!(matches!(moved, Outcome::Published(_)), "what it let go");
        world.withdraw(&ann, &first).await.unwrap();
        world.up(&ann, with(&[2])).await;
    }
}
