//! Where one who follows a feed stands: nothing twice, nothing left out.
//!
//! A follower stands at a cursor. What the tail found is good for whoever stands where it began, or somewhere in it. Who
//! stands elsewhere, or missed a look, asks for itself from its own cursor until it has everything.

use std::collections::VecDeque;
use std::sync::Arc;

use runtime::telemetry::Cause;

use super::missed::Missed;
use super::tail::Found;
use super::telling::Telling;

/// How many looks a follower may be behind before it has to look for itself.
const LOOKS_KEPT: usize = 64;

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
pub(super) struct Standing {
    /// Everything before it was told, or waits in `told`.
    pub(super) cursor: String,
    /// What is still to be told, in order.
    told: VecDeque<Arc<Telling>>,
    /// What the tail found and nobody looked at yet.
    heard: VecDeque<Arc<Found>>,
    /// Whether there is more between the cursor and what the tail will find.
    pub(super) is_behind: bool,
    /// Its own task is at something, or about to be.
    pub(super) is_busy: bool,
    /// What the change told last follows from.
    cause: Option<Cause>,
}

impl Standing {
    /// It begins with asking for itself.
    pub(super) fn at(cursor: String) -> Self {
        Self {
            cursor,
            is_busy: true,
            ..Self::default()
        }
    }

    /// Whether what was found from a cursor on may be told at once.
    pub(super) fn is_at(&self, from: &str) -> bool {
        let is_idle = self.told.is_empty() && self.heard.is_empty();
        is_idle && !self.is_busy && !self.is_behind && self.cursor == from
    }

    pub(super) fn next(&mut self) -> Next {
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

    pub(super) fn leave(&mut self, found: Arc<Found>) {
        if self.heard.len() == LOOKS_KEPT {
            self.heard.clear();
            self.is_behind = true;
        }
        self.heard.push_back(found);
    }

    pub(super) fn take_in(&mut self) {
        for found in std::mem::take(&mut self.heard) {
            self.hear(&found);
        }
    }

    pub(super) fn asked(&mut self, missed: &Missed) {
        self.is_behind = missed.has_next;
        self.cursor.clone_from(&missed.cursor);
        self.cause = None;
        self.told.extend(missed.changes.iter().cloned());
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
    pub(super) fn take(&mut self, found: &Found, known: usize) {
        self.told.extend(found.changes[known..].iter().cloned());
        self.cursor.clone_from(&found.to);
        self.cause = found.cause;
    }
}

#[cfg(test)]
mod tests {
    use contract::feeds;
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
    fn missed(from: usize, to: usize, has_next: bool) -> Missed {
        Missed::of(feeds::ChangesReply {
            changes: changes(from, to),
            cursor: cursor(to),
            has_next,
        })
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
        standing.asked(&missed(0, LOOKS_KEPT + 1, false));
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
                    self.standing.asked(&missed(at, to, to < self.head));
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
