//! How long to leave alone what just failed.

use std::time::Duration;

/// Something new is looked for at the latest after this, told of it or not.
pub(crate) const LOOK_EVERY: Duration = Duration::from_secs(1);
/// What failed for long and is well again is noticed within this: nobody sees for longer what was taken down meanwhile.
const LONGEST: Duration = Duration::from_secs(4);

/// Pauses that grow while something goes on failing.
pub(crate) struct Pauses(Duration);

impl Pauses {
    pub(crate) const fn new() -> Self {
        Self(LOOK_EVERY)
    }

    /// The pause after one more failure.
    pub(crate) fn next(&mut self) -> Duration {
        let pause = self.0;
        self.0 = (pause * 2).min(LONGEST);
        pause
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_and_however_long_it_failed_it_is_tried_again_soon() {
        let mut pauses = Pauses::new();
        let first: Vec<u64> = (0..20).map(|_| pauses.next().as_secs()).collect();
        assert_eq!(first[..3], [1, 2, 4]);
        assert!(first.iter().all(|pause| *pause <= 4), "{first:?}");
    }
}
