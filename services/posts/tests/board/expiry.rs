//! Expiry is deletion.

use contract::FaultKind;
use contract::events::envelope::Body;
use runtime::DAY_MS;

use crate::world::{NOW_MS, World};

#[tokio::test]
async fn an_expired_notice_is_unreadable_at_once_and_deleted_by_the_sweep() {
    for world in World::each().await {
        let (ann, ben) = (world.person(1), world.person(2));
        let draft = world.draft();
        let post = world.up(&ann, draft.clone()).await;
        world.added(&ben, world.comment(&post, "Hello")).await;
        world.told().await;
        world.pass(15 * DAY_MS);
        assert_eq!(
            world.get(&ann, &post).await.unwrap_err().kind,
            FaultKind::NotFound
        );
        assert_eq!(world.posts.sweep().await.unwrap(), 1);
        assert_eq!(world.posts.sweep().await.unwrap(), 0);
        assert!(matches!(
            world.told().await[0].body,
            Some(Body::PostGone(_))
        ));
        for table in ["post", "comment", "client_key"] {
            assert_eq!(count(&world, table).await, 0, "{table}");
        }
    }
}

#[tokio::test]
async fn an_end_that_was_rounded_by_who_asks_stays_as_it_is() {
    for world in World::each().await {
        let ann = world.person(1);
        let longest_ms = NOW_MS + 30 * DAY_MS;
        let end_of_day_ms = longest_ms - longest_ms % DAY_MS + DAY_MS;
        let mut draft = world.draft();
        draft.expires_at_ms = Some(end_of_day_ms);
        let post = world.up(&ann, draft).await;
        assert_eq!(
            post.expires_at_ms, end_of_day_ms,
            "the longest stay, as a form shows it"
        );
    }
}

#[tokio::test]
async fn an_event_comes_down_a_day_after_its_end() {
    for world in World::each().await {
        let event = world.event();
        let ends_at_ms = event.event.as_ref().unwrap().ends_at_ms;
        let post = world.up(&world.person(1), event).await;
        assert_eq!(post.expires_at_ms, ends_at_ms + DAY_MS);
    }
}

async fn count(world: &World, table: &str) -> i64 {
    use sea_orm::{ConnectionTrait, Statement};
    let on = world.scratch.store.read();
    let sql = format!("SELECT COUNT(*) AS n FROM {table}");
    let row = on
        .query_one_raw(Statement::from_string(on.get_database_backend(), sql))
        .await
        .unwrap()
        .unwrap();
    row.try_get("", "n").unwrap()
}
