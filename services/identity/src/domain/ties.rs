//! Who decides about somebody they stand by.

/// Whether a moderator who is tied to somebody leaves it to others: where one of these is not. Where nobody else could decide,
/// whoever is tied does, and says why as ever: what waits in vain serves nobody.
#[must_use]
pub fn is_left_to_others(is_tied: bool, others: &[bool]) -> bool {
    is_tied && others.iter().any(|is_tied| !is_tied)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn somebody_can_always_decide_and_whoever_is_tied_does_not_where_another_could(
            tied in prop::collection::vec(any::<bool>(), 1..6),
        ) {
            let decides: Vec<bool> = (0..tied.len())
                .map(|me| {
                    let others = tied.iter().enumerate().filter(|(at, _)| *at != me);
                    let others: Vec<bool> = others.map(|(_, is_tied)| *is_tied).collect();
                    !is_left_to_others(tied[me], &others)
                })
                .collect();
            prop_assert!(decides.contains(&true));
            let somebody_is_free = tied.contains(&false);
            for (is_tied, decides) in tied.into_iter().zip(decides) {
                prop_assert_eq!(decides, !(is_tied && somebody_is_free));
            }
        }
    }
}
