//! One who follows a feed, between the tail that finds what changed and the task that follows: told at once where nothing is in
//! the way, else in its turn. Nothing twice, nothing left out.
//!
//! A follower stands at a cursor. What the tail found is good for whoever stands where it began, or somewhere in it. Who
//! stands elsewhere, or missed a look, asks for itself from its own cursor until it has everything.

use std::collections::hash_map::Entry;
use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use contract::{Locale, feeds};
use runtime::telemetry::Cause;
use tokio::sync::Notify;

use super::direct::Direct;
use super::tail::{Found, Question};
use super::telling::{Payload, Telling};
use super::{push, pushed};
use crate::alike::Key;
use crate::operation::Ready;
use crate::visit::Visit;

/// How many looks a follower may be behind before it has to look for itself.
const LOOKS_KEPT: usize = 64;

/// More than this, in bytes, waits for each to take it: what a socket does not take at once is copied.
const TOLD_AT_MOST: usize = 64 * 1024;

/// What was found, as all are told who ask alike; none where that cannot be told to all.
pub(super) type ForAll = HashMap<Key, Option<Vec<Payload>>>;

/// One who follows.
pub(super) struct Line {
    pub(super) visit: Arc<Visit>,
    pub(super) question: Question,
    pub(super) ready: Ready,
    /// Past its own task, where it has a socket.
    direct: Option<Direct>,
    standing: Mutex<Standing>,
    /// How changes are told to others who ask alike, in this language.
    key: Mutex<Option<(Locale, Key)>>,
    /// That there is something for its own task.
    came: Notify,
}

impl Line {
    pub(super) fn new(
        ready: Ready,
        visit: Arc<Visit>,
        question: Question,
        after: String,
        direct: Option<Direct>,
    ) -> Self {
        Self {
            visit,
            question,
            ready,
            direct,
            standing: Mutex::new(Standing::at(after)),
            key: Mutex::default(),
            came: Notify::new(),
        }
    }

    /// What the tail found: tells it where that takes no waiting, else leaves it to its own task.
    pub(super) async fn hear(&self, found: &Arc<Found>, for_all: &mut ForAll) {
        if !self.is_told(found, for_all).await {
            self.standing().leave(found.clone());
            self.came.notify_one();
        }
    }

    async fn is_told(&self, found: &Arc<Found>, for_all: &mut ForAll) -> bool {
        let Some(direct) = &self.direct else {
            return false;
        };
        // From here on the reader is who they are now, and so is the language.
        if !self.standing().is_at(&found.from) || !self.visit.still_reads(self.question.0) {
            return false;
        }
        let Some(key) = self.key() else {
            return false;
        };
        let payloads = match for_all.entry(key) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(unknown) => unknown.insert(self.made(found, key).await),
        };
        match payloads {
            Some(payloads) => self.tell(direct, found, payloads),
            None => false,
        }
    }

    /// What its own task does next. Until it asks again, nothing is told past it.
    pub(super) fn next(&self) -> Next {
        self.standing().next()
    }

    /// Done when there may be something to do.
    pub(super) async fn came(&self) {
        self.came.notified().await;
    }

    /// Takes in what the tail found meanwhile: the caller was made sure of.
    pub(super) fn take_in(&self) {
        self.standing().take_in();
    }

    /// Takes in what it asked for itself.
    pub(super) fn asked(&self, reply: feeds::ChangesReply) {
        self.standing().asked(reply);
    }

    /// It has to ask for itself.
    pub(super) fn fall_behind(&self) {
        self.standing().is_behind = true;
    }

    pub(super) fn cursor(&self) -> String {
        self.standing().cursor.clone()
    }

    /// Nobody follows any more: whoever finds something tells it no more.
    pub(super) fn end(&self) {
        self.standing().is_busy = true;
    }

    /// Under what changes are made for all who ask as this one does.
    pub(super) fn key(&self) -> Option<Key> {
        let locale = self.visit.locale();
        let mut known = self.key.lock().unwrap_or_else(PoisonError::into_inner);
        match *known {
            Some((of, key)) if of == locale => Some(key),
            _ => {
                let key = self.ready.key_below_root(locale)?;
                *known = Some((locale, key));
                Some(key)
            }
        }
    }

    /// What was found, as all are told who ask alike; none where it says something about who asks, is too much to be told at once,
    /// or cannot be made now.
    async fn made(&self, found: &Found, key: Key) -> Option<Vec<Payload>> {
        // What an answer rests on is noted with a visit, and the line's own may be at another one.
        let visit = Arc::new(self.visit.again().await.ok()?);
        if self.ready.key_below_root(visit.locale()) != Some(key) {
            return None;
        }
        let mut payloads = Vec::with_capacity(found.changes.len());
        let mut bytes = 0;
        for change in &found.changes {
            let told = change.told_to_all(key, &self.ready, &visit).await;
            let payload = told.ok()??;
            bytes += payload.get().len();
            if bytes > TOLD_AT_MOST {
                return None;
            }
            payloads.push(payload);
        }
        Some(payloads)
    }

    /// Tells all of it where the follower stands there still; answers whether it did.
    fn tell(&self, direct: &Direct, found: &Found, payloads: &[Payload]) -> bool {
        let mut standing = self.standing();
        if !standing.is_at(&found.from) {
            return false;
        }
        let step = push(found.cause);
        if !payloads.is_empty() && !direct.tell(payloads) {
            return false;
        }
        standing.take(found, found.changes.len());
        drop((standing, step));
        for _ in payloads {
            pushed(found.cause);
        }
        true
    }

    fn standing(&self) -> MutexGuard<'_, Standing> {
        self.standing.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What a follower's own task does next.
#[derive(Debug)]
pub(super) enum Next {
    /// Tell this, which follows from that where it is traced.
    Tell(Arc<Telling>, Option<Cause>),
    /// Make sure of the caller, then take in what the tail found.
    TakeIn,
    /// Ask for itself.
    Ask,
    /// Wait until something came.
    Wait,
}

/// Where a follower stands.
#[derive(Debug, Default)]
struct Standing {
    /// Everything before it was told, or waits in `told`.
    cursor: String,
    /// What is still to be told, in order.
    told: VecDeque<Arc<Telling>>,
    /// What the tail found and nobody looked at yet.
    heard: VecDeque<Arc<Found>>,
    /// Whether there is more between the cursor and what the tail will find.
    is_behind: bool,
    /// Its own task is at something, or about to be.
    is_busy: bool,
    /// What the change told last follows from.
    cause: Option<Cause>,
}

impl Standing {
    /// It begins with asking for itself.
    fn at(cursor: String) -> Self {
        Self {
            cursor,
            is_busy: true,
            ..Self::default()
        }
    }

    /// Whether what was found from a cursor on may be told at once.
    fn is_at(&self, from: &str) -> bool {
        let is_idle = self.told.is_empty() && self.heard.is_empty();
        is_idle && !self.is_busy && !self.is_behind && self.cursor == from
    }

    fn next(&mut self) -> Next {
        self.is_busy = true;
        if let Some(change) = self.told.pop_front() {
            return Next::Tell(change, self.cause);
        }
        if self.is_behind {
            return Next::Ask;
        }
        if !self.heard.is_empty() {
            return Next::TakeIn;
        }
        self.is_busy = false;
        Next::Wait
    }

    fn leave(&mut self, found: Arc<Found>) {
        if self.heard.len() == LOOKS_KEPT {
            self.heard.clear();
            self.is_behind = true;
        }
        self.heard.push_back(found);
    }

    fn take_in(&mut self) {
        for found in std::mem::take(&mut self.heard) {
            self.hear(&found);
        }
    }

    fn asked(&mut self, reply: feeds::ChangesReply) {
        self.is_behind = reply.has_next;
        self.cursor = reply.cursor;
        self.cause = None;
        self.told.extend(reply.changes.into_iter().map(Telling::of));
    }

    /// Takes in what the tail found, as far as it follows on where this stands.
    fn hear(&mut self, found: &Found) {
        let known = if found.from == self.cursor {
            0
        } else if found.to == self.cursor {
            found.changes.len()
        } else if let Some(last) = found
            .changes
            .iter()
            .position(|change| change.cursor() == self.cursor)
        {
            last + 1
        } else {
            self.is_behind = true;
            return;
        };
        self.take(found, known);
    }

    /// Takes in what was found, of which so much was told.
    fn take(&mut self, found: &Found, known: usize) {
        self.told.extend(found.changes[known..].iter().cloned());
        self.cursor.clone_from(&found.to);
        self.cause = found.cause;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn cursor(position: usize) -> String {
        format!("c{position}")
    }

    fn changes(from: usize, to: usize) -> Vec<feeds::Change> {
        let positions = from + 1..=to;
        positions
            .map(|position| feeds::Change {
                cursor: cursor(position),
                what: None,
            })
            .collect()
    }

    /// What a look from one position to another finds: a change at every position.
    fn found(from: usize, to: usize) -> Arc<Found> {
        Arc::new(Found {
            from: cursor(from),
            changes: changes(from, to).into_iter().map(Telling::of).collect(),
            to: cursor(to),
            cause: None,
        })
    }

    /// Where a tail begins.
    fn begins(at: usize) -> Arc<Found> {
        Arc::new(Found {
            from: String::new(),
            changes: Vec::new(),
            to: cursor(at),
            cause: None,
        })
    }

    /// What its own task asked for.
    fn reply(from: usize, to: usize, has_next: bool) -> feeds::ChangesReply {
        feeds::ChangesReply {
            changes: changes(from, to),
            cursor: cursor(to),
            has_next,
        }
    }

    fn told(standing: &Standing) -> Vec<String> {
        let told = standing.told.iter();
        told.map(|change| change.cursor().to_owned()).collect()
    }

    fn idle_at(position: usize) -> Standing {
        let mut standing = Standing::at(cursor(position));
        assert!(matches!(standing.next(), Next::Wait));
        standing
    }

    #[test]
    fn what_follows_on_is_told_once() {
        let mut standing = Standing::at(cursor(3));
        standing.hear(&found(3, 5));
        standing.hear(&found(5, 6));
        assert_eq!(told(&standing), ["c4", "c5", "c6"]);
        assert!(!standing.is_behind);
    }

    #[test]
    fn what_was_told_already_is_skipped() {
        let mut standing = Standing::at(cursor(4));
        standing.hear(&found(3, 6));
        assert_eq!(told(&standing), ["c5", "c6"]);
        standing.hear(&found(2, 6));
        assert_eq!(told(&standing), ["c5", "c6"]);
    }

    #[test]
    fn a_gap_is_not_jumped_over() {
        let mut standing = Standing::at(cursor(1));
        standing.hear(&found(3, 6));
        assert!(standing.is_behind && standing.told.is_empty());
        assert_eq!(standing.cursor, cursor(1));
    }

    #[test]
    fn where_a_tail_begins_is_compared_with_where_the_follower_stands() {
        let mut standing = Standing::at(cursor(4));
        standing.hear(&begins(4));
        assert!(!standing.is_behind);
        standing.hear(&begins(5));
        assert!(standing.is_behind);
    }

    #[test]
    fn who_is_far_behind_asks_and_holds_no_more_than_so_many_looks() {
        let mut standing = idle_at(0);
        for position in 0..=LOOKS_KEPT {
            standing.leave(found(position, position + 1));
        }
        assert!(standing.heard.len() <= LOOKS_KEPT);
        assert!(matches!(standing.next(), Next::Ask));
        standing.asked(reply(0, LOOKS_KEPT + 1, false));
        standing.take_in();
        let all: Vec<_> = (1..=LOOKS_KEPT + 1).map(cursor).collect();
        assert_eq!(told(&standing), all);
    }

    #[test]
    fn nothing_is_told_past_a_task_that_is_at_something() {
        let mut standing = idle_at(2);
        assert!(standing.is_at("c2") && !standing.is_at("c1"));
        standing.leave(found(2, 4));
        assert!(!standing.is_at("c2"), "something was left for it");
        assert!(matches!(standing.next(), Next::TakeIn));
        standing.take_in();
        assert!(matches!(standing.next(), Next::Tell(..)));
        assert!(!standing.is_at("c4"), "one change is to be told yet");
        assert!(matches!(standing.next(), Next::Tell(..)));
        assert!(!standing.is_at("c4"), "the last is being sent");
        assert!(matches!(standing.next(), Next::Wait));
        assert!(standing.is_at("c4"));
        standing.is_behind = true;
        assert!(!standing.is_at("c4"));
    }

    /// What happens while one follows.
    #[derive(Clone, Copy, Debug)]
    enum Step {
        /// This many changes.
        Grows(usize),
        /// The tail looks. Where it may tell at once, the socket takes that or does not.
        Looks { takes: bool },
        /// The follower's own task does one thing. Where it asks, it is answered with so many changes.
        Acts { gets: usize },
    }

    fn steps() -> impl Strategy<Value = Vec<Step>> {
        let step = prop_oneof![
            (1_usize..5).prop_map(Step::Grows),
            any::<bool>().prop_map(|takes| Step::Looks { takes }),
            (1_usize..6).prop_map(|gets| Step::Acts { gets }),
        ];
        prop::collection::vec(step, 0..300)
    }

    #[derive(Debug)]
    struct World {
        standing: Standing,
        tail: Option<usize>,
        head: usize,
        told: Vec<String>,
    }

    impl World {
        fn looks(&mut self, takes: bool) {
            let found = match self.tail.replace(self.head) {
                None => begins(self.head),
                Some(from) if from == self.head => return,
                Some(from) => found(from, self.head),
            };
            if !takes || !self.standing.is_at(&found.from) {
                self.standing.leave(found);
                return;
            }
            let changes = found.changes.iter();
            self.told
                .extend(changes.map(|change| change.cursor().to_owned()));
            self.standing.take(&found, found.changes.len());
        }

        /// Answers whether it is at rest.
        fn acts(&mut self, gets: usize) -> bool {
            match self.standing.next() {
                Next::Tell(change, _) => self.told.push(change.cursor().to_owned()),
                Next::TakeIn => self.standing.take_in(),
                Next::Ask => {
                    let at: usize = self.standing.cursor[1..].parse().unwrap();
                    let to = self.head.min(at + gets);
                    self.standing.asked(reply(at, to, to < self.head));
                }
                Next::Wait => return true,
            }
            false
        }
    }

    proptest! {
        /// Whatever the order in which the feed grows, the tail begins, looks and tells, and the follower's own task gets to
        /// something: once the tail has looked again and the task is at rest, every change was told exactly once, in order.
        #[test]
        fn nothing_twice_and_nothing_left_out(start in 0_usize..10, steps in steps()) {
            let standing = Standing { is_behind: true, ..Standing::at(cursor(start)) };
            let mut world = World { standing, tail: None, head: start, told: Vec::new() };
            for step in steps {
                match step {
                    Step::Grows(by) => world.head += by,
                    Step::Looks { takes } => world.looks(takes),
                    Step::Acts { gets } => {
                        world.acts(gets);
                    }
                }
            }
            world.looks(false);
            while !world.acts(3) {}
            let expected: Vec<String> = (start + 1..=world.head).map(cursor).collect();
            prop_assert_eq!(world.told, expected);
        }
    }
}
