//! The bus over Redis. It keeps nothing on disk and may be emptied at any time: what is not yet handled waits in the
//! outboxes and is told again.

mod buckets;
mod connection;
#[cfg(test)]
mod interleavings;
mod listener;
mod peers;
mod signals;
mod stream;
mod teller;

use std::sync::{Arc, Mutex, PoisonError};

use runtime::telemetry::{Measure, measure};
use runtime::{Clock, Entropy, SettingFault, Tasks};
use tokio::sync::{mpsc, watch};

use crate::signal::{Board, Signal};
use crate::{DeliveryFault, Hear, Signals, Topic};
pub use connection::BusFault;
use connection::Connection;
use listener::Listener;
pub(crate) use stream::{Standing, Stream};

/// Signals that wait to be sent; more are lost.
const SIGNALS_WAITING: usize = 1024;

/// The bus over Redis, in one process.
pub struct Redis {
    connection: Arc<Connection>,
    prefix: String,
    /// This process among the consumers: random.
    name: String,
    clock: Clock,
    listeners: Mutex<Vec<Arc<Listener>>>,
    /// There may be something new on a stream.
    wake: watch::Sender<()>,
    board: Board,
    signals: mpsc::Sender<Signal>,
    unsent: Mutex<Option<mpsc::Receiver<Signal>>>,
}

impl Redis {
    pub(crate) fn new(
        url: &str,
        prefix: &str,
        clock: Clock,
        entropy: &Entropy,
    ) -> Result<Self, SettingFault> {
        let fits = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.:".contains(&byte);
        if prefix.is_empty() || !prefix.bytes().all(fits) {
            return Err(SettingFault::new(
                "bus_prefix",
                "keys cannot begin with this",
                "use letters, digits and -_.: alone",
            ));
        }
        let (signals, unsent) = mpsc::channel(SIGNALS_WAITING);
        Ok(Self {
            connection: Arc::new(Connection::to(url)?),
            prefix: prefix.to_owned(),
            name: format!("{:032x}", u128::from_be_bytes(entropy.bytes())),
            clock,
            listeners: Mutex::default(),
            wake: watch::Sender::new(()),
            board: Board::default(),
            signals,
            unsent: Mutex::new(Some(unsent)),
        })
    }

    pub(crate) fn stream(&self, name: &'static str) -> Stream {
        Stream::new(
            name,
            self.connection.clone(),
            &self.prefix,
            self.clock.clone(),
        )
    }

    pub(crate) fn subscribe(
        &self,
        stream: &'static str,
        consumer: &'static str,
        ear: Arc<dyn Hear>,
    ) {
        let listener = Listener::new(
            self.stream(stream),
            consumer,
            ear,
            self.name.clone(),
            self.clock.clone(),
        );
        self.listeners
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(Arc::new(listener));
    }

    /// Who of this process hears a stream.
    pub(crate) fn consumers(&self, stream: &str) -> Vec<&'static str> {
        let listeners = self.listeners().into_iter();
        let hear_it = listeners.filter(|it| it.stream.name == stream);
        hear_it.map(|it| it.consumer).collect()
    }

    fn listeners(&self) -> Vec<Arc<Listener>> {
        self.listeners
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// Starts to hear and to pass on signals. A second time it does nothing.
    pub(crate) fn start(self: &Arc<Self>, tasks: &Tasks) {
        let mut unsent = self.unsent.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(unsent) = unsent.take() else {
            return;
        };
        for listener in self.listeners() {
            let woken = self.wake.subscribe();
            tasks.keep("consumer", async move { listener.serve(woken).await });
        }
        let bus = self.clone();
        tasks.keep("signals", async move { bus.send_signals(unsent).await });
        let bus = self.clone();
        tasks.keep("signals", async move { bus.hear_signals().await });
    }

    /// Hears what waits on one stream.
    pub(crate) async fn hear(&self, stream: &str) -> Result<usize, DeliveryFault> {
        let mut heard = 0;
        for listener in self.listeners() {
            if listener.stream.name == stream {
                heard += listener.hear_all().await?;
            }
        }
        Ok(heard)
    }

    /// Hears what waits on every stream that this process hears.
    pub(crate) async fn hear_all(&self) -> Result<usize, DeliveryFault> {
        let mut heard = 0;
        for listener in self.listeners() {
            heard += listener.hear_all().await?;
        }
        Ok(heard)
    }

    pub(crate) fn listen(&self, topic: Topic) -> Signals {
        self.board.listen(topic)
    }

    /// Those who listen in this process hear at once; the others, if nothing is lost on the way.
    pub(crate) fn signal(&self, signal: Signal) {
        self.board.signal(&signal);
        // More than can be sent is lost, as signals may be.
        if self.signals.try_send(signal).is_err() {
            measure(Measure::SignalLost);
        }
    }

    pub(crate) async fn look(&self) -> Result<(), BusFault> {
        let ping = redis::cmd("PING");
        self.connection.ask::<String>(&ping).await.map(drop)
    }
}
