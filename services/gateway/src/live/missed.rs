//! What those who come back have missed: asked once for all who stand at the same cursor.
//!
//! After a restart everybody comes back at once, and most of them stand where the last change left them.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError, Weak};

use contract::{Fault, feeds};
use tokio::sync::Mutex as AsyncMutex;

use super::passes;
use super::telling::Telling;

/// What comes after a cursor.
#[derive(Debug)]
pub(super) struct Missed {
    pub changes: Vec<Arc<Telling>>,
    pub cursor: String,
    /// Whether there is more after it.
    pub has_next: bool,
}

impl Missed {
    pub(super) fn of(reply: feeds::ChangesReply) -> Self {
        Self {
            changes: reply.changes.into_iter().map(Telling::of).collect(),
            cursor: reply.cursor,
            has_next: reply.has_next,
        }
    }
}

/// What is being asked for, by the cursor after which it comes.
#[derive(Debug, Default)]
pub(super) struct Asking {
    /// Grows with everybody who comes and with all that is asked: it says what was first.
    moment: AtomicU64,
    open: Mutex<HashMap<String, Weak<Turn>>>,
}

/// One asks at a time, and leaves the answer to those who wait.
type Turn = AsyncMutex<Option<Answered>>;

#[derive(Debug)]
struct Answered {
    /// When it was asked.
    at: u64,
    answer: Result<Arc<Missed>, Fault>,
}

impl Asking {
    /// What comes after a cursor, for one who hears already what is found from now on: an answer knows nothing that became true
    /// after it was asked for, so only one that was asked for later will do.
    ///
    /// # Errors
    /// What was answered instead. A fault that does not pass is of one who asks, and nobody else's.
    pub(super) async fn after(
        &self,
        cursor: &str,
        ask: impl AsyncFnOnce() -> Result<feeds::ChangesReply, Fault>,
    ) -> Result<Arc<Missed>, Fault> {
        let came = self.next_moment();
        let turn = self.turn(cursor);
        let mut answered = turn.lock().await;
        if let Some(Answered { at, answer }) = &*answered
            && *at > came
        {
            return answer.clone();
        }
        let at = self.next_moment();
        let answer = ask().await.map(|reply| Arc::new(Missed::of(reply)));
        if answer.as_ref().err().is_none_or(passes) {
            let answer = answer.clone();
            *answered = Some(Answered { at, answer });
        }
        answer
    }

    fn next_moment(&self) -> u64 {
        self.moment.fetch_add(1, Ordering::SeqCst)
    }

    fn turn(&self, cursor: &str) -> Arc<Turn> {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(turn) = open.get(cursor).and_then(Weak::upgrade) {
            return turn;
        }
        open.retain(|_, turn| turn.strong_count() > 0);
        let turn = Arc::<Turn>::default();
        open.insert(cursor.to_owned(), Arc::downgrade(&turn));
        turn
    }
}

#[cfg(test)]
mod tests {
    use futures_util::future::join_all;
    use futures_util::{FutureExt, join};
    use tokio::sync::{Notify, Semaphore};

    use super::*;

    /// A role that answers when it is let, with how often it was asked.
    #[derive(Default)]
    struct Role {
        asked: AtomicU64,
        let_answer: Notify,
    }

    impl Role {
        async fn ask(&self) -> Result<feeds::ChangesReply, Fault> {
            let number = self.asked.fetch_add(1, Ordering::SeqCst) + 1;
            self.let_answer.notified().await;
            Ok(feeds::ChangesReply {
                cursor: number.to_string(),
                ..feeds::ChangesReply::default()
            })
        }
    }

    #[tokio::test]
    async fn those_who_come_while_it_is_asked_share_the_next_answer() {
        let (asking, role) = (Asking::default(), Role::default());
        let after = async |cursor: &str| {
            let missed = asking.after(cursor, async || role.ask().await).await;
            missed.unwrap().cursor.clone()
        };
        let mut first = Box::pin(after("here"));
        assert!((&mut first).now_or_never().is_none());
        let mut others = Box::pin(join_all((0..100).map(|_| after("here"))));
        assert!((&mut others).now_or_never().is_none());
        role.let_answer.notify_one();
        assert_eq!(first.await, "1");
        assert!((&mut others).now_or_never().is_none());
        role.let_answer.notify_one();
        assert_eq!(others.await, vec!["2"; 100]);
        role.let_answer.notify_one();
        assert_eq!(after("here").await, "3", "nothing is kept");
        assert!(asking.open.lock().unwrap().len() <= 1);
    }

    #[tokio::test]
    async fn who_stands_elsewhere_waits_for_nobody() {
        let (asking, role) = (Asking::default(), Role::default());
        let mut here = Box::pin(asking.after("here", async || role.ask().await));
        assert!((&mut here).now_or_never().is_none());
        let there = asking.after("there", async || Ok(feeds::ChangesReply::default()));
        assert!(there.now_or_never().is_some());
    }

    #[tokio::test]
    async fn all_learn_at_once_that_nobody_answers_and_each_alone_that_they_may_not() {
        for (fault, asks) in [
            (Fault::unavailable("Not now."), 2),
            (Fault::forbidden("Not you."), 3),
        ] {
            let (asking, asked) = (Asking::default(), AtomicU64::new(0));
            let gate = Semaphore::new(0);
            let after = async || {
                let ask = async || {
                    asked.fetch_add(1, Ordering::SeqCst);
                    let _passed = gate.acquire().await;
                    Err(fault.clone())
                };
                asking.after("here", ask).await.unwrap_err().kind
            };
            let all = async { join!(after(), after(), after()) };
            let mut all = Box::pin(all);
            assert!((&mut all).now_or_never().is_none());
            gate.add_permits(1);
            assert_eq!(all.await, (fault.kind, fault.kind, fault.kind));
            assert_eq!(asked.load(Ordering::SeqCst), asks);
        }
    }
}
