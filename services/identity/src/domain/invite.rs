//! Who may invite, how many, for how long.

use runtime::DAY_MS;

use super::day::{self, Day};
use super::refusal::Refusal;

/// How many may join with one code.
pub const USES: std::ops::RangeInclusive<u32> = 1..=10;
/// How many days a code lasts.
pub const DAYS: std::ops::RangeInclusive<u32> = 1..=30;
/// How many open invites a member holds at most.
pub const OPEN_AT_MOST: u64 = 2;
/// For how many days after joining somebody is new.
const NEWCOMER_DAYS: Day = 14;
/// For how many days the joining day is kept, before only its month is.
pub const DAY_KEPT_DAYS: Day = 90;
/// For how many days it is kept who invited.
pub const INVITER_KEPT_DAYS: Day = 365;

/// Until when a member is new, in milliseconds since 1970.
pub fn newcomer_until_ms(joined: Day) -> i64 {
    day::start_ms(joined + NEWCOMER_DAYS)
}

/// A member as far as inviting goes.
#[derive(Clone, Copy, Debug)]
pub struct Inviter {
    /// The day of joining.
    pub joined: Day,
    /// Joined by an operator's invite.
    pub founder: bool,
    /// May not take part until then.
    pub suspended_until_ms: Option<i64>,
    /// Invites that may still be used.
    pub open: u64,
}

/// What an invite is to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Terms {
    /// How many may join with it.
    pub uses: i32,
    /// When it ends, in milliseconds since 1970.
    pub expires_at_ms: i64,
}

/// The terms of a new invite.
///
/// # Errors
/// [`Refusal::UsesOutOfRange`] or [`Refusal::DaysOutOfRange`].
pub fn terms(uses: u32, days: u32, now_ms: i64) -> Result<Terms, Refusal> {
    let uses = i32::try_from(uses)
        .ok()
        .filter(|_| USES.contains(&uses))
        .ok_or(Refusal::UsesOutOfRange)?;
    if !DAYS.contains(&days) {
        return Err(Refusal::DaysOutOfRange);
    }
    Ok(Terms {
        uses,
        expires_at_ms: now_ms + i64::from(days) * DAY_MS,
    })
}

/// Whether a member may make one more invite.
///
/// # Errors
/// [`Refusal::Suspended`], [`Refusal::Newcomer`] or [`Refusal::TooManyInvites`].
pub fn may_invite(inviter: Inviter, now_ms: i64) -> Result<(), Refusal> {
    let new_until_ms = newcomer_until_ms(inviter.joined);
    match inviter.suspended_until_ms {
        Some(until_ms) if now_ms < until_ms => Err(Refusal::Suspended { until_ms }),
        _ if !inviter.founder && now_ms < new_until_ms => Err(Refusal::Newcomer {
            until_ms: new_until_ms,
        }),
        _ if inviter.open >= OPEN_AT_MOST => Err(Refusal::TooManyInvites),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn no_terms_are_outside_their_bounds(uses: u32, days: u32) {
            match terms(uses, days, 0) {
                Ok(terms) => {
                    prop_assert!((1..=10).contains(&terms.uses));
                    prop_assert!((DAY_MS..=30 * DAY_MS).contains(&terms.expires_at_ms));
                }
                Err(_) => prop_assert!(!(1..=10).contains(&uses) || !(1..=30).contains(&days)),
            }
        }

        #[test]
        fn who_invites_is_no_newcomer_and_holds_few(joined in 0..40_i32, founder: bool, open in 0..4_u64, today in 0..40_i32) {
            let inviter = Inviter { joined, founder, suspended_until_ms: None, open };
            if may_invite(inviter, day::start_ms(today)).is_ok() {
                prop_assert!(founder || today >= joined + 14);
                prop_assert!(open < 2);
            }
        }
    }

    #[test]
    fn somebody_suspended_does_not_invite() {
        let inviter = Inviter {
            joined: 0,
            founder: true,
            suspended_until_ms: Some(10),
            open: 0,
        };
        assert_eq!(
            may_invite(inviter, 9),
            Err(Refusal::Suspended { until_ms: 10 })
        );
        assert_eq!(may_invite(inviter, 10), Ok(()));
    }
}
