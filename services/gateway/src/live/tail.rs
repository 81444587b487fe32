//! One look at what changed serves all who follow the same: a tail for each question that anybody follows.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::time::Duration;

use bus::Topic;
use contract::{Fault, FaultKind, NeighbourhoodId, feeds};
use runtime::telemetry::{self, Attribute, Cause, Step, mark};
use tokio::sync::broadcast;
use tracing::Instrument;

use super::telling::Telling;
use crate::edge::Edge;
use crate::model::feed::Filter;
use crate::visit::Visit;

/// How often a tail looks where no signal came: signals may be lost.
const LOOK_EVERY: Duration = Duration::from_secs(1);
/// How many changes are asked for at once.
pub(super) const CHANGES_AT_ONCE: u32 = 200;
/// How many looks a follower may be behind before it has to look for itself.
const LOOKS_KEPT: usize = 64;

/// What is followed. A cursor is good for one of these only.
pub(crate) type Question = (NeighbourhoodId, Filter);

/// What one look found: what comes between two cursors.
#[derive(Debug)]
pub(super) struct Found {
    /// Empty where the tail begins: before that it knows nothing.
    pub from: String,
    pub changes: Vec<Arc<Telling>>,
    pub to: String,
    /// What whoever is told of it follows from, where that is traced.
    pub cause: Option<Cause>,
}

/// Those who follow one question.
pub(super) struct Tail {
    found: broadcast::Sender<Arc<Found>>,
    followers: Mutex<Vec<Weak<Visit>>>,
}

impl Tail {
    /// From now on this one follows too.
    pub(super) fn follow(&self, visit: &Arc<Visit>) -> broadcast::Receiver<Arc<Found>> {
        let mut followers = self
            .followers
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        followers.retain(|follower| follower.strong_count() > 0);
        // The first look waits for a follower, so that everyone hears of where the tail begins.
        let heard = self.found.subscribe();
        followers.push(Arc::downgrade(visit));
        heard
    }

    fn followers(&self) -> Vec<Arc<Visit>> {
        let followers = self
            .followers
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        followers.iter().filter_map(Weak::upgrade).collect()
    }
}

/// The tails of a process.
#[derive(Default)]
pub(crate) struct Tails {
    open: Mutex<HashMap<Question, Weak<Tail>>>,
}

impl Tails {
    /// The tail of a question; begins when somebody follows it and ends when nobody does.
    pub(super) fn of(&self, question: &Question, edge: &Arc<Edge>) -> Arc<Tail> {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(tail) = open.get(question).and_then(Weak::upgrade) {
            return tail;
        }
        open.retain(|_, tail| tail.strong_count() > 0);
        let tail = Arc::new(Tail {
            found: broadcast::Sender::new(LOOKS_KEPT),
            followers: Mutex::default(),
        });
        open.insert(question.clone(), Arc::downgrade(&tail));
        edge.tasks.start(look_on(
            edge.clone(),
            question.clone(),
            Arc::downgrade(&tail),
        ));
        tail
    }
}

async fn look_on(edge: Arc<Edge>, question: Question, tail: Weak<Tail>) {
    let mut signals = edge.bus.listen(Topic::Feed(question.0));
    let mut stopping = std::pin::pin!(edge.tasks.stopping());
    let (mut cursor, mut cause) = (String::new(), None);
    while let Some(tail) = tail.upgrade() {
        let step = Step::Look.caused(cause.take());
        mark(&step, Attribute::Role("gateway"));
        look(&question, &tail, &mut cursor).instrument(step).await;
        drop(tail);
        tokio::select! {
            () = signals.next() => cause = signals.cause(),
            () = edge.clock.wait(LOOK_EVERY) => {}
            () = &mut stopping => return,
        }
    }
}

/// Looks until there is nothing more. It looks as any one of those who follow: feeds tells members only, and the edge
/// has no right of its own.
async fn look(question: &Question, tail: &Tail, cursor: &mut String) {
    for follower in tail.followers() {
        if follower.renew().await.is_err() || follower.member_of(question.0).is_err() {
            continue;
        }
        loop {
            let reply = match ask(question, &follower, cursor.clone()).await {
                Ok(reply) => reply,
                Err(fault) if fault.kind == FaultKind::Invalid => {
                    // The key of the cursor is gone: begin anew, followers see that it does not fit theirs.
                    cursor.clear();
                    return;
                }
                Err(_) => break,
            };
            let from = std::mem::replace(cursor, reply.cursor.clone());
            // Where a tail begins is told too: a follower may have looked a moment earlier, and stand before it.
            if from != reply.cursor {
                // Nobody listening is nobody to tell.
                let _ = tail.found.send(Arc::new(Found {
                    from,
                    changes: reply.changes.into_iter().map(Telling::of).collect(),
                    to: reply.cursor,
                    cause: telemetry::cause(),
                }));
            }
            if !reply.has_next {
                return;
            }
        }
    }
}

/// What changed after a cursor, as one of the followers may see it; an empty cursor stands for now.
pub(super) async fn ask(
    question: &Question,
    visit: &Visit,
    after: String,
) -> Result<feeds::ChangesReply, Fault> {
    let (neighbourhood, filter) = question;
    let request = feeds::ChangesRequest {
        neighbourhood: neighbourhood.to_bytes(),
        places: filter.places.clone(),
        categories: filter.categories.clone(),
        after,
        first: CHANGES_AT_ONCE,
    };
    let mut client = visit.edge.feeds.clone();
    let reply = client.changes(visit.caller().request(request)).await?;
    Ok(reply.into_inner())
}
