//! What is told, and what is done when told.

use bus::Compose;
use contract::events::envelope::Body;
use store::Entry;

use crate::world::World;

#[tokio::test]
async fn what_is_told_is_how_things_stand_when_it_is_told() {
    for world in World::each().await {
        let ann = world.person(1);
        let post = world.up(&ann, world.draft()).await;
        world.resolve(&ann, &post).await.unwrap();
        let told = world.told().await;
        assert_eq!(told.iter().map(|e| e.version).collect::<Vec<_>>(), [2, 2]);
        let Some(Body::PostShown(shown)) = &told[0].body else {
            panic!()
        };
        let shown = shown.post.as_ref().unwrap();
        assert!(!shown.mine && shown.id == post.id);
    }
}

#[tokio::test]
async fn an_erased_text_is_not_told_after_it_is_gone() {
    for world in World::each().await {
        let ann = world.person(1);
        let post = world.up(&ann, world.draft()).await;
        world.withdraw(&ann, &post).await.unwrap();
        let told = world.told().await;
        assert!(
            told.iter()
                .all(|event| matches!(event.body, Some(Body::PostGone(_))))
        );
        assert_eq!(
            told.last().unwrap().version,
            2,
            "higher than anything told of it before"
        );
    }
}

#[tokio::test]
async fn an_older_level_map_does_not_replace_a_newer_one() {
    for world in World::each().await {
        world.hear_map(3).await;
        world.hear_map(2).await;
        let post = world.up(&world.person(1), world.draft()).await;
        assert_eq!(post.map_version, 3);
    }
}

#[tokio::test]
async fn an_entry_without_its_notice_says_that_it_is_gone() {
    for world in World::each().await {
        let entry = Entry {
            id: 7,
            subject: uuid::Uuid::from_bytes([1; 16]),
            version: 4,
            neighbourhood: world.here.uuid(),
            cause: None,
        };
        let event = world.posts.compose(entry).await.unwrap().unwrap();
        assert!(matches!(event.body, Some(Body::PostGone(_))) && event.version == 4);
    }
}
