//! For some days, more of what tells of people than usual: it takes two, and one ends it.

use std::ops::RangeInclusive;

use contract::{PEOPLE_A_DAY, PEOPLE_A_DAY_RAISED};

use super::text::{TextFault, facts};

/// For how many days a limit may be raised.
pub const RAISED_DAYS: RangeInclusive<u32> = 1..=14;

/// What is wrong with a proposal to raise a limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RaiseFlaw {
    /// To no more than usual, or to more than there may be.
    ADay,
    /// For no day, or for too many.
    Days,
    /// Why, said too shortly or at too great length.
    Facts(TextFault),
}

/// Why a limit is to be raised, as kept.
///
/// # Errors
/// When it is to be raised too far, for too long, or nobody says why.
pub fn raise(a_day: u32, days: u32, why: &str) -> Result<String, RaiseFlaw> {
    if !PEOPLE_A_DAY_RAISED.contains(&a_day) {
        return Err(RaiseFlaw::ADay);
    }
    if !RAISED_DAYS.contains(&days) {
        return Err(RaiseFlaw::Days);
    }
    facts(why).map_err(RaiseFlaw::Facts)
}

/// What two moderators decided, in days since 1970.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Raised {
    /// As many in a day.
    pub a_day: u32,
    /// From this day.
    pub from_day: i64,
    /// Up to and with this one.
    pub until_day: i64,
    /// On which day a moderator ended it before its time.
    pub ended_day: Option<i64>,
}

impl Raised {
    /// Decided on this day, for so many.
    #[must_use]
    pub fn on(today: i64, a_day: u32, days: u32) -> Self {
        Self {
            a_day,
            from_day: today,
            until_day: today + i64::from(days) - 1,
            ended_day: None,
        }
    }

    /// Whether it counts on a day.
    #[must_use]
    pub fn is_in_force(&self, day: i64) -> bool {
        self.ended_day.is_none() && (self.from_day..=self.until_day).contains(&day)
    }

    /// The last day for which it counts from now on: ended, none that is left.
    #[must_use]
    pub fn counts_until(&self) -> i64 {
        self.ended_day.map_or(self.until_day, |day| day - 1)
    }

    /// The last day on which it counted, as everybody is told.
    #[must_use]
    pub fn told_until(&self) -> i64 {
        self.ended_day.unwrap_or(self.until_day)
    }
}

/// How many a day shows, with what was decided.
#[must_use]
pub fn shown_today(raised: Option<&Raised>, today: i64) -> u32 {
    let raised = raised.filter(|raised| raised.is_in_force(today));
    raised.map_or(PEOPLE_A_DAY, |raised| raised.a_day)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const WHY: &str = "Three cars were opened in one night.";

    proptest! {
        #[test]
        fn it_is_raised_a_little_for_a_while_and_for_a_reason(a_day in 0..15_u32, days in 0..20_u32) {
            let said = raise(a_day, days, WHY);
            prop_assert_eq!(said.is_ok(), (4..=10).contains(&a_day) && (1..=14).contains(&days));
            prop_assert!(matches!(raise(a_day, days, " "), Err(flaw) if flaw != RaiseFlaw::Facts(TextFault::TooLong)));
        }

        #[test]
        fn it_counts_on_as_many_days_as_were_decided_and_on_none_once_ended(
            from in 0..100_i64, days in 1..=14_u32, ended in proptest::option::of(0..20_i64),
        ) {
            let raised = Raised { ended_day: ended.map(|after| from + after), ..Raised::on(from, 6, days) };
            let counts = (from - 5..from + 30).filter(|day| shown_today(Some(&raised), *day) == 6).count();
            prop_assert_eq!(counts, if ended.is_some() { 0 } else { days as usize });
            prop_assert_eq!(shown_today(None, from), PEOPLE_A_DAY);
        }
    }
}
