//! What changes in a feed while one looks.

use async_graphql::{ID, Interface, SimpleObject};
use contract::feeds::change::What;
use contract::{Fault, PostId, feeds};

use super::id::Opaque;
use super::post::Post;

/// What changed in a feed. Every change has a cursor: come back with the last one, and nothing is missed.
#[derive(Interface)]
#[graphql(field(name = "cursor", ty = "&String", desc = "Where to go on from here."))]
pub(crate) enum FeedChange {
    /// A notice is there that was not.
    PostAppeared(PostAppeared),
    /// A notice is no longer as it was.
    PostChanged(PostChanged),
    /// A notice is no longer there.
    PostGone(PostGone),
    /// Too much was missed.
    FeedReload(FeedReload),
}

/// A notice is there that was not.
#[derive(SimpleObject)]
pub(crate) struct PostAppeared {
    /// Where to go on from here.
    cursor: String,
    /// The notice.
    post: Post,
}

/// A notice is no longer as it was: edited or resolved.
#[derive(SimpleObject)]
pub(crate) struct PostChanged {
    /// Where to go on from here.
    cursor: String,
    /// The notice as it is now.
    post: Post,
}

/// A notice is no longer there: withdrawn, expired or removed. Every copy of it must go.
#[derive(SimpleObject)]
pub(crate) struct PostGone {
    /// Where to go on from here.
    cursor: String,
    /// Which notice.
    id: ID,
}

/// Too much was missed: load the first page again, and go on from its `changesCursor`.
#[derive(SimpleObject)]
pub(crate) struct FeedReload {
    /// Where to go on from here.
    cursor: String,
}

impl FeedChange {
    /// As feeds tells it.
    ///
    /// # Errors
    /// `INTERNAL` when it is not readable.
    pub(crate) fn read(change: feeds::Change) -> Result<Self, Fault> {
        let cursor = change.cursor;
        Ok(match change.what.ok_or_else(Fault::internal)? {
            What::Appeared(post) => {
                let post = Post::shown(post)?;
                Self::PostAppeared(PostAppeared { cursor, post })
            }
            What::Changed(post) => {
                let post = Post::shown(post)?;
                Self::PostChanged(PostChanged { cursor, post })
            }
            What::Gone(id) => {
                let id = PostId::from_bytes(&id).map_err(|_| Fault::internal())?;
                let id = id.opaque();
                Self::PostGone(PostGone { cursor, id })
            }
            What::Reload(_) => Self::FeedReload(FeedReload { cursor }),
        })
    }
}
