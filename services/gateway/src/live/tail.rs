//! One look at what changed serves all who follow the same: a tail for each question that anybody follows.

use std::collections::HashMap;
use std::num::NonZero;
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::thread::available_parallelism;
use std::time::Duration;

use bus::Topic;
use contract::{Fault, FaultKind, NeighbourhoodId, feeds};
use runtime::telemetry::{self, Attribute, Cause, Step, mark};
use tokio::task::JoinSet;
use tracing::Instrument;

use super::line::{ForAll, Line};
use super::missed::Asking;
use super::telling::Telling;
use crate::edge::Edge;
use crate::model::feed::Filter;
use crate::visit::Visit;

/// How often a tail looks where no signal came: signals may be lost.
const LOOK_EVERY: Duration = Duration::from_secs(1);
/// How many changes are asked for at once.
pub(super) const CHANGES_AT_ONCE: u32 = 200;
/// How many are told in one go.
const TOLD_AT_ONCE: usize = 64;
/// How many are worth a task of their own.
const WORTH_A_TASK: usize = 256;
/// After telling, a tail rests about three times as long as that took, a millisecond for so many, or so long: what changes
/// meanwhile is told together. Who tells few hardly rests.
const RESTS_A_MS_FOR: usize = 33;
const REST_AT_MOST: Duration = Duration::from_millis(50);

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
#[derive(Default)]
pub(super) struct Tail {
    lines: Mutex<Lines>,
    /// For those who come back.
    pub(super) asking: Asking,
}

#[derive(Default)]
struct Lines {
    all: Vec<Weak<Line>>,
    /// Those who are gone are looked for when there are so many.
    tidy_at: usize,
}

impl Tail {
    /// From now on this one follows too.
    pub(super) fn follow(&self, line: &Arc<Line>) {
        let mut lines = self.lines.lock().unwrap_or_else(PoisonError::into_inner);
        if lines.all.len() >= lines.tidy_at {
            lines.all.retain(|line| line.strong_count() > 0);
            lines.tidy_at = 2 * lines.all.len().max(8);
        }
        lines.all.push(Arc::downgrade(line));
    }

    fn lines(&self) -> Vec<Arc<Line>> {
        let lines = self.lines.lock().unwrap_or_else(PoisonError::into_inner);
        lines.all.iter().filter_map(Weak::upgrade).collect()
    }

    /// The first who follows still of those from a place on, and the place after theirs.
    fn line_from(&self, place: usize) -> Option<(Arc<Line>, usize)> {
        let lines = self.lines.lock().unwrap_or_else(PoisonError::into_inner);
        let mut those = lines.all.iter().enumerate().skip(place);
        those.find_map(|(place, line)| Some((line.upgrade()?, place + 1)))
    }

    /// Tells all who follow, many on every processor at once; answers how many that were.
    async fn tell(&self, found: Found) -> usize {
        let (found, lines) = (Arc::new(found), self.lines());
        let processors = available_parallelism().map_or(1, NonZero::get);
        let each = lines.len().div_ceil(processors).max(WORTH_A_TASK);
        let mut shares = lines.chunks(each);
        let own = shares.next().unwrap_or_default();
        let mut telling = JoinSet::new();
        for share in shares {
            telling.spawn(tell(share.to_vec(), found.clone()).in_current_span());
        }
        tell(own.to_vec(), found).await;
        telling.join_all().await;
        lines.len()
    }
}

async fn tell(lines: Vec<Arc<Line>>, found: Arc<Found>) {
    let mut for_all = ForAll::new();
    for some in lines.chunks(TOLD_AT_ONCE) {
        for line in some {
            line.hear(&found, &mut for_all).await;
        }
        // Others want to get to something too.
        tokio::task::yield_now().await;
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
        let tail = Arc::<Tail>::default();
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
    let (mut reached, mut cause) = (Reached::default(), None);
    while let Some(tail) = tail.upgrade() {
        let step = Step::Look.caused(cause.take());
        mark(&step, Attribute::Role("gateway"));
        let looking = look(&question, &tail, &mut reached);
        let told = looking.instrument(step).await;
        drop(tail);
        edge.clock.wait(rest(told)).await;
        tokio::select! {
            () = signals.next() => (reached.is_quiet, cause) = (false, signals.cause()),
            () = edge.clock.wait(LOOK_EVERY) => reached.is_quiet = true,
            () = &mut stopping => return,
        }
    }
}

fn rest(told: usize) -> Duration {
    let about = Duration::from_millis((told / RESTS_A_MS_FOR) as u64);
    about.min(REST_AT_MOST)
}

/// How far a tail has got.
#[derive(Default)]
struct Reached {
    /// Where those who follow were told that it is; empty where it begins.
    told: String,
    /// Where it looks on from.
    seen: String,
    /// Whether nothing has come for a while.
    is_quiet: bool,
}

impl Reached {
    /// What is to be told of a reply, if anything: that nothing changed for those who follow can wait until it is quiet, so that the
    /// notices of one category cost those who follow another next to nothing.
    fn found(&mut self, reply: feeds::ChangesReply) -> Option<Found> {
        self.seen.clone_from(&reply.cursor);
        let can_wait = reply.changes.is_empty() && !self.is_quiet && !self.told.is_empty();
        if can_wait || self.told == reply.cursor {
            return None;
        }
        Some(Found {
            from: std::mem::replace(&mut self.told, reply.cursor.clone()),
            changes: reply.changes.into_iter().map(Telling::of).collect(),
            to: reply.cursor,
            cause: telemetry::cause(),
        })
    }

    fn begin_anew(&mut self) {
        self.told.clear();
        self.seen.clear();
    }
}

/// Looks until there is nothing more, and answers how many were told. It looks as any one of those who follow: feeds tells members
/// only, and the edge has no right of its own.
async fn look(question: &Question, tail: &Tail, reached: &mut Reached) -> usize {
    let (mut told, mut place) = (0, 0);
    while let Some((line, next)) = tail.line_from(place) {
        place = next;
        let follower = &line.visit;
        if follower.renew().await.is_err() || follower.member_of(question.0).is_err() {
            continue;
        }
        loop {
            let reply = match ask(question, follower, reached.seen.clone()).await {
                Ok(reply) => reply,
                Err(fault) if fault.kind == FaultKind::Invalid => {
                    // The key of the cursor is gone: followers see that what comes does not fit theirs.
                    reached.begin_anew();
                    return told;
                }
                Err(_) => break,
            };
            let has_next = reply.has_next;
            // Where a tail begins is told too: a follower may have looked a moment earlier, and stand before it.
            if let Some(found) = reached.found(reply) {
                told += tail.tell(found).await;
            }
            if !has_next {
                return told;
            }
        }
    }
    told
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

#[cfg(test)]
mod tests {
    use super::*;

    fn reply(cursor: &str, changes: usize) -> feeds::ChangesReply {
        feeds::ChangesReply {
            cursor: cursor.to_owned(),
            changes: vec![feeds::Change::default(); changes],
            has_next: false,
        }
    }

    /// From where to where something is told, and how many changes.
    fn found(
        reached: &mut Reached,
        cursor: &str,
        changes: usize,
    ) -> Option<(String, String, usize)> {
        let found = reached.found(reply(cursor, changes))?;
        Some((found.from, found.to, found.changes.len()))
    }

    #[test]
    fn what_is_told_follows_on_what_was_told_and_that_nothing_changed_waits() {
        let mut reached = Reached::default();
        let told = |from: &str, to: &str, changes| Some((from.to_owned(), to.to_owned(), changes));
        assert_eq!(
            found(&mut reached, "3", 0),
            told("", "3", 0),
            "where it begins"
        );
        assert_eq!(found(&mut reached, "4", 0), None);
        assert_eq!(found(&mut reached, "5", 0), None);
        assert_eq!(reached.seen, "5", "it looks on from there");
        assert_eq!(found(&mut reached, "6", 2), told("3", "6", 2));
        assert_eq!(found(&mut reached, "7", 0), None);
        reached.is_quiet = true;
        assert_eq!(found(&mut reached, "7", 0), told("6", "7", 0));
        assert_eq!(found(&mut reached, "7", 0), None, "it is known");
    }
}
