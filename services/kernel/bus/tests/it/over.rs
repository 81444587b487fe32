//! Over Redis, while nothing is lost.

use bus::Bus;
use runtime::{Clock, Entropy, Tasks};

use crate::world::World;

fn numbers(until: u8) -> Vec<u8> {
    (1..=until).collect()
}

#[tokio::test]
async fn each_consumer_hears_everything_once_in_order_and_then_nothing_is_kept() {
    for world in World::each().await {
        let (teller, hearer) = (world.teller(), world.hearer(&["feeds", "media"]));
        world.tell(1..=150).await;
        teller.deliver_all().await.unwrap();
        assert_eq!(world.held().await, numbers(150), "what nobody heard waits");
        world.settle(&[&teller], &[&hearer]).await;
        assert_eq!(world.feeds.numbers(), numbers(150));
        assert_eq!(world.media.numbers(), numbers(150));
        assert!(world.held().await.is_empty());
        assert_eq!(world.outbox.depth().await.unwrap(), 0);
    }
}

#[tokio::test]
async fn what_one_consumer_has_not_heard_waits_for_it_alone() {
    for world in World::each().await {
        let teller = world.teller();
        let (feeds, media) = (world.hearer(&["feeds"]), world.hearer(&["media"]));
        world.tell(1..=3).await;
        world.settle(&[&teller], &[&feeds]).await;
        assert_eq!(world.feeds.numbers(), [1, 2, 3]);
        assert_eq!(world.held().await, [1, 2, 3]);
        assert_eq!(world.outbox.depth().await.unwrap(), 3);
        world.settle(&[&teller], &[&media]).await;
        assert_eq!(world.media.numbers(), [1, 2, 3]);
        assert_eq!(
            (world.held().await, world.feeds.numbers()),
            (vec![], numbers(3))
        );
    }
}

#[tokio::test]
async fn what_has_nothing_to_say_holds_up_nobody() {
    for world in World::each().await {
        let (teller, hearer) = (world.teller(), world.hearer(&["feeds", "media"]));
        world.tell(1..=3).await;
        for number in [1, 3] {
            world.erase(number);
        }
        world.settle(&[&teller], &[&hearer]).await;
        assert_eq!(world.feeds.numbers(), [2]);
        assert_eq!(world.outbox.depth().await.unwrap(), 0);
    }
}

#[tokio::test]
async fn several_processes_of_each_role_share_the_work() {
    for world in World::each().await {
        let tellers = [world.teller(), world.teller()];
        let hearers = [(); 2].map(|()| world.hearer(&["feeds", "media"]));
        world.tell(1..=200).await;
        loop {
            let (one, other, first, second) = tokio::join!(
                tellers[0].deliver_all(),
                tellers[1].deliver_all(),
                hearers[0].hear_all(),
                hearers[1].hear_all(),
            );
            let moved = [one, other, first, second].map(Result::unwrap);
            if moved.iter().sum::<usize>() == 0 {
                break;
            }
        }
        for heard in [&world.feeds, &world.media] {
            assert_eq!(heard.numbers().len(), 200, "nothing twice");
            assert_eq!(heard.distinct(), numbers(200), "nothing lost");
        }
        assert_eq!(world.outbox.depth().await.unwrap(), 0);
    }
}

#[tokio::test]
async fn in_the_background_events_arrive_without_being_asked_for() {
    let world = World::at(bus::scratch::Scratch::redis(), Clock::System).await;
    let (tasks, hearer) = (Tasks::new(), world.hearer(&["feeds", "media"]));
    world.teller().start(&tasks);
    hearer.start(&tasks);
    for number in 1..=5 {
        world.tell([number]).await;
        world.feeds.wait_for(number.into()).await;
        world.media.wait_for(number.into()).await;
    }
    tasks.stop().await;
}

#[tokio::test]
async fn what_cannot_be_handled_waits_and_holds_up_nothing_else() {
    let world = World::at(bus::scratch::Scratch::redis(), Clock::System).await;
    let (tasks, hearer) = (Tasks::new(), world.hearer(&["feeds", "media"]));
    world.feeds.refused.lock().unwrap().insert(1);
    world.tell(1..=20).await;
    let teller = world.teller();
    teller.deliver_all().await.unwrap();
    hearer.start(&tasks);
    world.feeds.wait_for(19).await;
    assert!(!world.feeds.distinct().contains(&1));
    teller.deliver_all().await.unwrap();
    assert_eq!(
        world.held().await.first(),
        Some(&1),
        "it is kept, though others are handled"
    );
    world.feeds.refused.lock().unwrap().clear();
    world.feeds.wait_for(20).await;
    tasks.stop().await;
    world.settle(&[&teller], &[&hearer]).await;
    assert_eq!(world.outbox.depth().await.unwrap(), 0);
}

#[tokio::test]
async fn what_failed_before_the_background_began_is_tried_again_in_it() {
    let world = World::at(bus::scratch::Scratch::redis(), Clock::System).await;
    let (tasks, hearer) = (Tasks::new(), world.hearer(&["feeds", "media"]));
    world.feeds.refused.lock().unwrap().insert(1);
    world.tell(1..=2).await;
    world.teller().deliver_all().await.unwrap();
    assert!(hearer.hear_all().await.is_err());
    world.feeds.refused.lock().unwrap().clear();
    hearer.start(&tasks);
    world.feeds.wait_for(2).await;
    tasks.stop().await;
}

#[test]
fn a_wrong_address_is_said_in_one_line_that_repeats_no_password() {
    let open = |url, prefix| Bus::redis(url, prefix, Clock::manual(0), &Entropy::seeded(1));
    for url in [
        "",
        "http://:swordfish@localhost",
        "redis://:swordfish@host:port",
    ] {
        let fault = open(url, "palier").unwrap_err();
        assert_eq!(fault.setting, "bus");
        let said = fault.to_string();
        assert!(
            !said.contains("swordfish") && !said.contains('\n'),
            "{said}"
        );
    }
    for prefix in ["", "pa}lier", "pa lier"] {
        assert_eq!(
            open("redis://localhost", prefix).unwrap_err().setting,
            "bus_prefix"
        );
    }
}
