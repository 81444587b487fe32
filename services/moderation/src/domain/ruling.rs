//! How a notice or a comment stands with the moderators.

use contract::MediaId;
use contract::common::Measure;

/// The whole of it; pictures in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ruling {
    /// What was decided last; unspecified: nothing yet.
    pub measure: Measure,
    /// About which version.
    pub read: i64,
    /// Pictures that nobody sees until it is decided about them.
    pub hidden: Vec<MediaId>,
    /// Pictures that are out, and come back if an appeal succeeds.
    pub withheld: Vec<MediaId>,
    /// Pictures that are out for good.
    pub removed: Vec<MediaId>,
}

impl Ruling {
    /// A picture that somebody is in is hidden; false where it already was.
    pub fn hide(&mut self, picture: MediaId) -> bool {
        let known = [&self.hidden, &self.withheld, &self.removed];
        let is_new = known.iter().all(|kept| !kept.contains(&picture));
        if is_new {
            self.hidden.push(picture);
            self.hidden.sort_unstable();
        }
        is_new
    }

    /// Something was decided about a version: some pictures are out until nobody can appeal any more, the others are shown.
    pub fn decide(&mut self, measure: Measure, read: i64, taken: &[MediaId]) {
        self.measure = measure;
        self.read = read;
        self.hidden.clear();
        self.withheld.extend_from_slice(taken);
        self.withheld.sort_unstable();
        self.withheld.dedup();
    }

    /// What was decided does not stay: it is shown again.
    pub const fn reverse(&mut self) {
        self.measure = Measure::Keep;
    }

    /// These pictures are shown again, but for those that another decision that stands took out as well. Answers which.
    pub fn give_back(&mut self, taken: &[MediaId], by_others: &[MediaId]) -> Vec<MediaId> {
        let comes_back =
            |picture: &MediaId| taken.contains(picture) && !by_others.contains(picture);
        let withheld = std::mem::take(&mut self.withheld);
        let (back, still) = withheld.into_iter().partition(comes_back);
        self.withheld = still;
        back
    }

    /// Nobody can appeal any more against that these were taken out: they go for good. False where none was waiting.
    pub fn settle(&mut self, taken: &[MediaId]) -> bool {
        let waiting = std::mem::take(&mut self.withheld);
        let (gone, still): (Vec<_>, Vec<_>) = waiting
            .into_iter()
            .partition(|picture| taken.contains(picture));
        self.withheld = still;
        self.removed.extend_from_slice(&gone);
        self.removed.sort_unstable();
        !gone.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn picture(n: u8) -> MediaId {
        MediaId::from_random([n; 16])
    }

    const fn nothing() -> Ruling {
        Ruling {
            measure: Measure::Unspecified,
            read: 0,
            hidden: Vec::new(),
            withheld: Vec::new(),
            removed: Vec::new(),
        }
    }

    proptest! {
        #[test]
        fn no_picture_is_both_hidden_and_gone_whatever_is_done(
            steps in prop::collection::vec((0..4_u8, 0..4_u8), 0..20),
        ) {
            let mut ruling = nothing();
            let mut gone = Vec::new();
            for (what, which) in steps {
                match what {
                    0 => { ruling.hide(picture(which)); }
                    // Whoever decides sees what is there.
                    1 if !ruling.removed.contains(&picture(which)) => ruling.decide(Measure::Keep, 1, &[picture(which)]),
                    2 => { ruling.settle(&[picture(which)]); }
                    _ => { ruling.give_back(&[picture(which)], &[]); }
                }
                let lists = [&ruling.hidden, &ruling.withheld, &ruling.removed];
                prop_assert!(lists.iter().all(|list| list.is_sorted()));
                for which in 0..4 {
                    let held = lists.iter().filter(|list| list.contains(&picture(which)));
                    prop_assert!(held.count() <= 1);
                }
                prop_assert!(gone.iter().all(|one| ruling.removed.contains(one)), "for good");
                gone.clone_from(&ruling.removed);
            }
        }
    }

    #[test]
    fn what_was_taken_out_comes_back_or_goes_with_the_appeal() {
        let mut ruling = nothing();
        ruling.decide(Measure::Keep, 1, &[picture(2), picture(1)]);
        assert_eq!(ruling.withheld, [picture(1), picture(2)]);
        assert!(!ruling.hide(picture(1)), "it is out already");
        assert!(ruling.settle(&[picture(1)]) && !ruling.settle(&[picture(1)]));
        assert!(!ruling.hide(picture(1)), "it is gone already");
        let both = [picture(1), picture(2)];
        assert!(ruling.give_back(&both, &[picture(2)]).is_empty());
        assert_eq!(ruling.withheld, [picture(2)], "another took it out too");
        assert_eq!(ruling.give_back(&both, &[]), [picture(2)]);
        assert_eq!(
            (ruling.withheld, ruling.removed),
            (vec![], vec![picture(1)])
        );
    }
}
