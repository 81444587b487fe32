//! The addresses at which visitors are told what came of their reports.

use std::ops::RangeInclusive;

use super::day::Day;

/// For how many days an address is kept after it was given, and anew after something was told to it. One letter is not the
/// last: who reported may appeal for 183 days and the day that ends them, another moderator has 14 days for it, and what that
/// one decides is told too. Twelve more are in hand for what waits to be told. An address that nothing was told to is one of a
/// report that waits that long, or of none: it goes as well, since nobody is left to call it back.
pub const KEPT_DAYS: Day = 183 + 1 + 14 + 12;

/// How many bytes the key of a client's request has.
pub const CLIENT_KEY_BYTES: RangeInclusive<usize> = 16..=64;
