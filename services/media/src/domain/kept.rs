//! A picture as kept, and who may see it.

use contract::{MediaId, NeighbourhoodId, PostId, ResidentId, Standing};
use runtime::{DAY_MS, HOUR_MS};

/// How long a picture may stay loose before it is deleted, in milliseconds.
pub const LOOSE_MS: i64 = DAY_MS;
/// How long a loose picture may be put on a notice. An hour less than it is kept, so that it is still there when the
/// news of that notice arrives.
pub const CLAIMABLE_MS: i64 = LOOSE_MS - HOUR_MS;
/// The most loose pictures of one resident.
pub const LOOSE_AT_MOST: usize = 30;
/// The most pictures that are put on a notice at once.
pub const CLAIMED_AT_MOST: usize = 4;

/// A picture as the rules see it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kept {
    /// Which.
    pub id: MediaId,
    /// Who sent it.
    pub owner: ResidentId,
    /// When, in milliseconds since 1970.
    pub created_at_ms: i64,
    /// Where it hangs; a loose picture nowhere.
    pub hung: Option<Hung>,
}

/// Where a picture hangs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hung {
    /// In which neighbourhood.
    pub neighbourhood: NeighbourhoodId,
    /// On which notice.
    pub post: PostId,
    /// Whether its readers see it; otherwise it waits for a moderator.
    pub shown: bool,
    /// Moderators took it out, and may have to give it back: nobody sees it.
    pub withheld: bool,
    /// When the time of the notice is over, in milliseconds since 1970; not told of one that is held as a whole.
    pub expires_at_ms: Option<i64>,
    /// Until when everybody sees it, signed out too, in milliseconds since 1970; none: its neighbourhood only.
    pub public_until_ms: Option<i64>,
}

/// Who wants to see a picture.
#[derive(Clone, Copy, Debug)]
pub struct Reader<'a> {
    /// The account; none: signed out.
    pub resident: Option<ResidentId>,
    /// Its verified standings.
    pub standings: &'a [Standing],
}

impl Kept {
    /// Whether this picture exists for a reader: a loose one for its owner, a shown one for the members of its
    /// neighbourhood, and for everybody while its notice is; one that waits for its owner and the moderators there; none for anybody once moderators took it out, or the time of its
    /// notice is over, even if the news that the notice is gone has yet to come.
    pub fn is_readable_by(&self, reader: Reader<'_>, now_ms: i64) -> bool {
        let own = reader.resident == Some(self.owner);
        let Some(hung) = self.hung else {
            return own && self.is_younger_than(LOOSE_MS, now_ms);
        };
        if hung.withheld || hung.expires_at_ms.is_some_and(|end_ms| end_ms <= now_ms) {
            return false;
        }
        let standing = reader
            .standings
            .iter()
            .find(|standing| standing.neighbourhood == hung.neighbourhood);
        if hung.shown {
            let open = hung.public_until_ms.is_some_and(|end_ms| now_ms < end_ms);
            open || standing.is_some()
        } else {
            own || standing.is_some_and(|standing| standing.moderator)
        }
    }

    /// Whether a resident may put this picture on a notice: their own, loose and not about to be deleted, or hanging
    /// on that very notice already.
    pub fn is_claimable_by(&self, resident: ResidentId, post: Option<PostId>, now_ms: i64) -> bool {
        self.owner == resident
            && match self.hung {
                None => self.is_younger_than(CLAIMABLE_MS, now_ms),
                Some(hung) => Some(hung.post) == post && !hung.withheld,
            }
    }

    const fn is_younger_than(&self, age_ms: i64, now_ms: i64) -> bool {
        now_ms.saturating_sub(self.created_at_ms) < age_ms
    }
}

/// When a resident may send another picture, in milliseconds since 1970; `None`: now. `loose_ms` says when their loose
/// pictures were sent, oldest first.
pub fn room_again_ms(loose_ms: &[i64]) -> Option<i64> {
    let in_the_way = loose_ms.len().checked_sub(LOOSE_AT_MOST)?;
    loose_ms.get(in_the_way).map(|sent_ms| sent_ms + LOOSE_MS)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const END_MS: i64 = 1_000;

    fn resident(n: u8) -> ResidentId {
        ResidentId::from_random([n; 16])
    }
    fn neighbourhood(n: u8) -> NeighbourhoodId {
        NeighbourhoodId::from_random([n; 16])
    }
    fn standing(of: u8, in_: u8, moderator: bool) -> Standing {
        Standing {
            resident: resident(of),
            neighbourhood: neighbourhood(in_),
            pseudonym: String::new(),
            home: geo::Place::Whole,
            map_version: 1,
            founder: false,
            moderator,
            newcomer_until_ms: 0,
            suspended_until_ms: None,
            issued_at_ms: 0,
            reserve: false,
        }
    }
    fn kept(hung: Option<bool>) -> Kept {
        Kept {
            id: MediaId::from_random([9; 16]),
            owner: resident(1),
            created_at_ms: 0,
            hung: hung.map(|shown| Hung {
                neighbourhood: neighbourhood(1),
                post: PostId::from_random([5; 16]),
                shown,
                withheld: false,
                expires_at_ms: shown.then_some(END_MS),
                public_until_ms: None,
            }),
        }
    }

    #[test]
    fn every_kind_of_reader_sees_what_they_may_and_nothing_else() {
        let readers = [
            ("its owner", 1, vec![standing(1, 1, false)]),
            ("its owner, who left", 1, vec![]),
            ("a neighbour", 2, vec![standing(2, 1, false)]),
            ("a moderator there", 3, vec![standing(3, 1, true)]),
            ("a moderator elsewhere", 4, vec![standing(4, 2, true)]),
            ("a stranger", 5, vec![]),
        ];
        let may = [
            (None, [true, true, false, false, false, false]),
            (Some(true), [true, false, true, true, false, false]),
            (Some(false), [true, true, false, true, false, false]),
        ];
        for (hung, expected) in may {
            for ((who, n, standings), expected) in readers.iter().zip(expected) {
                let reader = Reader {
                    resident: Some(resident(*n)),
                    standings,
                };
                assert_eq!(
                    kept(hung).is_readable_by(reader, 1),
                    expected,
                    "{who}, {hung:?}"
                );
            }
        }
    }

    #[test]
    fn what_moderators_took_out_is_seen_by_nobody_and_put_up_by_nobody() {
        let mut picture = kept(Some(false));
        let there = Some(PostId::from_random([5; 16]));
        let everywhere = [standing(1, 1, true)];
        let owner = Reader {
            resident: Some(resident(1)),
            standings: &everywhere,
        };
        assert!(picture.is_readable_by(owner, 1));
        assert!(picture.is_claimable_by(resident(1), there, 1));
        if let Some(hung) = &mut picture.hung {
            hung.withheld = true;
        }
        assert!(!picture.is_readable_by(owner, 1));
        assert!(!picture.is_claimable_by(resident(1), there, 1));
    }

    #[test]
    fn once_the_time_of_its_notice_is_over_nobody_sees_it() {
        let standings = [standing(1, 1, true)];
        let reader = Reader {
            resident: Some(resident(1)),
            standings: &standings,
        };
        assert!(kept(Some(true)).is_readable_by(reader, END_MS - 1));
        assert!(!kept(Some(true)).is_readable_by(reader, END_MS));
        assert!(kept(Some(false)).is_readable_by(reader, END_MS));
    }

    proptest! {
        #[test]
        fn who_is_signed_out_sees_what_is_for_everybody_and_only_as_long(
            hung: Option<bool>,
            public_until_ms in prop::option::of(0..2 * END_MS),
            now_ms in 0..2 * END_MS,
        ) {
            let mut picture = kept(hung);
            if let Some(hung) = &mut picture.hung {
                hung.public_until_ms = public_until_ms;
            }
            let reader = Reader { resident: None, standings: &[] };
            let open = public_until_ms.is_some_and(|end_ms| now_ms < end_ms);
            let expected = hung == Some(true) && open && now_ms < END_MS;
            prop_assert_eq!(picture.is_readable_by(reader, now_ms), expected);
        }

        #[test]
        fn a_loose_picture_ends_for_its_owner_too(age_ms in 0..2 * LOOSE_MS) {
            let reader = Reader { resident: Some(resident(1)), standings: &[] };
            prop_assert_eq!(kept(None).is_readable_by(reader, age_ms), age_ms < LOOSE_MS);
            prop_assert_eq!(kept(None).is_claimable_by(resident(1), None, age_ms), age_ms < CLAIMABLE_MS);
        }

        #[test]
        fn nobody_claims_what_is_not_theirs(n in 2..=u8::MAX, hung: Option<bool>, age_ms in 0..2 * LOOSE_MS) {
            let there = Some(PostId::from_random([5; 16]));
            prop_assert!(!kept(hung).is_claimable_by(resident(n), there, age_ms));
        }
    }

    #[test]
    fn there_is_room_again_once_fewer_than_the_most_are_left() {
        let sent: Vec<i64> = (0..40).collect();
        assert_eq!(room_again_ms(&sent[..29]), None);
        assert_eq!(room_again_ms(&sent[..30]), Some(LOOSE_MS));
        assert_eq!(room_again_ms(&sent[..32]), Some(2 + LOOSE_MS));
    }

    #[test]
    fn a_hanging_picture_is_claimed_for_its_own_notice_only() {
        for shown in [true, false] {
            let kept = kept(Some(shown));
            let claimable = |post| kept.is_claimable_by(resident(1), post, 9 * LOOSE_MS);
            assert!(claimable(Some(PostId::from_random([5; 16]))));
            assert!(!claimable(Some(PostId::from_random([6; 16]))));
            assert!(!claimable(None));
        }
    }
}
