//! What an author may not do for now.

/// The whole of it, as it is now: times in milliseconds since 1970; 0: may.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Restraint {
    /// May not write until then.
    pub paused_until_ms: i64,
    /// May not write about people until then.
    pub people_until_ms: i64,
}

impl Restraint {
    /// All that stands, taken together: the longest of each.
    pub fn of(standing: impl IntoIterator<Item = Self>) -> Self {
        standing.into_iter().fold(Self::default(), |all, one| Self {
            paused_until_ms: all.paused_until_ms.max(one.paused_until_ms),
            people_until_ms: all.people_until_ms.max(one.people_until_ms),
        })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn lifting_one_leaves_the_others(longer_ms in 1..100_i64, shorter_ms in 1..100_i64) {
            let [one, other] = [longer_ms, shorter_ms].map(|paused_until_ms| Restraint { paused_until_ms, people_until_ms: 0 });
            prop_assert_eq!(Restraint::of([one, other]).paused_until_ms, longer_ms.max(shorter_ms));
            prop_assert_eq!(Restraint::of([other]), other);
            prop_assert_eq!(Restraint::of([]), Restraint::default());
        }
    }
}
