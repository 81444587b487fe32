//! Whether a copy is still as good as a look at what it was made of.

use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::{Bus, Signals, Topic};

/// A copy is good as long as nothing was signalled about it, and for a while only: signals may be lost.
#[derive(Debug)]
pub struct Freshness {
    good_for_ms: i64,
    state: Mutex<State>,
}

#[derive(Debug)]
struct State {
    signals: Signals,
    /// How often something was signalled.
    count: u64,
    looked_at_ms: Option<i64>,
}

/// A look that has begun. What is signalled from here on is not in what it finds.
#[derive(Clone, Copy, Debug)]
#[must_use]
pub struct Look {
    count: u64,
    at_ms: i64,
}

impl Freshness {
    /// Of a copy of what `topic` is about; it is not good before it was looked at.
    pub fn on(bus: &Bus, topic: Topic, good_for_ms: i64) -> Self {
        Self {
            good_for_ms,
            state: Mutex::new(State {
                signals: bus.listen(topic),
                count: 0,
                looked_at_ms: None,
            }),
        }
    }

    /// Whether the copy is good without a look.
    pub fn is_good(&self, now_ms: i64) -> bool {
        let looked_at_ms = self.state().looked_at_ms;
        looked_at_ms
            .is_some_and(|at_ms| (0..self.good_for_ms).contains(&now_ms.saturating_sub(at_ms)))
    }

    /// A look begins: until it is [`Freshness::done`], the copy is not good.
    pub fn begin(&self, now_ms: i64) -> Look {
        let mut state = self.state();
        state.looked_at_ms = None;
        Look {
            count: state.count,
            at_ms: now_ms,
        }
    }

    /// What the look found is in the copy. Where something was signalled meanwhile it may have found too little.
    pub fn done(&self, look: Look) {
        let mut state = self.state();
        if state.count == look.count {
            state.looked_at_ms = Some(look.at_ms);
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        if state.signals.came() {
            state.count += 1;
            state.looked_at_ms = None;
        }
        state
    }
}

#[cfg(test)]
mod tests {
    use contract::PostId;

    use super::*;

    fn topic() -> Topic {
        Topic::Post(PostId::from_random([1; 16]))
    }

    #[test]
    fn a_copy_is_good_from_a_look_until_a_signal_or_its_time() {
        let bus = Bus::memory();
        let freshness = Freshness::on(&bus, topic(), 1_000);
        assert!(!freshness.is_good(0));
        freshness.done(freshness.begin(0));
        assert!(freshness.is_good(0) && freshness.is_good(999));
        assert!(!freshness.is_good(1_000), "its time is over");
        assert!(!freshness.is_good(-1), "the clock was set back");
        bus.signal(&topic());
        assert!(!freshness.is_good(1));
        assert!(!freshness.is_good(1), "until it was looked at");
        freshness.done(freshness.begin(1));
        assert!(freshness.is_good(1));
    }

    #[test]
    fn a_signal_during_a_look_is_not_lost_whoever_notices_it() {
        for another_asks in [false, true] {
            let bus = Bus::memory();
            let freshness = Freshness::on(&bus, topic(), 1_000);
            let look = freshness.begin(0);
            bus.signal(&topic());
            if another_asks {
                assert!(!freshness.is_good(0));
            }
            freshness.done(look);
            assert!(!freshness.is_good(0));
        }
    }

    #[test]
    fn a_look_that_is_given_up_leaves_the_copy_as_not_good() {
        let freshness = Freshness::on(&Bus::memory(), topic(), 1_000);
        freshness.done(freshness.begin(0));
        let _given_up = freshness.begin(1);
        assert!(!freshness.is_good(1));
    }
}
