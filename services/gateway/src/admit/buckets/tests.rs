use std::collections::BTreeMap;

use bus::scratch::Scratch;
use futures_util::FutureExt;
use futures_util::future::join_all;
use proptest::prelude::*;
use runtime::Clock;
use tokio::net::TcpListener;

use super::super::lease::GOOD_FOR_US;
use super::*;
use crate::settings::Rate;

const HERE: Who = Who::Origin([1; 16]);
const THERE: Who = Who::Origin([2; 16]);

fn limits(burst: u32, per_minute: u32, callers: usize) -> Limits {
    Limits {
        callers,
        // Whatever else the machine does: no test waits for so long.
        shared_rates_within: Duration::from_mins(1),
        rates: Rates {
            entries: Rate::new(burst, per_minute),
            ..Rates::default()
        },
        ..Limits::default()
    }
}

fn buckets(burst: u32, per_minute: u32, callers: usize) -> Buckets {
    Buckets::new(&limits(burst, per_minute, callers), Bus::memory())
}

/// So many edges that share a Redis.
fn edges(count: usize, redis: &Scratch, burst: u32, per_minute: u32) -> Vec<Buckets> {
    let limits = limits(burst, per_minute, 100);
    let bus = || redis.bus(Clock::manual(0));
    (0..count).map(|_| Buckets::new(&limits, bus())).collect()
}

async fn enter(buckets: &Buckets, now_ms: i64) -> Result<(), i64> {
    buckets.take(Kind::Entry, HERE, || [1; 16], now_ms).await
}

/// The same within one process, where nobody is waited for.
fn take(buckets: &Buckets, kind: Kind, who: Who, now_ms: i64) -> Result<(), i64> {
    let taken = buckets.take(kind, who, || [0; 16], now_ms);
    taken.now_or_never().unwrap()
}

#[test]
fn a_burst_is_let_through_and_then_one_at_a_time() {
    let buckets = buckets(3, 6, 100);
    for _ in 0..3 {
        assert_eq!(take(&buckets, Kind::Entry, HERE, 1_000), Ok(()));
    }
    assert_eq!(take(&buckets, Kind::Entry, HERE, 1_000), Err(11_000));
    assert_eq!(take(&buckets, Kind::Entry, HERE, 10_999), Err(11_000));
    assert_eq!(take(&buckets, Kind::Entry, HERE, 11_000), Ok(()));
    assert_eq!(take(&buckets, Kind::Entry, HERE, 11_000), Err(21_000));
}

#[test]
fn a_clock_that_is_set_back_locks_nobody_out() {
    let buckets = buckets(3, 6, 100);
    for _ in 0..3 {
        assert_eq!(take(&buckets, Kind::Entry, HERE, 9_000_000), Ok(()));
    }
    for _ in 0..3 {
        assert_eq!(take(&buckets, Kind::Entry, HERE, 5_000), Ok(()));
    }
    assert_eq!(take(&buckets, Kind::Entry, HERE, 5_000), Err(15_000));
}

#[test]
fn nobody_uses_up_the_tokens_of_another_or_of_another_kind() {
    let buckets = buckets(1, 1, 100);
    assert_eq!(take(&buckets, Kind::Entry, HERE, 0), Ok(()));
    assert!(take(&buckets, Kind::Entry, HERE, 0).is_err());
    assert_eq!(take(&buckets, Kind::Entry, THERE, 0), Ok(()));
    assert_eq!(take(&buckets, Kind::Query, HERE, 0), Ok(()));
}

#[test]
fn memory_stays_bounded_and_the_busiest_stay_known() {
    let buckets = buckets(2, 1, 64);
    for _ in 0..2 {
        assert_eq!(take(&buckets, Kind::Entry, HERE, 0), Ok(()));
    }
    for n in 0..10_000_u32 {
        let mut origin = [9; 16];
        origin[..4].copy_from_slice(&n.to_le_bytes());
        let _ = take(&buckets, Kind::Entry, Who::Origin(origin), 1);
        assert!(buckets.own.lock().unwrap().len() <= 64);
    }
    let again = take(&buckets, Kind::Entry, HERE, 1);
    assert!(again.is_err(), "still empty");
}

/// In no stretch of time more than burst and rate allow in a second more: each one let in, with everyone up to each other.
fn assert_bounded(admitted: &BTreeMap<i64, i64>, burst: u32, per_minute: u32) {
    let rule = Rule::of(burst, per_minute);
    for from_ms in admitted.keys() {
        let mut count = 0;
        for (at_ms, here) in admitted.range(from_ms..) {
            count += here;
            let stretch_us = (at_ms - from_ms) * 1_000 + GOOD_FOR_US;
            let most = i64::from(burst) + stretch_us / rule.token_us();
            assert!(count <= most, "{count} of {most}: {admitted:?}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    /// Callers at once at every edge, over a real Redis. Tokens take seconds, so that Redis, on a clock of its own, lets go of
    /// nothing meanwhile.
    #[test]
    fn edges_that_share_a_redis_never_let_in_more_than_the_rate_of_one(
        (burst, per_minute) in (1_u32..200, 1_u32..6),
        rounds in prop::collection::vec((prop_oneof![0_i64..1_500, 0_i64..120_000], 1_usize..60), 1..12),
    ) {
        let machine = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
        machine.block_on(async {
            let redis = Scratch::redis();
            let edges = edges(3, &redis, burst, per_minute);
            let (began_ms, mut now_ms, mut all) = (1_800_000_000_000_i64, 1_800_000_000_000, 0);
            let mut admitted = BTreeMap::new();
            for (step, each) in rounds {
                now_ms += step;
                let callers = (0..each).flat_map(|_| &edges).map(|edge| enter(edge, now_ms));
                let entered = join_all(callers).await;
                let count = i64::try_from(entered.iter().flatten().count()).unwrap();
                *admitted.entry(now_ms).or_insert(0) += count;
                all += count;
                // From a rest nothing was drawn before.
                let most = i64::from(burst) + (now_ms - began_ms) * 1_000 / Rule::of(burst, per_minute).token_us();
                assert!(all <= most, "{all} of {most}");
                assert!(all > 0, "nobody is locked out");
            }
            assert_bounded(&admitted, burst, per_minute);
            redis.empty().await;
        });
    }
}

#[tokio::test]
async fn of_what_is_tried_one_by_one_nothing_lapses_between_edges() {
    let redis = Scratch::redis();
    let edges = edges(3, &redis, 30, 10);
    let mut admitted = 0;
    for n in 0..60 {
        admitted += usize::from(enter(&edges[n % 3], 0).await.is_ok());
    }
    assert_eq!(admitted, 30);
    for edge in &edges {
        assert_eq!(enter(edge, 5_999).await, Err(6_000));
    }
    assert_eq!(enter(&edges[1], 6_000).await, Ok(()));
    assert_eq!(enter(&edges[2], 6_000).await, Err(12_000));
    redis.empty().await;
}

#[tokio::test]
async fn a_redis_that_forgets_everything_gives_no_edge_more_than_its_own() {
    let redis = Scratch::redis();
    let edges = edges(2, &redis, 10, 1);
    let admitted = async || {
        let mut admitted = Vec::new();
        for edge in &edges {
            let mut here = 0;
            while enter(edge, 1_000).await.is_ok() {
                here += 1;
            }
            admitted.push(here);
        }
        admitted
    };
    assert_eq!(admitted().await, [10, 0]);
    redis.empty().await;
    // The second had been told to wait.
    assert_eq!(enter(&edges[1], 61_000).await, Ok(()));
    assert_eq!(enter(&edges[0], 61_000).await, Ok(()));
    assert_eq!(enter(&edges[0], 61_000).await, Err(121_000));
    let mut more = 0;
    while enter(&edges[1], 61_000).await.is_ok() {
        more += 1;
    }
    assert_eq!(more, 8, "both together have a burst of what is new");
    redis.empty().await;
}

#[tokio::test]
async fn while_redis_is_away_an_edge_counts_alone_and_is_neither_open_nor_shut() {
    let nobody = Scratch::at("redis://127.0.0.1:1".to_owned());
    let edges = edges(2, &nobody, 3, 6);
    for edge in &edges {
        for _ in 0..3 {
            assert_eq!(enter(edge, 1_000).await, Ok(()));
        }
        assert_eq!(enter(edge, 1_000).await, Err(11_000));
    }
}

#[tokio::test]
async fn a_redis_that_is_silent_is_waited_for_once_and_then_left_alone_for_a_while() {
    let silent = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let redis = Scratch::at(format!("redis://{}", silent.local_addr().unwrap()));
    let limits = Limits {
        shared_rates_within: Duration::from_millis(20),
        ..limits(3, 6, 100)
    };
    let edge = Buckets::new(&limits, redis.bus(Clock::manual(0)));
    assert_eq!(enter(&edge, 1_000).await, Ok(()));
    let at_once = enter(&edge, 1_000 + ALONE_FOR_MS - 1).now_or_never();
    assert_eq!(at_once, Some(Ok(())), "nobody is asked");
    let asked = enter(&edge, 1_000 + ALONE_FOR_MS).now_or_never();
    assert_eq!(asked, None, "it is tried again");
}

#[tokio::test]
async fn when_redis_is_back_edges_count_together_again() {
    let (away, redis) = (
        Scratch::at("redis://127.0.0.1:1".to_owned()),
        Scratch::redis(),
    );
    let mut edges = edges(1, &redis, 4, 1);
    let mut lost = self::edges(1, &away, 4, 1).remove(0);
    assert_eq!(enter(&lost, 1_000).await, Ok(()));
    lost.bus = redis.bus(Clock::manual(0));
    edges.push(lost);
    assert_eq!(
        enter(&edges[1], 1_000).await,
        Ok(()),
        "it still counts alone"
    );
    let later_ms = 1_000 + ALONE_FOR_MS;
    for _ in 0..2 {
        assert_eq!(enter(&edges[1], later_ms).await, Ok(()));
    }
    assert!(
        enter(&edges[1], later_ms).await.is_err(),
        "its own are used up"
    );
    for _ in 0..2 {
        assert_eq!(enter(&edges[0], later_ms).await, Ok(()));
    }
    assert!(enter(&edges[0], later_ms).await.is_err());
    redis.empty().await;
}
