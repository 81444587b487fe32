//! What readers are told of a notice that changed, or went, after they had seen it.

use async_graphql::{ID, SimpleObject};
use contract::posts::correction;
use contract::{Fault, PostId, posts};

use super::choice::{Category, mirrored};
use super::id::Opaque;
use super::scalar::DateTime;

mirrored! {
    /// A part of a notice.
    CorrectedPart is correction::Part {
        /// Its title.
        Title,
        /// Its text.
        Text,
        /// When and where an event is.
        TimeAndPlace,
        /// Its pictures.
        Pictures,
        /// What the form about a person said.
        Form,
    }
}

/// What changed in a notice on a day, after neighbours had seen it.
#[derive(SimpleObject)]
pub(crate) struct Correction {
    /// On which day.
    day: DateTime,
    /// Which parts; never empty.
    parts: Vec<CorrectedPart>,
}

impl Correction {
    /// As posts tells it.
    pub(crate) fn read(wire: &posts::Correction) -> Self {
        Self {
            day: DateTime(wire.day_ms),
            parts: wire.parts().filter_map(CorrectedPart::read).collect(),
        }
    }
}

/// A notice that moderators took down after members could read it. Without a word of it: who read it knows its id.
#[derive(SimpleObject)]
pub(crate) struct TakenDown {
    /// Which.
    id: ID,
    /// What it was about.
    category: Option<Category>,
    /// On which day it was taken down.
    day: DateTime,
}

impl TakenDown {
    /// As posts tells it.
    ///
    /// # Errors
    /// `INTERNAL` when it is not readable.
    pub(crate) fn read(wire: &posts::TakenDown) -> Result<Self, Fault> {
        let post = PostId::from_bytes(&wire.post).map_err(|_| Fault::internal())?;
        Ok(Self {
            id: post.opaque(),
            category: Category::read(wire.category()),
            day: DateTime(wire.day_ms),
        })
    }
}
