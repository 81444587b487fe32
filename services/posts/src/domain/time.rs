//! Times as they may be shown, and windows of limits.

use runtime::{DAY_MS, MINUTE_MS};

/// Rounded down to the quarter of an hour: what readers may know of when something was published.
pub const fn quarter_hour(at_ms: i64) -> i64 {
    at_ms - at_ms.rem_euclid(15 * MINUTE_MS)
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
        assert_eq!(until_tomorrow(1), DAY_MS);
        assert_eq!(until_tomorrow(DAY_MS), 2 * DAY_MS);
    }
}
