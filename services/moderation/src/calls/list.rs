//! Lists in pages, whose cursors are good for themselves only.

use contract::Fault;
use runtime::{Sealed, Sealer};
use sea_orm::prelude::Uuid;

use crate::{Moderation, ModerationFault};

/// Most of anything in one answer.
const PAGE_AT_MOST: u32 = 50;

/// A page size within bounds.
pub(super) fn page(first: u32) -> Result<usize, ModerationFault> {
    if (1..=PAGE_AT_MOST).contains(&first) {
        Ok(first as usize)
    } else {
        let fault = Fault::invalid("FIRST_OUT_OF_RANGE", "Ask for 1 to 50 at a time.");
        Err(fault.at("first").into())
    }
}

/// One list: in it a time or a day, and an id, say where one stands.
pub(super) struct List {
    sealer: Sealer,
    bound: Vec<u8>,
}

impl List {
    /// A list of this name, of a neighbourhood or of a resident, as asked for.
    pub(super) fn new(moderation: &Moderation, name: &str, of: Uuid, asked: i32) -> Self {
        Self {
            sealer: moderation.cursors.derive(of.as_bytes()),
            bound: [b"moderation ", name.as_bytes(), &asked.to_be_bytes()].concat(),
        }
    }

    /// The cursor of a position.
    pub(super) fn seal(&self, at: i64, id: Uuid) -> String {
        let position = [&at.to_be_bytes()[..], id.as_bytes()].concat();
        let sealed = self.sealer.seal_deterministic(&position, &self.bound);
        sealed.to_text()
    }

    /// The position of a cursor; none where there is no cursor.
    pub(super) fn open(&self, text: &str) -> Result<Option<(i64, Uuid)>, ModerationFault> {
        if text.is_empty() {
            return Ok(None);
        }
        let position = Sealed::from_text(text)
            .and_then(|sealed| self.sealer.open(&sealed.key_id, &sealed.bytes, &self.bound));
        let position = position
            .as_deref()
            .and_then(<[u8]>::split_first_chunk::<8>)
            .and_then(|(at, id)| Some((i64::from_be_bytes(*at), Uuid::from_slice(id).ok()?)));
        match position {
            Some(position) => Ok(Some(position)),
            None => Err(Fault::invalid(
                "CURSOR_UNKNOWN",
                "This cursor is not of this list. Start again without one.",
            )
            .at("after")
            .into()),
        }
    }
}

/// As many rows as were asked for, and whether there are more.
pub(super) fn cut<T>(rows: &mut Vec<T>, first: usize) -> bool {
    let has_next = rows.len() > first;
    rows.truncate(first);
    has_next
}
