//! Events for everybody.

use bus::Envelope;
use contract::common::Picture;
use contract::events::envelope::Body;
use contract::posts::posts_server::Posts as _;
use contract::posts::{
    Audience, EditRequest, ListCommentsRequest, ListPublicReply, ListPublicRequest,
    ListRsvpsRequest, Post, PostRequest, PublishRequest, Rsvp, SetRsvpRequest, publish_reply,
};
use contract::{Caller, Fault, FaultKind, Locale, NeighbourhoodId};
use runtime::{DAY_MS, HOUR_MS};

use crate::world::{NOW_MS, Person, World};

fn visitor() -> Caller {
    Caller::Visitor {
        locale: Locale::English,
        origin: vec![],
    }
}

/// Signed in, of another neighbourhood.
fn stranger(world: &World) -> Person {
    let mut person = world.moderator(90);
    person.standing.neighbourhood = NeighbourhoodId::from_random([9; 16]);
    person
}

/// An event for everybody, so long from now.
fn event(world: &World, starts_in_ms: i64) -> PublishRequest {
    let mut draft = world.event();
    let event = draft.event.as_mut().unwrap();
    event.audience = Audience::Public.into();
    event.starts_at_ms = NOW_MS + starts_in_ms;
    event.ends_at_ms = event.starts_at_ms + HOUR_MS;
    draft
}

async fn get(world: &World, caller: &Caller, post: &Post) -> Result<Post, Fault> {
    let request = caller.request(PostRequest {
        post: post.id.clone(),
    });
    Ok(world.posts.get(request).await?.into_inner())
}

async fn list(
    world: &World,
    caller: &Caller,
    of: impl Into<Option<NeighbourhoodId>>,
    first: u32,
    after: &str,
) -> Result<ListPublicReply, Fault> {
    let of = of.into().map(NeighbourhoodId::to_bytes);
    let request = caller.request(ListPublicRequest {
        neighbourhood: of.unwrap_or_default(),
        first,
        after: after.to_owned(),
    });
    Ok(world.posts.list_public(request).await?.into_inner())
}

async fn listed(world: &World) -> Vec<Post> {
    let reply = list(world, &visitor(), world.here, 50, "").await.unwrap();
    reply.posts
}

/// That nobody from outside sees it, in whichever way they look.
async fn assert_closed(world: &World, post: &Post, why: &str) {
    let fault = get(world, &visitor(), post).await.unwrap_err();
    assert_eq!(fault.kind, FaultKind::Unauthenticated, "{why}");
    let stranger = world.caller(&stranger(world));
    let fault = get(world, &stranger, post).await.unwrap_err();
    assert_eq!(fault.kind, FaultKind::NotFound, "{why}");
    assert!(
        listed(world).await.iter().all(|other| other.id != post.id),
        "{why}"
    );
    let request = visitor().request(ListRsvpsRequest {
        posts: vec![post.id.clone()],
    });
    let known = world.posts.list_rsvps(request).await.unwrap().into_inner();
    assert!(known.events.is_empty(), "{why}");
}

fn open_until_ms(told: &[Envelope]) -> i64 {
    match &told.last().unwrap().body {
        Some(Body::PostShown(shown)) => shown.public_until_ms,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn everybody_reads_it_and_nobody_learns_who_wrote_it_or_comes() {
    for world in World::each().await {
        let (ann, ben) = (world.person(1), world.person(2));
        let mut draft = event(&world, DAY_MS);
        draft.event.as_mut().unwrap().capacity = 4;
        let party = world.up(&ann, draft).await;
        assert_eq!(party.signed_by, "Merle 1");
        world
            .added(&ben, world.comment(&party, "Shall I bring bread?"))
            .await;
        let request = world.caller(&ben).request(SetRsvpRequest {
            post: party.id.clone(),
            answer: Rsvp::Going.into(),
        });
        world.posts.set_rsvp(request).await.unwrap();
        for caller in [visitor(), world.caller(&stranger(&world))] {
            let seen = get(&world, &caller, &party).await.unwrap();
            let expected = Post {
                signed_by: String::new(),
                mine: false,
                takes_comments: false,
                ..party.clone()
            };
            assert_eq!(seen, expected);
            assert_eq!(listed(&world).await, [expected]);
            let request = caller.request(ListRsvpsRequest {
                posts: vec![party.id.clone()],
            });
            let known = world.posts.list_rsvps(request).await.unwrap().into_inner();
            let coming = &known.events[0];
            assert_eq!(
                (coming.places_left, coming.mine()),
                (Some(3), Rsvp::Unanswered)
            );
            assert!(!coming.own && coming.answers.is_empty());
            let comments = caller.request(ListCommentsRequest {
                post: party.id.clone(),
                first: 10,
                after: String::new(),
            });
            world.posts.list_comments(comments).await.unwrap_err();
            let answer = caller.request(SetRsvpRequest {
                post: party.id.clone(),
                answer: Rsvp::Going.into(),
            });
            world.posts.set_rsvp(answer).await.unwrap_err();
        }
        let member = list(&world, &world.caller(&ann), world.here, 9, "")
            .await
            .unwrap();
        assert_eq!(
            member.posts,
            listed(&world).await,
            "told to everybody alike"
        );
        let seen = get(&world, &world.caller(&ben), &party).await.unwrap();
        assert_eq!(seen.signed_by, "Merle 1", "members read as ever");
    }
}

#[tokio::test]
async fn what_is_closed_is_closed_at_once() {
    for world in World::each().await {
        let (ann, new) = (world.person(1), world.newcomer(8));
        let mut for_members = event(&world, DAY_MS);
        for_members.event.as_mut().unwrap().audience = Audience::Neighbourhood.into();
        let for_members = world.up(&ann, for_members).await;
        assert_closed(&world, &for_members, "for members").await;
        assert_eq!(open_until_ms(&world.told().await), 0);
        let question = world.up(&ann, world.draft()).await;
        assert_closed(&world, &question, "no event").await;
        let outcome = world.publish(&new, event(&world, DAY_MS)).await.unwrap();
        let publish_reply::Outcome::InReview(held) = outcome else {
            panic!("a newcomer's is held");
        };
        assert_closed(&world, &held, "held").await;

        let party = world.up(&ann, event(&world, DAY_MS)).await;
        assert!(get(&world, &visitor(), &party).await.is_ok());
        world.told().await;
        let mut closed = party.event.clone().unwrap();
        closed.audience = Audience::Neighbourhood.into();
        let edit = |event| EditRequest {
            post: party.id.clone(),
            event: Some(event),
            ..Default::default()
        };
        world.edit(&ann, edit(closed)).await.unwrap();
        assert_closed(&world, &party, "edited").await;
        assert_eq!(open_until_ms(&world.told().await), 0);
        world
            .edit(&ann, edit(party.event.clone().unwrap()))
            .await
            .unwrap();
        assert!(get(&world, &visitor(), &party).await.is_ok());
        let ends_at_ms = party.event.as_ref().unwrap().ends_at_ms;
        assert_eq!(open_until_ms(&world.told().await), ends_at_ms);
        world.resolve(&ann, &party).await.unwrap();
        assert_closed(&world, &party, "settled").await;
        assert_eq!(open_until_ms(&world.told().await), 0);

        let gone = world.up(&ann, event(&world, DAY_MS)).await;
        world.withdraw(&ann, &gone).await.unwrap();
        assert_closed(&world, &gone, "withdrawn").await;
        let mut short = event(&world, DAY_MS);
        short.expires_at_ms = Some(NOW_MS + 2 * HOUR_MS);
        let short = world.up(&world.person(2), short).await;
        let over = world.up(&world.person(2), event(&world, DAY_MS)).await;
        world.pass(short.expires_at_ms - NOW_MS);
        assert_closed(&world, &short, "down").await;
        assert!(get(&world, &visitor(), &over).await.is_ok());
        world.pass(DAY_MS + HOUR_MS - (world.clock.now_ms() - NOW_MS) - 1);
        assert!(get(&world, &visitor(), &over).await.is_ok(), "under way");
        world.pass(1);
        assert_closed(&world, &over, "over").await;
        assert!(
            world.get(&world.person(3), &over).await.is_ok(),
            "members read it for a day more"
        );
    }
}

#[tokio::test]
async fn pictures_that_wait_are_not_shown_to_everybody() {
    for world in World::each().await {
        let ann = world.person(1);
        let mut draft = event(&world, DAY_MS);
        draft.pictures = vec![Picture {
            id: vec![3; 16].into(),
            ..Default::default()
        }];
        let party = world.up(&ann, draft).await;
        let seen = get(&world, &visitor(), &party).await.unwrap();
        assert_eq!(seen.pictures, party.pictures);
        let on = &world.scratch.store;
        let tx = on.begin().await.unwrap();
        let sql = "UPDATE post SET pictures_held = TRUE";
        sea_orm::ConnectionTrait::execute_unprepared(&*tx, sql)
            .await
            .unwrap();
        tx.commit().await.unwrap();
        let seen = get(&world, &visitor(), &party).await.unwrap();
        assert!(seen.pictures.is_empty() && !seen.pictures_held);
    }
}

#[tokio::test]
async fn the_soonest_come_first_page_by_page() {
    for world in World::each().await {
        let ann = world.person(1);
        let mut by_start = Vec::new();
        for (number, days) in [5, 2, 9, 2, 1].into_iter().enumerate() {
            let by = world.person(u8::try_from(number).unwrap() + 1);
            let event = world.up(&by, event(&world, days * DAY_MS)).await;
            by_start.push((days, event.id));
        }
        by_start.sort();
        let expected: Vec<_> = by_start.into_iter().map(|(_, id)| id).collect();
        let mut found = Vec::new();
        let mut after = String::new();
        loop {
            let page = list(&world, &visitor(), world.here, 2, &after)
                .await
                .unwrap();
            found.extend(page.posts.into_iter().map(|post| post.id));
            if !page.has_next {
                break;
            }
            after = page.cursors.last().unwrap().clone();
        }
        assert_eq!(found, expected);
        let elsewhere = NeighbourhoodId::from_random([9; 16]);
        let there = list(&world, &visitor(), elsewhere, 9, "").await.unwrap();
        assert!(there.posts.is_empty());
        for (of, after) in [(elsewhere, after.as_str()), (world.here, "bm9uc2Vuc2U")] {
            let fault = list(&world, &visitor(), of, 9, after).await.unwrap_err();
            assert_eq!(fault.code, "CURSOR_UNKNOWN");
        }
        for first in [0, 51] {
            let fault = list(&world, &world.caller(&ann), world.here, first, "").await;
            assert_eq!(fault.unwrap_err().code, "FIRST_OUT_OF_RANGE");
        }
    }
}

#[tokio::test]
async fn those_of_all_neighbourhoods_come_soonest_first_too() {
    for mut world in World::each().await {
        let (here, there) = (world.here, NeighbourhoodId::from_random([9; 16]));
        let mut by_start = Vec::new();
        for (of, days) in [(here, 3), (there, 2), (here, 1)] {
            world.here = of;
            world.hear_map(1).await;
            let event = event(&world, days * DAY_MS);
            by_start.push(world.up(&world.person(1), event).await.id);
        }
        by_start.reverse();
        let ids = |page: &ListPublicReply| -> Vec<_> {
            page.posts.iter().map(|post| post.id.clone()).collect()
        };
        let page = list(&world, &visitor(), None, 2, "").await.unwrap();
        assert!(page.has_next);
        let after = page.cursors.last().unwrap();
        let rest = list(&world, &visitor(), None, 2, after).await.unwrap();
        assert!(!rest.has_next);
        assert_eq!([ids(&page), ids(&rest)].concat(), by_start);
        let of_one = list(&world, &visitor(), there, 2, "").await.unwrap();
        assert_eq!(ids(&of_one), by_start[1..2]);
        for (of, after) in [(Some(there), after), (None, &of_one.cursors[0])] {
            let fault = list(&world, &visitor(), of, 2, after).await.unwrap_err();
            assert_eq!(fault.code, "CURSOR_UNKNOWN", "a cursor is of its list");
        }
    }
}
