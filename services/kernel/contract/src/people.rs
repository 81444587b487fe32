//! How often a neighbourhood is shown what tells of people.

use std::ops::RangeInclusive;

/// How many such notices a neighbourhood is shown in a day unless two of its moderators decided otherwise.
pub const PEOPLE_A_DAY: u32 = 3;
/// To how many a day two moderators may raise it.
pub const PEOPLE_A_DAY_RAISED: RangeInclusive<u32> = PEOPLE_A_DAY + 1..=10;
