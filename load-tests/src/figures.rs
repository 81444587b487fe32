//! Medians and the like.

use std::time::Duration;

/// The middle one of what was measured.
///
/// # Panics
/// When nothing was.
#[must_use]
pub fn median(mut values: Vec<Duration>) -> Duration {
    values.sort_unstable();
    values[values.len() / 2]
}

/// So many microseconds, for a line of figures.
#[must_use]
pub fn micros(time: Duration) -> f64 {
    time.as_secs_f64() * 1e6
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
    fn the_median_is_the_middle_one() {
        let seconds = [5, 1, 3].map(Duration::from_secs).to_vec();
        assert_eq!(median(seconds), Duration::from_secs(3));
        assert_eq!(each(Duration::from_secs(6), 3), Duration::from_secs(2));
    }
}
