//! Over Redis, while memory is lost, processes die and consumers are away.

use std::time::Duration;

use runtime::Tasks;

use crate::world::World;

#[tokio::test]
async fn emptied_at_any_point_nothing_is_lost() {
    for emptied_at in 0..4 {
        for world in World::each().await {
            let (teller, hearer) = (world.teller(), world.hearer(&["feeds", "media"]));
            let emptied_now = async |point: usize| {
                if point == emptied_at {
                    world.redis.empty().await;
                }
            };
            world.tell(1..=3).await;
            teller.deliver_all().await.unwrap();
            emptied_now(0).await;
            hearer.hear_all().await.unwrap();
            emptied_now(1).await;
            teller.deliver_all().await.unwrap();
            emptied_now(2).await;
            world.tell(4..=6).await;
            teller.deliver_all().await.unwrap();
            emptied_now(3).await;
            world.settle(&[&teller], &[&hearer]).await;
            assert_eq!(world.feeds.distinct(), [1, 2, 3, 4, 5, 6]);
            assert_eq!(world.media.distinct(), [1, 2, 3, 4, 5, 6]);
            assert_eq!(world.outbox.depth().await.unwrap(), 0);
            assert!(world.held().await.is_empty());
        }
    }
}

#[tokio::test]
async fn what_the_dead_took_another_takes() {
    for world in World::each().await {
        let (teller, dying) = (world.teller(), world.hearer(&["feeds", "media"]));
        world.tell(1..=40).await;
        world.feeds.refused.lock().unwrap().extend(1..=40);
        teller.deliver_all().await.unwrap();
        assert!(dying.hear_all().await.is_err());
        drop(dying);
        world.feeds.refused.lock().unwrap().clear();

        let living = world.hearer(&["feeds", "media"]);
        world.settle(&[&teller], &[&living]).await;
        let early = world.feeds.distinct();
        assert!(!early.contains(&1), "it might only be slow: {early:?}");
        world.clock.advance(Duration::from_secs(4));
        world.settle(&[&teller], &[&living]).await;
        assert_eq!(world.feeds.distinct(), (1..=40).collect::<Vec<u8>>());
        assert_eq!(world.outbox.depth().await.unwrap(), 0);
    }
}

#[tokio::test]
async fn who_is_busy_for_long_is_not_taken_for_dead() {
    for world in World::each().await {
        let (teller, slow) = (world.teller(), world.hearer(&["feeds"]));
        let other = world.hearer(&["feeds"]);
        let busy = world.feeds.busy.write().await;
        world.tell([1]).await;
        teller.deliver_all().await.unwrap();
        let tasks = Tasks::new();
        slow.start(&tasks);
        world.feeds.begun.notified().await;
        for _ in 0..10 {
            let before = world.redis.dump().await;
            let mut quarters = 0;
            while world.redis.dump().await == before {
                quarters += 1;
                assert!(
                    quarters < 8,
                    "who lives counts on before two seconds are over"
                );
                world.clock.advance(Duration::from_millis(250));
            }
            assert_eq!(other.hear_all().await.unwrap(), 0);
        }
        drop(busy);
        world.feeds.wait_for(1).await;
        tasks.stop().await;
        assert_eq!(world.feeds.numbers(), [1], "once");
    }
}

#[tokio::test]
async fn no_text_is_kept_for_an_hour_and_what_was_erased_is_not_told_again() {
    for world in World::each().await {
        let (teller, feeds) = (world.teller(), world.hearer(&["feeds"]));
        world.tell(1..=3).await;
        world.settle(&[&teller], &[&feeds]).await;
        world.pass(30);
        world.tell(4..=5).await;
        world.settle(&[&teller], &[&feeds]).await;
        world.erase(2);
        world.pass(21);
        world.settle(&[&teller], &[&feeds]).await;
        assert_eq!(
            world.held().await,
            [1, 3, 4, 5],
            "told anew, as things stand"
        );
        world.pass(600);
        let media = world.hearer(&["media"]);
        world.settle(&[&teller], &[&feeds, &media]).await;
        assert_eq!(world.media.numbers(), [1, 3, 4, 5]);
        assert_eq!(world.feeds.distinct(), [1, 2, 3, 4, 5]);
        assert!(world.held().await.is_empty());
        assert_eq!(world.outbox.depth().await.unwrap(), 0);
    }
}

#[tokio::test]
async fn without_anybody_to_look_redis_itself_forgets() {
    let world = World::each().await.remove(0);
    world.tell([1]).await;
    world.teller().deliver_all().await.unwrap();
    let kept_s = world.redis.forgotten_within_s("telling").await;
    assert!((2_900..=3_000).contains(&kept_s), "{kept_s}");
    world.pass(20);
    world.teller().deliver_all().await.unwrap();
    let kept_s = world.redis.forgotten_within_s("telling").await;
    assert!((1_700..=1_800).contains(&kept_s), "{kept_s}");
}

#[tokio::test]
async fn an_outbox_put_back_to_an_earlier_day_is_told_from_there() {
    let clock = runtime::Clock::manual(1_800_000_000_000);
    let redis = bus::scratch::Scratch::redis();
    let before = World::at(redis.clone(), clock.clone()).await;
    let hearer = before.hearer(&["feeds", "media"]);
    before.tell(1..=9).await;
    before.settle(&[&before.teller()], &[&hearer]).await;

    let restored = World::at(redis, clock).await;
    let hearer = restored.hearer(&["feeds", "media"]);
    restored.tell(1..=3).await;
    restored.settle(&[&restored.teller()], &[&hearer]).await;
    assert_eq!(restored.feeds.numbers(), [1, 2, 3]);
    assert_eq!(restored.outbox.depth().await.unwrap(), 0);
}
