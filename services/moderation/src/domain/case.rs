//! Who may take a case, and who has it.

use contract::ResidentId;
use runtime::MINUTE_MS;

use super::Conflict;

/// How long a claim holds, in milliseconds.
pub const CLAIM_MS: i64 = 15 * MINUTE_MS;

/// That a moderator is at a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Claim {
    /// Who.
    pub by: ResidentId,
    /// Until when, in milliseconds since 1970.
    pub until_ms: i64,
    /// How much they read with it.
    pub read: u64,
}

/// What ties a moderator to what they would decide about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Ties {
    /// They wrote it, or reported it.
    pub own: bool,
    /// They stood back from it.
    pub recused: bool,
}

impl Ties {
    /// Nothing ties them.
    ///
    /// # Errors
    /// What does.
    pub const fn none(self) -> Result<(), Conflict> {
        if self.own {
            Err(Conflict::OwnCase)
        } else if self.recused {
            Err(Conflict::Recused)
        } else {
            Ok(())
        }
    }
}

/// A case as far as it matters who has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Case {
    /// It is neither decided nor closed.
    pub is_open: bool,
    /// Who claimed it, be it long ago.
    pub claim: Option<Claim>,
}

impl Case {
    /// Who has it now.
    pub fn held(&self, now_ms: i64) -> Option<Claim> {
        self.claim.filter(|claim| claim.until_ms > now_ms)
    }

    /// It is theirs for a while, or for a while longer.
    ///
    /// # Errors
    /// When it is not open, another has it, or something ties them to it.
    pub fn claim(
        &self,
        by: ResidentId,
        ties: Ties,
        to_read: u64,
        now_ms: i64,
    ) -> Result<Claim, Conflict> {
        if !self.is_open {
            return Err(Conflict::WrongState);
        }
        ties.none()?;
        match self.held(now_ms) {
            Some(claim) if claim.by != by => Err(Conflict::ClaimedByAnother),
            _ => Ok(Claim {
                by,
                until_ms: now_ms + CLAIM_MS,
                read: to_read,
            }),
        }
    }

    /// They may decide it now: they have it, and there is no more to read than when they took it.
    ///
    /// # Errors
    /// When it is not open, they do not have it, something ties them to it, or there is more to read since they took it.
    pub fn decidable(
        &self,
        by: ResidentId,
        ties: Ties,
        to_read: u64,
        now_ms: i64,
    ) -> Result<(), Conflict> {
        if !self.is_open {
            return Err(Conflict::WrongState);
        }
        ties.none()?;
        match self.held(now_ms) {
            Some(claim) if claim.by == by && claim.read < to_read => {
                Err(Conflict::ChangedMeanwhile)
            }
            Some(claim) if claim.by == by => Ok(()),
            Some(_) => Err(Conflict::ClaimedByAnother),
            None => Err(Conflict::NotClaimed),
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

    prop_compose! {
        fn case()(is_open: bool, claim in prop::option::of((1..4_u8, 0..100 * CLAIM_MS, 0..4_u64))) -> Case {
            let claim = claim.map(|(by, until_ms, read)| Claim { by: who(by), until_ms, read });
            Case { is_open, claim }
        }
    }

    proptest! {
        #[test]
        fn nobody_decides_what_another_may_decide_at_the_same_time(
            case in case(), to_read in 0..4_u64, now_ms in 0..100 * CLAIM_MS,
        ) {
            let able = (1..4).filter(|n| case.decidable(who(*n), Ties::default(), to_read, now_ms).is_ok());
            prop_assert!(able.count() <= 1);
        }

        #[test]
        fn a_claim_is_given_only_where_nobody_else_has_one_and_then_lets_decide(
            case in case(), by in 1..4_u8, own: bool, recused: bool, to_read in 0..4_u64, now_ms in 0..100 * CLAIM_MS,
        ) {
            let ties = Ties { own, recused };
            let free = case.held(now_ms).is_none_or(|claim| claim.by == who(by));
            let given = case.claim(who(by), ties, to_read, now_ms);
            prop_assert_eq!(given.is_ok(), case.is_open && free && !own && !recused);
            if let Ok(claim) = given {
                let after = Case { claim: Some(claim), ..case };
                prop_assert_eq!(after.decidable(who(by), ties, to_read, now_ms), Ok(()));
                prop_assert_eq!(after.decidable(who(by), ties, to_read, claim.until_ms), Err(Conflict::NotClaimed));
                let unread = after.decidable(who(by), ties, to_read + 1, now_ms);
                prop_assert_eq!(unread, Err(Conflict::ChangedMeanwhile));
            }
        }
    }
}
