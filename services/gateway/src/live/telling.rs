//! One change, as all who follow it are told: made once for each way of asking, and sent to each as the same bytes.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use contract::feeds;
use futures_util::StreamExt;
use serde_json::value::RawValue;
use tokio::sync::OnceCell;

use super::Following;
use crate::alike::Key;
use crate::operation::{Answer, Ready};
use crate::visit::Visit;

/// What a client is told, as JSON.
pub(super) type Payload = Arc<RawValue>;

/// None where it says something about who asks.
type Made = Arc<OnceCell<Option<Payload>>>;

/// A change, and how it was told.
#[derive(Debug)]
pub(super) struct Telling {
    change: feeds::Change,
    made: Mutex<HashMap<Key, Made>>,
}

impl Telling {
    pub(super) fn of(change: feeds::Change) -> Arc<Self> {
        Arc::new(Self {
            change,
            made: Mutex::default(),
        })
    }

    /// Where a follower stands who was told this.
    pub(super) fn cursor(&self) -> &str {
        &self.change.cursor
    }

    /// As an operation tells it to one who follows; `key`: [`Ready::key_below_root`], in the language of who asks.
    ///
    /// # Errors
    /// What the client is told instead.
    pub(super) async fn told(
        &self,
        key: Key,
        ready: &Ready,
        visit: &Arc<Visit>,
    ) -> Result<Payload, Answer> {
        match self.told_to_all(key, ready, visit).await? {
            Some(payload) => Ok(payload),
            None => self.make(ready, visit).await?.payload(&visit.trace),
        }
    }

    /// As all are told who ask alike; none where it says something about who asks.
    ///
    /// # Errors
    /// What the client is told instead.
    pub(super) async fn told_to_all(
        &self,
        key: Key,
        ready: &Ready,
        visit: &Arc<Visit>,
    ) -> Result<Option<Payload>, Answer> {
        let made = {
            let mut made = self.made.lock().unwrap_or_else(PoisonError::into_inner);
            made.entry(key).or_default().clone()
        };
        let for_all = made.get_or_try_init(|| async {
            let answer = self.make(ready, visit).await?;
            let is_everybodys = answer.errors().is_empty() && !visit.is_personal();
            let payload = answer.payload(&visit.trace)?;
            Ok(is_everybodys.then_some(payload))
        });
        for_all.await.cloned()
    }

    async fn make(&self, ready: &Ready, visit: &Arc<Visit>) -> Result<Answer, Answer> {
        visit.begin_answer();
        let tell = Following::Tell(Box::new(self.change.clone()));
        let mut responses = std::pin::pin!(ready.run(visit, tell));
        let response = responses.next().await.unwrap_or_default();
        let answer = Answer::of(response, &visit.trace);
        if answer.has_data() {
            Ok(answer)
        } else {
            Err(answer)
        }
    }
}
