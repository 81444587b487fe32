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
    /// Pictures that are out for good.
    pub removed: Vec<MediaId>,
}

impl Ruling {
    /// A picture that somebody is in is hidden; false where it already was.
    pub fn hide(&mut self, picture: MediaId) -> bool {
        let is_new = !self.hidden.contains(&picture) && !self.removed.contains(&picture);
        if is_new {
            self.hidden.push(picture);
            self.hidden.sort_unstable();
        }
        is_new
    }

    /// Something was decided about a version: some pictures go for good, the others are shown.
    pub fn decide(&mut self, measure: Measure, read: i64, removed: &[MediaId]) {
        self.measure = measure;
        self.read = read;
        self.hidden.clear();
        self.remove(removed);
    }

    /// Nobody decided in time about the pictures that are hidden: they go for good.
    pub fn lapse(&mut self) {
        let hidden = std::mem::take(&mut self.hidden);
        self.remove(&hidden);
    }

    /// What was decided does not stay: it is shown again, with these pictures.
    pub fn reverse(&mut self, removed: &[MediaId]) {
        self.measure = Measure::Keep;
        self.removed.retain(|picture| !removed.contains(picture));
    }

    fn remove(&mut self, pictures: &[MediaId]) {
        self.removed.extend_from_slice(pictures);
        self.removed.sort_unstable();
        self.removed.dedup();
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn picture(n: u8) -> MediaId {
        MediaId::from_random([n; 16])
    }

    proptest! {
        #[test]
        fn no_picture_is_both_hidden_and_gone_whatever_is_done(
            steps in prop::collection::vec((0..4_u8, 0..4_u8), 0..20),
        ) {
            let mut ruling = Ruling { measure: Measure::Unspecified, read: 0, hidden: vec![], removed: vec![] };
            for (what, which) in steps {
                match what {
                    0 => { ruling.hide(picture(which)); }
                    1 => ruling.decide(Measure::Keep, 1, &[picture(which)]),
                    2 => ruling.lapse(),
                    _ => ruling.reverse(&[picture(which)]),
                }
                prop_assert!(ruling.hidden.iter().all(|one| !ruling.removed.contains(one)));
                prop_assert!(ruling.hidden.is_sorted() && ruling.removed.is_sorted());
            }
        }
    }

    #[test]
    fn what_nobody_decides_in_time_stays_away() {
        let mut ruling = Ruling {
            measure: Measure::Unspecified,
            read: 0,
            hidden: vec![],
            removed: vec![],
        };
        assert!(ruling.hide(picture(1)) && !ruling.hide(picture(1)));
        ruling.lapse();
        assert_eq!(ruling.removed, [picture(1)]);
        assert!(!ruling.hide(picture(1)), "it is gone already");
        ruling.reverse(&[picture(1)]);
        assert!(ruling.removed.is_empty() && ruling.measure == Measure::Keep);
    }
}
