//! Where a reader stands, sealed: it tells the reader nothing, and is good for one question of one neighbourhood only.

use contract::NeighbourhoodId;
use runtime::{Sealed, Sealer};
use uuid::Uuid;

use crate::domain::{Asked, Key, Position};

/// The most characters that are looked at; what feeds gives out is shorter.
const CHARACTERS_AT_MOST: usize = 256;

/// A text that feeds did not give out for this question.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a cursor of this feed")]
pub struct CursorUnknown;

/// Seals and opens the cursors of one question about one neighbourhood. Equal positions look alike, so that equal
/// pages are equal bytes.
#[derive(Debug)]
pub struct Cursors {
    sealer: Sealer,
    page: Vec<u8>,
    changes: Vec<u8>,
}

impl Cursors {
    /// Those for what is `asked` in a neighbourhood, under keys derived for it alone.
    pub fn new(sealer: &Sealer, neighbourhood: NeighbourhoodId, asked: &Asked) -> Self {
        let bound = |kind: &[u8]| [kind, &asked.bytes()].concat();
        Self {
            sealer: sealer.derive(neighbourhood.uuid().as_bytes()),
            page: bound(b"page"),
            changes: bound(b"changes"),
        }
    }

    /// The cursor of a post on a page.
    pub fn seal_page(&self, key: Key) -> String {
        let time = key.published_at_ms.to_be_bytes();
        self.seal(&[&time[..], key.post.as_bytes()].concat(), &self.page)
    }

    /// The post that a cursor of a page stands for.
    ///
    /// # Errors
    /// [`CursorUnknown`] when it is of another question, another neighbourhood, altered, or of a key that is gone.
    pub fn open_page(&self, text: &str) -> Result<Key, CursorUnknown> {
        let (time, post) = self.open(text, &self.page)?;
        Ok(Key {
            published_at_ms: i64::from_be_bytes(time),
            post: Uuid::from_bytes(post),
        })
    }

    /// After which post a page begins; an empty text stands for the beginning.
    ///
    /// # Errors
    /// As for [`Cursors::open_page`].
    pub fn page_after(&self, text: &str) -> Result<Key, CursorUnknown> {
        if text.is_empty() {
            return Ok(Key::TOP);
        }
        self.open_page(text)
    }

    /// The cursor of a position among the changes.
    pub fn seal_changes(&self, position: Position) -> String {
        let (known, seq) = (position.known.to_be_bytes(), position.seq.to_be_bytes());
        self.seal(&[known, seq].concat(), &self.changes)
    }

    /// The position that a cursor of the changes stands for.
    ///
    /// # Errors
    /// [`CursorUnknown`] as for [`Cursors::open_page`].
    pub fn open_changes(&self, text: &str) -> Result<Position, CursorUnknown> {
        let (known, seq) = self.open(text, &self.changes)?;
        Ok(Position {
            known: i64::from_be_bytes(known),
            seq: i64::from_be_bytes(seq),
        })
    }

    fn seal(&self, value: &[u8], bound: &[u8]) -> String {
        self.sealer.seal_deterministic(value, bound).to_text()
    }

    fn open<const M: usize, const N: usize>(
        &self,
        text: &str,
        bound: &[u8],
    ) -> Result<([u8; M], [u8; N]), CursorUnknown> {
        self.opened(text, bound)
            .and_then(|value| {
                let (first, second) = value.split_first_chunk()?;
                Some((*first, second.try_into().ok()?))
            })
            .ok_or(CursorUnknown)
    }

    fn opened(&self, text: &str, bound: &[u8]) -> Option<Vec<u8>> {
        if text.len() > CHARACTERS_AT_MOST {
            return None;
        }
        let sealed = Sealed::from_text(text)?;
        self.sealer.open(&sealed.key_id, &sealed.bytes, bound)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use runtime::KeyRing;

    use super::*;

    fn here() -> NeighbourhoodId {
        NeighbourhoodId::from_random([1; 16])
    }

    fn question(category: i32) -> Asked {
        Asked::read(&[], &[category]).unwrap()
    }

    fn cursors() -> Cursors {
        let sealer = Sealer::new(KeyRing::of([("0001", [1; 32])]));
        Cursors::new(&sealer, here(), &question(1))
    }

    proptest! {
        #[test]
        fn a_cursor_opens_to_what_was_sealed(published_at_ms: i64, post: u128, known: i64, seq: i64) {
            let key = Key { published_at_ms, post: Uuid::from_u128(post) };
            prop_assert_eq!(cursors().open_page(&cursors().seal_page(key)), Ok(key));
            let position = Position { known, seq };
            prop_assert_eq!(cursors().open_changes(&cursors().seal_changes(position)), Ok(position));
        }

        #[test]
        fn no_text_is_a_cursor_by_accident(text: String) {
            prop_assert_eq!(cursors().open_page(&text), Err(CursorUnknown));
        }

        #[test]
        fn an_altered_cursor_is_none(index: prop::sample::Index, other in "[A-Za-z0-9_-]") {
            let cursor = cursors().seal_page(Key::TOP);
            let at = index.index(cursor.len());
            let altered = format!("{}{other}{}", &cursor[..at], &cursor[at + 1..]);
            prop_assume!(altered != cursor);
            prop_assert_eq!(cursors().open_page(&altered), Err(CursorUnknown));
        }
    }

    #[test]
    fn a_cursor_is_good_for_one_question_of_one_neighbourhood() {
        let sealer = Sealer::new(KeyRing::of([("0001", [1; 32])]));
        let cursor = cursors().seal_page(Key::TOP);
        let elsewhere = NeighbourhoodId::from_random([2; 16]);
        let others = [
            Cursors::new(&sealer, here(), &question(2)),
            Cursors::new(&sealer, elsewhere, &question(1)),
        ];
        for other in others {
            assert_eq!(other.open_page(&cursor), Err(CursorUnknown));
        }
        assert_eq!(cursors().open_changes(&cursor), Err(CursorUnknown));
        let changes = cursors().seal_changes(Position::at(3));
        assert_eq!(cursors().open_page(&changes), Err(CursorUnknown));
    }

    #[test]
    fn a_cursor_outlives_the_next_key_and_not_the_loss_of_its_own() {
        let cursor = cursors().seal_page(Key::TOP);
        let both = Sealer::new(KeyRing::of([("0001", [1; 32]), ("0002", [2; 32])]));
        let both = Cursors::new(&both, here(), &question(1));
        assert_eq!(both.open_page(&cursor), Ok(Key::TOP));
        assert_ne!(both.seal_page(Key::TOP), cursor);
        let later = Sealer::new(KeyRing::of([("0002", [2; 32])]));
        let later = Cursors::new(&later, here(), &question(1));
        assert_eq!(later.open_page(&cursor), Err(CursorUnknown));
    }

    #[test]
    fn what_is_too_long_is_not_looked_at() {
        assert_eq!(cursors().open_page(&"A".repeat(257)), Err(CursorUnknown));
        assert!(cursors().seal_page(Key::TOP).len() <= CHARACTERS_AT_MOST);
    }
}
