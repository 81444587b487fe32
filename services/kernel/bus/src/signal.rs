//! Signals: "look again". They carry nothing and may be lost; who needs certainty looks again from time to time.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::{Mutex, PoisonError, Weak};

use tokio::sync::watch;

/// Fewer topics than this are not worth looking through.
const TIDY_AT_LEAST: usize = 16;

/// What a signal is about. Made of random ids only: never a tile, an address or a name.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Topic {
    /// The feed of a neighbourhood changed.
    Feed(contract::NeighbourhoodId),
    /// A notice changed, or something below it that its readers see.
    Post(contract::PostId),
    /// A session ended before its time.
    Session(contract::SessionId),
    /// A resident's standing changed.
    Resident(contract::ResidentId),
}

/// Signals about one topic, from when it was asked for.
#[derive(Debug)]
pub struct Signals {
    receiver: watch::Receiver<()>,
    _sender: Arc<watch::Sender<()>>,
}

impl Signals {
    /// Waits for the next signal; several that came meanwhile count as one.
    pub async fn next(&mut self) {
        // The sender lives as long as this does, so there always may be a next one.
        let _ = self.receiver.changed().await;
    }
}

#[derive(Default)]
pub(crate) struct Board {
    topics: Mutex<Topics>,
}

#[derive(Default)]
struct Topics {
    senders: HashMap<Topic, Weak<watch::Sender<()>>>,
    /// Looking for topics that nobody listens to any more takes as long as there are topics: it is done when there are
    /// twice as many as were left the last time.
    tidy_at: usize,
}

impl Board {
    pub(crate) fn signal(&self, topic: &Topic) {
        let sender = self
            .topics
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .senders
            .get(topic)
            .and_then(Weak::upgrade);
        if let Some(sender) = sender {
            sender.send_replace(());
        }
    }

    pub(crate) fn listen(&self, topic: Topic) -> Signals {
        let mut topics = self.topics.lock().unwrap_or_else(PoisonError::into_inner);
        let known = topics.senders.get(&topic).and_then(Weak::upgrade);
        let sender = known.unwrap_or_else(|| {
            let sender = Arc::new(watch::Sender::new(()));
            if topics.senders.len() >= topics.tidy_at {
                topics.senders.retain(|_, sender| sender.strong_count() > 0);
                topics.tidy_at = 2 * topics.senders.len().max(TIDY_AT_LEAST);
            }
            topics.senders.insert(topic, Arc::downgrade(&sender));
            sender
        });
        Signals {
            receiver: sender.subscribe(),
            _sender: sender,
        }
    }
}

#[cfg(test)]
mod tests {
    use contract::NeighbourhoodId;

    use super::*;

    #[tokio::test]
    async fn a_signal_reaches_those_who_listen_to_its_topic() {
        let board = Board::default();
        let here = Topic::Feed(NeighbourhoodId::from_random([1; 16]));
        let there = Topic::Feed(NeighbourhoodId::from_random([2; 16]));
        let mut signals = board.listen(here.clone());
        let mut others = board.listen(there);
        board.signal(&here);
        board.signal(&here);
        signals.next().await;
        assert!(!signals.receiver.has_changed().unwrap(), "two are one");
        assert!(!others.receiver.has_changed().unwrap());
        others.receiver.mark_unchanged();
    }

    #[test]
    fn a_topic_nobody_listens_to_is_forgotten() {
        let board = Board::default();
        let topic = |n| Topic::Feed(NeighbourhoodId::from_random([n; 16]));
        let kept: Vec<_> = (0..20).map(|n| board.listen(topic(n))).collect();
        for n in 20..=255 {
            drop(board.listen(topic(n)));
        }
        assert!(board.topics.lock().unwrap().senders.len() <= 2 * kept.len());
        for n in 0..20 {
            board.signal(&topic(n));
        }
        for signals in kept {
            assert!(
                signals.receiver.has_changed().unwrap(),
                "who listens is not forgotten"
            );
        }
    }
}
