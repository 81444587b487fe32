//! Signals: "look again". They carry nothing and may be lost; who needs certainty looks again from time to time.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::{Mutex, PoisonError, Weak};

use contract::{NeighbourhoodId, PostId, ResidentId, SessionId};
use runtime::telemetry::{self, Cause};
use tokio::sync::watch;

/// Fewer topics than this are not worth looking through.
const TIDY_AT_LEAST: usize = 16;
const TOPIC_BYTES: usize = 17;

/// What a signal is about. Made of random ids only: never a tile, an address or a name.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Topic {
    /// The feed of a neighbourhood changed.
    Feed(NeighbourhoodId),
    /// A notice changed, or something below it that its readers see.
    Post(PostId),
    /// A session ended before its time.
    Session(SessionId),
    /// A resident's standing changed.
    Resident(ResidentId),
}

impl Topic {
    /// In few bytes, as they travel: the kind and the id.
    pub(crate) fn to_bytes(&self) -> [u8; TOPIC_BYTES] {
        let (kind, id) = match self {
            Self::Feed(id) => (b'f', id.uuid()),
            Self::Post(id) => (b'p', id.uuid()),
            Self::Session(id) => (b's', id.uuid()),
            Self::Resident(id) => (b'r', id.uuid()),
        };
        let mut bytes = [kind; TOPIC_BYTES];
        bytes[1..].copy_from_slice(id.as_bytes());
        bytes
    }

    /// What travelled; none where it is not of this version's making.
    pub(crate) fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (kind, id) = bytes.split_first()?;
        match kind {
            b'f' => NeighbourhoodId::from_bytes(id).ok().map(Self::Feed),
            b'p' => PostId::from_bytes(id).ok().map(Self::Post),
            b's' => SessionId::from_bytes(id).ok().map(Self::Session),
            b'r' => ResidentId::from_bytes(id).ok().map(Self::Resident),
            _ => None,
        }
    }
}

/// One signal, as it travels.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Signal {
    pub(crate) topic: Topic,
    /// What it follows from, where that is traced.
    pub(crate) cause: Option<Cause>,
}

impl Signal {
    /// About a topic, because of what is under way here.
    pub(crate) fn about(topic: &Topic) -> Self {
        Self {
            topic: topic.clone(),
            cause: telemetry::cause(),
        }
    }

    pub(crate) fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = self.topic.to_bytes().to_vec();
        bytes.extend(self.cause.iter().flat_map(Cause::to_bytes));
        bytes
    }

    /// What travelled; none where it is not of this version's making.
    pub(crate) fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (topic, cause) = bytes.split_at_checked(TOPIC_BYTES)?;
        Some(Self {
            topic: Topic::from_bytes(topic)?,
            cause: match cause {
                [] => None,
                cause => Some(Cause::from_bytes(cause)?),
            },
        })
    }
}

/// Signals about one topic, from when it was asked for.
#[derive(Debug)]
pub struct Signals {
    receiver: watch::Receiver<Option<Cause>>,
    _sender: Arc<watch::Sender<Option<Cause>>>,
}

impl Signals {
    /// Whether there was a signal since this was last asked, or waited for.
    pub fn came(&mut self) -> bool {
        let came = self.receiver.has_changed().unwrap_or(false);
        if came {
            self.receiver.mark_unchanged();
        }
        came
    }

    /// Waits for the next signal; several that came meanwhile count as one.
    pub async fn next(&mut self) {
        // The sender lives as long as this does, so there always may be a next one.
        let _ = self.receiver.changed().await;
    }

    /// What the last signal followed from, where that is traced.
    pub fn cause(&self) -> Option<Cause> {
        *self.receiver.borrow()
    }
}

#[derive(Default)]
pub(crate) struct Board {
    topics: Mutex<Topics>,
}

#[derive(Default)]
struct Topics {
    senders: HashMap<Topic, Weak<watch::Sender<Option<Cause>>>>,
    /// Looking for topics that nobody listens to any more takes as long as there are topics: it is done when there are
    /// twice as many as were left the last time.
    tidy_at: usize,
}

impl Board {
    pub(crate) fn signal(&self, signal: &Signal) {
        let sender = self
            .topics
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .senders
            .get(&signal.topic)
            .and_then(Weak::upgrade);
        if let Some(sender) = sender {
            sender.send_replace(signal.cause);
        }
    }

    /// Signals may have been lost: everybody looks again.
    pub(crate) fn signal_all(&self) {
        let topics = self.topics.lock().unwrap_or_else(PoisonError::into_inner);
        for sender in topics.senders.values().filter_map(Weak::upgrade) {
            sender.send_replace(None);
        }
    }

    pub(crate) fn listen(&self, topic: Topic) -> Signals {
        let mut topics = self.topics.lock().unwrap_or_else(PoisonError::into_inner);
        let known = topics.senders.get(&topic).and_then(Weak::upgrade);
        let sender = known.unwrap_or_else(|| {
            let sender = Arc::new(watch::Sender::new(None));
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
    use runtime::telemetry::TraceContext;

    use super::*;

    #[tokio::test]
    async fn a_signal_reaches_those_who_listen_to_its_topic() {
        let board = Board::default();
        let here = Topic::Feed(NeighbourhoodId::from_random([1; 16]));
        let there = Topic::Feed(NeighbourhoodId::from_random([2; 16]));
        let mut signals = board.listen(here.clone());
        let mut others = board.listen(there);
        let signal = Signal::about(&here);
        board.signal(&signal);
        board.signal(&signal);
        signals.next().await;
        assert!(!signals.receiver.has_changed().unwrap(), "two are one");
        assert!(!others.receiver.has_changed().unwrap());
        board.signal(&signal);
        assert!(signals.came() && !signals.came() && !others.came());
    }

    #[test]
    fn a_topic_travels_as_its_kind_and_its_id() {
        let topics = [
            Topic::Feed(NeighbourhoodId::from_random([1; 16])),
            Topic::Post(PostId::from_random([2; 16])),
            Topic::Session(SessionId::from_random([3; 16])),
            Topic::Resident(ResidentId::from_random([4; 16])),
        ];
        for topic in topics {
            assert_eq!(Topic::from_bytes(&topic.to_bytes()), Some(topic));
        }
        for other in [&b""[..], b"f", b"x0123456789abcdef", b"f0123456789abcdef0"] {
            assert_eq!(Topic::from_bytes(other), None);
        }
    }

    #[test]
    fn a_signal_travels_with_what_it_follows_from_or_without() {
        const TOLD: &str = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
        let topic = Topic::Post(PostId::from_random([2; 16]));
        let cause = TraceContext::from_traceparent(TOLD).map(|context| Cause {
            context,
            since_ms: 7,
        });
        assert!(cause.is_some());
        for cause in [cause, None] {
            let topic = topic.clone();
            let signal = Signal { topic, cause };
            let mut bytes = signal.to_bytes();
            assert_eq!(Signal::from_bytes(&bytes), Some(signal));
            bytes.push(0);
            assert_eq!(Signal::from_bytes(&bytes), None);
        }
        assert_eq!(Signal::about(&topic).to_bytes(), topic.to_bytes());
    }

    #[test]
    fn where_signals_may_have_been_lost_everybody_looks_again() {
        let board = Board::default();
        let listening: Vec<_> = (0..3)
            .map(|n| board.listen(Topic::Post(PostId::from_random([n; 16]))))
            .collect();
        board.signal_all();
        for signals in listening {
            assert!(signals.receiver.has_changed().unwrap());
        }
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
            board.signal(&Signal::about(&topic(n)));
        }
        for signals in kept {
            assert!(
                signals.receiver.has_changed().unwrap(),
                "who listens is not forgotten"
            );
        }
    }
}
