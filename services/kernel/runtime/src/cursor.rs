//! Where a reader stands in a list, sealed: it tells them nothing, and is good for that list only.

use crate::{Sealed, Sealer};

/// The most characters that are looked at; what is given out is shorter.
const CHARACTERS_AT_MOST: usize = 256;

/// A text that was not given out for this list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a cursor of this list")]
pub struct CursorUnknown;

/// Seals and opens the cursors of one list: in it a number, such as a time or a day, and what tells those of the same
/// number apart say where somebody stands. Equal positions look alike, so that equal pages are equal bytes.
#[derive(Clone, Debug)]
pub struct Cursors {
    sealer: Sealer,
    list: Vec<u8>,
}

impl Cursors {
    /// Those of one `list`, under keys derived for whom or what it is `of`, such as a neighbourhood.
    pub fn new(sealer: &Sealer, of: &[u8], list: Vec<u8>) -> Self {
        Self {
            sealer: sealer.derive(of),
            list,
        }
    }

    /// The cursor of a position.
    pub fn seal<const N: usize>(&self, at: i64, of: [u8; N]) -> String {
        let position = [&at.to_be_bytes()[..], &of].concat();
        let sealed = self.sealer.seal_deterministic(&position, &self.list);
        sealed.to_text()
    }

    /// The position that a cursor stands for.
    ///
    /// # Errors
    /// [`CursorUnknown`] when it is of another list, altered, or of a key that is gone.
    pub fn open<const N: usize>(&self, text: &str) -> Result<(i64, [u8; N]), CursorUnknown> {
        self.opened(text)
            .as_deref()
            .and_then(<[u8]>::split_first_chunk)
            .and_then(|(at, of)| Some((i64::from_be_bytes(*at), of.try_into().ok()?)))
            .ok_or(CursorUnknown)
    }

    /// The same; none where a list is read from its beginning, with an empty text.
    ///
    /// # Errors
    /// As for [`Cursors::open`].
    pub fn after<const N: usize>(
        &self,
        text: &str,
    ) -> Result<Option<(i64, [u8; N])>, CursorUnknown> {
        if text.is_empty() {
            return Ok(None);
        }
        self.open(text).map(Some)
    }

    fn opened(&self, text: &str) -> Option<Vec<u8>> {
        if text.len() > CHARACTERS_AT_MOST {
            return None;
        }
        let sealed = Sealed::from_text(text)?;
        self.sealer.open(&sealed.key_id, &sealed.bytes, &self.list)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::KeyRing;

    const TOP: (i64, [u8; 16]) = (i64::MAX, [0xff; 16]);

    fn under(keys: &[(&str, [u8; 32])], of: &[u8], list: &[u8]) -> Cursors {
        let sealer = Sealer::new(KeyRing::of(keys.iter().copied()));
        Cursors::new(&sealer, of, list.to_vec())
    }

    fn cursors() -> Cursors {
        under(&[("0001", [1; 32])], b"here", b"list")
    }

    fn top() -> String {
        cursors().seal(TOP.0, TOP.1)
    }

    proptest! {
        #[test]
        fn a_cursor_opens_to_what_was_sealed(at: i64, id: [u8; 16], seq: [u8; 8]) {
            prop_assert_eq!(cursors().open(&cursors().seal(at, id)), Ok((at, id)));
            prop_assert_eq!(cursors().open(&cursors().seal(at, seq)), Ok((at, seq)));
        }

        #[test]
        fn no_text_is_a_cursor_by_accident(text: String) {
            prop_assert_eq!(cursors().open::<16>(&text), Err(CursorUnknown));
        }

        #[test]
        fn an_altered_cursor_is_none(index: prop::sample::Index, other in "[A-Za-z0-9_-]") {
            let cursor = top();
            let at = index.index(cursor.len());
            let altered = format!("{}{other}{}", &cursor[..at], &cursor[at + 1..]);
            prop_assume!(altered != cursor);
            prop_assert_eq!(cursors().open::<16>(&altered), Err(CursorUnknown));
        }
    }

    #[test]
    fn a_cursor_is_good_for_one_list() {
        let key = [("0001", [1; 32])];
        for other in [
            under(&key, b"elsewhere", b"list"),
            under(&key, b"here", b"other list"),
        ] {
            assert_eq!(other.open::<16>(&top()), Err(CursorUnknown));
        }
        assert_eq!(cursors().open::<8>(&top()), Err(CursorUnknown));
        assert_eq!(cursors().after(&top()), Ok(Some(TOP)));
        assert_eq!(cursors().after::<16>(""), Ok(None));
        assert_eq!(cursors().open::<16>(""), Err(CursorUnknown));
    }

    #[test]
    fn a_cursor_outlives_the_next_key_and_not_the_loss_of_its_own() {
        let (old, new) = (("0001", [1; 32]), ("0002", [2; 32]));
        let both = under(&[old, new], b"here", b"list");
        assert_eq!(both.open(&top()), Ok(TOP));
        assert_ne!(both.seal(TOP.0, TOP.1), top());
        let later = under(&[new], b"here", b"list");
        assert_eq!(later.open::<16>(&top()), Err(CursorUnknown));
    }

    #[test]
    fn what_is_too_long_is_not_looked_at() {
        let long = "A".repeat(CHARACTERS_AT_MOST + 1);
        assert_eq!(cursors().open::<16>(&long), Err(CursorUnknown));
        assert!(top().len() <= CHARACTERS_AT_MOST);
    }
}
