//! Times as they may be shown, and windows of limits.

use runtime::{DAY_MS, MINUTE_MS};

/// Rounded down to the quarter of an hour: what readers may know of when something was published.
pub const fn quarter_hour(at_ms: i64) -> i64 {
    at_ms - at_ms.rem_euclid(15 * MINUTE_MS)
}

/// Rounded up to the quarter of an hour: an end that tells no beginning.
pub const fn next_quarter_hour(at_ms: i64) -> i64 {
    quarter_hour(at_ms.saturating_add(15 * MINUTE_MS - 1))
}

/// A time as readers see it: the quarter of an hour, and only the day once a week has passed.
pub const fn shown(at_ms: i64, now_ms: i64) -> i64 {
    if now_ms.saturating_sub(at_ms) < 7 * DAY_MS {
        quarter_hour(at_ms)
    } else {
        at_ms - at_ms.rem_euclid(DAY_MS)
    }
}

/// When the next day begins, UTC: when a limit of today ends.
pub const fn until_tomorrow(now_ms: i64) -> i64 {
    now_ms - now_ms.rem_euclid(DAY_MS) + DAY_MS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shown_time_is_a_quarter_hour_and_never_later_than_it_was() {
        assert_eq!(quarter_hour(0), 0);
        assert_eq!(quarter_hour(15 * MINUTE_MS - 1), 0);
        assert_eq!(quarter_hour(-1), -15 * MINUTE_MS);
        assert_eq!(next_quarter_hour(1), 15 * MINUTE_MS);
        assert_eq!(next_quarter_hour(15 * MINUTE_MS), 15 * MINUTE_MS);
        assert_eq!(shown(DAY_MS + 1, DAY_MS + 2), DAY_MS);
        assert_eq!(shown(DAY_MS + 20 * MINUTE_MS, 9 * DAY_MS), DAY_MS);
        assert_eq!(until_tomorrow(1), DAY_MS);
        assert_eq!(until_tomorrow(DAY_MS), 2 * DAY_MS);
    }
}
