//! What is shown of posts that were read lately.

use std::sync::Arc;

use contract::NeighbourhoodId;
use contract::posts::Post;
use moka::sync::Cache;
use prost::Message;

/// How much they take together, in bytes.
const BYTES_AT_MOST: u64 = 64 * 1024 * 1024;
/// What a post takes beside its texts, in bytes.
const BESIDE: usize = 512;

/// By neighbourhood and change: a post that changed is another entry, so that what is read a moment late never stands for
/// what came after it.
#[derive(Debug)]
pub(crate) struct Bodies {
    kept: Cache<(NeighbourhoodId, i64), Arc<Post>>,
}

impl Bodies {
    pub(super) fn new() -> Self {
        let kept = Cache::builder()
            .weigher(|_, post: &Arc<Post>| {
                u32::try_from(post.encoded_len() + BESIDE).unwrap_or(u32::MAX)
            })
            .max_capacity(BYTES_AT_MOST);
        Self { kept: kept.build() }
    }

    /// What a change made of a post.
    pub(crate) fn get(&self, neighbourhood: NeighbourhoodId, seq: i64) -> Option<Arc<Post>> {
        self.kept.get(&(neighbourhood, seq))
    }

    /// Keeps it. While the board that names it is looked at: else it may be past already, and would stay.
    pub(crate) fn keep(&self, neighbourhood: NeighbourhoodId, seq: i64, post: Arc<Post>) {
        self.kept.insert((neighbourhood, seq), post);
    }

    /// It is past.
    pub(super) fn forget(&self, neighbourhood: NeighbourhoodId, seq: i64) {
        self.kept.invalidate(&(neighbourhood, seq));
    }
}
