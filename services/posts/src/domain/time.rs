//! Ends as they may be shown, and windows of limits.

use runtime::{DAY_MS, WEEK_MS, rounded_down, rounded_up};

use super::category::CategoryRules;

/// An end that tells no beginning: rounded up to the step by which the beginning is shown; and from a week on to the day,
/// because by then the beginning is shown as a day. What was rounded stays as it is.
pub const fn rounded_end(at_ms: i64, from_ms: i64, step_ms: i64) -> i64 {
    let end_ms = rounded_up(at_ms, step_ms);
    if end_ms.saturating_sub(rounded_down(from_ms, step_ms)) < WEEK_MS {
        end_ms
    } else {
        rounded_up(at_ms, DAY_MS)
    }
}

/// The end of what begins anew and stays as long as it was to stay from its first beginning, or as its category lets it: the
/// same as if it had begun only now.
pub fn moved_end(end_ms: i64, from_ms: i64, now_ms: i64, rules: &CategoryRules) -> i64 {
    let stay_ms = end_ms.saturating_sub(from_ms);
    // Rounding made it longer, by less than a step.
    let step_ms = if stay_ms < WEEK_MS {
        rules.step_ms
    } else {
        DAY_MS
    };
    let whole_ms = rounded_down(stay_ms, step_ms);
    rounded_end(
        now_ms + whole_ms.min(rules.longest_ms),
        now_ms,
        rules.step_ms,
    )
}

/// When the next day begins, UTC: when a limit of today ends.
pub const fn until_tomorrow(now_ms: i64) -> i64 {
    now_ms - now_ms.rem_euclid(DAY_MS) + DAY_MS
}

#[cfg(test)]
mod tests {
    use contract::common::Category;
    use proptest::prelude::*;
    use runtime::{HOUR_MS, MINUTE_MS, QUARTER_MS};

    use super::*;

    /// Long enough for every end that there is.
    const HALF_A_YEAR_MS: i64 = 180 * DAY_MS;

    proptest! {
        #[test]
        fn an_end_is_rounded_once_whatever_clock_rounds_it_again(
            from_ms in 0..HALF_A_YEAR_MS,
            stay_ms in 0..HALF_A_YEAR_MS,
            later_ms in 0..DAY_MS,
            step_ms in prop::sample::select(&[QUARTER_MS, HOUR_MS]),
        ) {
            let end_ms = rounded_end(from_ms + stay_ms, from_ms, step_ms);
            prop_assert!((0..DAY_MS).contains(&(end_ms - from_ms - stay_ms)));
            prop_assert_eq!(rounded_end(end_ms, from_ms, step_ms), end_ms);
            prop_assert_eq!(rounded_end(end_ms, from_ms + later_ms, step_ms), end_ms);
        }

        #[test]
        fn waiting_neither_shortens_a_stay_nor_lengthens_it(
            from_ms in 0..HALF_A_YEAR_MS,
            days in 1..60_i64,
            waited_ms in 0..30 * DAY_MS,
            category in prop::sample::select(&[Category::LostFound, Category::Incident]),
        ) {
            let rules = CategoryRules { longest_ms: HALF_A_YEAR_MS, ..CategoryRules::of(category).unwrap() };
            let end_ms = rounded_end(from_ms + days * DAY_MS, from_ms, rules.step_ms);
            let now_ms = from_ms + waited_ms;
            prop_assert_eq!(
                moved_end(end_ms, from_ms, now_ms, &rules),
                rounded_end(now_ms + days * DAY_MS, now_ms, rules.step_ms)
            );
        }
    }

    #[test]
    fn an_end_is_never_earlier_than_it_was_and_a_limit_ends_with_the_day() {
        let rounded = |at_ms, from_ms| rounded_end(at_ms, from_ms, QUARTER_MS);
        assert_eq!(rounded(1, 0), 15 * MINUTE_MS);
        assert_eq!(rounded(15 * MINUTE_MS, 0), 15 * MINUTE_MS);
        assert_eq!(rounded(WEEK_MS - 1, 0), WEEK_MS);
        assert_eq!(rounded(WEEK_MS + 1, 1), WEEK_MS + DAY_MS);
        assert_eq!(rounded(WEEK_MS, 0), WEEK_MS);
        assert_eq!(rounded_end(1, 0, HOUR_MS), HOUR_MS);
        assert_eq!(until_tomorrow(1), DAY_MS);
        assert_eq!(until_tomorrow(DAY_MS), 2 * DAY_MS);
    }
}
