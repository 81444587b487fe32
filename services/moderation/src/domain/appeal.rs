//! Asking that another moderator decides.

use contract::ResidentId;
use contract::common::Occasion;
use contract::moderation::Outcome;
use runtime::DAY_MS;

use super::{Conflict, Ties};

/// Within this time after a statement one may appeal, in milliseconds.
pub const APPEAL_WITHIN_MS: i64 = 183 * DAY_MS;
/// Within this time an appeal is decided, or it succeeds, in milliseconds.
pub const APPEALED_WITHIN_MS: i64 = 14 * DAY_MS;

/// Whether a statement leaves something to appeal against.
///
/// `followed`: something was taken from the author. What they were told of is theirs to appeal then, and who reported it
/// only where nothing was.
pub const fn may_appeal(occasion: Occasion, followed: bool) -> bool {
    match occasion {
        Occasion::Decision => followed,
        Occasion::ReportDecided => !followed,
        _ => false,
    }
}

/// An appeal as far as it matters who decides it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Appeal {
    /// What came of it so far.
    pub outcome: Outcome,
    /// Who decided before.
    pub first_decider: ResidentId,
    /// Who proposed what was decided, where that took two.
    pub proposer: Option<ResidentId>,
}

/// What became of an appeal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// What had been decided stays.
    Upheld,
    /// It does not stay.
    Reversed,
}

impl Verdict {
    /// What a moderator says; none where it is nothing.
    pub const fn said(outcome: Outcome) -> Option<Self> {
        match outcome {
            Outcome::Upheld => Some(Self::Upheld),
            Outcome::Reversed => Some(Self::Reversed),
            Outcome::NoOutcome => None,
        }
    }

    /// As kept.
    pub const fn outcome(self) -> Outcome {
        match self {
            Self::Upheld => Outcome::Upheld,
            Self::Reversed => Outcome::Reversed,
        }
    }
}

impl Appeal {
    /// They may look at it and decide it.
    ///
    /// # Errors
    /// When they took part before, or are tied to it.
    pub fn is_for(&self, who: ResidentId, ties: Ties) -> Result<(), Conflict> {
        if self.first_decider == who || self.proposer == Some(who) {
            return Err(Conflict::OwnDecision);
        }
        ties.none()
    }

    /// They decide it.
    ///
    /// # Errors
    /// When it is decided, or not theirs to decide.
    pub fn decide(&self, who: ResidentId, ties: Ties) -> Result<(), Conflict> {
        self.is_for(who, ties)?;
        if self.outcome == Outcome::NoOutcome {
            Ok(())
        } else {
            Err(Conflict::WrongState)
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn who(n: u8) -> ResidentId {
        ResidentId::from_random([n; 16])
    }

    proptest! {
        #[test]
        fn nobody_who_took_part_decides_and_nobody_twice(
            first in 1..4_u8, second in prop::option::of(1..4_u8), by in 1..4_u8, outcome in 0..3_i32, own: bool,
        ) {
            let appeal = Appeal {
                outcome: Outcome::try_from(outcome).unwrap(),
                first_decider: who(first),
                proposer: second.map(who),
            };
            let ties = Ties { own, recused: false };
            let expected = outcome == 0 && by != first && second != Some(by) && !own;
            prop_assert_eq!(appeal.decide(who(by), ties).is_ok(), expected);
        }
    }

    #[test]
    fn whoever_lost_something_may_appeal_and_who_was_followed_may_not() {
        assert!(may_appeal(Occasion::Decision, true));
        assert!(!may_appeal(Occasion::Decision, false));
        assert!(may_appeal(Occasion::ReportDecided, false));
        assert!(!may_appeal(Occasion::ReportDecided, true));
        assert!(!may_appeal(Occasion::AppealDecided, true));
        assert!(!may_appeal(Occasion::Lapsed, false));
        assert_eq!(Verdict::said(Outcome::NoOutcome), None);
    }
}
