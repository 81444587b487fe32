//! Who else does a consumer's work and lives. Whoever lives says so by counting on, every second; each of the others watches that
//! with its own clock, so that the clocks of two machines are never compared.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use runtime::Clock;

/// Who has not counted on for so long while somebody watched is dead. Taking from one who is only slow does no harm: what is heard
/// twice is no news.
const DEAD_AFTER: Duration = Duration::from_secs(2);

/// The others, as one process has seen them.
pub(crate) struct Peers {
    clock: Clock,
    seen: Mutex<HashMap<String, Seen>>,
}

/// Up to where one has counted, and since when it stands there.
#[derive(Clone, Copy)]
struct Seen {
    beat: i64,
    since_ms: i64,
}

impl Peers {
    pub(crate) fn new(clock: Clock) -> Self {
        let seen = Mutex::default();
        Self { clock, seen }
    }

    /// Who stands still, and where. They are dead if they stand there yet.
    pub(crate) fn still(&self) -> Vec<(String, i64)> {
        let now_ms = self.clock.now_ms();
        let dead_after_ms = i64::try_from(DEAD_AFTER.as_millis()).unwrap_or(i64::MAX);
        let seen = self.seen();
        let still = seen
            .iter()
            .filter(|(_, seen)| now_ms - seen.since_ms >= dead_after_ms);
        still
            .map(|(name, seen)| (name.clone(), seen.beat))
            .collect()
    }

    /// Notes up to where everybody has counted now.
    pub(crate) fn saw(&self, beats: HashMap<String, i64>) {
        let now_ms = self.clock.now_ms();
        let mut seen = self.seen();
        let before = std::mem::take(&mut *seen);
        seen.extend(beats.into_iter().map(|(name, beat)| {
            let known = before.get(&name).filter(|seen| seen.beat == beat);
            // A clock that was set back begins to watch anew.
            let since_ms = known.map_or(now_ms, |seen| seen.since_ms.min(now_ms));
            (name, Seen { beat, since_ms })
        }));
    }

    /// Nobody was watched.
    pub(crate) fn forget(&self) {
        self.seen().clear();
    }

    fn seen(&self) -> MutexGuard<'_, HashMap<String, Seen>> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn beats(beats: &[(&str, i64)]) -> HashMap<String, i64> {
        beats
            .iter()
            .map(|(name, beat)| ((*name).to_owned(), *beat))
            .collect()
    }

    #[test]
    fn who_counts_on_lives_whatever_the_time_is_elsewhere() {
        let clock = Clock::manual(0);
        let peers = Peers::new(clock.clone());
        for beat in 1..9 {
            peers.saw(beats(&[("slow", beat / 2), ("dead", 7)]));
            clock.advance(Duration::from_secs(1));
        }
        assert_eq!(peers.still(), [("dead".to_owned(), 7)]);
        peers.saw(beats(&[("slow", 5)]));
        clock.advance(Duration::from_secs(1));
        assert!(
            peers.still().is_empty(),
            "who is not there any more is forgotten"
        );
    }

    #[test]
    fn who_was_not_watched_is_not_called_dead() {
        let clock = Clock::manual(0);
        let peers = Peers::new(clock.clone());
        clock.advance(Duration::from_hours(1));
        peers.saw(beats(&[("other", 3)]));
        assert!(peers.still().is_empty());
        clock.advance(DEAD_AFTER);
        assert_eq!(peers.still().len(), 1);
        peers.forget();
        peers.saw(beats(&[("other", 3)]));
        assert!(peers.still().is_empty());
    }
}
