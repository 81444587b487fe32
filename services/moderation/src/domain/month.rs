//! Months of the calendar, UTC.

use runtime::DAY_MS;
use time::Date;

/// A month: months since the year 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Month(i32);

impl Month {
    /// A month of a year, 1 to 12; none where there is no such one.
    pub fn new(year: u32, month: u32) -> Option<Self> {
        let year = i32::try_from(year)
            .ok()
            .filter(|year| (1970..10_000).contains(year))?;
        let month = i32::try_from(month)
            .ok()
            .filter(|month| (1..=12).contains(month))?;
        Some(Self(year * 12 + month - 1))
    }

    /// The month of a time.
    ///
    /// # Panics
    /// Never: every time in milliseconds that is reached is within the calendar.
    pub fn of(at_ms: i64) -> Self {
        let days = i32::try_from(at_ms.div_euclid(DAY_MS)).unwrap_or_default();
        let epoch = Date::from_ordinal_date(1970, 1).expect("a year begins on its first day");
        let date = epoch
            .checked_add(time::Duration::days(days.into()))
            .unwrap_or(epoch);
        Self(date.year() * 12 + i32::from(u8::from(date.month())) - 1)
    }

    /// As kept.
    pub const fn number(self) -> i32 {
        self.0
    }

    /// The one before.
    #[must_use]
    pub const fn before(self) -> Self {
        Self(self.0 - 1)
    }

    /// Its year, and which of the twelve it is.
    pub const fn in_year(self) -> (u32, u32) {
        let number = self.0.unsigned_abs();
        (number / 12, number % 12 + 1)
    }

    /// Whether it ended before a time.
    pub fn is_over(self, at_ms: i64) -> bool {
        self < Self::of(at_ms)
    }
}

/// The first day of a month, for tests.
#[cfg(test)]
fn begins_ms(year: i32, month: time::Month) -> i64 {
    let date = Date::from_calendar_date(year, month, 1).unwrap();
    let epoch = Date::from_ordinal_date(1970, 1).unwrap();
    (date - epoch).whole_days() * DAY_MS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_begins_at_midnight_and_ends_with_its_last_day() {
        let march_ms = begins_ms(2028, time::Month::March);
        let february = Month::new(2028, 2).unwrap();
        assert_eq!(Month::of(march_ms - 1), february);
        assert_eq!(Month::of(march_ms - 29 * DAY_MS), february);
        assert_ne!(Month::of(march_ms), february);
        assert_eq!(february.in_year(), (2028, 2));
        assert_eq!(february.before().before().in_year(), (2027, 12));
        assert!(february.is_over(march_ms) && !february.is_over(march_ms - 1));
        for (year, month) in [(2026, 0), (2026, 13), (1969, 1), (u32::MAX, 1)] {
            assert_eq!(Month::new(year, month), None);
        }
    }
}
