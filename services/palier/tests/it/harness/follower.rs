//! Somebody who follows a feed for long: comes back after the last cursor whenever the connection ends.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use futures_util::future::select;
use futures_util::stream::BoxStream;
use futures_util::{SinkExt, StreamExt};
use reqwest::header::{ACCEPT, COOKIE, ORIGIN};
use runtime::Clock;
use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio::sync::Notify;
use tokio::task::JoinSet;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};

use super::client::{FEED_CHANGES, http};
use super::resident::Resident;

/// Who was sent away comes back after so long.
const BACK_AFTER: Duration = Duration::from_millis(200);
/// Whoever does not get through in this time tries again.
const BEGUN_WITHIN: Duration = Duration::from_secs(15);

/// What somebody who follows knows of the feed.
#[derive(Debug, Default)]
pub struct Known {
    /// The notices that are up.
    pub up: BTreeSet<String>,
    /// Notices that were said to appear though they were up already.
    pub twice: Vec<String>,
    /// How often the connection ended.
    pub ended: usize,
    cursor: String,
}

/// Somebody who follows a feed, over a socket or over an event stream.
pub struct Follower {
    known: Arc<Mutex<Known>>,
    changed: Arc<Notify>,
    _following: JoinSet<()>,
}

impl Follower {
    /// Follows an empty feed.
    pub async fn begin(resident: Arc<Resident>, over_stream: bool) -> Self {
        let (shown, cursor) = resident.whole_feed().await.unwrap();
        assert!(shown.is_empty(), "the board has notices already");
        let known = Arc::new(Mutex::new(Known {
            cursor,
            ..Known::default()
        }));
        let changed = Arc::<Notify>::default();
        let mut following = JoinSet::new();
        let (learns, tells) = (known.clone(), changed.clone());
        following.spawn(async move {
            loop {
                let after = learns.lock().unwrap().cursor.clone();
                let begun = begin(&resident, &after, over_stream);
                if let Ok(Some(mut told)) = tokio::time::timeout(BEGUN_WITHIN, begun).await {
                    while let Some(change) = told.next().await {
                        learns.lock().unwrap().learn(&change);
                        tells.notify_one();
                    }
                    learns.lock().unwrap().ended += 1;
                }
                Clock::System.wait(BACK_AFTER).await;
            }
        });
        Self {
            known,
            changed,
            _following: following,
        }
    }

    /// Looks at what is known.
    pub fn known<T>(&self, look: impl FnOnce(&Known) -> T) -> T {
        look(&self.known.lock().unwrap())
    }

    /// Waits until exactly these are up, or until the clock says that it is too late; answers whether they are.
    pub async fn until(&self, up: &BTreeSet<String>, deadline_ms: i64) -> bool {
        let clock = Clock::System;
        loop {
            if self.known(|known| known.up == *up) {
                return true;
            }
            let left_ms = deadline_ms - clock.now_ms();
            if left_ms <= 0 {
                return false;
            }
            let late = clock.wait(Duration::from_millis(left_ms.unsigned_abs()));
            let changed = self.changed.notified();
            select(std::pin::pin!(changed), std::pin::pin!(late)).await;
        }
    }
}

impl Known {
    fn learn(&mut self, change: &Value) {
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        match change["__typename"].as_str().unwrap() {
            "PostAppeared" => {
                let id = text(&change["post"]["id"]);
                if !self.up.insert(id.clone()) {
                    self.twice.push(id);
                }
            }
            "PostChanged" => assert!(self.up.contains(&text(&change["post"]["id"]))),
            "PostGone" => {
                self.up.remove(&text(&change["id"]));
            }
            other => panic!("{other}: {change}"),
        }
        self.cursor = text(&change["cursor"]);
    }
}

type Told = BoxStream<'static, Value>;

/// What is told after a cursor; none where nobody can be reached.
async fn begin(resident: &Resident, after: &str, over_stream: bool) -> Option<Told> {
    let variables = json!({ "n": resident.neighbourhood, "after": after });
    let asked = json!({ "query": FEED_CHANGES, "variables": variables });
    let payloads = if over_stream {
        over_events(resident, &asked).await?
    } else {
        over_socket(resident, &asked).await?
    };
    // A refusal ends it: whoever it is meant for comes back.
    let changes = payloads.map(|payload| payload["data"]["feedChanges"].clone());
    Some(
        changes
            .take_while(|change| std::future::ready(change.is_object()))
            .boxed(),
    )
}

type Socket = WebSocketStream<MaybeTlsStream<TcpStream>>;

async fn over_socket(resident: &Resident, asked: &Value) -> Option<Told> {
    let url = format!("{}/graphql", resident.origin.replace("http", "ws"));
    let mut request = url.into_client_request().unwrap();
    let headers = request.headers_mut();
    let protocol = "graphql-transport-ws".parse().unwrap();
    headers.insert("sec-websocket-protocol", protocol);
    headers.insert(ORIGIN, resident.origin.parse().unwrap());
    headers.insert(COOKIE, resident.cookie.parse().unwrap());
    let (mut socket, _) = connect_async(request).await.ok()?;
    for message in [
        json!({ "type": "connection_init" }),
        json!({ "id": "1", "type": "subscribe", "payload": asked }),
    ] {
        socket.send(Message::text(message.to_string())).await.ok()?;
    }
    Some(futures_util::stream::unfold(socket, next_of_socket).boxed())
}

async fn next_of_socket(mut socket: Socket) -> Option<(Value, Socket)> {
    loop {
        let Message::Text(text) = socket.next().await?.ok()? else {
            continue;
        };
        let message: Value = serde_json::from_str(&text).unwrap();
        match message["type"].as_str().unwrap() {
            "next" => return Some((message["payload"].clone(), socket)),
            "connection_ack" => {}
            _ => return None,
        }
    }
}

async fn over_events(resident: &Resident, asked: &Value) -> Option<Told> {
    let request = http().build().unwrap();
    let request = request.post(format!("{}/graphql", resident.origin));
    let request = request.header(ACCEPT, "text/event-stream");
    let request = request.header(ORIGIN, &resident.origin);
    let answer = request.header(COOKIE, &resident.cookie).json(asked).send();
    let answer = answer.await.ok()?.error_for_status().ok()?;
    let begun = (answer.bytes_stream().boxed(), Vec::new());
    let told = futures_util::stream::unfold(begun, |(mut bytes, mut unread)| async move {
        loop {
            if let Some(end) = unread.windows(2).position(|pair| pair == b"\n\n") {
                let event: Vec<u8> = unread.drain(..end + 2).collect();
                if let Some(said) = event.strip_prefix(b"event: next\ndata: ") {
                    let payload: Value = serde_json::from_slice(said).unwrap();
                    return Some((payload, (bytes, unread)));
                }
            } else {
                unread.extend_from_slice(&bytes.next().await?.ok()?);
            }
        }
    });
    Some(told.boxed())
}
