//! A resident's own data.

use contract::common::ResidentRequest;
use contract::events::ResidentErased;
use contract::events::envelope::Body;
use contract::posts::posts_server::Posts as _;
use contract::{Caller, FaultKind};

use crate::world::World;

#[tokio::test]
async fn an_export_holds_every_notice_and_answer_and_nobody_elses() {
    for world in World::each().await {
        let (ann, ben) = (world.person(1), world.person(2));
        let post = world.up(&ann, world.draft()).await;
        world.added(&ben, world.comment(&post, "From Ben")).await;
        world.added(&ann, world.comment(&post, "From Ann")).await;
        let request = ResidentRequest {
            resident: ann.standing.resident.to_bytes(),
        };
        let reply = world
            .posts
            .export(world.caller(&ann).request(request.clone()))
            .await
            .unwrap()
            .into_inner();
        let text: String = reply
            .parts
            .iter()
            .map(|part| String::from_utf8(part.json.to_vec()).unwrap())
            .collect();
        assert!(
            text.contains("Where to buy bread")
                && text.contains("From Ann")
                && !text.contains("From Ben")
        );
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
