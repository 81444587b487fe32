//! Times as they may be shown.

use crate::{DAY_MS, MINUTE_MS};

/// As finely as any time is shown.
pub const QUARTER_MS: i64 = 15 * MINUTE_MS;
/// How long a time is shown by the quarter of an hour.
pub const WEEK_MS: i64 = 7 * DAY_MS;

/// Rounded down to a step.
pub const fn rounded_down(at_ms: i64, step_ms: i64) -> i64 {
    at_ms - at_ms.rem_euclid(step_ms)
}

/// Rounded up to a step.
pub const fn rounded_up(at_ms: i64, step_ms: i64) -> i64 {
    rounded_down(at_ms.saturating_add(step_ms - 1), step_ms)
}

/// A time as readers see it: by steps of [`QUARTER_MS`] or longer, and only the day, UTC, once a week has passed.
pub const fn rounded_by_age(at_ms: i64, now_ms: i64, step_ms: i64) -> i64 {
    let is_old = now_ms.saturating_sub(at_ms) >= WEEK_MS;
    rounded_down(at_ms, if is_old { DAY_MS } else { step_ms })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::HOUR_MS;

    #[test]
    fn a_shown_time_is_a_step_then_a_day_and_never_later_than_it_was() {
        assert_eq!(rounded_down(15 * MINUTE_MS - 1, QUARTER_MS), 0);
        assert_eq!(rounded_down(-1, QUARTER_MS), -15 * MINUTE_MS);
        assert_eq!(rounded_up(0, HOUR_MS), 0);
        assert_eq!(rounded_up(1, HOUR_MS), HOUR_MS);
        assert_eq!(rounded_up(HOUR_MS, HOUR_MS), HOUR_MS);
        assert_eq!(rounded_by_age(DAY_MS + 1, DAY_MS + 2, QUARTER_MS), DAY_MS);
        let at_ms = DAY_MS + 80 * MINUTE_MS;
        let just_young = at_ms + WEEK_MS - 1;
        assert_eq!(
            rounded_by_age(at_ms, just_young, QUARTER_MS),
            DAY_MS + 75 * MINUTE_MS
        );
        assert_eq!(rounded_by_age(at_ms, just_young, HOUR_MS), DAY_MS + HOUR_MS);
        assert_eq!(rounded_by_age(at_ms, at_ms + WEEK_MS, HOUR_MS), DAY_MS);
    }
}
