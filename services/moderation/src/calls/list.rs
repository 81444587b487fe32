//! Lists whose cursors are good for themselves only.

use runtime::{CursorUnknown, Cursors};
use sea_orm::prelude::Uuid;

use crate::Moderation;

/// One list: in it a time or a day, and an id, say where one stands.
pub(super) struct List(Cursors);

impl List {
    /// A list of this name, of a neighbourhood or of a resident, as asked for.
    pub(super) fn new(moderation: &Moderation, name: &str, of: Uuid, asked: i32) -> Self {
        let bound = [b"moderation ", name.as_bytes(), &asked.to_be_bytes()].concat();
        Self(Cursors::new(&moderation.cursors, of.as_bytes(), bound))
    }

    /// The cursor of a position.
    pub(super) fn seal(&self, at: i64, id: Uuid) -> String {
        self.0.seal(at, id.into_bytes())
    }

    /// The position of a cursor; none where there is no cursor.
    pub(super) fn after(&self, text: &str) -> Result<Option<(i64, Uuid)>, CursorUnknown> {
        let after = self.0.after(text)?;
        Ok(after.map(|(at, id)| (at, Uuid::from_bytes(id))))
    }
}
