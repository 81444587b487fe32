//! What takes two.

use std::ops::RangeInclusive;

use contract::ResidentId;
use runtime::DAY_MS;

use super::Conflict;

/// Within this time a second moderator says yes or no, or it ends, in milliseconds.
pub const PROPOSED_WITHIN_MS: i64 = 3 * DAY_MS;
/// How long a suspension lasts, in days: longer than one moderator may say alone.
pub const SUSPENSION_DAYS: RangeInclusive<u32> = 8..=365;

/// How far a proposal has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// It waits for a second moderator.
    Open,
    /// It is so.
    Approved,
    /// It is not so.
    Refused,
    /// Nobody said anything in time, or whom it was about is gone.
    Ended,
}

impl Stage {
    /// Every one of them, as numbered.
    const ALL: [Self; 4] = [Self::Open, Self::Approved, Self::Refused, Self::Ended];

    /// As kept; what is unknown has ended.
    pub fn kept(number: i32) -> Self {
        let index = usize::try_from(number).ok();
        let stage = index.and_then(|index| Self::ALL.get(index));
        stage.copied().unwrap_or(Self::Ended)
    }

    /// To be kept.
    pub const fn number(self) -> i32 {
        self as i32
    }
}

/// A proposal as far as it matters who says yes or no.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Proposal {
    /// How far it has come.
    pub stage: Stage,
    /// Who proposed it.
    pub proposer: ResidentId,
    /// Until when it is open, in milliseconds since 1970.
    pub deadline_ms: i64,
}

impl Proposal {
    /// A second moderator says yes or no.
    ///
    /// # Errors
    /// When it is not open any more, or they proposed it themselves.
    pub fn decide(&self, who: ResidentId, approve: bool, now_ms: i64) -> Result<Stage, Conflict> {
        if self.stage != Stage::Open || self.deadline_ms <= now_ms {
            return Err(Conflict::WrongState);
        }
        if self.proposer == who {
            return Err(Conflict::OwnProposal);
        }
        Ok(if approve {
            Stage::Approved
        } else {
            Stage::Refused
        })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn it_takes_another_one_in_time_and_only_once(
            stage in 0..4_i32, same: bool, approve: bool, now_ms in 0..10_i64,
        ) {
            let [one, other] = [1, 2].map(|n| ResidentId::from_random([n; 16]));
            let proposal = Proposal { stage: Stage::kept(stage), proposer: one, deadline_ms: 5 };
            let said = proposal.decide(if same { one } else { other }, approve, now_ms);
            prop_assert_eq!(said.is_ok(), stage == 0 && !same && now_ms < 5);
            if let Ok(stage) = said {
                prop_assert_eq!(stage == Stage::Approved, approve);
            }
        }

        #[test]
        fn a_stage_is_kept_as_it_is(number in 0..4_i32) {
            prop_assert_eq!(Stage::kept(number).number(), number);
        }
    }
}
