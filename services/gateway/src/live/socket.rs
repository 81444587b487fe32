//! One socket from its first word to its last.

use std::sync::Arc;
use std::time::Duration;

use axum::extract::ws::{Message, WebSocket};
use contract::Fault;
use futures_util::SinkExt;
use futures_util::stream::{BoxStream, StreamExt};
use runtime::Clock;
use serde::Serialize;
use serde_json::Value as Json;
use tokio_stream::StreamMap;
use tracing::Instrument;

use super::direct::Direct;
use super::message::{Closed, Plain, Said, Saying};
use super::run::{Brought, run};
use super::watch::{PING_EVERY, Watch, still_signed_in};
use super::{push, pushed};
use crate::face::Face;
use crate::http::Aside;
use crate::operation::{Answer, Asked};
use crate::visit::Visit;

/// How long a client may take to begin.
const INIT_WITHIN: Duration = Duration::from_secs(10);
/// After how long without a word a client is taken for gone, in milliseconds.
const SILENT_MS: i64 = 60_000;
/// How long a client may take to take one message: a slower one comes back with its cursor.
const TAKEN_WITHIN: Duration = Duration::from_secs(10);
/// How long a client may take to answer a close.
const CLOSED_WITHIN: Duration = Duration::from_secs(1);

/// The end of a socket: closed for a reason of ours, or gone.
enum End {
    Closed(Closed),
    Gone,
}

impl From<Closed> for End {
    fn from(closed: Closed) -> Self {
        Self::Closed(closed)
    }
}

/// Serves a socket until it ends; answers why it did, in one word.
pub(super) async fn serve(
    socket: WebSocket,
    aside: Option<Aside>,
    visit: Arc<Visit>,
) -> &'static str {
    let mut conversation = Conversation {
        socket,
        aside,
        operations: StreamMap::new(),
        begun: false,
        visit,
    };
    match conversation.hold().await {
        End::Gone => "gone",
        End::Closed(closed) => {
            conversation.close(closed).await;
            closed.name()
        }
    }
}

struct Conversation {
    socket: WebSocket,
    /// For what is told past this task.
    aside: Option<Aside>,
    operations: StreamMap<String, BoxStream<'static, Brought>>,
    begun: bool,
    visit: Arc<Visit>,
}

impl Conversation {
    async fn hold(&mut self) -> End {
        let edge = self.visit.edge.clone();
        let clock = &edge.clock;
        let mut stopping = std::pin::pin!(edge.tasks.stopping());
        let mut init_timeout = std::pin::pin!(clock.wait(INIT_WITHIN));
        let mut ping = Box::pin(clock.wait(PING_EVERY));
        let mut signals = Watch::on(&self.visit);
        let mut heard_at_ms = clock.now_ms();
        loop {
            let done = tokio::select! {
                heard = self.socket.recv() => {
                    heard_at_ms = clock.now_ms();
                    self.hear(heard).await
                }
                Some((id, brought)) = self.operations.next(), if !self.operations.is_empty() => {
                    self.bring(&id, brought).await
                }
                () = &mut init_timeout, if !self.begun => Err(Closed::InitTimeout.into()),
                () = &mut ping => {
                    ping = Box::pin(clock.wait(PING_EVERY));
                    if clock.now_ms().saturating_sub(heard_at_ms) > SILENT_MS {
                        Err(Closed::Silent.into())
                    } else {
                        self.send(Message::Ping(bytes::Bytes::new())).await
                    }
                }
                () = signals.due(clock) => {
                    still_signed_in(&self.visit, self.begun).await.map_err(End::from)
                }
                () = stuck(self.aside.as_ref()) => {
                    taken(clock, self.socket.flush()).await
                }
                () = &mut stopping => Err(Closed::Restarting.into()),
            };
            if let Err(end) = done {
                return end;
            }
        }
    }

    async fn hear(&mut self, heard: Option<Result<Message, axum::Error>>) -> Result<(), End> {
        let text = match heard {
            Some(Err(error)) if too_long(&error) => return Err(Closed::TooLong.into()),
            None | Some(Ok(Message::Close(_)) | Err(_)) => return Err(End::Gone),
            Some(Ok(Message::Ping(_) | Message::Pong(_))) => return Ok(()),
            Some(Ok(Message::Binary(_))) => return Err(Closed::Malformed.into()),
            Some(Ok(Message::Text(text))) => text,
        };
        match Said::read(&text).ok_or(Closed::Malformed)? {
            Said::Init if self.begun => Err(Closed::InitTwice.into()),
            Said::Init if self.visit.signed().is_none() => Err(Closed::SignedOut.into()),
            Said::Init => {
                self.begun = true;
                self.say(&Plain::ConnectionAck).await
            }
            Said::Ping(payload) => self.say(&Plain::Pong { payload }).await,
            Said::Pong => Ok(()),
            Said::Subscribe { .. } if !self.begun => Err(Closed::NotAcknowledged.into()),
            Said::Subscribe { id, payload } => self.subscribe(id, payload).await,
            Said::Complete { id } => {
                self.operations.remove(&id);
                Ok(())
            }
        }
    }

    async fn subscribe(&mut self, id: String, payload: Json) -> Result<(), End> {
        if self.operations.contains_key(&id) {
            return Err(Closed::IdInUse.into());
        }
        if self.operations.len() >= self.visit.edge.settings.limits.subscriptions {
            return Err(Closed::TooMany.into());
        }
        // A pong may lie there in part.
        taken(&self.visit.edge.clock, self.socket.flush()).await?;
        let direct = self.aside.clone().map(|aside| Direct::to(aside, &id));
        match begin(&self.visit, payload, direct).await {
            Ok(operation) => {
                self.operations.insert(id, operation);
                Ok(())
            }
            Err(refused) => self.bring(&id, Brought::Refused(refused)).await,
        }
    }

    async fn bring(&mut self, id: &str, brought: Brought) -> Result<(), End> {
        match brought {
            Brought::Next(payload, cause) => {
                let payload = &*payload;
                let next = Plain::Next { id, payload };
                self.say(&next).instrument(push(cause)).await?;
                pushed(cause);
                Ok(())
            }
            Brought::Refused(answer) => {
                self.operations.remove(id);
                let payload = answer.errors();
                self.say(&Saying::Error { id, payload }).await
            }
            Brought::End => {
                self.operations.remove(id);
                self.say(&Plain::Complete { id }).await
            }
        }
    }

    async fn say<T: Serialize>(&mut self, saying: &Saying<'_, T>) -> Result<(), End> {
        match saying.message() {
            Some(message) => self.send(message).await,
            None => Err(End::Gone),
        }
    }

    async fn send(&mut self, message: Message) -> Result<(), End> {
        taken(&self.visit.edge.clock, self.socket.send(message)).await
    }

    /// Says why, and waits a moment for the answer, so that what was said is read before the connection is cut.
    async fn close(&mut self, closed: Closed) {
        self.operations.clear();
        let clock = self.visit.edge.clock.clone();
        let answered = async {
            if self.socket.send(closed.message()).await.is_ok() {
                while let Some(Ok(_)) = self.socket.recv().await {}
            }
        };
        tokio::select! {
            () = answered => {}
            () = clock.wait(CLOSED_WITHIN) => {}
        }
    }
}

/// That the client takes what is being sent, soon enough.
async fn taken(
    clock: &Clock,
    sending: impl Future<Output = Result<(), axum::Error>>,
) -> Result<(), End> {
    tokio::select! {
        biased;
        sent = sending => sent.map_err(|_| End::Gone),
        () = clock.wait(TAKEN_WITHIN) => Err(Closed::TooSlow.into()),
    }
}

/// Done when what was told past this task lies there in part.
async fn stuck(aside: Option<&Aside>) {
    match aside {
        Some(aside) => aside.stuck().await,
        None => std::future::pending().await,
    }
}

/// Begins an operation under the standing that the caller has now.
async fn begin(
    socket: &Visit,
    payload: Json,
    direct: Option<Direct>,
) -> Result<BoxStream<'static, Brought>, Answer> {
    let refuse = |fault: Fault| Answer::fault(&fault, &socket.trace);
    let visit = Arc::new(socket.again().await.map_err(refuse)?);
    let ready = Asked::read(payload).map_err(refuse)?;
    let ready = ready.admit(Face::Residents, &visit).await?;
    run(ready, visit, direct).await
}

/// Whether a message was refused for its length. The library says so in words only.
fn too_long(error: &axum::Error) -> bool {
    error.to_string().contains("too long")
}
