//! The task of one who follows a feed: catches up, and tells what was not told past it.

use std::sync::Arc;

use contract::Fault;
use runtime::telemetry::Cause;

use super::direct::Direct;
use super::line::Line;
use super::standing::Next;
use super::tail::{Question, Tail, ask};
use super::telling::Payload;
use super::{AGAIN_AFTER, passes};
use crate::admit::Held;
use crate::operation::{Answer, Ready};
use crate::visit::Visit;

/// One who follows a feed.
pub(super) struct Follower {
    line: Arc<Line>,
    tail: Arc<Tail>,
    _held: Held,
}

impl Follower {
    /// Begins to follow after a cursor (empty: from now on). What is told directly, where it can be, comes from nowhere else.
    ///
    /// # Errors
    /// Why it cannot be followed, now or later: no member, or a cursor of another question.
    pub(super) async fn begin(
        ready: Ready,
        visit: Arc<Visit>,
        question: Question,
        after: String,
        direct: Option<Direct>,
    ) -> Result<Self, Fault> {
        let signed = visit.resident()?;
        let held = visit.edge.follows.take(Some(signed.resident))?;
        let tail = visit.edge.tails.of(&question, &visit.edge);
        let line = Arc::new(Line::new(ready, visit, question, after, direct));
        // Listens before it asks: what happens in between is heard, and not told twice.
        tail.follow(&line);
        let follower = Self {
            line,
            tail,
            _held: held,
        };
        match follower.catch_up().await {
            // Many come at once, or a role is away: its own task asks again.
            Err(fault) if passes(&fault) => follower.line.fall_behind(),
            done => done?,
        }
        Ok(follower)
    }

    /// The next change that was not told directly, as the client is told, and what it follows from where that is traced.
    ///
    /// # Errors
    /// What it is told instead; then it is over.
    pub(super) async fn next(&mut self) -> Result<(Payload, Option<Cause>), Answer> {
        let Line { visit, ready, .. } = &*self.line;
        let refused = |fault: Fault| Answer::fault(&fault, &visit.trace);
        loop {
            match self.line.next() {
                Next::Tell(change, cause) => {
                    let key = self.line.key();
                    let key = key.ok_or_else(|| refused(Fault::internal()))?;
                    return Ok((change.told(key, ready, visit).await?, cause));
                }
                Next::TakeIn => match self.check().await {
                    Ok(()) => self.line.take_in(),
                    Err(fault) if passes(&fault) => self.line.fall_behind(),
                    Err(fault) => return Err(refused(fault)),
                },
                Next::Ask => match self.catch_up().await {
                    Ok(()) => {}
                    Err(fault) if passes(&fault) => visit.edge.clock.wait(AGAIN_AFTER).await,
                    Err(fault) => return Err(refused(fault)),
                },
                Next::Wait => self.line.came().await,
            }
        }
    }

    /// Found with another follower's standing: the own one must be good too.
    async fn check(&self) -> Result<(), Fault> {
        let Line {
            visit, question, ..
        } = &*self.line;
        visit.renew().await?;
        visit.reads(question.0)
    }

    /// Asks once, or learns what another asks who stands there too.
    async fn catch_up(&self) -> Result<(), Fault> {
        self.check().await?;
        let Line {
            visit, question, ..
        } = &*self.line;
        let cursor = self.line.cursor();
        let ask = async || ask(question, visit, cursor.clone()).await;
        let missed = self.tail.asking.after(&cursor, ask).await?;
        self.line.asked(&missed);
        Ok(())
    }
}

impl Drop for Follower {
    fn drop(&mut self) {
        self.line.end();
    }
}
