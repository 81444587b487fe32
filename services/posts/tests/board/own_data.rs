//! A resident's own data.

use contract::common::ResidentRequest;
use contract::events::ResidentErased;
use contract::events::envelope::Body;
use contract::posts::posts_server::Posts as _;
use contract::posts::{Rsvp, SetRsvpRequest};
use contract::{Caller, FaultKind};

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
