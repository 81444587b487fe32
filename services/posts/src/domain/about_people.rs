//! Telling of a person: seldom, after a while, never by newcomers, and only while somebody is there to read it.

use runtime::{DAY_MS, HOUR_MS, MINUTE_MS};

use super::draft::{Author, Telling};
use super::limit::{Limit, Limited};
use super::reason::{Code, Reason};

/// Between the draft and its confirmation: often long enough for the ordinary explanation to come to mind.
pub const COOL_DOWN_MS: i64 = 20 * MINUTE_MS;
/// What nobody has read by then, or could not be shown, lapses.
pub const LAPSES_AFTER_MS: i64 = DAY_MS;
/// How long its author may still read what lapsed.
pub const LAPSED_STAYS_MS: i64 = 72 * HOUR_MS;
const AGAIN_AFTER_MS: i64 = 7 * DAY_MS;
const UNATTENDED_AFTER_MS: i64 = 48 * HOUR_MS;

/// From when a draft may be confirmed: by a clock that was ahead when it was written, no later than if it were written now.
#[must_use]
pub fn confirm_from(kept_ms: Option<i64>, now_ms: i64) -> i64 {
    kept_ms.map_or(now_ms, |at_ms| at_ms.min(now_ms + COOL_DOWN_MS))
}

/// What is known of an account that wants to tell of a person.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Teller {
    /// When it last confirmed such a notice, wherever.
    pub confirmed_at_ms: Option<i64>,
    /// Until when it may tell of nobody, since one of its notices was profiling; 0: it may.
    pub paused_until_ms: i64,
}

impl Teller {
    /// As it is by this clock: one that was ahead when the notice was confirmed, and was put right, bars nobody for longer
    /// than a week from now.
    #[must_use]
    pub fn by_clock(self, now_ms: i64) -> Self {
        Self {
            confirmed_at_ms: self.confirmed_at_ms.map(|at_ms| at_ms.min(now_ms)),
            ..self
        }
    }

    /// When it may tell of a person again, and why not before; none: now.
    #[must_use]
    pub fn barred(self, now_ms: i64) -> Option<Limited> {
        let confirmed_at_ms = self.by_clock(now_ms).confirmed_at_ms;
        let week = confirmed_at_ms.map(|at_ms| Limited {
            limit: Limit::AboutPeopleAWeek,
            again_at_ms: at_ms + AGAIN_AFTER_MS,
        });
        let paused = Limited {
            limit: Limit::AboutPeoplePaused,
            again_at_ms: self.paused_until_ms,
        };
        let barred = week.into_iter().chain([paused]);
        barred
            .filter(|limited| limited.again_at_ms > now_ms)
            .max_by_key(|limited| limited.again_at_ms)
    }
}

/// Why somebody cannot tell of a person now.
#[derive(Clone, Debug, PartialEq)]
pub enum Barred {
    /// Something has to happen first.
    Refused(Reason),
    /// Some time has to pass first.
    Limited(Limited),
}

/// Whether an author may tell of a person now.
///
/// # Errors
/// Why not, and when or after what again.
pub fn may_tell(author: &Author, telling: &Telling, now_ms: i64) -> Result<(), Barred> {
    if author.is_newcomer(now_ms) {
        return Err(if now_ms < author.newcomer_until_ms {
            Barred::Limited(Limited {
                limit: Limit::AboutPeopleNewcomer,
                again_at_ms: author.newcomer_until_ms,
            })
        } else {
            let (french, english) = Limit::AboutPeopleNewcomer.sentence();
            Barred::Refused(Reason::new(Code::Newcomer, "category", french, english))
        });
    }
    if let Some(limited) = telling.teller.barred(now_ms) {
        return Err(Barred::Limited(limited));
    }
    if is_attended(telling.attended_at_ms, now_ms) {
        Ok(())
    } else {
        Err(Barred::Refused(Reason::new(
            Code::Unattended,
            "category",
            "Personne ne modère ce quartier depuis deux jours : ce qui touche une personne ne peut pas être relu, et attend. Le reste du panneau continue. Si c’est grave, appelez le 17 ou le 112.",
            "Nobody has moderated this neighbourhood for two days: what is about a person cannot be read first, and has to wait. The rest of the board goes on. If it is serious, call 112.",
        )))
    }
}

fn is_attended(at_ms: Option<i64>, now_ms: i64) -> bool {
    // Later than now: a clock was ahead, and nothing is known.
    at_ms.is_some_and(|at_ms| {
        (-HOUR_MS..UNATTENDED_AFTER_MS).contains(&now_ms.saturating_sub(at_ms))
    })
}

#[cfg(test)]
mod tests {
    use geo::Place;
    use proptest::prelude::*;

    use super::*;

    const NOW_MS: i64 = 1_790_000_000_000;

    fn neighbour() -> Author {
        Author {
            pseudonym: "Merle".into(),
            home: Place::Whole,
            founder: false,
            newcomer_until_ms: NOW_MS - 1,
            published: 3,
            suspended_until_ms: None,
        }
    }

    fn told(at_ms: i64) -> Teller {
        Teller {
            confirmed_at_ms: Some(at_ms),
            ..Teller::default()
        }
    }

    proptest! {
        /// Whatever clock confirmed the last one, and whatever clock is asked now.
        #[test]
        fn one_a_week_and_nobody_waits_for_longer_than_a_week(
            confirmed_at_ms in NOW_MS - 30 * DAY_MS..NOW_MS + 400 * DAY_MS,
        ) {
            let barred = told(confirmed_at_ms).barred(NOW_MS);
            let ago_ms = NOW_MS - confirmed_at_ms;
            prop_assert_eq!(barred.is_some(), ago_ms < AGAIN_AFTER_MS);
            if let Some(limited) = barred {
                prop_assert!((NOW_MS + 1..=NOW_MS + AGAIN_AFTER_MS).contains(&limited.again_at_ms));
                prop_assert!(told(confirmed_at_ms).by_clock(NOW_MS).barred(limited.again_at_ms).is_none());
            }
        }
    }

    #[test]
    fn the_longest_of_two_bars_is_told() {
        let both = Teller {
            confirmed_at_ms: Some(NOW_MS),
            paused_until_ms: NOW_MS + 30 * DAY_MS,
        };
        assert_eq!(both.barred(NOW_MS).unwrap().limit, Limit::AboutPeoplePaused);
        let over = Teller {
            paused_until_ms: NOW_MS,
            ..Teller::default()
        };
        assert_eq!(over.barred(NOW_MS), None);
    }

    #[test]
    fn newcomers_tell_of_nobody_until_both_their_days_and_their_notices_are_there() {
        let telling = Telling {
            attended_at_ms: Some(NOW_MS),
            ..Telling::default()
        };
        let tell = |author: &Author| may_tell(author, &telling, NOW_MS);
        assert_eq!(tell(&neighbour()), Ok(()));
        let young = Author {
            newcomer_until_ms: NOW_MS + DAY_MS,
            ..neighbour()
        };
        let Err(Barred::Limited(limited)) = tell(&young) else {
            panic!("a newcomer may tell of a person");
        };
        assert_eq!(limited.again_at_ms, NOW_MS + DAY_MS);
        let quiet = Author {
            published: 2,
            ..neighbour()
        };
        assert!(
            matches!(tell(&quiet), Err(Barred::Refused(reason)) if reason.code == Code::Newcomer)
        );
        let founder = Author {
            founder: true,
            ..quiet
        };
        assert_eq!(tell(&founder), Ok(()));
    }

    #[test]
    fn nobody_tells_of_a_person_where_nobody_would_read_it() {
        for (attended_at_ms, may) in [
            (None, false),
            (Some(NOW_MS - UNATTENDED_AFTER_MS), false),
            (Some(NOW_MS - UNATTENDED_AFTER_MS + 1), true),
            (Some(NOW_MS + DAY_MS), false),
        ] {
            let telling = Telling {
                attended_at_ms,
                ..Telling::default()
            };
            let told = may_tell(&neighbour(), &telling, NOW_MS);
            assert_eq!(told.is_ok(), may, "{attended_at_ms:?}");
        }
    }
}
