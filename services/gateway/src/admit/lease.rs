//! Tokens that an edge has drawn beforehand from a bucket that all edges share, so that not every request asks for one.

/// What is not spent by then lapses: in any stretch of time all edges together let in what the rate allows in a second more.
pub(super) const GOOD_FOR_US: i64 = 1_000_000;
/// At once an edge draws no more than this part of a burst, and a single token where a burst is smaller.
const PART_OF_BURST: u32 = 20;

/// The tokens that one edge holds for one caller.
#[derive(Debug, Default)]
pub(super) struct Lease {
    left: u32,
    /// How many were drawn the last time, and when.
    drawn: u32,
    drawn_at_us: i64,
    /// The shared bucket is empty until then.
    empty_until_us: i64,
}

/// What there is to do for one who asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Next {
    /// Nothing: a token was there.
    Spent,
    /// They wait until then, in microseconds since 1970.
    Empty(i64),
    /// So many are to be drawn.
    Draw(u32),
}

impl Lease {
    /// Spends a token, where there is one. Who spends what was drawn within its time gets twice as much the next time: who asks
    /// now and then draws one by one, and nothing lapses.
    pub(super) fn spend(&mut self, burst: u32, token_us: i64, at_us: i64) -> Next {
        let is_good = self.is_good(at_us);
        // Of two who drew at once, one may have brought what another finds the bucket empty of.
        if is_good && self.left > 0 {
            self.left -= 1;
            return Next::Spent;
        }
        // Further away it is when the clock was set back.
        if (at_us + 1..=at_us + token_us).contains(&self.empty_until_us) {
            return Next::Empty(self.empty_until_us);
        }
        if !is_good {
            return Next::Draw(1);
        }
        let most = (burst / PART_OF_BURST).max(1);
        Next::Draw((self.drawn * 2).clamp(1, most))
    }

    /// So many were drawn for one who asked at `at_us`, and who spends the first.
    pub(super) fn drawn(&mut self, count: u32, at_us: i64) {
        // Of several draws at once the earliest says when all of it lapses.
        if !self.is_good(at_us) || self.left == 0 {
            self.left = 0;
            self.drawn_at_us = at_us;
        }
        self.left += count.saturating_sub(1);
        self.drawn = count;
    }

    /// There was none to be drawn until then.
    pub(super) const fn is_empty_until(&mut self, again_at_us: i64) {
        self.empty_until_us = again_at_us;
    }

    fn is_good(&self, at_us: i64) -> bool {
        (0..GOOD_FOR_US).contains(&(at_us - self.drawn_at_us))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW_US: i64 = 1_800_000_000_000_000;

    fn drawn(lease: &mut Lease, at_us: i64) -> u32 {
        match lease.spend(100, 1_000, at_us) {
            Next::Draw(count) => {
                lease.drawn(count, at_us);
                count
            }
            Next::Spent => 0,
            Next::Empty(_) => panic!("nobody said so"),
        }
    }

    #[test]
    fn who_asks_again_and_again_draws_more_and_more_and_never_more_than_a_part() {
        let mut lease = Lease::default();
        let asked: Vec<u32> = (0..14).map(|_| drawn(&mut lease, NOW_US)).collect();
        assert_eq!(asked, [1, 2, 0, 4, 0, 0, 0, 5, 0, 0, 0, 0, 5, 0]);
    }

    #[test]
    fn what_is_not_spent_in_time_lapses_and_whoever_asks_rarely_draws_one() {
        let mut lease = Lease::default();
        for _ in 0..4 {
            drawn(&mut lease, NOW_US);
        }
        assert!(lease.left > 0);
        assert_eq!(drawn(&mut lease, NOW_US + GOOD_FOR_US - 1), 0);
        assert_eq!(drawn(&mut lease, NOW_US + GOOD_FOR_US), 1);
        assert_eq!(drawn(&mut lease, NOW_US - 5), 1, "the clock was set back");
    }

    #[test]
    fn of_several_draws_at_once_nothing_outlives_the_earliest() {
        let mut lease = Lease::default();
        lease.drawn(3, NOW_US);
        lease.drawn(3, NOW_US + GOOD_FOR_US - 1);
        assert_eq!(lease.left, 4);
        assert_eq!(lease.spend(100, 1_000, NOW_US + GOOD_FOR_US), Next::Draw(1));
    }

    #[test]
    fn what_was_drawn_is_spent_though_another_found_the_bucket_empty() {
        let mut lease = Lease::default();
        lease.drawn(2, NOW_US);
        lease.is_empty_until(NOW_US + 1_000);
        assert_eq!(lease.spend(100, 1_000, NOW_US), Next::Spent);
        assert_eq!(lease.spend(100, 1_000, NOW_US), Next::Empty(NOW_US + 1_000));
    }

    #[test]
    fn while_the_bucket_is_empty_nobody_asks_for_more() {
        let mut lease = Lease::default();
        lease.is_empty_until(NOW_US + 1_000);
        assert_eq!(lease.spend(100, 1_000, NOW_US), Next::Empty(NOW_US + 1_000));
        assert_eq!(lease.spend(100, 1_000, NOW_US + 1_000), Next::Draw(1));
        let long_ago_us = NOW_US - 60_000_000;
        assert_eq!(lease.spend(100, 1_000, long_ago_us), Next::Draw(1));
    }
}
