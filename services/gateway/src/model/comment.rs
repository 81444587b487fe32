//! What neighbours answer.

use async_graphql::{Context, ID, Object};
use contract::{CommentId, Fault, posts};

use super::choice::Signature;
use super::id::Opaque;
use super::post::signed_by;
use super::scalar::DateTime;
use crate::visit::visit;

/// An answer below a notice.
pub(crate) struct Comment {
    id: CommentId,
    wire: posts::Comment,
}

impl Comment {
    /// As posts tells it.
    ///
    /// # Errors
    /// `INTERNAL` when it is not readable.
    pub(crate) fn read(wire: posts::Comment) -> Result<Self, Fault> {
        let id = CommentId::from_bytes(&wire.id).map_err(|_| Fault::internal())?;
        Ok(Self { id, wire })
    }
}

/// An answer below a notice.
#[Object]
impl Comment {
    /// Opaque.
    async fn id(&self) -> ID {
        self.id.opaque()
    }

    /// Its text.
    async fn body(&self) -> &str {
        &self.wire.body
    }

    /// The author's pseudonym, or "a neighbour" in the caller's language.
    async fn signed_by(&self, ctx: &Context<'_>) -> String {
        signed_by(&self.wire.signed_by, visit(ctx).locale())
    }

    /// How it is signed.
    async fn signature(&self) -> Signature {
        Signature::read(&self.wire.signed_by)
    }

    /// When it was written, rounded.
    async fn published_at(&self) -> DateTime {
        DateTime(self.wire.published_at_ms)
    }

    /// Whether moderators took it down; only its author still reads it then.
    async fn removed(&self) -> bool {
        self.wire.removed
    }

    /// Whether the caller wrote it.
    async fn mine(&self) -> bool {
        self.wire.mine
    }

    /// Whether the author of the notice wrote it.
    async fn by_author(&self) -> bool {
        self.wire.by_author
    }
}
