//! Buckets that processes draw from together.

use bus::scratch::Scratch;
use bus::{Bus, Drawn, Rule};
use proptest::prelude::*;
use runtime::Clock;

const NOW_US: i64 = 1_800_000_000_000_000;

async fn draw(bus: &Bus, rule: Rule, at_us: i64, wanted: u32) -> Drawn {
    let drawing = bus.draw(|| [7; 16], rule, at_us, wanted);
    drawing.expect("it is shared").await.unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    /// One rule, in Rust and in the words of Redis. Its tokens take seconds, so that Redis, on a clock of its own, lets go of
    /// nothing meanwhile.
    #[test]
    fn a_bucket_over_redis_follows_the_rule_of_one_in_memory(
        (burst, per_minute) in (1_u32..50, 1_u32..6),
        steps in prop::collection::vec((-500_000_i64..40_000_000, 1_u32..20), 1..30),
    ) {
        let machine = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        machine.block_on(async {
            let redis = Scratch::redis();
            let bus = redis.bus(Clock::manual(0));
            let rule = Rule::of(burst, per_minute);
            let (mut at_us, mut full_at_us) = (NOW_US, 0);
            for (step, wanted) in steps {
                at_us += step;
                let here = rule.draw(full_at_us, at_us, wanted);
                assert_eq!(draw(&bus, rule, at_us, wanted).await, here);
                if here.count > 0 {
                    full_at_us = here.full_at_us;
                }
            }
            redis.empty().await;
        });
    }
}

#[tokio::test]
async fn within_one_process_nobody_shares() {
    let bus = Bus::memory();
    let drawing = bus.draw(|| [7; 16], Rule::of(1, 1), NOW_US, 1);
    assert!(drawing.is_none());
}

#[tokio::test]
async fn redis_lets_go_of_a_bucket_that_is_full() {
    let redis = Scratch::redis();
    let bus = redis.bus(Clock::manual(0));
    let of_a_moment = Rule::of(1, 6_000);
    assert_eq!(draw(&bus, of_a_moment, NOW_US, 1).await.count, 1);
    while redis.dump().await.contains(":rates:") {
        tokio::task::yield_now().await;
    }
}
