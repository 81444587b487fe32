//! Many sockets, and when the last of them was told.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use futures_util::{SinkExt, StreamExt, TryStreamExt, stream};
use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio::sync::Notify;
use tokio::task::JoinSet;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};

use crate::pace::Timed;

type Socket = WebSocketStream<MaybeTlsStream<TcpStream>>;

/// How long the last socket may take.
const TOLD_WITHIN: Duration = Duration::from_mins(1);

/// More at once would only wait for one another.
const OPENED_AT_ONCE: usize = 16;

/// What a socket says to begin.
#[derive(Clone, Debug)]
pub struct Asking {
    /// Where the server is.
    pub origin: String,
    /// The session, where there is one.
    pub cookie: Option<String>,
    /// The operation, where GraphQL is spoken.
    pub operation: Option<Value>,
}

/// Sockets that are open, and what all of them were told.
#[derive(Debug)]
pub struct Listeners {
    told: Arc<AtomicUsize>,
    progress: Arc<Notify>,
    count: usize,
    expected: usize,
    /// How long it took to open each.
    pub opened: Vec<Timed>,
    _sockets: JoinSet<()>,
}

impl Listeners {
    /// Opens so many sockets, a few at a time; each asks as the next of `asking` says, over and over.
    ///
    /// # Errors
    /// When one cannot be opened.
    pub async fn open(asking: &[Asking], count: usize) -> Result<Self> {
        Self::open_at_once(asking, count, OPENED_AT_ONCE).await
    }

    /// The same, with so many of them being opened at any time.
    ///
    /// # Errors
    /// When one cannot be opened.
    pub async fn open_at_once(asking: &[Asking], count: usize, at_once: usize) -> Result<Self> {
        let (told, progress) = (Arc::new(AtomicUsize::new(0)), Arc::new(Notify::new()));
        let first = Instant::now();
        let opening = asking.iter().cycle().take(count).map(async |asking| {
            let begun = Instant::now();
            let socket = connect(asking).await?;
            let opened = Timed {
                since: begun.duration_since(first),
                took: begun.elapsed(),
                failed: None,
            };
            anyhow::Ok((socket, opened))
        });
        let mut opening = stream::iter(opening).buffer_unordered(at_once);
        let (mut sockets, mut opened) = (JoinSet::new(), Vec::with_capacity(count));
        while let Some((mut socket, timed)) = opening.try_next().await? {
            opened.push(timed);
            let (told, progress) = (told.clone(), progress.clone());
            sockets.spawn(async move {
                while let Some(Ok(message)) = socket.next().await {
                    if matches!(message, Message::Text(_)) {
                        // The last socket of an event is the one that is waited for.
                        if (told.fetch_add(1, Ordering::Relaxed) + 1) % count == 0 {
                            progress.notify_one();
                        }
                    }
                }
            });
        }
        Ok(Self {
            told,
            progress,
            count,
            expected: 0,
            opened,
            _sockets: sockets,
        })
    }

    /// How long it takes from `begun` until all sockets were told so many times more.
    ///
    /// # Errors
    /// When it takes too long.
    pub async fn all_told(&mut self, times: usize, begun: Instant) -> Result<Duration> {
        self.expected += times * self.count;
        let all = async {
            while self.told.load(Ordering::Relaxed) < self.expected {
                self.progress.notified().await;
            }
        };
        let all = tokio::time::timeout(TOLD_WITHIN, all).await;
        ensure!(
            all.is_ok(),
            "{} of {} were told",
            self.told.load(Ordering::Relaxed),
            self.expected
        );
        Ok(begun.elapsed())
    }
}

/// One socket that reads what it is told.
#[derive(Debug)]
pub struct Neighbour(Socket);

impl Neighbour {
    /// Opens it.
    ///
    /// # Errors
    /// When it cannot be opened.
    pub async fn follows(asking: &Asking) -> Result<Self> {
        Ok(Self(connect(asking).await?))
    }

    /// The title of the next notice that appears, once it does.
    ///
    /// # Errors
    /// When the socket is closed, or nothing appears for long.
    pub async fn hears(&mut self) -> Result<String> {
        let title = async {
            loop {
                let message = self.0.next().await.context("closed")??;
                let Message::Text(text) = message else {
                    continue;
                };
                let told: Value = serde_json::from_str(&text)?;
                let post = &told["payload"]["data"]["feedChanges"]["post"];
                if let Some(title) = post["title"].as_str() {
                    return Ok(title.to_owned());
                }
            }
        };
        let title = tokio::time::timeout(TOLD_WITHIN, title).await;
        title.context("nothing was told")?
    }
}

async fn connect(asking: &Asking) -> Result<Socket> {
    let url = format!("{}/graphql", asking.origin.replace("http", "ws"));
    let mut request = url.into_client_request()?;
    let headers = request.headers_mut();
    headers.insert("sec-websocket-protocol", "graphql-transport-ws".parse()?);
    headers.insert("origin", asking.origin.parse()?);
    if let Some(cookie) = &asking.cookie {
        headers.insert("cookie", cookie.parse()?);
    }
    let (mut socket, _) = connect_async(request).await?;
    if let Some(operation) = &asking.operation {
        let init = json!({ "type": "connection_init" });
        socket.send(Message::text(init.to_string())).await?;
        let acknowledged = socket.next().await.context("closed")??;
        ensure!(acknowledged.is_text(), "not acknowledged: {acknowledged:?}");
        let subscribe = json!({ "id": "1", "type": "subscribe", "payload": operation });
        socket.send(Message::text(subscribe.to_string())).await?;
        if operation["variables"]["after"].is_string() {
            // What was missed is told at once, and proves that the subscription stands.
            return Ok(socket);
        }
        // The answer to what is said later comes when the subscription stands.
        let ping = json!({ "type": "ping" });
        socket.send(Message::text(ping.to_string())).await?;
        let answer = socket.next().await.context("closed")??;
        ensure!(
            answer.to_text()?.contains("pong"),
            "not followed: {answer:?}"
        );
    }
    Ok(socket)
}
