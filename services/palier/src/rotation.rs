//! When the older keys of a purpose may go: nothing is under them any more.

use runtime::{DAY_MS, HOUR_MS, MINUTE_MS, Purpose};

/// Why older keys stay.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Stay {
    /// Identity's database holds something under them.
    #[error(
        "{0} rows of identity's database are under them; a running board moves accounts, 200 every half minute"
    )]
    Rows(u64),
    /// Something that is kept elsewhere may be under them for so long, in milliseconds.
    #[error("{} may be under them for {} more", what(*.0), in_words(*.1))]
    Time(Purpose, i64),
}

/// Within this time after the newest key came into use every process has been started with it: until then the one before may
/// still be used.
const STARTED_WITHIN_MS: i64 = DAY_MS;

/// For how long after the newest key came into use something may still be under the one before: what has no row that tells.
const fn lasts_ms(purpose: Purpose) -> i64 {
    STARTED_WITHIN_MS
        + match purpose {
            Purpose::Addresses | Purpose::AddressLookup => 3 * DAY_MS,
            // A session lasts 30 days after the day on which it was last used.
            Purpose::Codes => 31 * DAY_MS,
            Purpose::Standings => 2 * MINUTE_MS,
            Purpose::Cursors => 2 * DAY_MS,
            Purpose::Origins => 0,
            Purpose::Backups | Purpose::Deletions => 15 * DAY_MS,
            // One may appeal for half a year, and an appeal takes two weeks.
            Purpose::Copies => 198 * DAY_MS,
        }
}

const fn what(purpose: Purpose) -> &'static str {
    match purpose {
        Purpose::Addresses | Purpose::AddressLookup => "sign-ups and mails",
        Purpose::Codes => "sessions, invites and links",
        Purpose::Standings => "standings",
        Purpose::Cursors => "cursors that clients hold",
        Purpose::Origins => "limits",
        Purpose::Backups => "backups",
        Purpose::Deletions => "the log of deletions",
        Purpose::Copies => "copies that wait for an appeal",
    }
}

/// Whether the older keys of a purpose may go: the newest is used since then, and so many rows are under older ones.
///
/// # Errors
/// Why they stay.
pub(crate) const fn may_go(
    purpose: Purpose,
    used_since_ms: i64,
    rows: u64,
    now_ms: i64,
) -> Result<(), Stay> {
    if rows > 0 {
        return Err(Stay::Rows(rows));
    }
    let left_ms = used_since_ms.saturating_add(lasts_ms(purpose)) - now_ms;
    if left_ms > 0 {
        return Err(Stay::Time(purpose, left_ms));
    }
    Ok(())
}

/// A duration in the largest unit of which there are two, rounded up.
pub(crate) fn in_words(ms: i64) -> String {
    for (unit_ms, unit) in [(DAY_MS, "days"), (HOUR_MS, "hours")] {
        if ms > unit_ms {
            return format!("{} {unit}", (ms + unit_ms - 1) / unit_ms);
        }
    }
    match (ms + MINUTE_MS - 1) / MINUTE_MS {
        1 => "a minute".to_owned(),
        minutes => format!("{minutes} minutes"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn older_keys_stay_while_anything_may_be_under_them() {
        let since_ms = 1_800_000_000_000;
        for purpose in Purpose::ALL {
            let over_ms = since_ms + lasts_ms(purpose);
            assert_eq!(may_go(purpose, since_ms, 0, over_ms), Ok(()));
            assert_eq!(
                may_go(purpose, since_ms, 1, over_ms),
                Err(Stay::Rows(1)),
                "{purpose:?}"
            );
            assert_eq!(
                may_go(purpose, since_ms, 0, over_ms - 1),
                Err(Stay::Time(purpose, 1))
            );
        }
    }

    #[test]
    fn a_duration_is_told_in_words() {
        for (ms, words) in [
            (1, "a minute"),
            (2 * MINUTE_MS, "2 minutes"),
            (HOUR_MS + 1, "2 hours"),
            (3 * DAY_MS, "3 days"),
            (3 * DAY_MS + 1, "4 days"),
        ] {
            assert_eq!(in_words(ms), words);
        }
    }
}
