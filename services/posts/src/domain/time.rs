//! Times as they may be shown, and windows of limits.

use runtime::{DAY_MS, MINUTE_MS};

/// How long times are shown by the quarter of an hour.
const WEEK_MS: i64 = 7 * DAY_MS;

/// Rounded down to the quarter of an hour: what readers may know of when something was published.
pub const fn quarter_hour(at_ms: i64) -> i64 {
    at_ms - at_ms.rem_euclid(15 * MINUTE_MS)
}

/// An end that tells no beginning: rounded up to the quarter of an hour, as the beginning is shown; and from a week on to
/// the day, because by then the beginning is shown as a day.
pub const fn rounded_end(at_ms: i64, from_ms: i64) -> i64 {
    let step_ms = if at_ms.saturating_sub(from_ms) < WEEK_MS {
        15 * MINUTE_MS
    } else {
        DAY_MS
    };
    let late_ms = at_ms.saturating_add(step_ms - 1);
    late_ms - late_ms.rem_euclid(step_ms)
}

/// A time as readers see it: the quarter of an hour, and only the day once a week has passed.
pub const fn shown(at_ms: i64, now_ms: i64) -> i64 {
    if now_ms.saturating_sub(at_ms) < WEEK_MS {
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
        assert_eq!(rounded_end(1, 0), 15 * MINUTE_MS);
        assert_eq!(rounded_end(15 * MINUTE_MS, 0), 15 * MINUTE_MS);
        assert_eq!(rounded_end(WEEK_MS - 1, 0), WEEK_MS);
        assert_eq!(rounded_end(WEEK_MS + 1, 1), WEEK_MS + DAY_MS);
        assert_eq!(rounded_end(WEEK_MS, 0), WEEK_MS);
        assert_eq!(shown(DAY_MS + 1, DAY_MS + 2), DAY_MS);
        assert_eq!(shown(DAY_MS + 20 * MINUTE_MS, 9 * DAY_MS), DAY_MS);
        assert_eq!(until_tomorrow(1), DAY_MS);
        assert_eq!(until_tomorrow(DAY_MS), 2 * DAY_MS);
    }
}
