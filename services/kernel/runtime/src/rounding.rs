//! Times as they may be shown.

use crate::{DAY_MS, MINUTE_MS};

const QUARTER_MS: i64 = 15 * MINUTE_MS;
/// How long a time is shown by the quarter of an hour.
pub const WEEK_MS: i64 = 7 * DAY_MS;

/// Rounded down to the quarter of an hour.
pub const fn quarter_hour(at_ms: i64) -> i64 {
    at_ms - at_ms.rem_euclid(QUARTER_MS)
}

/// A time as readers see it: the quarter of an hour, and only the day, UTC, once a week has passed.
pub const fn rounded_by_age(at_ms: i64, now_ms: i64) -> i64 {
    if now_ms.saturating_sub(at_ms) < WEEK_MS {
        quarter_hour(at_ms)
    } else {
        at_ms - at_ms.rem_euclid(DAY_MS)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shown_time_is_a_quarter_hour_then_a_day_and_never_later_than_it_was() {
        assert_eq!(quarter_hour(0), 0);
        assert_eq!(quarter_hour(15 * MINUTE_MS - 1), 0);
        assert_eq!(quarter_hour(-1), -15 * MINUTE_MS);
        assert_eq!(rounded_by_age(DAY_MS + 1, DAY_MS + 2), DAY_MS);
        let at_ms = DAY_MS + 20 * MINUTE_MS;
        assert_eq!(
            rounded_by_age(at_ms, at_ms + WEEK_MS - 1),
            DAY_MS + 15 * MINUTE_MS
        );
        assert_eq!(rounded_by_age(at_ms, at_ms + WEEK_MS), DAY_MS);
    }
}
