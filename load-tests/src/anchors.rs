//! What Palier is compared with: servers of a few lines, each doing one thing as its library's own examples do it.
//!
//! - `static`: the same bytes for every request, with axum;
//! - `stock`: a feed of 20 posts from memory and a subscription, with async-graphql as it comes: parsed, executed and
//!   serialised for each request and each subscriber;
//! - `broadcast`: a text to every socket, with axum and tokio's broadcast.

use std::sync::Arc;

use anyhow::{Result, bail};
use async_graphql::http::{ALL_WEBSOCKET_PROTOCOLS, WebSocket, WebSocketProtocols, WsMessage};
use async_graphql::{EmptyMutation, Object, Schema, SimpleObject, Subscription};
use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::extract::ws::{Message, Utf8Bytes, WebSocketUpgrade};
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use futures_util::stream::StreamExt;
use futures_util::{SinkExt, Stream, future};
use tokio::net::TcpListener;
use tokio::sync::broadcast;
use tokio_stream::wrappers::BroadcastStream;

/// How many texts a slow socket may be behind.
const WAITING: usize = 1_024;
/// Posts on a page.
const PAGE: usize = 20;

/// The command of a program that can be an anchor: `serve NAME PORT`.
#[derive(Debug, clap::Args)]
pub struct Serve {
    /// Which anchor.
    name: String,
    /// On which port of the loopback interface.
    port: u16,
}

impl Serve {
    /// Serves until the process is killed.
    ///
    /// # Errors
    /// When there is no anchor of that name, or the port is taken.
    pub async fn run(self) -> Result<()> {
        serve(&self.name, self.port).await
    }
}

async fn serve(name: &str, port: u16) -> Result<()> {
    let (said, _) = broadcast::channel::<Utf8Bytes>(WAITING);
    let routes = match name {
        "static" => {
            let page: Bytes = page_of_schema().await.into();
            let answer = move |_asked: Bytes| {
                let page = page.clone();
                async move { ([(CONTENT_TYPE, "application/json")], page).into_response() }
            };
            Router::new().route("/graphql", post(answer))
        }
        "stock" => {
            let schema = schema(said.clone());
            Router::new()
                .route("/graphql", post(execute).get(subscribe))
                .with_state(schema)
        }
        "broadcast" => Router::new()
            .route("/graphql", get(listen))
            .with_state(said.clone()),
        other => bail!("no anchor is called {other}"),
    };
    let publish = move |text: String| {
        let said = said.clone();
        async move {
            // Nobody listening is nobody to tell.
            let _ = said.send(text.into());
        }
    };
    let routes = routes.route("/publish", post(publish));
    let listener = TcpListener::bind(("127.0.0.1", port)).await?;
    println_open();
    axum::serve(listener, routes).await?;
    Ok(())
}

#[allow(clippy::print_stdout, reason = "whoever started this waits for it")]
fn println_open() {
    println!("open");
}

async fn listen(
    upgrade: WebSocketUpgrade,
    State(said): State<broadcast::Sender<Utf8Bytes>>,
) -> Response {
    let mut heard = said.subscribe();
    upgrade
        .protocols(ALL_WEBSOCKET_PROTOCOLS)
        .on_upgrade(async move |mut socket| {
            while let Ok(text) = heard.recv().await {
                if socket.send(Message::Text(text)).await.is_err() {
                    return;
                }
            }
        })
}

type Stock = Schema<Query, EmptyMutation, Changes>;

#[derive(Clone, SimpleObject)]
struct Tile {
    token: String,
    name: String,
}

#[derive(Clone, SimpleObject)]
struct Post {
    id: String,
    title: String,
    body: String,
    category: String,
    state: String,
    signed_by: String,
    published_at: String,
    expires_at: String,
    takes_comments: bool,
    edited: bool,
    tile: Tile,
}

#[derive(SimpleObject)]
struct Edge {
    cursor: String,
    node: Post,
}

struct Query {
    posts: Arc<[Post]>,
}

#[Object]
impl Query {
    async fn feed(&self, first: i32) -> Vec<Edge> {
        let first = usize::try_from(first).unwrap_or_default();
        let posts = self.posts.iter().take(first);
        posts
            .map(|post| Edge {
                cursor: "azEAAAAAAAAAAAAAAAAAitaKOTh0cw55Es2C4JorWg".into(),
                node: post.clone(),
            })
            .collect()
    }
}

struct Changes {
    said: broadcast::Sender<Utf8Bytes>,
}

#[Subscription]
impl Changes {
    async fn changes(&self) -> impl Stream<Item = Post> {
        let heard = BroadcastStream::new(self.said.subscribe());
        heard.filter_map(|text| {
            future::ready(text.ok().map(|text| Post {
                title: text.to_string(),
                ..a_post(0)
            }))
        })
    }
}

fn a_post(number: usize) -> Post {
    Post {
        id: format!("pAAAAAAAAAAAAAAAAAAAA{number:02}"),
        title: format!("Perceuse à prêter, no {number}"),
        body: "Elle perce le béton, avec ses mèches; à rendre propre. ".repeat(4),
        category: "GIVE_LEND".into(),
        state: "PUBLISHED".into(),
        signed_by: "Mésange bleue".into(),
        published_at: "2026-11-21T10:00:00Z".into(),
        expires_at: "2026-12-05T10:00:00Z".into(),
        takes_comments: true,
        edited: false,
        tile: Tile {
            token: "46920be4".into(),
            name: "Le lavoir".into(),
        },
    }
}

fn schema(said: broadcast::Sender<Utf8Bytes>) -> Stock {
    let posts = (0..PAGE).map(a_post).collect();
    Schema::new(Query { posts }, EmptyMutation, Changes { said })
}

async fn execute(State(schema): State<Stock>, asked: Bytes) -> Response {
    let Ok(request) = serde_json::from_slice::<async_graphql::Request>(&asked) else {
        return axum::http::StatusCode::BAD_REQUEST.into_response();
    };
    let answer = serde_json::to_vec(&schema.execute(request).await).unwrap_or_default();
    ([(CONTENT_TYPE, "application/json")], answer).into_response()
}

async fn subscribe(upgrade: WebSocketUpgrade, State(schema): State<Stock>) -> Response {
    upgrade
        .protocols(ALL_WEBSOCKET_PROTOCOLS)
        .on_upgrade(async move |socket| {
            let (mut sink, stream) = socket.split();
            let said = stream
                .take_while(|message| future::ready(message.is_ok()))
                .filter_map(|message| future::ready(message.ok().map(Message::into_data)));
            let mut told = WebSocket::new(schema, said, WebSocketProtocols::GraphQLWS);
            while let Some(message) = told.next().await {
                let message = match message {
                    WsMessage::Text(text) => Message::Text(text.into()),
                    WsMessage::Close(..) => return,
                };
                if sink.send(message).await.is_err() {
                    return;
                }
            }
        })
}

/// What the stock server answers to [`STOCK_PAGE`]: the bytes of the static one.
async fn page_of_schema() -> Vec<u8> {
    let (said, _) = broadcast::channel(1);
    let answer = schema(said).execute(STOCK_PAGE).await;
    serde_json::to_vec(&answer).unwrap_or_default()
}

/// A page of the stock server, with the fields that Palier is asked for.
pub const STOCK_PAGE: &str = "{ feed(first: 20) { cursor node { id title body category state signedBy publishedAt \
     expiresAt takesComments edited tile { token name } } } }";
/// What the stock server is followed with.
pub const STOCK_CHANGES: &str = "subscription { changes { id title state tile { token name } } }";
