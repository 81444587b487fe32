//! What follows for pictures from the news of a notice.

use contract::{MediaId, NeighbourhoodId, PostId, ResidentId};

use super::kept::{Hung, Kept};

/// A picture that a notice refers to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Named {
    /// Which.
    pub id: MediaId,
    /// Whether the notice's readers see it; otherwise it waits for a moderator.
    pub shown: bool,
    /// Moderators took it out, and may have to give it back: nobody sees it.
    pub withheld: bool,
}

/// The news of a notice, as far as it is about pictures.
#[derive(Clone, Debug)]
pub struct Telling {
    /// Where the notice hangs.
    pub neighbourhood: NeighbourhoodId,
    /// Which notice.
    pub post: PostId,
    /// Who wrote it: only their pictures are put there. `None` when the notice is gone.
    pub author: Option<ResidentId>,
    /// When its time is over, in milliseconds since 1970, where the news says so.
    pub expires_at_ms: Option<i64>,
    /// Until when everybody sees it, signed out too, in milliseconds since 1970; none: its neighbourhood only.
    pub public_until_ms: Option<i64>,
    /// Every picture it refers to now.
    pub pictures: Vec<Named>,
}

/// What is to be done.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// These hang there from now on.
    pub hang: Vec<(MediaId, Hung)>,
    /// These go: the notice refers to them no more.
    pub delete: Vec<MediaId>,
}

impl Changes {
    /// The pictures as they are afterwards.
    pub fn applied_to(&self, kept: &[Kept]) -> Vec<Kept> {
        let stay = kept
            .iter()
            .filter(|picture| !self.delete.contains(&picture.id));
        let hung = |id| self.hang.iter().find(|(of, _)| *of == id);
        stay.map(|picture| Kept {
            hung: hung(picture.id).map_or(picture.hung, |(_, hung)| Some(*hung)),
            ..*picture
        })
        .collect()
    }
}

/// Decides over `kept`: the pictures that the news names, where they exist, those that hang on the notice, and any others.
pub fn decide(telling: &Telling, kept: &[Kept]) -> Changes {
    let mut changes = Changes::default();
    for picture in kept {
        let here = picture.hung.is_some_and(|hung| {
            hung.post == telling.post && hung.neighbourhood == telling.neighbourhood
        });
        let named = telling.pictures.iter().find(|named| named.id == picture.id);
        match named {
            Some(named)
                if telling.author == Some(picture.owner) && (here || picture.hung.is_none()) =>
            {
                let hung = Hung {
                    neighbourhood: telling.neighbourhood,
                    post: telling.post,
                    shown: named.shown,
                    withheld: named.withheld,
                    expires_at_ms: telling.expires_at_ms,
                    public_until_ms: telling.public_until_ms.filter(|_| named.shown),
                };
                changes.hang.push((picture.id, hung));
            }
            None if here => changes.delete.push(picture.id),
            _ => {}
        }
    }
    changes
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn id(n: u8) -> MediaId {
        MediaId::from_random([n; 16])
    }
    fn resident(n: u8) -> ResidentId {
        ResidentId::from_random([n; 16])
    }
    fn hung(post: u8, shown: bool) -> Hung {
        Hung {
            neighbourhood: NeighbourhoodId::from_random([1; 16]),
            post: PostId::from_random([post; 16]),
            shown,
            withheld: false,
            expires_at_ms: None,
            public_until_ms: None,
        }
    }

    prop_compose! {
        fn kept()(owners in prop::collection::vec((1..=2_u8, prop::option::of((1..=2_u8, any::<bool>()))), 0..8)) -> Vec<Kept> {
            owners
                .into_iter()
                .zip(0_u8..)
                .map(|((owner, on), n)| Kept {
                    id: id(n),
                    owner: resident(owner),
                    created_at_ms: 0,
                    hung: on.map(|(post, shown)| hung(post, shown)),
                })
                .collect()
        }
    }
    prop_compose! {
        fn telling()(named in prop::collection::vec((0..10_u8, any::<bool>()), 0..5)) -> Telling {
            let at = hung(1, true);
            Telling {
                neighbourhood: at.neighbourhood,
                post: at.post,
                author: Some(resident(1)),
                expires_at_ms: None,
                public_until_ms: Some(9),
                pictures: named.into_iter().map(|(n, shown)| Named { id: id(n), shown, withheld: !shown && n == 9 }).collect(),
            }
        }
    }

    proptest! {
        #[test]
        fn only_the_authors_loose_pictures_and_those_already_there_hang(kept in kept(), telling in telling()) {
            let changes = decide(&telling, &kept);
            for picture in &kept {
                let here = picture.hung.is_some_and(|hung| hung.post == telling.post);
                let named = telling.pictures.iter().any(|named| named.id == picture.id);
                let hangs = changes.hang.iter().any(|(id, _)| *id == picture.id);
                let goes = changes.delete.contains(&picture.id);
                let may = telling.author == Some(picture.owner) && (here || picture.hung.is_none());
                prop_assert_eq!(hangs, named && may);
                let hung = changes.hang.iter().find(|(id, _)| *id == picture.id);
                prop_assert!(hung.is_none_or(|(_, hung)| hung.public_until_ms.is_some() == hung.shown));
                prop_assert_eq!(goes, here && !named, "what the notice dropped goes, nothing else");
            }
        }

        #[test]
        fn the_same_news_twice_is_the_same_once(kept in kept(), telling in telling()) {
            let once = decide(&telling, &kept).applied_to(&kept);
            let twice = decide(&telling, &once).applied_to(&once);
            prop_assert_eq!(once, twice);
        }
    }
}
