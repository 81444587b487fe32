//! Where a reader stands, sealed: it tells the reader nothing, and is good for one question of one neighbourhood only.

use contract::NeighbourhoodId;
use runtime::{CursorUnknown, Sealer};
use uuid::Uuid;

use crate::domain::{Asked, Key, Position};

/// Seals and opens the cursors of one question about one neighbourhood.
#[derive(Debug)]
pub struct Cursors {
    page: runtime::Cursors,
    changes: runtime::Cursors,
}

impl Cursors {
    /// Those for what is `asked` in a neighbourhood, under keys derived for it alone.
    pub fn new(sealer: &Sealer, neighbourhood: NeighbourhoodId, asked: &Asked) -> Self {
        let of = neighbourhood.uuid();
        let list = |kind: &[u8]| {
            let list = [kind, &asked.bytes()].concat();
            runtime::Cursors::new(sealer, of.as_bytes(), list)
        };
        Self {
            page: list(b"page"),
            changes: list(b"changes"),
        }
    }

    /// The cursor of a post on a page.
    pub fn seal_page(&self, key: Key) -> String {
        self.page.seal(key.published_at_ms, key.post.into_bytes())
    }

    /// After which post a page begins; an empty text stands for the beginning.
    ///
    /// # Errors
    /// [`CursorUnknown`] when it is of another question, another neighbourhood, altered, or of a key that is gone.
    pub fn page_after(&self, text: &str) -> Result<Key, CursorUnknown> {
        let after = self.page.after(text)?;
        Ok(after.map_or(Key::TOP, |(published_at_ms, post)| Key {
            published_at_ms,
            post: Uuid::from_bytes(post),
        }))
    }

    /// The cursor of a position among the changes.
    pub fn seal_changes(&self, position: Position) -> String {
        self.changes
            .seal(position.known, position.seq.to_be_bytes())
    }

    /// The position that a cursor of the changes stands for.
    ///
    /// # Errors
    /// [`CursorUnknown`] as for [`Cursors::page_after`].
    pub fn open_changes(&self, text: &str) -> Result<Position, CursorUnknown> {
        let (known, seq) = self.changes.open(text)?;
        Ok(Position {
            known,
            seq: i64::from_be_bytes(seq),
        })
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
            prop_assert_eq!(cursors().page_after(&cursors().seal_page(key)), Ok(key));
            let position = Position { known, seq };
            prop_assert_eq!(cursors().open_changes(&cursors().seal_changes(position)), Ok(position));
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
            assert_eq!(other.page_after(&cursor), Err(CursorUnknown));
        }
        assert_eq!(cursors().open_changes(&cursor), Err(CursorUnknown));
        let changes = cursors().seal_changes(Position::at(3));
        assert_eq!(cursors().page_after(&changes), Err(CursorUnknown));
        assert_eq!(cursors().page_after(""), Ok(Key::TOP));
    }
}
