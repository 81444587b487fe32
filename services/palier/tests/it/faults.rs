//! Whatever fails while neighbours publish and follow: what was acknowledged is in the feed once, whoever follows misses
//! nothing, what was taken down is gone, and nobody has to be called. It prints the figures of
//! docs/reliability.md.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;
use std::time::Duration;

use palier::wiring::Role;
use runtime::Clock;
use tokio::task::block_in_place;

use crate::harness::fleet::{Fleet, Place, REPLICAS};
use crate::harness::follower::Follower;
use crate::harness::resident::{Resident, signed_in};
use crate::harness::way::Weather;
use crate::harness::writing::{Writing, Written, insist};

/// How much goes on while things fail.
struct Size {
    notices: usize,
    followers: usize,
    /// How long each fault lasts.
    held: Duration,
}

/// Without optimisation, what a test run has time for.
const SIZE: Size = if cfg!(debug_assertions) {
    Size {
        notices: 105,
        followers: 20,
        held: Duration::from_secs(1),
    }
} else {
    Size {
        notices: 1_000,
        followers: 200,
        held: Duration::from_secs(8),
    }
};

const RESIDENTS: usize = 10;
/// Of so many who follow one does so over an event stream.
const STREAM_EVERY: usize = 5;
/// What was taken down is shown by nobody so long after everything is well again.
const GONE_WITHIN_MS: i64 = 5_000;
/// And everything has arrived.
const COMPLETE_WITHIN_MS: i64 = 30_000;
const ADDED: Duration = Duration::from_millis(500);

/// What fails.
#[derive(Clone, Copy, Debug)]
enum Fault {
    /// One of a role's processes dies (`kill -9`), and is started again.
    Killed(Role),
    /// PostgreSQL dies, and is started again.
    PostgresAway,
    /// Redis dies with all it holds, and is started again.
    RedisAway,
    /// Redis loses all it holds.
    RedisEmptied,
    /// Nothing gets through to Redis, and nobody is told.
    RedisCutOff,
    /// Whatever goes to a role or to Redis takes half a second longer, either way.
    Late,
    /// Nothing gets through to one process of each role, and nobody is told.
    OneOfEachCutOff,
    /// Nothing gets through to any process of a role, and nobody is told.
    CutOff(Role),
}

const FAULTS: [Fault; 17] = [
    Fault::Killed(Role::Identity),
    Fault::Killed(Role::Posts),
    Fault::Killed(Role::Media),
    Fault::Killed(Role::Feeds),
    Fault::Killed(Role::Moderation),
    Fault::Killed(Role::Gateway),
    Fault::PostgresAway,
    Fault::RedisAway,
    Fault::RedisEmptied,
    Fault::RedisCutOff,
    Fault::Late,
    Fault::OneOfEachCutOff,
    Fault::CutOff(Role::Identity),
    Fault::CutOff(Role::Posts),
    Fault::CutOff(Role::Media),
    Fault::CutOff(Role::Feeds),
    Fault::CutOff(Role::Moderation),
];

const BEHIND_THE_EDGE: [Role; 5] = [
    Role::Identity,
    Role::Posts,
    Role::Media,
    Role::Feeds,
    Role::Moderation,
];

impl Fault {
    async fn begin(self, fleet: &mut Fleet) {
        match self {
            Self::Killed(role) => fleet.kill((role, 0)),
            Self::PostgresAway => block_in_place(|| fleet.postgres.stop()),
            Self::RedisAway => fleet.redis.stop(),
            Self::RedisEmptied => fleet.empty_redis().await,
            Self::Late => self.set_ways(fleet, Weather::Late(ADDED)),
            Self::RedisCutOff | Self::OneOfEachCutOff | Self::CutOff(_) => {
                self.set_ways(fleet, Weather::Silent);
            }
        }
    }

    fn end(self, fleet: &mut Fleet) {
        match self {
            Self::Killed(role) => fleet.start((role, 0)),
            Self::PostgresAway => block_in_place(|| fleet.postgres.start()),
            Self::RedisAway => block_in_place(|| fleet.redis.start()),
            _ => self.set_ways(fleet, Weather::Fair),
        }
    }

    fn set_ways(self, fleet: &Fleet, weather: Weather) {
        let of = |role| (0..REPLICAS).map(move |number| (role, number));
        let places: Vec<Place> = match self {
            Self::Late => BEHIND_THE_EDGE.into_iter().flat_map(of).collect(),
            Self::OneOfEachCutOff => BEHIND_THE_EDGE.map(|role| (role, 0)).to_vec(),
            Self::CutOff(role) => of(role).collect(),
            _ => Vec::new(),
        };
        for place in places {
            fleet.set_way(place, weather);
        }
        if matches!(self, Self::Late | Self::RedisCutOff) {
            fleet.set_way_to_redis(weather);
        }
    }
}

/// What came of one fault.
struct Seen {
    fault: Fault,
    written: Written,
    /// After so long nothing that was taken down was shown, in milliseconds since all was well and all was acknowledged.
    gone_ms: i64,
    /// And every edge showed, and everybody who follows knew, everything.
    complete_ms: i64,
    /// How many connections of those who follow ended.
    ended: usize,
}

impl Seen {
    fn row(&self) -> String {
        let Self {
            fault,
            written,
            gone_ms,
            complete_ms,
            ended,
        } = self;
        let of_hundred = |share: usize| written.took_ms[written.took_ms.len() * share / 100];
        format!(
            "| {:<22} | {:>4} | {:>3} | {:>6} | {:>6} | {:>6} | {:>5} | {:>5} | {:>3} |",
            format!("{fault:?}"),
            written.took_ms.len(),
            written.again.iter().sum::<usize>(),
            of_hundred(50),
            of_hundred(99),
            written.took_ms[written.took_ms.len() - 1],
            gone_ms,
            complete_ms,
            ended,
        )
    }
}

struct Trial {
    fleet: Fleet,
    residents: Vec<Arc<Resident>>,
    followers: Vec<Follower>,
    up: BTreeSet<String>,
    withdrawn: BTreeSet<String>,
}

impl Trial {
    async fn begin() -> Self {
        let fleet = Fleet::settled(RESIDENTS).await;
        let mut residents = Vec::new();
        for number in 0..RESIDENTS {
            residents.push(Arc::new(signed_in(&fleet.origin, number).await));
        }
        let mut followers = Vec::new();
        for number in 0..SIZE.followers {
            let resident = residents[number % RESIDENTS].clone();
            let over_stream = number % STREAM_EVERY == 0;
            followers.push(Follower::begin(resident, over_stream).await);
        }
        Self {
            fleet,
            residents,
            followers,
            up: BTreeSet::new(),
            withdrawn: BTreeSet::new(),
        }
    }

    /// Neighbours publish before, during and after a fault.
    async fn meets(&mut self, fault: Fault, numbers: Range<usize>) -> Seen {
        let clock = Clock::System;
        let ended_before = self.ended();
        let each = u32::try_from(numbers.len()).unwrap();
        let writing = Writing::begin(&self.residents, &numbers, SIZE.held * 2 / each);
        clock.wait(SIZE.held / 2).await;
        fault.begin(&mut self.fleet).await;
        clock.wait(SIZE.held).await;
        fault.end(&mut self.fleet);
        let well_ms = clock.now_ms();
        let written = writing.end().await;
        self.up.extend(written.up.values().cloned());
        self.withdrawn.extend(written.withdrawn.iter().cloned());

        let since_ms = well_ms.max(written.last_ms);
        loop {
            let shown_for_ms = clock.now_ms() - since_ms;
            if self.all_is_gone().await {
                break;
            }
            assert!(
                shown_for_ms < GONE_WITHIN_MS,
                "{fault:?}: what was taken down is shown"
            );
        }
        let gone_ms = clock.now_ms() - since_ms;
        for follower in &self.followers {
            let complete = follower
                .until(&self.up, since_ms + COMPLETE_WITHIN_MS)
                .await;
            assert!(complete, "{fault:?}: somebody who follows misses something");
        }
        self.everything_is_shown_once(fault, since_ms + COMPLETE_WITHIN_MS)
            .await;
        let complete_ms = clock.now_ms() - since_ms;
        Seen {
            fault,
            written,
            gone_ms,
            complete_ms,
            ended: self.ended() - ended_before,
        }
    }

    fn ended(&self) -> usize {
        let followers = self.followers.iter();
        followers.map(|it| it.known(|known| known.ended)).sum()
    }

    /// What each edge shows: the ids of the feed.
    async fn shown(&self) -> Vec<Vec<String>> {
        let mut shown = Vec::new();
        for edge in &self.fleet.edges {
            let resident = self.residents[0].asking(*edge);
            let ((feed, _), _) = insist(|| resident.whole_feed()).await;
            shown.push(feed.into_iter().map(|(id, _)| id).collect());
        }
        shown
    }

    async fn all_is_gone(&self) -> bool {
        let shown = self.shown().await;
        let mut shown = shown.iter().flatten();
        shown.all(|id| !self.withdrawn.contains(id))
    }

    /// Every edge comes to show everything, nothing twice on the way: where signals were lost, a process answers from what it
    /// knew a second ago, and an edge may ask either of two.
    async fn everything_is_shown_once(&self, fault: Fault, deadline_ms: i64) {
        loop {
            let mut is_complete = true;
            for shown in self.shown().await {
                let distinct: BTreeSet<_> = shown.iter().cloned().collect();
                assert_eq!(shown.len(), distinct.len(), "{fault:?}: each once");
                is_complete &= distinct == self.up;
            }
            if is_complete {
                break;
            }
            let now_ms = Clock::System.now_ms();
            assert!(now_ms < deadline_ms, "{fault:?}: an edge misses something");
        }
        for follower in &self.followers {
            follower.known(|known| assert_eq!(known.twice, [""; 0], "{fault:?}"));
        }
    }

    /// No row of the feed outlives its notice, and what was taken down is nowhere to be read.
    async fn nothing_is_left_over(&self) {
        let rows = self.fleet.ids("FEEDS", "feed_row", "post").await;
        assert_eq!(rows, self.fleet.ids("POSTS", "post", "id").await);
        assert_eq!(rows.len(), self.up.len());
        for edge in &self.fleet.edges {
            let resident = self.residents[0].asking(*edge);
            for id in &self.withdrawn {
                let (reads, _) = insist(|| resident.reads(id)).await;
                assert!(!reads, "{id}");
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
#[allow(clippy::print_stdout, reason = "what was seen is told")]
async fn whatever_fails_what_was_acknowledged_is_shown_once_and_what_was_taken_down_is_gone() {
    let mut trial = Trial::begin().await;
    println!(
        "| fault | published | asked again | median ms | 99 of 100 ms | longest ms | gone after ms | complete after ms | connections ended |"
    );
    let each = SIZE.notices / FAULTS.len();
    for (at, fault) in FAULTS.into_iter().enumerate() {
        let first = at * each;
        // What is left over comes with the last.
        let end = if at + 1 == FAULTS.len() {
            SIZE.notices
        } else {
            first + each
        };
        println!("{}", trial.meets(fault, first..end).await.row());
    }
    trial.nothing_is_left_over().await;
}
