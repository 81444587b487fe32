//! Random sequences of what neighbours and moderators do, with faults before, within and after every call and delivery: whatever
//! happens in whatever order, nobody reads what has to be read first, nobody decides about an appeal against themselves, what is
//! taken is taken with reasons, and who is erased is gone from everywhere.
//!
//! Two variables make it longer, or repeat it: `PALIER_SIMULATIONS`, how many sequences on SQLite (on PostgreSQL an eighth of
//! them), and `PALIER_SIMULATION_SEED`, with which one it begins.
#![allow(clippy::unwrap_used, reason = "a test that meets a fault fails")]
#![allow(
    clippy::large_futures,
    reason = "a sequence holds a whole house, and there is one at a time"
)]

mod faults;
mod house;
mod moderating;
mod people;
mod promises;
mod scan;
mod steps;
mod story;
mod writing;

use std::collections::BTreeMap;

use house::{House, On};
use proptest::collection::vec;
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use steps::{Step, step};
use story::{Broken, Story};

/// How often something came of what.
type Happened = BTreeMap<&'static str, u32>;

/// How many sequences there are unless somebody says otherwise.
const SEQUENCES: u64 = 12;
/// How long the longest is.
const STEPS: usize = 100;
/// What has to come about, or nothing was tried.
const HAPPENS: [&str; 7] = [
    "publish",
    "edit",
    "withdraw",
    "report",
    "claim_case",
    "decide_case",
    "erase",
];
/// How many shorter ones are tried of one that fails.
const SHRINKS: usize = 150;

#[tokio::test]
async fn whatever_happens_what_is_promised_holds_on_sqlite() {
    simulate(On::Sqlite, setting("PALIER_SIMULATIONS", SEQUENCES)).await;
}

#[tokio::test]
async fn whatever_happens_what_is_promised_holds_on_postgresql() {
    simulate(
        On::Postgres,
        setting("PALIER_SIMULATIONS", SEQUENCES).div_ceil(8),
    )
    .await;
}

async fn simulate(on: On, sequences: u64) {
    let first = setting("PALIER_SIMULATION_SEED", 1);
    let mut happened = Happened::new();
    for seed in first..first + sequences {
        let drawn = sequence(seed);
        let played = play(on, seed, &drawn).await;
        if let Ok(in_this) = &played {
            for (what, often) in in_this {
                *happened.entry(what).or_default() += often;
            }
        }
        if let Err((at, broken)) = played {
            let (steps, broken) =
                shrunk(on, seed, drawn[..=at.min(drawn.len() - 1)].to_vec(), broken).await;
            panic!("PALIER_SIMULATION_SEED={seed} on {on:?}: {broken}\nafter {steps:#?}");
        }
    }
    eprintln!("{on:?}: {happened:?}");
    if sequences >= SEQUENCES {
        for what in HAPPENS {
            assert!(happened.contains_key(what), "{what} never came about");
        }
    }
}

/// The sequence of a seed.
fn sequence(seed: u64) -> Vec<Step> {
    let mut bytes = [0; 32];
    bytes[..8].copy_from_slice(&seed.to_be_bytes());
    let chance = TestRng::from_seed(RngAlgorithm::ChaCha, &bytes);
    let mut runner = TestRunner::new_with_rng(Config::default(), chance);
    let steps = vec(step(), STEPS / 2..STEPS).new_tree(&mut runner);
    steps.unwrap().current()
}

/// Plays a sequence in a house of its own. Answers what came about, or after which step something did not hold.
async fn play(on: On, seed: u64, steps: &[Step]) -> Result<Happened, (usize, Broken)> {
    let mut story = Story::begins(House::new(on, seed).await).await;
    for (at, step) in steps.iter().enumerate() {
        let went = async {
            story.goes_on(step).await?;
            story.holds(at).await
        };
        went.await.map_err(|broken| (at, broken))?;
    }
    let ended = story.ends().await;
    ended.map_err(|broken| (steps.len(), broken))?;
    Ok(story.happened)
}

/// What is left of a sequence that fails, without what it fails without.
async fn shrunk(
    on: On,
    seed: u64,
    mut steps: Vec<Step>,
    mut broken: Broken,
) -> (Vec<Step>, Broken) {
    let (mut tried, mut length) = (0, steps.len().div_ceil(2));
    while length > 0 && tried < SHRINKS {
        let mut from = 0;
        while from < steps.len() && tried < SHRINKS {
            let mut fewer = steps.clone();
            fewer.drain(from..(from + length).min(steps.len()));
            tried += 1;
            match play(on, seed, &fewer).await {
                Err((_, still)) => (steps, broken) = (fewer, still),
                Ok(_) => from += length,
            }
        }
        length /= 2;
    }
    (steps, broken)
}

#[allow(
    clippy::disallowed_methods,
    reason = "test suites are configured by variables, as their databases are"
)]
fn setting(name: &str, otherwise: u64) -> u64 {
    let set = std::env::var(name).ok();
    set.and_then(|value| value.parse().ok())
        .unwrap_or(otherwise)
}
