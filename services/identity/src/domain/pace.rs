//! How often something may be tried.

use runtime::{DAY_MS, HOUR_MS, MINUTE_MS};

use super::day;

/// A limit on tries. All of them are counted when they begin, so that many at once count too; what was right is given
/// back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pace {
    /// `burst` at once, then one every `every_ms` (the generic cell rate algorithm, ITU-T I.371).
    Steady {
        /// How many at once.
        burst: i32,
        /// How long until one more.
        every_ms: i64,
    },
    /// `free` tries, then a pause that doubles with each further one up to `longest_ms`: nobody is locked out for ever.
    /// Forgotten after `forget_ms` without a try.
    Slowing {
        /// Tries without a pause.
        free: i32,
        /// The first pause.
        first_ms: i64,
        /// The longest pause.
        longest_ms: i64,
        /// How long a try is remembered.
        forget_ms: i64,
    },
    /// So many on each day, counted from 0 h UTC.
    Daily {
        /// How many.
        at_most: i32,
    },
}

/// Codes tried from one origin. All together are not counted: a code has 55 random bits, and whoever used a common limit up
/// would keep everybody out.
pub const CODES: Pace = Pace::Steady {
    burst: 10,
    every_ms: 6 * MINUTE_MS,
};
/// Sign-ups from one origin.
pub const SIGN_UPS: Pace = Pace::Steady {
    burst: 20,
    every_ms: 3 * MINUTE_MS,
};
/// Sign-ups with one address.
pub const SIGN_UPS_OF_ADDRESS: Pace = Pace::Steady {
    burst: 5,
    every_ms: 4 * HOUR_MS,
};
/// Reply addresses given from one origin.
pub const REPLY_ADDRESSES: Pace = Pace::Steady {
    burst: 20,
    every_ms: 3 * MINUTE_MS,
};
/// Times that one address is given to be told at.
pub const REPLIES_TO_ADDRESS: Pace = Pace::Steady {
    burst: 20,
    every_ms: HOUR_MS,
};
/// Recoveries asked for from one origin.
pub const RECOVERIES: Pace = Pace::Steady {
    burst: 10,
    every_ms: 6 * MINUTE_MS,
};
/// Recoveries of one address.
pub const RECOVERIES_OF_ADDRESS: Pace = Pace::Steady {
    burst: 3,
    every_ms: HOUR_MS,
};
/// Changes of pseudonym by one resident in one neighbourhood.
pub const PSEUDONYMS: Pace = Pace::Steady {
    burst: 2,
    every_ms: 30 * DAY_MS,
};
/// Changes of what a member follows in one neighbourhood.
pub const AREAS: Pace = Pace::Daily { at_most: 5 };
/// Times that one resident asks neighbours to vouch.
pub const VOUCHINGS: Pace = Pace::Steady {
    burst: 3,
    every_ms: 5 * DAY_MS,
};
/// Vouches of one member in one neighbourhood: two at once, then one every half month.
pub const VOUCHES: Pace = Pace::Steady {
    burst: 2,
    every_ms: 15 * DAY_MS,
};
/// Postcards that one resident asks for.
pub const POSTCARDS: Pace = Pace::Steady {
    burst: 2,
    every_ms: 15 * DAY_MS,
};
/// Postcards that are asked for in one neighbourhood: somebody has to write and to post them.
pub const POSTCARDS_HERE: Pace = Pace::Daily { at_most: 20 };
/// Memberships that one member has looked at in one neighbourhood.
pub const QUESTIONS: Pace = Pace::Daily { at_most: 3 };
/// Wrong passwords for one account.
pub const PASSWORDS: Pace = Pace::Slowing {
    free: 5,
    first_ms: 30_000,
    longest_ms: 15 * MINUTE_MS,
    forget_ms: DAY_MS,
};
/// Wrong passwords from one origin; several households may share it.
pub const PASSWORDS_OF_ORIGIN: Pace = Pace::Slowing {
    free: 30,
    first_ms: 10_000,
    longest_ms: 15 * MINUTE_MS,
    forget_ms: HOUR_MS,
};

/// What is remembered of tries.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Gauge {
    /// Slowing and daily: tries remembered.
    pub count: i32,
    /// Steady: when everything is given back. Slowing: when the pause ends. Daily: nothing.
    pub until_ms: i64,
    /// From then on this row says nothing any more.
    pub forget_at_ms: i64,
}

impl Gauge {
    fn remembered(self, now_ms: i64) -> Self {
        if now_ms < self.forget_at_ms {
            self
        } else {
            Self::default()
        }
    }
}

impl Pace {
    /// Counts one more try.
    ///
    /// # Errors
    /// When it is too early: the moment from which one more is allowed.
    pub fn take(self, gauge: Gauge, now_ms: i64) -> Result<Gauge, i64> {
        match self {
            Self::Steady { burst, every_ms } => {
                let until_ms = gauge.until_ms.max(now_ms) + every_ms;
                let early_ms = until_ms - now_ms - i64::from(burst) * every_ms;
                if early_ms > 0 {
                    return Err(now_ms + early_ms);
                }
                Ok(Gauge {
                    count: 0,
                    until_ms,
                    forget_at_ms: until_ms,
                })
            }
            Self::Slowing {
                free,
                first_ms,
                longest_ms,
                forget_ms,
            } => {
                let gauge = gauge.remembered(now_ms);
                if now_ms < gauge.until_ms {
                    return Err(gauge.until_ms);
                }
                let count = gauge.count.saturating_add(1);
                let doublings = count.saturating_sub(free + 1);
                let pause_ms = match u32::try_from(doublings) {
                    Ok(doublings) if count > free => {
                        // Beyond 20 doublings every pause is the longest.
                        first_ms
                            .saturating_mul(1 << doublings.min(20))
                            .min(longest_ms)
                    }
                    _ => 0,
                };
                Ok(Gauge {
                    count,
                    until_ms: now_ms + pause_ms,
                    forget_at_ms: now_ms + forget_ms,
                })
            }
            Self::Daily { at_most } => {
                let gauge = gauge.remembered(now_ms);
                if gauge.count >= at_most {
                    return Err(gauge.forget_at_ms);
                }
                Ok(Gauge {
                    count: gauge.count + 1,
                    until_ms: 0,
                    forget_at_ms: day::start_ms(day::of(now_ms) + 1),
                })
            }
        }
    }

    /// Gives one try back: it was right.
    #[must_use]
    pub fn give_back(self, gauge: Gauge) -> Gauge {
        match self {
            Self::Steady { every_ms, .. } => {
                let until_ms = gauge.until_ms - every_ms;
                Gauge {
                    until_ms,
                    forget_at_ms: until_ms,
                    ..gauge
                }
            }
            // The pause that this try began is lifted; the one before it was waited for.
            Self::Slowing { .. } | Self::Daily { .. } => Gauge {
                count: (gauge.count - 1).max(0),
                until_ms: 0,
                ..gauge
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const NOW_MS: i64 = 1_700_000_000_000;

    /// Tries again and again as early as allowed; answers when each of `tries` was allowed.
    fn eager(pace: Pace, tries: usize) -> Vec<i64> {
        let (mut gauge, mut now_ms, mut allowed) = (Gauge::default(), NOW_MS, Vec::new());
        while allowed.len() < tries {
            match pace.take(gauge, now_ms) {
                Ok(next) => {
                    gauge = next;
                    allowed.push(now_ms - NOW_MS);
                }
                Err(retry_at_ms) => {
                    assert!(retry_at_ms > now_ms, "the pause lies ahead");
                    now_ms = retry_at_ms;
                }
            }
        }
        allowed
    }

    #[test]
    fn a_steady_pace_gives_its_burst_and_then_one_at_a_time() {
        let allowed = eager(
            Pace::Steady {
                burst: 3,
                every_ms: 100,
            },
            6,
        );
        assert_eq!(allowed, [0, 0, 0, 100, 200, 300]);
    }

    #[test]
    fn pauses_double_up_to_the_longest_and_no_further() {
        let allowed = eager(PASSWORDS, 16);
        let pauses: Vec<i64> = allowed
            .windows(2)
            .map(|pair| (pair[1] - pair[0]) / 1_000)
            .collect();
        assert_eq!(
            pauses,
            [
                0, 0, 0, 0, 0, 30, 60, 120, 240, 480, 900, 900, 900, 900, 900
            ]
        );
    }

    #[test]
    fn a_day_without_tries_forgets_them() {
        let mut gauge = Gauge::default();
        for _ in 0..6 {
            gauge = PASSWORDS.take(gauge, NOW_MS).unwrap();
        }
        assert!(PASSWORDS.take(gauge, NOW_MS).is_err());
        assert_eq!(PASSWORDS.take(gauge, NOW_MS + DAY_MS).unwrap().count, 1);
    }

    #[test]
    fn somebody_with_an_account_does_not_wash_an_origin_clean() {
        let mut gauge = Gauge::default();
        for _ in 0..10 {
            gauge = PASSWORDS_OF_ORIGIN.take(gauge, NOW_MS).unwrap();
            let right = PASSWORDS_OF_ORIGIN.take(gauge, NOW_MS).unwrap();
            gauge = PASSWORDS_OF_ORIGIN.give_back(right);
        }
        assert_eq!(gauge.count, 10);
    }

    proptest! {
        #[test]
        fn what_is_given_back_costs_nothing(burst in 1..20_i32, every_ms in 1..100_000_i64, before in 0..40_usize) {
            let pace = Pace::Steady { burst, every_ms };
            let mut gauge = Gauge::default();
            for _ in 0..before {
                gauge = pace.take(gauge, NOW_MS).map_or(gauge, |taken| pace.give_back(taken));
            }
            prop_assert!(pace.take(gauge, NOW_MS).is_ok());
        }

        #[test]
        fn no_day_has_more_than_its_number_and_the_next_begins_anew(at_most in 1..10_i32, tries in 1..40_usize) {
            let allowed = eager(Pace::Daily { at_most }, tries);
            let mut days = std::collections::BTreeMap::new();
            for at in &allowed {
                *days.entry(day::of(NOW_MS + at)).or_insert(0) += 1;
            }
            prop_assert!(days.values().all(|count| *count <= at_most));
            prop_assert_eq!(days.len(), tries.div_ceil(usize::try_from(at_most).unwrap()));
        }

        #[test]
        fn no_more_than_the_pace_in_any_hour(burst in 1..20_i32, every_ms in 1_000..1_000_000_i64) {
            let allowed = eager(Pace::Steady { burst, every_ms }, 60);
            for (index, from) in allowed.iter().enumerate() {
                let within = allowed[index..].iter().filter(|at| **at - from < HOUR_MS).count();
                prop_assert!(i64::try_from(within).unwrap() <= i64::from(burst) + HOUR_MS / every_ms + 1);
            }
        }
    }
}
