//! A mixed day over and over: does the process grow?

use std::time::{Duration, Instant};

use anyhow::Result;
use clap::ValueEnum;

use crate::board::Board;
use crate::process::Held;
use crate::promise::Promise;
use crate::scenarios::{Scenario, Seen, Size};

/// Growth that is none, in MB: what is put up meanwhile is kept.
const MEGABYTES_GROWN: f64 = 24.0;
/// As above, of descriptors.
const DESCRIPTORS_GROWN: f64 = 8.0;
/// Rounds with which growth can be told from chance.
const ROUNDS_AT_LEAST: usize = 4;

/// Lets every scenario happen in turns for so long, and says after each round what the process holds at rest.
///
/// # Errors
/// When a scenario cannot go on.
pub async fn soak(
    board: &Board,
    size: Size,
    lasting: Duration,
    mut told: impl FnMut(Held),
) -> Result<(Vec<Held>, Vec<Promise>)> {
    let begun = Instant::now();
    let (mut rests, mut broken): (Vec<Held>, Vec<Promise>) = (Vec::new(), Vec::new());
    while begun.elapsed() < lasting || rests.len() < ROUNDS_AT_LEAST {
        let run = size.run + rests.len();
        let mut rest = board.idle;
        for scenario in Scenario::value_variants() {
            let seen: Seen = scenario.happen(board, Size { run, ..size }).await?;
            broken.extend(seen.promises.into_iter().filter(|promise| !promise.is_kept));
            rest = seen.after;
        }
        told(rest);
        rests.push(rest);
    }
    Ok((rests, broken))
}

/// Whether the process grew: the last rounds beside those in the middle, when everything had been done more than once.
#[must_use]
pub fn growth(rests: &[Held]) -> Vec<Promise> {
    let quarter = (rests.len() / 4).max(1);
    let middle = &rests[rests.len() / 2 - quarter..rests.len() / 2];
    let last = &rests[rests.len() - quarter..];
    let of = |what: &str, most: f64, read: &dyn Fn(&Held) -> f64| {
        let lowest = |some: &[Held]| some.iter().map(read).fold(f64::INFINITY, f64::min);
        let more = lowest(last) - lowest(middle);
        Promise {
            what: format!("growth of {what} from the middle to the end"),
            bound: format!("{most:.0}"),
            seen: format!("{more:.1}"),
            is_kept: more <= most,
        }
    };
    vec![
        of("memory, in MB", MEGABYTES_GROWN, &|held| held.megabytes),
        of("descriptors", DESCRIPTORS_GROWN, &|held| {
            u32::try_from(held.descriptors).map_or(f64::INFINITY, f64::from)
        }),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kept(rests: impl Iterator<Item = (f64, usize)>) -> Vec<bool> {
        let rests: Vec<Held> = rests
            .map(|(megabytes, descriptors)| Held {
                megabytes,
                descriptors,
            })
            .collect();
        let promises = growth(&rests);
        promises.iter().map(|promise| promise.is_kept).collect()
    }

    #[test]
    fn what_grows_with_every_round_is_found() {
        assert_eq!(
            kept((0..12_u8).map(|round| (100.0 + 6.0 * f64::from(round), 40))),
            [false, true]
        );
        assert_eq!(
            kept((0..12).map(|round| (100.0, 40 + 2 * round))),
            [true, false]
        );
    }

    #[test]
    fn what_grows_at_first_and_then_stays_is_none() {
        let warming = |round: u8| (if round < 3 { 60.0 } else { 180.0 }, 40);
        assert_eq!(kept((0..12).map(warming)), [true, true]);
        assert_eq!(kept((0..4_u8).map(|_| (100.0, 40))), [true, true]);
    }
}
