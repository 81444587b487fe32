//! When a session ends and when its token changes.

use runtime::{DAY_MS, HOUR_MS, MINUTE_MS};

use super::day::Day;

/// A session not used for this many days ends.
pub const IDLE_DAYS: Day = 30;
/// A session ends after this many days, used or not.
pub const LONGEST_DAYS: Day = 180;
/// How long the token before the last still opens, for requests under way.
pub const OVERLAP_MS: i64 = 2 * MINUTE_MS;
/// How many devices an account is signed in on at most; one more ends the least recently used.
pub const AT_MOST: usize = 20;
/// For how many days a device is remembered after it was last seen.
pub const DEVICE_KEPT_DAYS: Day = 400;
/// How long the link in the mail of a sign-up works.
pub const CONFIRMATION_MS: i64 = DAY_MS;
/// How long the link in the mail of a recovery works.
pub const RECOVERY_MS: i64 = HOUR_MS;

/// The days of a session.
#[derive(Clone, Copy, Debug)]
pub struct Days {
    /// Signed in.
    pub created: Day,
    /// Last used.
    pub seen: Day,
}

/// What to do with a session that is used today.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Use {
    /// It has ended.
    Ended,
    /// It goes on.
    Open,
    /// It goes on, is noted as seen today and gets a new token.
    Rotate,
}

/// What to do with a session that is used `today`.
pub fn used(days: Days, today: Day) -> Use {
    if has_ended(days, today) {
        Use::Ended
    } else if days.seen < today {
        Use::Rotate
    } else {
        Use::Open
    }
}

/// Whether a session has ended by `today`.
pub fn has_ended(days: Days, today: Day) -> bool {
    today - days.seen > IDLE_DAYS || today - days.created > LONGEST_DAYS
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_session_ends_by_its_days_and_changes_its_token_daily(created in 0..400_i32, seen in 0..400_i32, today in 0..800_i32) {
            let days = Days { created, seen: seen.max(created) };
            match used(days, today) {
                Use::Ended => prop_assert!(today > days.seen + 30 || today > created + 180),
                Use::Open => prop_assert!(today <= days.seen),
                Use::Rotate => prop_assert!(today > days.seen && today <= days.seen + 30 && today <= created + 180),
            }
        }
    }
}
