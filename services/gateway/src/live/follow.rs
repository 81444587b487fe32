//! One follower: what was missed first, then what the tail finds. Nothing twice, nothing left out.
//!
//! A follower stands at a cursor. What the tail found is good for whoever stands where it began, or somewhere in it. Who
//! stands elsewhere, or missed a look, asks for itself from its own cursor until it has everything.

use std::collections::VecDeque;
use std::sync::Arc;

use contract::{Fault, Locale};
use runtime::telemetry::Cause;
use tokio::sync::broadcast;
use tokio::sync::broadcast::error::RecvError;

use super::tail::{Found, Question, Tail, ask};
use super::telling::{Payload, Telling};
use super::{AGAIN_AFTER, passes};
use crate::admit::Held;
use crate::alike::Key;
use crate::operation::{Answer, Ready};
use crate::visit::Visit;

/// One who follows a feed.
pub(super) struct Follower {
    standing: Standing,
    question: Question,
    heard: broadcast::Receiver<Arc<Found>>,
    /// What the change told last follows from.
    cause: Option<Cause>,
    _tail: Arc<Tail>,
    _held: Held,
    visit: Arc<Visit>,
    ready: Ready,
    /// How changes are told to others who ask alike, in this language.
    key: Option<(Locale, Key)>,
}

impl Follower {
    /// Begins to follow after a cursor (empty: from now on).
    ///
    /// # Errors
    /// Why it cannot be followed: no member, or a cursor of another question.
    pub(super) async fn begin(
        ready: Ready,
        visit: Arc<Visit>,
        question: Question,
        after: String,
    ) -> Result<Self, Fault> {
        let signed = visit.resident()?;
        let held = visit.edge.follows.take(Some(signed.resident))?;
        let tail = visit.edge.tails.of(&question, &visit.edge);
        // Listens before it asks: what happens in between is heard, and not told twice.
        let heard = tail.follow(&visit);
        let mut follower = Self {
            standing: Standing::at(after),
            question,
            heard,
            cause: None,
            _tail: tail,
            _held: held,
            visit,
            ready,
            key: None,
        };
        follower.catch_up().await?;
        Ok(follower)
    }

    /// The next change, as the client is told, and what it follows from where that is traced.
    ///
    /// # Errors
    /// What it is told instead; then it is over.
    pub(super) async fn next(&mut self) -> Result<(Payload, Option<Cause>), Answer> {
        let change = self.change().await;
        let refused = |fault: Fault| Answer::fault(&fault, &self.visit.trace);
        let change = change.map_err(refused)?;
        let locale = self.visit.locale();
        let key = match self.key {
            Some((of, key)) if of == locale => Some(key),
            _ => self.ready.key_below_root(locale),
        };
        let Some(key) = key else {
            return Err(refused(Fault::internal()));
        };
        self.key = Some((locale, key));
        let told = change.told(key, &self.ready, &self.visit).await?;
        Ok((told, self.cause))
    }

    async fn change(&mut self) -> Result<Arc<Telling>, Fault> {
        loop {
            if let Some(change) = self.standing.told.pop_front() {
                return Ok(change);
            }
            if self.standing.is_behind {
                match self.catch_up().await {
                    Ok(()) => {}
                    Err(fault) if passes(&fault) => {
                        self.visit.edge.clock.wait(AGAIN_AFTER).await;
                    }
                    Err(fault) => return Err(fault),
                }
                continue;
            }
            match self.heard.recv().await {
                // Found with another follower's standing: the own one must be good too.
                Ok(found) => match self.check().await {
                    Ok(()) => {
                        self.standing.hear(&found);
                        self.cause = found.cause;
                    }
                    Err(fault) if passes(&fault) => self.standing.is_behind = true,
                    Err(fault) => return Err(fault),
                },
                Err(RecvError::Lagged(_) | RecvError::Closed) => self.standing.is_behind = true,
            }
        }
    }

    async fn check(&self) -> Result<(), Fault> {
        self.visit.renew().await?;
        self.visit.reads(self.question.0)
    }

    /// Asks once for itself.
    async fn catch_up(&mut self) -> Result<(), Fault> {
        self.check().await?;
        let reply = ask(&self.question, &self.visit, self.standing.cursor.clone()).await?;
        self.standing.is_behind = reply.has_next;
        self.standing.cursor = reply.cursor;
        self.cause = None;
        let changes = reply.changes.into_iter().map(Telling::of);
        self.standing.told.extend(changes);
        Ok(())
    }
}

/// Where a follower stands.
#[derive(Debug, Default)]
struct Standing {
    /// Everything before it was told, or waits in `told`.
    cursor: String,
    /// What is still to be told, in order.
    told: VecDeque<Arc<Telling>>,
    /// Whether there is more between the cursor and what the tail will find.
    is_behind: bool,
}

impl Standing {
    fn at(cursor: String) -> Self {
        Self {
            cursor,
            ..Self::default()
        }
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
        self.told.extend(found.changes[known..].iter().cloned());
        self.cursor.clone_from(&found.to);
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

    /// What a look from one position to another finds: a change at every position.
    fn found(from: usize, to: usize) -> Found {
        Found {
            from: cursor(from),
            changes: (from + 1..=to)
                .map(|position| {
                    Telling::of(feeds::Change {
                        cursor: cursor(position),
                        what: None,
                    })
                })
                .collect(),
            to: cursor(to),
            cause: None,
        }
    }

    fn told(standing: &Standing) -> Vec<String> {
        standing
            .told
            .iter()
            .map(|change| change.cursor().to_owned())
            .collect()
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
        let begins = |at| Found {
            from: String::new(),
            changes: Vec::new(),
            to: cursor(at),
            cause: None,
        };
        let mut standing = Standing::at(cursor(4));
        standing.hear(&begins(4));
        assert!(!standing.is_behind);
        standing.hear(&begins(5));
        assert!(standing.is_behind);
    }

    /// What happens while one follows.
    #[derive(Clone, Copy, Debug)]
    enum Step {
        /// This many changes.
        Grows(usize),
        /// The tail looks; the follower may lose what it found.
        Looks { lost: bool },
        /// The follower asks for itself, whether or not it has to.
        Asks,
    }

    fn steps() -> impl Strategy<Value = Vec<Step>> {
        let step = prop_oneof![
            (1_usize..5).prop_map(Step::Grows),
            any::<bool>().prop_map(|lost| Step::Looks { lost }),
            Just(Step::Asks),
        ];
        prop::collection::vec(step, 0..60)
    }

    fn ask_for_itself(standing: &mut Standing, head: usize) {
        let at: usize = standing.cursor[1..].parse().unwrap();
        standing.told.extend(found(at, head).changes);
        standing.cursor = cursor(head);
        standing.is_behind = false;
    }

    proptest! {
        /// Whatever the order in which the feed grows, the tail begins and looks, and the follower loses what it found or
        /// asks for itself: once the tail has looked again, every change was told exactly once, in order.
        #[test]
        fn nothing_twice_and_nothing_left_out(start in 0_usize..10, steps in steps()) {
            let mut standing = Standing::at(cursor(start));
            let (mut tail, mut head) = (None, start);
            let end = [Step::Looks { lost: false }];
            for step in steps.into_iter().chain(end) {
                match step {
                    Step::Grows(by) => head += by,
                    Step::Asks => ask_for_itself(&mut standing, head),
                    Step::Looks { lost } => {
                        let looked = match tail.replace(head) {
                            None => Found { from: String::new(), changes: Vec::new(), to: cursor(head), cause: None },
                            Some(from) => found(from, head),
                        };
                        match (lost, looked.from == looked.to) {
                            (_, true) => {}
                            (true, false) => standing.is_behind = true,
                            (false, false) => standing.hear(&looked),
                        }
                        if standing.is_behind {
                            ask_for_itself(&mut standing, head);
                        }
                    }
                }
            }
            let expected: Vec<String> = (start + 1..=head).map(cursor).collect();
            prop_assert_eq!(told(&standing), expected);
        }
    }
}
