//! Many sockets, and when the last of them was told.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use futures_util::{SinkExt, StreamExt};
use serde_json::json;
use tokio::net::TcpStream;
use tokio::sync::Notify;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};

type Socket = WebSocketStream<MaybeTlsStream<TcpStream>>;

/// How long the last socket may take.
const TOLD_WITHIN: Duration = Duration::from_secs(30);

/// What a socket says to begin.
#[derive(Clone, Debug)]
pub struct Asking {
    /// Where the server is.
    pub origin: String,
    /// The session, where there is one.
    pub cookie: Option<String>,
    /// The operation, where GraphQL is spoken.
    pub operation: Option<serde_json::Value>,
}

/// Sockets that are open, and what all of them were told.
#[derive(Debug)]
pub struct Listeners {
    told: Arc<AtomicUsize>,
    progress: Arc<Notify>,
    count: usize,
    expected: usize,
    _sockets: tokio::task::JoinSet<()>,
}

impl Listeners {
    /// Opens so many sockets; each asks as the next of `asking` says, over and over.
    ///
    /// # Errors
    /// When one cannot be opened.
    pub async fn open(asking: &[Asking], count: usize) -> Result<Self> {
        let (told, progress) = (Arc::new(AtomicUsize::new(0)), Arc::new(Notify::new()));
        let mut sockets = tokio::task::JoinSet::new();
        for asking in asking.iter().cycle().take(count) {
            let mut socket = connect(asking).await?;
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
            _sockets: sockets,
        })
    }

    /// How long it takes from now until all sockets were told so many times more.
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
