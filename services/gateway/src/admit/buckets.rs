//! How often one caller may do something: token buckets in bounded memory, on the injected clock.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use contract::ResidentId;

use crate::settings::{Limits, Rate, Rates};

/// What is counted by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Kind {
    /// Any request.
    Request,
    /// An operation that reads.
    Query,
    /// An operation that changes something.
    Mutation,
    /// A picture sent.
    Upload,
    /// A password, a code or an address tried.
    Entry,
    /// A socket opened.
    Socket,
}

impl Kind {
    /// The stable name of its limit.
    pub(crate) const fn limit(self) -> &'static str {
        match self {
            Self::Request => "REQUESTS",
            Self::Query => "QUERIES",
            Self::Mutation => "MUTATIONS",
            Self::Upload => "UPLOADS",
            Self::Entry => "ENTRIES",
            Self::Socket => "SOCKETS",
        }
    }
}

/// Whose bucket it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Who {
    /// A signed-in resident.
    Resident(ResidentId),
    /// A network address, by its keyed hash of the day.
    Origin([u8; 16]),
}

/// One token bucket for each kind and caller.
///
/// A bucket is one number, the moment at which it will be full again (the virtual scheduling form of the generic cell
/// rate algorithm, ITU-T I.371): full buckets need not be kept.
pub(crate) struct Buckets {
    full_at_us: Mutex<HashMap<(Kind, Who), i64>>,
    most: usize,
    rates: Rates,
}

impl Buckets {
    /// Empty, for at most as many callers as the limits say.
    pub(crate) fn new(limits: &Limits) -> Self {
        Self {
            full_at_us: Mutex::default(),
            most: limits.callers.max(2),
            rates: limits.rates.clone(),
        }
    }

    /// Takes one token.
    ///
    /// # Errors
    /// When the bucket is empty: the moment at which there is a token again, in milliseconds since 1970.
    pub(crate) fn take(&self, kind: Kind, who: Who, now_ms: i64) -> Result<(), i64> {
        let rate = self.rate(kind);
        let token_us = 60_000_000 / i64::from(rate.per_minute.max(1));
        let room_us = token_us * i64::from(rate.burst.max(1));
        let at_us = now_ms.saturating_mul(1_000);
        let mut buckets = self
            .full_at_us
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        // Later than an empty bucket would be full it is when the clock was set back: nobody is locked out by that.
        let full_at_us = buckets
            .get(&(kind, who))
            .copied()
            .filter(|full_at_us| *full_at_us <= at_us + room_us)
            .unwrap_or(at_us);
        let after_us = full_at_us.max(at_us) + token_us;
        let wait_us = after_us - at_us - room_us;
        if wait_us > 0 {
            return Err(now_ms + (wait_us + 999) / 1_000);
        }
        if buckets.len() >= self.most && !buckets.contains_key(&(kind, who)) {
            make_room(&mut buckets, at_us, self.most);
        }
        buckets.insert((kind, who), after_us);
        Ok(())
    }

    const fn rate(&self, kind: Kind) -> Rate {
        match kind {
            Kind::Request => self.rates.requests,
            Kind::Query => self.rates.queries,
            Kind::Mutation => self.rates.mutations,
            Kind::Upload => self.rates.uploads,
            Kind::Entry => self.rates.entries,
            Kind::Socket => self.rates.sockets,
        }
    }
}

/// Forgets full buckets, and where too few are full, the half that is nearest to being full: who asks most stays known.
fn make_room(buckets: &mut HashMap<(Kind, Who), i64>, at_us: i64, most: usize) {
    buckets.retain(|_, full_at_us| *full_at_us > at_us);
    if buckets.len() > most / 2 {
        let mut moments: Vec<i64> = buckets.values().copied().collect();
        let middle = moments.len() / 2;
        let (_, median, _) = moments.select_nth_unstable(middle);
        let median = *median;
        let mut spare = most / 2;
        buckets.retain(|_, full_at_us| {
            let stays = *full_at_us > median || (*full_at_us == median && spare > 0);
            spare -= usize::from(stays && *full_at_us == median);
            stays
        });
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const HERE: Who = Who::Origin([1; 16]);
    const THERE: Who = Who::Origin([2; 16]);

    fn buckets(burst: u32, per_minute: u32, callers: usize) -> Buckets {
        Buckets::new(&Limits {
            callers,
            rates: Rates {
                entries: Rate::new(burst, per_minute),
                ..Rates::default()
            },
            ..Limits::default()
        })
    }

    #[test]
    fn a_burst_is_let_through_and_then_one_at_a_time() {
        let buckets = buckets(3, 6, 100);
        for _ in 0..3 {
            assert_eq!(buckets.take(Kind::Entry, HERE, 1_000), Ok(()));
        }
        assert_eq!(buckets.take(Kind::Entry, HERE, 1_000), Err(11_000));
        assert_eq!(buckets.take(Kind::Entry, HERE, 10_999), Err(11_000));
        assert_eq!(buckets.take(Kind::Entry, HERE, 11_000), Ok(()));
        assert_eq!(buckets.take(Kind::Entry, HERE, 11_000), Err(21_000));
    }

    #[test]
    fn a_clock_that_is_set_back_locks_nobody_out() {
        let buckets = buckets(3, 6, 100);
        for _ in 0..3 {
            assert_eq!(buckets.take(Kind::Entry, HERE, 9_000_000), Ok(()));
        }
        for _ in 0..3 {
            assert_eq!(buckets.take(Kind::Entry, HERE, 5_000), Ok(()));
        }
        assert_eq!(buckets.take(Kind::Entry, HERE, 5_000), Err(15_000));
    }

    #[test]
    fn nobody_uses_up_the_tokens_of_another_or_of_another_kind() {
        let buckets = buckets(1, 1, 100);
        assert_eq!(buckets.take(Kind::Entry, HERE, 0), Ok(()));
        assert!(buckets.take(Kind::Entry, HERE, 0).is_err());
        assert_eq!(buckets.take(Kind::Entry, THERE, 0), Ok(()));
        assert_eq!(buckets.take(Kind::Query, HERE, 0), Ok(()));
    }

    #[test]
    fn memory_stays_bounded_and_the_busiest_stay_known() {
        let buckets = buckets(2, 1, 64);
        for _ in 0..2 {
            assert_eq!(buckets.take(Kind::Entry, HERE, 0), Ok(()));
        }
        for n in 0..10_000_u32 {
            let mut origin = [9; 16];
            origin[..4].copy_from_slice(&n.to_le_bytes());
            let _ = buckets.take(Kind::Entry, Who::Origin(origin), 1);
            assert!(buckets.full_at_us.lock().unwrap().len() <= 64);
        }
        assert!(buckets.take(Kind::Entry, HERE, 1).is_err(), "still empty");
    }

    proptest! {
        #[test]
        fn never_more_than_burst_and_rate_together(
            burst in 1_u32..20,
            per_minute in 1_u32..600,
            steps in prop::collection::vec(0_i64..5_000, 1..200),
        ) {
            let buckets = buckets(burst, per_minute, 10);
            let (mut now_ms, mut taken) = (0, 0_i64);
            for step in steps {
                now_ms += step;
                match buckets.take(Kind::Entry, HERE, now_ms) {
                    Ok(()) => taken += 1,
                    Err(again_ms) => {
                        prop_assert!(again_ms > now_ms);
                        prop_assert!(again_ms <= now_ms + 60_000 / i64::from(per_minute) + 1);
                    }
                }
            }
            let most = i64::from(burst) + now_ms * i64::from(per_minute) / 60_000 + 1;
            prop_assert!(taken <= most, "{taken} of {most}");
        }
    }
}
