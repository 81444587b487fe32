//! Sockets, as far as nobody is signed in: who may open one, and what ends it.

use std::net::SocketAddr;
use std::time::Duration;

use futures_util::{SinkExt, StreamExt};
use http::StatusCode;
use tokio::net::{TcpListener, TcpStream};
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::{Error, Message};
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};

use crate::board::Board;

type Socket = WebSocketStream<MaybeTlsStream<TcpStream>>;

struct Served {
    board: Board,
    address: SocketAddr,
}

impl Served {
    async fn open() -> Self {
        let board = Board::open();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        board.serve(listener);
        Self { board, address }
    }

    async fn connect(&self, headers: &[(&'static str, &str)]) -> Result<Socket, StatusCode> {
        let mut request = format!("ws://{}/graphql", self.address)
            .into_client_request()
            .unwrap();
        for (name, value) in headers {
            request.headers_mut().insert(*name, value.parse().unwrap());
        }
        match connect_async(request).await {
            Ok((socket, _)) => Ok(socket),
            Err(Error::Http(response)) => Err(response.status()),
            Err(error) => panic!("{error}"),
        }
    }

    async fn begin(&self) -> Socket {
        self.connect(&[PROTOCOL]).await.unwrap()
    }
}

const PROTOCOL: (&str, &str) = ("sec-websocket-protocol", "graphql-transport-ws");

/// The code of the close frame that ends a socket; answers it, as clients do.
async fn closed(socket: &mut Socket) -> u16 {
    let mut code = None;
    while let Some(Ok(message)) = socket.next().await {
        if let Message::Close(Some(frame)) = message {
            code = Some(frame.code.into());
        }
    }
    code.expect("a close frame")
}

async fn closed_after(text: &str) -> u16 {
    let served = Served::open().await;
    let mut socket = served.begin().await;
    socket.send(Message::text(text)).await.unwrap();
    closed(&mut socket).await
}

#[tokio::test]
async fn only_the_one_protocol_is_spoken() {
    let served = Served::open().await;
    assert_eq!(
        served.connect(&[]).await.unwrap_err(),
        StatusCode::BAD_REQUEST
    );
    let older = [("sec-websocket-protocol", "graphql-ws")];
    assert_eq!(
        served.connect(&older).await.unwrap_err(),
        StatusCode::BAD_REQUEST
    );
    let socket = served.connect(&[PROTOCOL]).await;
    assert!(socket.is_ok());
}

#[tokio::test]
async fn other_pages_may_not_listen() {
    let served = Served::open().await;
    let cookie = (
        "cookie",
        "palier=AbCdEfGhIjKlMnOpQrStUvWxYz0123456789-_AbCdE",
    );
    for headers in [
        &[PROTOCOL, ("origin", "https://elsewhere.example")][..],
        &[PROTOCOL, cookie, ("origin", "https://elsewhere.example")],
        &[
            PROTOCOL,
            ("origin", "http://127.0.0.1:8080"),
            ("sec-fetch-site", "cross-site"),
        ],
        &[PROTOCOL, cookie, ("referer", "https://elsewhere.example/")],
    ] {
        assert_eq!(
            served.connect(headers).await.unwrap_err(),
            StatusCode::FORBIDDEN
        );
    }
    let ours = [
        PROTOCOL,
        ("origin", "http://127.0.0.1:8080"),
        ("sec-fetch-site", "same-origin"),
    ];
    assert!(served.connect(&ours).await.is_ok());
}

#[tokio::test]
async fn a_visitor_is_told_to_sign_in() {
    assert_eq!(closed_after(r#"{"type":"connection_init"}"#).await, 4403);
}

#[tokio::test]
async fn what_is_not_the_protocol_ends_the_socket() {
    assert_eq!(closed_after("nonsense").await, 4400);
    assert_eq!(closed_after(r#"{"type":"start"}"#).await, 4400);
    let early = r#"{"type":"subscribe","id":"1","payload":{"query":"{ __typename }"}}"#;
    assert_eq!(closed_after(early).await, 4401);
}

#[tokio::test]
async fn a_message_is_at_most_64_kb() {
    let long = format!(
        r#"{{"type":"ping","payload":{{"x":"{}"}}}}"#,
        "a".repeat(70_000)
    );
    assert_eq!(closed_after(&long).await, 1009);
}

#[tokio::test]
async fn a_ping_is_answered_before_anything_else() {
    let served = Served::open().await;
    let mut socket = served.begin().await;
    socket
        .send(Message::text(r#"{"type":"ping"}"#))
        .await
        .unwrap();
    let pong = socket.next().await.unwrap().unwrap();
    assert_eq!(pong.into_text().unwrap().as_str(), r#"{"type":"pong"}"#);
}

#[tokio::test]
async fn who_does_not_begin_in_ten_seconds_is_let_go() {
    let served = Served::open().await;
    let mut socket = served.begin().await;
    // Heard an answer: the socket is served, and its time runs.
    socket
        .send(Message::text(r#"{"type":"ping"}"#))
        .await
        .unwrap();
    socket.next().await.unwrap().unwrap();
    served.board.clock.advance(Duration::from_secs(10));
    assert_eq!(closed(&mut socket).await, 4408);
}

#[tokio::test]
async fn a_process_that_stops_tells_its_sockets_to_come_back() {
    let served = Served::open().await;
    let mut socket = served.begin().await;
    let (code, ()) = tokio::join!(closed(&mut socket), served.board.tasks.stop());
    assert_eq!(code, 1012);
}
