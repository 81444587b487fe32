//! What follows for a notice or a comment from what moderators decided about it.

use contract::common::Measure;
use contract::posts::State;

/// What becomes of a notice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Follows {
    /// Nothing changes.
    Nothing,
    /// It is shown, now or again.
    Show,
    /// It stays as it is, without answers.
    Limit,
    /// It waits for its author to change it.
    AwaitChange,
    /// It was changed after it was read: somebody reads it again.
    AwaitReader,
    /// Nobody but its author sees it any more.
    Remove,
}

/// What follows for a notice in that state. `is_as_read`: it is the version that was read.
///
/// What takes something away reaches only what was read: words that nobody judged are read first.
#[must_use]
pub fn follows(measure: Measure, state: State, is_as_read: bool) -> Follows {
    let is_up = matches!(state, State::Published | State::Resolved);
    match (measure, state) {
        (_, State::CoolingDown | State::Lapsed | State::Unspecified) => Follows::Nothing,
        (Measure::Keep | Measure::Limit, State::Removed) => Follows::Show,
        (Measure::Keep | Measure::Limit, State::InReview) if is_as_read => Follows::Show,
        (Measure::Limit, _) if is_up => Follows::Limit,
        (Measure::Unspecified | Measure::Keep | Measure::Limit, _) => Follows::Nothing,
        (Measure::AskForEdit | Measure::Remove, _) if !is_as_read && state != State::Removed => {
            Follows::AwaitReader
        }
        (Measure::AskForEdit, _) => Follows::AwaitChange,
        (Measure::Remove, _) => Follows::Remove,
    }
}

/// Whether a comment is shown. It cannot be changed: asking for a change takes it down.
#[must_use]
pub const fn is_shown(measure: Measure) -> bool {
    matches!(
        measure,
        Measure::Keep | Measure::Limit | Measure::Unspecified
    )
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const MEASURES: [Measure; 5] = [
        Measure::Unspecified,
        Measure::Keep,
        Measure::AskForEdit,
        Measure::Limit,
        Measure::Remove,
    ];
    const STATES: [State; 6] = [
        State::CoolingDown,
        State::InReview,
        State::Published,
        State::Resolved,
        State::Lapsed,
        State::Removed,
    ];

    proptest! {
        #[test]
        fn words_that_nobody_read_are_neither_shown_nor_removed(
            measure in prop::sample::select(&MEASURES),
            state in prop::sample::select(&STATES[..4]),
        ) {
            let follows = follows(measure, state, false);
            prop_assert!(!matches!(follows, Follows::Show | Follows::Remove | Follows::AwaitChange));
        }

        #[test]
        fn what_rests_or_lapsed_is_nobodys_to_decide_about(
            measure in prop::sample::select(&MEASURES),
            is_as_read: bool,
        ) {
            for state in [State::CoolingDown, State::Lapsed] {
                prop_assert_eq!(follows(measure, state, is_as_read), Follows::Nothing);
            }
        }
    }

    #[test]
    fn each_measure_does_what_it_says() {
        use State::{InReview, Published, Removed};
        for (measure, state, expected) in [
            (Measure::Keep, InReview, Follows::Show),
            (Measure::Keep, Published, Follows::Nothing),
            (Measure::Keep, Removed, Follows::Show),
            (Measure::Limit, Published, Follows::Limit),
            (Measure::Limit, InReview, Follows::Show),
            (Measure::AskForEdit, Published, Follows::AwaitChange),
            (Measure::AskForEdit, InReview, Follows::AwaitChange),
            (Measure::Remove, Published, Follows::Remove),
            (Measure::Remove, InReview, Follows::Remove),
        ] {
            assert_eq!(
                follows(measure, state, true),
                expected,
                "{measure:?} {state:?}"
            );
        }
        assert!(is_shown(Measure::Keep) && !is_shown(Measure::AskForEdit));
    }
}
