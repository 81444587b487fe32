//! Signals across processes, over sharded publish and subscribe.

use std::time::Duration;

use futures_util::future::{Either, select};
use redis::{FromRedisValue, PushInfo, PushKind};
use runtime::telemetry::{Measure, measure};
use tokio::sync::mpsc;

use super::{BusFault, Redis};
use crate::pauses::Pauses;
use crate::signal::Signal;

/// Topics are spread over so many channels, so that the nodes of a cluster share them.
const CHANNELS: u8 = 16;
/// How many signals are sent at once.
const SENT_AT_ONCE: usize = 64;
/// A connection that is silent is asked whether it still is one.
const PING_EVERY: Duration = Duration::from_secs(10);

impl Redis {
    /// Sends what is signalled here, for as long as the process runs.
    pub(super) async fn send_signals(&self, mut unsent: mpsc::Receiver<Signal>) {
        let mut signals = Vec::with_capacity(SENT_AT_ONCE);
        while unsent.recv_many(&mut signals, SENT_AT_ONCE).await > 0 {
            let mut commands = redis::pipe();
            let count = signals.len();
            for signal in signals.drain(..) {
                let bytes = signal.to_bytes();
                let channel = self.channel(bytes[1] % CHANNELS);
                commands.cmd("SPUBLISH").arg(channel).arg(&bytes).ignore();
            }
            if let Err(fault) = self.connection.send(&commands).await {
                tracing::debug!(reason = %fault, "signals are lost");
                for _ in 0..count {
                    measure(Measure::SignalLost);
                }
            }
        }
    }

    /// Passes on what others signal, for as long as the process runs.
    pub(super) async fn hear_signals(&self) {
        let mut pauses = Pauses::new();
        loop {
            if let Err(fault) = self.follow(&mut pauses).await {
                tracing::warn!(reason = %fault, "signals are not heard");
            }
            self.clock.wait(pauses.next()).await;
        }
    }

    /// Follows until the connection is lost.
    async fn follow(&self, pauses: &mut Pauses) -> Result<(), BusFault> {
        let (sender, mut received) = mpsc::unbounded_channel();
        let mut connection = self.connection.pushing_to(sender).await?;
        let streams = self.listeners().into_iter().map(|it| it.stream.told());
        for channel in (0..CHANNELS).map(|n| self.channel(n)).chain(streams) {
            let mut subscribe = redis::cmd("SSUBSCRIBE");
            subscribe.arg(channel).exec_async(&mut connection).await?;
        }
        *pauses = Pauses::new();
        // What was said meanwhile was said to nobody here.
        self.board.signal_all();
        self.wake.send_replace(());
        loop {
            let next = std::pin::pin!(received.recv());
            match select(next, std::pin::pin!(self.clock.wait(PING_EVERY))).await {
                Either::Left((Some(push), _)) if push.kind != PushKind::Disconnection => {
                    self.pass_on(push);
                }
                Either::Left(_) => return Ok(()),
                Either::Right(_) => redis::cmd("PING").exec_async(&mut connection).await?,
            }
        }
    }

    fn pass_on(&self, push: PushInfo) {
        if push.kind != PushKind::SMessage {
            return;
        }
        let Some(message) = push.data.into_iter().nth(1) else {
            return;
        };
        let bytes = Vec::<u8>::from_redis_value(message).unwrap_or_default();
        match Signal::from_bytes(&bytes) {
            Some(signal) => self.board.signal(&signal),
            None => self.wake.send_replace(()),
        }
    }

    fn channel(&self, n: u8) -> String {
        format!("{}:signals:{n}", self.prefix)
    }
}
