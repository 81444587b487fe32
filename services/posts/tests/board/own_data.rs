//! A resident's own data.

use contract::common::ResidentRequest;
use contract::events::ResidentErased;
use contract::events::envelope::Body;
use contract::posts::posts_server::Posts as _;
use contract::posts::{AnswerPoliceReadingRequest, Rsvp, SetRsvpRequest};
use contract::{Caller, Fault, FaultKind};
use futures_util::future::join;

use crate::world::{Person, World};

/// Everything that is kept about somebody, as they are given it.
async fn exported(world: &World, person: &Person) -> String {
    let request = ResidentRequest {
        resident: person.standing.resident.to_bytes(),
    };
    let request = world.caller(person).request(request);
    let reply = world.posts.export(request).await.unwrap().into_inner();
    reply
        .parts
        .iter()
        .map(|part| String::from_utf8(part.json.to_vec()).unwrap())
        .collect()
}

#[tokio::test]
async fn an_export_holds_every_notice_and_answer_and_nobody_elses() {
    for world in World::each().await {
        let (ann, ben) = (world.person(1), world.person(2));
        let post = world.up(&ann, world.draft()).await;
        world.added(&ben, world.comment(&post, "From Ben")).await;
        world.added(&ann, world.comment(&post, "From Ann")).await;
        let text = exported(&world, &ann).await;
        assert!(
            text.contains("Where to buy bread")
                && text.contains("From Ann")
                && !text.contains("From Ben")
        );
        let request = ResidentRequest {
            resident: ann.standing.resident.to_bytes(),
        };
        let other = world
            .posts
            .export(world.caller(&ben).request(request))
            .await
            .unwrap_err();
        assert_eq!(contract::Fault::from(other).kind, FaultKind::NotFound);
    }
}

#[tokio::test]
async fn erasure_reaches_every_notice_answer_and_key() {
    for world in World::each().await {
        // The first person's id is also that of the neighbourhood.
        let (ann, ben) = (world.person(4), world.person(2));
        let (anns, bens) = (
            world.up(&ann, world.draft()).await,
            world.up(&ben, world.draft()).await,
        );
        world.added(&ann, world.comment(&bens, "From Ann")).await;
        let party = world.up(&ben, world.event()).await;
        for person in [&ann, &ben] {
            let request = world.caller(person).request(SetRsvpRequest {
                post: party.id.clone(),
                answer: Rsvp::Going.into(),
            });
            world.posts.set_rsvp(request).await.unwrap();
        }
        let export = exported(&world, &ann).await;
        assert!(export.contains("\"answer\":\"GOING\""), "{export}");
        world.told().await;
        world
            .hear(
                ann.standing.resident.to_bytes(),
                1,
                Body::ResidentErased(ResidentErased {}),
            )
            .await;
        assert!(world.get(&ben, &anns).await.is_err());
        assert!(world.get(&ben, &bens).await.is_ok());
        assert!(matches!(
            world.told().await[0].body,
            Some(Body::PostGone(_))
        ));
        let export = exported(&world, &ben).await;
        assert_eq!(
            export.matches("GOING").count(),
            1,
            "Ben's own stays: {export}"
        );
        // A call that was under way meanwhile.
        world.up(&ann, world.draft()).await;
        world.posts.sweep().await.unwrap();
        let request = ResidentRequest {
            resident: ann.standing.resident.to_bytes(),
        };
        let reply = world
            .posts
            .export(Caller::Role.request(request))
            .await
            .unwrap()
            .into_inner();
        for part in reply.parts {
            assert_eq!(part.json.as_ref(), b"[]", "{}", part.name);
        }
    }
}

#[tokio::test]
async fn two_who_are_erased_at_once_and_what_they_still_do_do_not_wait_for_each_other() {
    for world in World::each().await {
        for round in 0..5 {
            let (ann, ben) = (world.person(1 + 2 * round), world.person(2 + 2 * round));
            for (n, (by, other)) in [(&ann, &ben), (&ben, &ann)].into_iter().enumerate() {
                for m in 0..2 {
                    let key = [round, u8::try_from(n).unwrap(), m, 7].repeat(4);
                    let draft = contract::posts::PublishRequest {
                        client_key: key.into(),
                        ..world.draft()
                    };
                    let post = world.up(by, draft).await;
                    world.added(other, world.comment(&post, "Me too")).await;
                    world.added(by, world.comment(&post, "Thank you")).await;
                }
            }
            let erase = |person: &Person| {
                Caller::Role.request(ResidentRequest {
                    resident: person.standing.resident.to_bytes(),
                })
            };
            let answer = world.caller(&ann).request(AnswerPoliceReadingRequest {
                may_read: false,
                ..AnswerPoliceReadingRequest::default()
            });
            let (one, (other, answered)) = join(
                world.posts.erase(erase(&ann)),
                join(
                    world.second.erase(erase(&ben)),
                    world.second.answer_police_reading(answer),
                ),
            )
            .await;
            let faults = [one.err(), other.err(), answered.err()]
                .into_iter()
                .flatten();
            let faults: Vec<_> = faults.map(Fault::from).collect();
            assert!(faults.is_empty(), "{faults:?}");
        }
    }
}

#[tokio::test]
async fn what_is_told_late_of_who_was_erased_brings_nothing_back() {
    for world in World::each().await {
        // Identity tells of her and of the neighbourhood: hers is another id.
        let ann = world.person(7);
        world.up(&ann, world.draft()).await;
        let id = ann.standing.resident.to_bytes();
        let erased = Body::ResidentErased(ResidentErased {});
        world.hear(id.clone(), 1, erased).await;
        let restrained = Body::AuthorRestrained(contract::events::AuthorRestrained {
            paused_until_ms: 1,
            people_until_ms: 1,
        });
        world.hear_of("moderation", id, 1, restrained).await;
        assert!(!exported(&world, &ann).await.contains("noticesShownInAll"));
    }
}
