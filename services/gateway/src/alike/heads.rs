//! Where the boards stand that answers are kept of: told by signals, and asked once a second, since those may be lost.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use bus::{Freshness, Topic};
use contract::{Caller, NeighbourhoodId, feeds};
use moka::sync::Cache;
use tokio::sync::Mutex;

use crate::edge::Edge;

/// How long what feeds said is good, in milliseconds.
const GOOD_FOR_MS: i64 = 1_000;
/// Of how many boards it is remembered.
const KEPT: u64 = 1_024;

/// Where boards stand.
pub(super) struct Heads {
    known: Cache<NeighbourhoodId, Arc<Head>>,
}

struct Head {
    freshness: Freshness,
    seq: AtomicI64,
    /// Held while feeds is asked: whoever comes meanwhile waits for that answer.
    turn: Mutex<()>,
}

impl Heads {
    pub(super) fn new() -> Self {
        Self {
            known: Cache::new(KEPT),
        }
    }

    /// Where a board stands; none where feeds does not say.
    pub(super) async fn of(&self, neighbourhood: NeighbourhoodId, edge: &Edge) -> Option<i64> {
        let head = self.known.get_with(neighbourhood, || {
            Arc::new(Head {
                freshness: Freshness::on(&edge.bus, Topic::Feed(neighbourhood), GOOD_FOR_MS),
                seq: AtomicI64::default(),
                turn: Mutex::default(),
            })
        });
        if !head.freshness.is_good(edge.clock.now_ms()) {
            let _turn = head.turn.lock().await;
            if !head.freshness.is_good(edge.clock.now_ms()) {
                let look = head.freshness.begin(edge.clock.now_ms());
                let request = feeds::HeadRequest {
                    neighbourhood: neighbourhood.to_bytes(),
                };
                let mut client = edge.feeds.clone();
                let reply = client.head(Caller::Role.request(request)).await.ok()?;
                head.seq.store(reply.into_inner().seq, Ordering::Release);
                head.freshness.done(look);
            }
        }
        Some(head.seq.load(Ordering::Acquire))
    }
}
