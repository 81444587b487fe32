//! One who follows a feed, between the tail that finds what changed and the task that follows: told at once where nothing is in
//! the way, else in its turn.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use contract::Locale;
use tokio::sync::Notify;

use super::direct::Direct;
use super::missed::Missed;
use super::standing::{Next, Standing};
use super::tail::{Found, Question};
use super::telling::Payload;
use super::{push, pushed};
use crate::alike::Key;
use crate::operation::Ready;
use crate::visit::Visit;

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
    pub(super) fn asked(&self, missed: &Missed) {
        self.standing().asked(missed);
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
