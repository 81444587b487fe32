//! Days since 1970-01-01, UTC: all that is kept of when somebody did something.

use runtime::DAY_MS;
use time::{Date, Duration, Month};

/// A day, counted from 1970-01-01.
pub type Day = i32;

const EPOCH: Date = match Date::from_calendar_date(1970, Month::January, 1) {
    Ok(day) => day,
    Err(_) => unreachable!(),
};

/// The day in which a moment lies.
pub fn of(now_ms: i64) -> Day {
    i32::try_from(now_ms.div_euclid(DAY_MS)).unwrap_or(Day::MAX)
}

/// 0 h UTC of a day, in milliseconds since 1970.
pub fn start_ms(day: Day) -> i64 {
    i64::from(day) * DAY_MS
}

/// The first day of the month in which a day lies.
pub fn first_of_month(day: Day) -> Day {
    date(day).map_or(day, |date| day - Day::from(date.day()) + 1)
}

/// The calendar date; none beyond the calendar's end.
pub fn date(day: Day) -> Option<Date> {
    EPOCH.checked_add(Duration::days(i64::from(day)))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_month_forgets_which_of_its_days_it_was(day in 0..60_000_i32) {
            let first = first_of_month(day);
            prop_assert!((0..31).contains(&(day - first)));
            prop_assert_eq!(first_of_month(first), first);
            prop_assert_eq!(date(first).unwrap().day(), 1);
            prop_assert_eq!(date(first).unwrap().month(), date(day).unwrap().month());
        }

        #[test]
        fn a_day_begins_before_and_ends_after_its_moments(now_ms in 0..4_000_000_000_000_i64) {
            let day = of(now_ms);
            prop_assert!(start_ms(day) <= now_ms && now_ms < start_ms(day + 1));
        }
    }
}
