//! Answers that are the same for every member of a neighbourhood: made once, kept as bytes, and given as long as the board
//! stands where it stood.
//!
//! Which these are nobody has to declare: an answer is kept where, while it was made, nothing looked at who asks
//! ([`Visit::is_personal`]) and it rests on one board at one moment ([`Visit::ground`]).

mod heads;

use async_graphql::{Name, Value};
use axum::body::Bytes;
use contract::Locale;
use moka::sync::Cache;
use sha2::{Digest, Sha256};

use crate::admit::DocumentId;
use crate::visit::{Ground, Visit};
use heads::Heads;

/// How much they take together, in bytes.
const BYTES_AT_MOST: u64 = 32 * 1024 * 1024;
/// What one takes beside its bytes.
const BESIDE: usize = 256;

/// What an answer depends on beside the board: the document and the operation in it, the variables, the language.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Key([u8; 32]);

impl Key {
    /// Equal for equal questions; variables are in the order of their names.
    pub(crate) fn of<'a>(
        document: DocumentId,
        operation: Option<&str>,
        locale: Locale,
        variables: impl Iterator<Item = (&'a Name, &'a Value)>,
    ) -> Option<Self> {
        let variables: Vec<_> = variables.collect();
        let rest = serde_json::to_vec(&(operation, locale.tag(), variables)).ok()?;
        let mut hash = Sha256::new();
        hash.update(document);
        hash.update(rest);
        Some(Self(hash.finalize().into()))
    }
}

#[derive(Clone)]
struct Kept {
    ground: Ground,
    answer: Bytes,
}

/// The answers kept.
pub(crate) struct Alike {
    kept: Cache<Key, Kept>,
    heads: Heads,
}

impl Alike {
    pub(crate) fn new() -> Self {
        let kept = Cache::builder()
            .weigher(|_, kept: &Kept| u32::try_from(kept.answer.len() + BESIDE).unwrap_or(u32::MAX))
            .max_capacity(BYTES_AT_MOST);
        Self {
            kept: kept.build(),
            heads: Heads::new(),
        }
    }

    /// The answer, where one is kept that is still right and the caller's to see.
    pub(crate) async fn get(&self, key: &Key, visit: &Visit) -> Option<Bytes> {
        let Kept { ground, answer } = self.kept.get(key)?;
        let now_ms = visit.edge.clock.now_ms();
        if !visit.reads_as_any_member(ground.neighbourhood) || now_ms >= ground.until_ms {
            return None;
        }
        let head = self.heads.of(ground.neighbourhood, &visit.edge).await?;
        (head == ground.seq).then_some(answer)
    }

    /// Keeps an answer that was just made, where it is everybody's.
    pub(crate) fn keep(&self, key: Key, visit: &Visit, answer: &Bytes) {
        let Some(ground) = visit.ground() else {
            return;
        };
        if visit.reads_as_any_member(ground.neighbourhood) {
            let answer = answer.clone();
            self.kept.insert(key, Kept { ground, answer });
        }
    }
}
