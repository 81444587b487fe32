//! Why there is a case, and until when it is to be decided.

use contract::events;
use contract::moderation::{Cause, Lane};
use runtime::{DAY_MS, HOUR_MS};

/// Within this time what waits is read, in milliseconds.
pub const READ_WITHIN_MS: i64 = DAY_MS;
/// Within this time it is decided what somebody gave notice of, or what nobody has read yet, in milliseconds.
pub const TOLD_WITHIN_MS: i64 = 3 * DAY_MS;

/// A set of causes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Causes(i32);

/// Every cause there is.
const EVERY: [Cause; 9] = [
    Cause::Newcomer,
    Cause::Found,
    Cause::Contested,
    Cause::AboutPeople,
    Cause::Amended,
    Cause::PicturesWait,
    Cause::ShownUnread,
    Cause::Reported,
    Cause::Depicted,
];

impl Causes {
    /// As kept.
    pub const fn from_bits(bits: i32) -> Self {
        Self(bits)
    }

    /// To be kept.
    pub const fn bits(self) -> i32 {
        self.0
    }

    /// Those that posts tells of what waits; what this version does not know reads as found.
    pub fn told(causes: impl IntoIterator<Item = i32>) -> Self {
        causes.into_iter().fold(Self::default(), |all, cause| {
            all.with(match events::Cause::try_from(cause) {
                Ok(events::Cause::Newcomer) => Cause::Newcomer,
                Ok(events::Cause::Contested) => Cause::Contested,
                Ok(events::Cause::AboutPeople) => Cause::AboutPeople,
                Ok(events::Cause::Amended) => Cause::Amended,
                _ => Cause::Found,
            })
        })
    }

    /// Whether one of them is this.
    pub const fn has(self, cause: Cause) -> bool {
        self.0 & bit(cause) != 0
    }

    /// These and one more.
    #[must_use]
    pub const fn with(self, cause: Cause) -> Self {
        Self(self.0 | bit(cause))
    }

    /// These without one.
    #[must_use]
    pub const fn without(self, cause: Cause) -> Self {
        Self(self.0 & !bit(cause))
    }

    /// One after another.
    pub fn iter(self) -> impl Iterator<Item = Cause> {
        EVERY.into_iter().filter(move |cause| self.has(*cause))
    }

    const fn is_empty(self) -> bool {
        self.0 == 0
    }
}

const fn bit(cause: Cause) -> i32 {
    1 << cause as i32
}

/// Why there is a case, and for each kind of cause until when it is to be decided, in milliseconds since 1970, to the hour.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Agenda {
    /// Why.
    pub causes: Causes,
    /// Until when what waits is read.
    pub waits_until_ms: Option<i64>,
    /// Until when what was shown at once is read.
    pub unread_until_ms: Option<i64>,
    /// Until when it is decided what was reported.
    pub reported_until_ms: Option<i64>,
    /// Until when it is decided about a picture that somebody is in.
    pub depicted_until_ms: Option<i64>,
}

const WAITING: [Cause; 6] = [
    Cause::Newcomer,
    Cause::Found,
    Cause::Contested,
    Cause::AboutPeople,
    Cause::Amended,
    Cause::PicturesWait,
];

impl Agenda {
    /// It waits for these causes since then, and for no others any more.
    pub fn waits(&mut self, causes: Causes, since_ms: i64) {
        for cause in WAITING {
            self.causes = self.causes.without(cause);
        }
        self.causes = Causes(self.causes.0 | causes.0);
        self.waits_until_ms = (!causes.is_empty()).then(|| within(since_ms, READ_WITHIN_MS));
    }

    /// Whether something of it waits to be shown.
    pub const fn is_waiting(&self) -> bool {
        self.waits_until_ms.is_some()
    }

    /// It is shown since then and nobody has read it.
    pub fn shown_unread(&mut self, since_ms: i64) {
        self.causes = self.causes.with(Cause::ShownUnread);
        self.unread_until_ms
            .get_or_insert(within(since_ms, TOLD_WITHIN_MS));
    }

    /// It is hidden, so that nobody needs to read it afterwards.
    pub fn not_shown(&mut self) {
        self.causes = self.causes.without(Cause::ShownUnread);
        self.unread_until_ms = None;
    }

    /// Somebody reports it; the first report counts.
    pub fn reported(&mut self, at_ms: i64) {
        self.causes = self.causes.with(Cause::Reported);
        self.reported_until_ms
            .get_or_insert(within(at_ms, TOLD_WITHIN_MS));
    }

    /// Somebody is in one of its pictures; the first notice counts.
    pub fn depicted(&mut self, at_ms: i64) {
        self.causes = self.causes.with(Cause::Depicted);
        self.depicted_until_ms
            .get_or_insert(within(at_ms, TOLD_WITHIN_MS));
    }

    /// The earliest of its deadlines; none where there is no cause left.
    pub fn deadline_ms(&self) -> Option<i64> {
        [
            self.waits_until_ms,
            self.unread_until_ms,
            self.reported_until_ms,
            self.depicted_until_ms,
        ]
        .into_iter()
        .flatten()
        .min()
    }

    /// The part of the queue where it stands.
    pub const fn lane(&self) -> Lane {
        if self.waits_until_ms.is_some() {
            Lane::Waits
        } else if self.reported_until_ms.is_some() || self.depicted_until_ms.is_some() {
            Lane::Notices
        } else {
            Lane::Afterwards
        }
    }
}

/// A deadline that tells no beginning: to the hour.
const fn within(since_ms: i64, ms: i64) -> i64 {
    since_ms - since_ms.rem_euclid(HOUR_MS) + ms
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[derive(Clone, Copy, Debug)]
    enum Step {
        Waits(i32, i64),
        Shown(i64),
        Hidden,
        Reported(i64),
        Depicted(i64),
    }

    fn step() -> impl Strategy<Value = Step> {
        let at_ms = 0..100 * DAY_MS;
        prop_oneof![
            (0..6_i32, at_ms.clone()).prop_map(|(cause, at_ms)| Step::Waits(cause, at_ms)),
            at_ms.clone().prop_map(Step::Shown),
            Just(Step::Hidden),
            at_ms.clone().prop_map(Step::Reported),
            at_ms.prop_map(Step::Depicted),
        ]
    }

    fn after(steps: &[Step]) -> Agenda {
        let mut agenda = Agenda::default();
        for step in steps {
            match *step {
                Step::Waits(0, at_ms) => agenda.waits(Causes::default(), at_ms),
                Step::Waits(cause, at_ms) => agenda.waits(Causes::told([cause]), at_ms),
                Step::Shown(at_ms) => agenda.shown_unread(at_ms),
                Step::Hidden => agenda.not_shown(),
                Step::Reported(at_ms) => agenda.reported(at_ms),
                Step::Depicted(at_ms) => agenda.depicted(at_ms),
            }
        }
        agenda
    }

    proptest! {
        #[test]
        fn there_is_a_deadline_exactly_while_there_is_a_cause(steps in prop::collection::vec(step(), 0..12)) {
            let agenda = after(&steps);
            prop_assert_eq!(agenda.deadline_ms().is_some(), agenda.causes.iter().next().is_some());
        }

        #[test]
        fn a_deadline_tells_the_hour_only_and_none_is_earlier(steps in prop::collection::vec(step(), 0..12)) {
            let agenda = after(&steps);
            if let Some(deadline_ms) = agenda.deadline_ms() {
                prop_assert_eq!(deadline_ms % HOUR_MS, 0);
                let all = [agenda.waits_until_ms, agenda.unread_until_ms, agenda.reported_until_ms, agenda.depicted_until_ms];
                prop_assert!(all.into_iter().flatten().all(|other_ms| deadline_ms <= other_ms));
            }
        }

        #[test]
        fn a_second_notice_moves_no_deadline(first_ms in 0..DAY_MS, later_ms in 0..100 * DAY_MS) {
            let once = after(&[Step::Reported(first_ms)]);
            prop_assert_eq!(after(&[Step::Reported(first_ms), Step::Reported(first_ms + later_ms)]), once);
        }
    }

    #[test]
    fn what_waits_comes_first_and_in_a_day() {
        let mut agenda = Agenda::default();
        agenda.reported(HOUR_MS + 1);
        assert_eq!(
            (agenda.deadline_ms(), agenda.lane()),
            (Some(HOUR_MS + TOLD_WITHIN_MS), Lane::Notices)
        );
        agenda.waits(Causes::told([1, 4]), 2 * HOUR_MS);
        assert_eq!(
            (agenda.deadline_ms(), agenda.lane()),
            (Some(2 * HOUR_MS + DAY_MS), Lane::Waits)
        );
        let causes: Vec<_> = agenda.causes.iter().collect();
        assert_eq!(
            causes,
            [Cause::Newcomer, Cause::AboutPeople, Cause::Reported]
        );
        agenda.waits(Causes::default(), 0);
        assert_eq!(agenda.causes.iter().collect::<Vec<_>>(), [Cause::Reported]);
    }
}
