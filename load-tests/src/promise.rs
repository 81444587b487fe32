//! What a scenario has to keep.

use std::time::Duration;

use anyhow::Result;

use crate::figures::{Spread, millis};
use crate::pace::Timed;
use crate::process::Held;

/// More descriptors than before that are no leak: a database opens another connection when many ask and keeps it.
const DESCRIPTORS_MORE: usize = 24;
/// More memory than before that is no leak, in MB: caches have bounds of their own, and an allocator keeps some room.
const MEGABYTES_MORE: f64 = 64.0;

/// The most that a process which held so much may hold once it is at rest again.
#[must_use]
pub fn most_afterwards(before: Held) -> Held {
    Held {
        megabytes: before.megabytes + MEGABYTES_MORE,
        descriptors: before.descriptors + DESCRIPTORS_MORE,
    }
}

/// A threshold, and what was seen.
#[derive(Clone, Debug)]
pub struct Promise {
    /// What is promised.
    pub what: String,
    /// Where it ends.
    pub bound: String,
    /// What was seen.
    pub seen: String,
    /// Whether it was kept.
    pub is_kept: bool,
}

impl Promise {
    /// Something takes no longer than that.
    #[must_use]
    pub fn within(what: impl Into<String>, bound: Duration, seen: Duration) -> Self {
        Self {
            what: what.into(),
            bound: format!("{:.0} ms", millis(bound)),
            seen: format!("{:.1} ms", millis(seen)),
            is_kept: seen <= bound,
        }
    }

    /// Something happens at all, and takes no longer than that.
    #[must_use]
    pub fn kept_within(what: impl Into<String>, bound: Duration, seen: &Result<Duration>) -> Self {
        match seen {
            Ok(took) => Self::within(what, bound, *took),
            Err(why) => Self {
                seen: format!("{why:#}"),
                ..Self::within(what, bound, Duration::MAX)
            },
        }
    }

    /// Of a hundred, 99 take no longer than that, and none fails.
    #[must_use]
    pub fn answered(what: &str, bound: Duration, timed: &[Timed]) -> Vec<Self> {
        let answered = timed.iter().filter(|timed| timed.failed.is_none());
        let slow = Spread::of(answered.map(|timed| timed.took))
            .map_or(Duration::MAX, |took| took.at(99.0));
        let failed: Vec<&String> = timed
            .iter()
            .filter_map(|timed| timed.failed.as_ref())
            .collect();
        let why = failed
            .first()
            .map_or(String::new(), |why| format!(": {why}"));
        vec![
            Self::within(format!("{what}: 99 of 100 within"), bound, slow),
            Self {
                what: format!("{what}: failed, of {}", timed.len()),
                bound: "0".into(),
                seen: format!("{}{why}", failed.len()),
                is_kept: failed.is_empty(),
            },
        ]
    }

    /// Afterwards the process holds no more than that.
    #[must_use]
    pub fn given_back(most: Held, after: Held) -> Vec<Self> {
        vec![
            Self {
                what: "memory afterwards".into(),
                bound: format!("{:.0} MB", most.megabytes),
                seen: format!("{:.0} MB", after.megabytes),
                is_kept: after.megabytes <= most.megabytes,
            },
            Self {
                what: "descriptors afterwards".into(),
                bound: most.descriptors.to_string(),
                seen: after.descriptors.to_string(),
                is_kept: after.descriptors <= most.descriptors,
            },
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn timed(took_ms: u64, failed: Option<&str>) -> Timed {
        Timed {
            since: Duration::ZERO,
            took: Duration::from_millis(took_ms),
            failed: failed.map(str::to_owned),
        }
    }

    fn kept(promises: &[Promise]) -> Vec<bool> {
        promises.iter().map(|promise| promise.is_kept).collect()
    }

    #[test]
    fn what_is_slow_and_what_fails_is_broken() {
        let bound = Duration::from_millis(10);
        let answered = |timed: &[Timed]| kept(&Promise::answered("a page", bound, timed));
        assert_eq!(answered(&[timed(10, None), timed(1, None)]), [true, true]);
        assert_eq!(answered(&[timed(11, None), timed(1, None)]), [false, true]);
        assert_eq!(
            answered(&[timed(1, None), timed(99, Some("no"))]),
            [true, false]
        );
        assert_eq!(answered(&[]), [false, true]);
    }

    #[test]
    fn what_is_not_given_back_is_broken() {
        let held = |megabytes, descriptors| Held {
            megabytes,
            descriptors,
        };
        let most = most_afterwards(held(50.0, 30));
        let given_back = |after| kept(&Promise::given_back(most, after));
        assert_eq!(
            given_back(held(50.0 + MEGABYTES_MORE, 30 + DESCRIPTORS_MORE)),
            [true, true]
        );
        assert_eq!(
            given_back(held(51.0 + MEGABYTES_MORE, 31 + DESCRIPTORS_MORE)),
            [false, false]
        );
    }
}
