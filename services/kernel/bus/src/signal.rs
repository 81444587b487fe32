//! Signals: "look again". They carry nothing and may be lost; who needs certainty looks again from time to time.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::{Mutex, PoisonError, Weak};

use tokio::sync::watch;

/// What a signal is about. Made of random ids only: never a tile, an address or a name.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Topic {
    /// The feed of a neighbourhood changed.
    Feed(contract::NeighbourhoodId),
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
    senders: Mutex<HashMap<Topic, Weak<watch::Sender<()>>>>,
}

impl Board {
    pub(crate) fn signal(&self, topic: &Topic) {
        let sender = self
            .senders
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .get(topic)
            .and_then(Weak::upgrade);
        if let Some(sender) = sender {
            sender.send_replace(());
        }
    }

    pub(crate) fn listen(&self, topic: Topic) -> Signals {
        let mut senders = self.senders.lock().unwrap_or_else(PoisonError::into_inner);
        senders.retain(|_, sender| sender.strong_count() > 0);
        let known = senders.get(&topic).and_then(Weak::upgrade);
        let sender = known.unwrap_or_else(|| {
            let sender = Arc::new(watch::Sender::new(()));
            senders.insert(topic, Arc::downgrade(&sender));
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
        for n in 0..100_u8 {
            drop(board.listen(Topic::Feed(NeighbourhoodId::from_random([n; 16]))));
        }
        assert!(board.senders.lock().unwrap().len() <= 1);
    }
}
