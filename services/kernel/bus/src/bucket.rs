//! The rule of a token bucket, which a process follows in its own memory and all of them follow together over Redis.

/// How fast a bucket fills, and how much it takes.
///
/// A bucket is one number, the moment at which it will be full again (the virtual scheduling form of the generic cell
/// rate algorithm, ITU-T I.371): full buckets need not be kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rule {
    token_us: i64,
    room_us: i64,
}

/// What was drawn from a bucket.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Drawn {
    /// So many tokens.
    pub count: u32,
    /// When the bucket will be full again, in microseconds since 1970.
    pub full_at_us: i64,
}

impl Rule {
    /// So many at once after a rest, and so many a minute on the long run; at least one of each.
    pub fn of(burst: u32, per_minute: u32) -> Self {
        let token_us = (60_000_000 / i64::from(per_minute.max(1))).max(1);
        Self {
            token_us,
            room_us: token_us * i64::from(burst.max(1)),
        }
    }

    /// Draws as many tokens as there are, up to `wanted`, from a bucket that will be full at `full_at_us`; now is `at_us`.
    pub fn draw(&self, full_at_us: i64, at_us: i64, wanted: u32) -> Drawn {
        let full_at_us = full_at_us.max(at_us);
        let tokens = (at_us + self.room_us - full_at_us).div_euclid(self.token_us);
        let count = tokens.clamp(0, i64::from(wanted));
        Drawn {
            count: u32::try_from(count).unwrap_or(wanted),
            full_at_us: full_at_us + count * self.token_us,
        }
    }

    /// The moment at which there is a token in a bucket that will be full at `full_at_us`. However it came to be that empty,
    /// nobody who asks at `at_us` has to wait for more than one token.
    pub fn again_at_us(&self, full_at_us: i64, at_us: i64) -> i64 {
        let again_at_us = full_at_us + self.token_us - self.room_us;
        again_at_us.min(at_us + self.token_us)
    }

    /// How long one token takes, in microseconds.
    pub const fn token_us(&self) -> i64 {
        self.token_us
    }

    /// How long an empty bucket takes to be full, in microseconds.
    pub const fn room_us(&self) -> i64 {
        self.room_us
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_burst_comes_at_once_and_the_rest_as_time_passes() {
        let rule = Rule::of(3, 6);
        let drawn = rule.draw(0, 1_000, 5);
        assert_eq!((drawn.count, drawn.full_at_us), (3, 30_001_000));
        assert_eq!(rule.again_at_us(drawn.full_at_us, 1_000), 10_001_000);
        assert_eq!(rule.draw(drawn.full_at_us, 10_000_999, 5).count, 0);
        assert_eq!(rule.draw(drawn.full_at_us, 10_001_000, 5).count, 1);
    }

    #[test]
    fn rates_beyond_all_measure_are_rules_too() {
        let fastest = Rule::of(u32::MAX, u32::MAX);
        assert_eq!(fastest.draw(0, 0, u32::MAX).count, u32::MAX);
        let none = Rule::of(0, 0);
        assert_eq!(none.draw(0, 0, 5).count, 1);
    }

    proptest! {
        #[test]
        fn never_more_than_burst_and_rate_together(
            burst in 1_u32..20,
            per_minute in 1_u32..600,
            steps in prop::collection::vec((0_i64..5_000_000, 1_u32..4), 1..200),
        ) {
            let rule = Rule::of(burst, per_minute);
            let (mut at_us, mut full_at_us, mut taken) = (0, 0, 0);
            for (step, wanted) in steps {
                at_us += step;
                let drawn = rule.draw(full_at_us, at_us, wanted);
                full_at_us = drawn.full_at_us;
                taken += i64::from(drawn.count);
                prop_assert!(drawn.count <= wanted);
                let again_at_us = rule.again_at_us(full_at_us, at_us);
                prop_assert!(again_at_us <= at_us + rule.token_us());
                prop_assert_eq!(again_at_us > at_us, rule.draw(full_at_us, at_us, 1).count == 0);
            }
            let most = i64::from(burst) + at_us / rule.token_us();
            prop_assert!(taken <= most, "{} of {}", taken, most);
        }
    }
}
