//! How long many of the same took, and what each of them did.

use std::time::Duration;

use anyhow::{Result, ensure};

/// How long many of the same took, in order.
#[derive(Clone, Debug)]
pub struct Spread(Vec<Duration>);

impl Spread {
    /// Of all that was measured.
    ///
    /// # Errors
    /// When nothing was.
    pub fn of(measured: impl IntoIterator<Item = Duration>) -> Result<Self> {
        let mut sorted: Vec<Duration> = measured.into_iter().collect();
        ensure!(!sorted.is_empty(), "nothing was measured");
        sorted.sort_unstable();
        Ok(Self(sorted))
    }

    /// So many of a hundred took no longer than this; 100 is the longest.
    #[must_use]
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_precision_loss,
        clippy::cast_sign_loss,
        reason = "a place in a list, from a share of its length"
    )]
    pub fn at(&self, percent: f64) -> Duration {
        let rank = (self.0.len() as f64 * percent / 100.0).ceil() as usize;
        self.0[rank.clamp(1, self.0.len()) - 1]
    }

    /// The middle one.
    #[must_use]
    pub fn median(&self) -> Duration {
        self.at(50.0)
    }

    /// How many were measured.
    #[must_use]
    pub fn count(&self) -> usize {
        self.0.len()
    }
}

/// So many microseconds, for a line of figures.
#[must_use]
pub fn micros(time: Duration) -> f64 {
    time.as_secs_f64() * 1e6
}

/// So many milliseconds, for a line of figures.
#[must_use]
pub fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}

/// One of many: what each cost of what all did.
#[must_use]
pub fn each(all: Duration, count: usize) -> Duration {
    all / u32::try_from(count.max(1)).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_percentile_is_what_so_many_of_a_hundred_did_not_exceed() {
        let spread = Spread::of((1..=200).rev().map(Duration::from_millis)).unwrap();
        assert_eq!(spread.median(), Duration::from_millis(100));
        assert_eq!(spread.at(99.0), Duration::from_millis(198));
        assert_eq!(spread.at(100.0), Duration::from_millis(200));
        assert_eq!(spread.at(0.0), Duration::from_millis(1));
        assert!(Spread::of([]).is_err());
    }

    #[test]
    fn each_did_its_share() {
        assert_eq!(each(Duration::from_secs(6), 3), Duration::from_secs(2));
    }
}
