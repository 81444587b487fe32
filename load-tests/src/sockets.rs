//! Many sockets, and when the last of them was told.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};
use futures_util::{SinkExt, StreamExt, stream};
use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio::sync::Notify;
use tokio::task::JoinSet;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::http::Response;
use tokio_tungstenite::tungstenite::{Error, Message};
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};

use crate::http::FORWARDED_FOR;
use crate::pace::Timed;

type Socket = WebSocketStream<MaybeTlsStream<TcpStream>>;

/// How long the last socket may take.
const TOLD_WITHIN: Duration = Duration::from_mins(1);

/// More at once would only wait for one another.
const OPENED_AT_ONCE: usize = 16;

/// After how long who was turned away comes again, half as much more or less; twice as long each time. So does the web app.
const FIRST_WAIT: Duration = Duration::from_millis(500);

/// What a socket says to begin.
#[derive(Clone, Debug)]
pub struct Asking {
    /// Where the server is.
    pub origin: String,
    /// As whom, where that is asked.
    pub signed_in: Option<SignedIn>,
    /// The operation, where GraphQL is spoken.
    pub operation: Option<Value>,
}

/// Somebody who is signed in.
#[derive(Clone, Debug)]
pub struct SignedIn {
    /// Where they come from.
    pub address: String,
    /// The session, as it is sent.
    pub cookie: String,
}

/// Sockets that are open, and what they were told.
#[derive(Debug)]
pub struct Listeners {
    /// How often each was told something.
    times: Vec<Arc<AtomicUsize>>,
    told: Arc<Told>,
    expected: usize,
    /// How long it took to open each, and which could not be opened.
    pub opened: Vec<Timed>,
    _sockets: JoinSet<()>,
}

#[derive(Debug, Default)]
struct Told {
    /// So much, to all together.
    all: AtomicUsize,
    /// So much whoever waits is waiting for.
    awaited: AtomicUsize,
    progress: Notify,
}

impl Listeners {
    /// Opens so many sockets, a few at a time; each asks as the next of `asking` says, over and over.
    ///
    /// # Errors
    /// When one cannot be opened.
    pub async fn open(asking: &[Asking], count: usize) -> Result<Self> {
        let all = Self::opened(asking, count, OPENED_AT_ONCE, async |asking, _| {
            connect(asking).await
        })
        .await;
        let failed = all.opened.iter().find_map(|timed| timed.failed.as_ref());
        ensure!(
            failed.is_none(),
            "a socket: {}",
            failed.map_or("", String::as_str)
        );
        Ok(all)
    }

    /// The same, with so many of them on their way at any time; who is turned away comes again, and who had to do so for too long is
    /// said with the others.
    pub async fn come_back(asking: &[Asking], count: usize, at_once: usize) -> Self {
        Self::opened(asking, count, at_once, come_back).await
    }

    async fn opened(
        asking: &[Asking],
        count: usize,
        at_once: usize,
        open: impl AsyncFn(&Asking, usize) -> Result<Socket>,
    ) -> Self {
        let told = Arc::<Told>::default();
        let first = Instant::now();
        let opening = asking.iter().cycle().take(count).enumerate();
        let opening = opening.map(async |(number, asking)| {
            let begun = Instant::now();
            let socket = open(asking, number).await;
            let timed = Timed {
                since: begun.duration_since(first),
                took: begun.elapsed(),
                failed: socket.as_ref().err().map(|why| format!("{why:#}")),
            };
            (socket.ok(), timed)
        });
        let mut opening = stream::iter(opening).buffer_unordered(at_once);
        let (mut sockets, mut opened) = (JoinSet::new(), Vec::with_capacity(count));
        let mut times = Vec::with_capacity(count);
        while let Some((socket, timed)) = opening.next().await {
            opened.push(timed);
            if let Some(socket) = socket {
                let own = Arc::<AtomicUsize>::default();
                times.push(own.clone());
                sockets.spawn(listen(socket, own, told.clone()));
            }
        }
        Self {
            times,
            told,
            expected: 0,
            opened,
            _sockets: sockets,
        }
    }

    /// How long it takes from `begun` until every socket that is open was told so many times more.
    ///
    /// # Errors
    /// When it takes too long, or one was told more.
    pub async fn all_told(&mut self, times: usize, begun: Instant) -> Result<Duration> {
        self.expected += times;
        let (told, expected) = (&self.told, self.expected);
        let sockets = &self.times;
        let is = |holds: fn(usize, usize) -> bool| {
            let mut each = sockets.iter().map(|own| own.load(Ordering::Acquire));
            each.all(|own| holds(own, expected))
        };
        told.awaited
            .store(expected * sockets.len(), Ordering::Release);
        let all = async {
            while !is(|own, expected| own >= expected) {
                told.progress.notified().await;
            }
        };
        let all = tokio::time::timeout(TOLD_WITHIN, all).await;
        let took = begun.elapsed();
        let waiting = sockets
            .iter()
            .filter(|own| own.load(Ordering::Acquire) < expected);
        ensure!(
            all.is_ok(),
            "{} of {} were not told",
            waiting.count(),
            sockets.len()
        );
        ensure!(is(|own, expected| own == expected), "one was told twice");
        Ok(took)
    }
}

/// Counts what a socket is told.
async fn listen(mut socket: Socket, own: Arc<AtomicUsize>, told: Arc<Told>) {
    while let Some(Ok(message)) = socket.next().await {
        if matches!(message, Message::Text(_)) {
            own.fetch_add(1, Ordering::Release);
            // The last socket of an event is the one that is waited for.
            if told.all.fetch_add(1, Ordering::AcqRel) + 1 >= told.awaited.load(Ordering::Acquire) {
                told.progress.notify_one();
            }
        }
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

/// Opens a socket, however often it takes, for as long as somebody would wait to be told.
async fn come_back(asking: &Asking, number: usize) -> Result<Socket> {
    let (begun, mut wait) = (Instant::now(), FIRST_WAIT);
    // Nobody comes when the others do.
    let share = 0.5 + f64::from(u8::try_from(number % 100)?) / 100.0;
    loop {
        match connect(asking).await {
            Err(_) if begun.elapsed() < TOLD_WITHIN => {
                tokio::time::sleep(wait.mul_f64(share)).await;
            }
            opened => return opened,
        }
        wait *= 2;
    }
}

async fn connect(asking: &Asking) -> Result<Socket> {
    let url = format!("{}/graphql", asking.origin.replace("http", "ws"));
    let mut request = url.into_client_request()?;
    let headers = request.headers_mut();
    headers.insert("sec-websocket-protocol", "graphql-transport-ws".parse()?);
    headers.insert("origin", asking.origin.parse()?);
    if let Some(SignedIn { address, cookie }) = &asking.signed_in {
        headers.insert(FORWARDED_FOR, address.parse()?);
        headers.insert("cookie", cookie.parse()?);
    }
    let (mut socket, _) = match connect_async(request).await {
        Err(Error::Http(refused)) => bail!("{}", reason(&refused)),
        opened => opened?,
    };
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

/// Why a socket was turned away, in the words of the server.
fn reason(refused: &Response<Option<Vec<u8>>>) -> String {
    let body = refused.body().as_deref().unwrap_or_default();
    format!("{}: {}", refused.status(), String::from_utf8_lossy(body))
}
