//! What connections may do to the board, beside asking.

use std::net::SocketAddr;
use std::time::Duration;

use futures_util::StreamExt;
use http::HeaderValue;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::timeout;
use tokio_tungstenite::tungstenite::Error;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};

use crate::board::{Board, open};

type Socket = WebSocketStream<MaybeTlsStream<TcpStream>>;

const PING: &[u8] = b"GET /healthz HTTP/1.1\r\nhost: here\r\n\r\n";
/// Longer than anybody is waited for.
const LONG: Duration = Duration::from_hours(1);

/// Long before this is over everything that is to happen has happened.
const WITHIN: Duration = Duration::from_secs(30);

async fn served() -> (Board, SocketAddr) {
    serve(Board::open()).await
}

/// How many connections one address has in any case.
const OF_ONE: usize = 64;

/// With no more connections than one address has in any case.
async fn served_few() -> (Board, SocketAddr) {
    let mut settings = open();
    settings.limits.connections = 2 * OF_ONE;
    serve(Board::with(settings)).await
}

async fn serve(board: Board) -> (Board, SocketAddr) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    board.serve(listener);
    (board, address)
}

async fn status(stream: &mut TcpStream) -> String {
    let mut line = [0; 12];
    match stream.read_exact(&mut line).await {
        Ok(_) => String::from_utf8(line.to_vec()).unwrap(),
        Err(_) => "closed".to_owned(),
    }
}

#[tokio::test]
async fn one_address_has_so_many_connections_and_no_more() {
    let (board, address) = served_few().await;
    let mut open = Vec::new();
    for _ in 0..OF_ONE {
        let mut stream = TcpStream::connect(address).await.unwrap();
        stream.write_all(PING).await.unwrap();
        assert_eq!(status(&mut stream).await, "HTTP/1.1 200");
        open.push(stream);
    }
    let mut further = TcpStream::connect(address).await.unwrap();
    // It may be closed before this is sent.
    let _ = further.write_all(PING).await;
    assert_eq!(status(&mut further).await, "closed");
    let mut kept = open.pop().unwrap();
    kept.write_all(PING).await.unwrap();
    drop(open);
    board.tasks.stop().await;
}

async fn socket(address: SocketAddr) -> Result<Socket, Error> {
    let mut request = format!("ws://{address}/graphql").into_client_request()?;
    let protocol = HeaderValue::from_static("graphql-transport-ws");
    request
        .headers_mut()
        .insert("sec-websocket-protocol", protocol);
    connect_async(request).await.map(|(socket, _)| socket)
}

#[tokio::test]
async fn sockets_leave_room_for_whoever_asks() {
    let mut settings = open();
    settings.limits.connections = 8;
    settings.trusted_proxies = 1;
    let (board, address) = serve(Board::with(settings)).await;
    let mut sockets = Vec::new();
    for _ in 0..6 {
        sockets.push(socket(address).await.unwrap());
    }
    let refused = socket(address).await.unwrap_err();
    assert!(matches!(refused, Error::Http(answer) if answer.status() == 503));
    let mut asking = TcpStream::connect(address).await.unwrap();
    asking.write_all(PING).await.unwrap();
    assert_eq!(status(&mut asking).await, "HTTP/1.1 200");
    drop(sockets);
    board.tasks.stop().await;
}

/// Or whoever opens sockets alone could have all that the process has.
#[tokio::test]
async fn a_socket_is_a_connection_for_as_long_as_it_is_open() {
    let (board, address) = served_few().await;
    let asks = async || {
        let mut stream = TcpStream::connect(address).await.unwrap();
        // It may be closed before this is sent.
        let _ = stream.write_all(PING).await;
        (status(&mut stream).await == "HTTP/1.1 200").then_some(stream)
    };
    let (mut polite, rude) = (
        socket(address).await.unwrap(),
        socket(address).await.unwrap(),
    );
    let mut others = Vec::new();
    for _ in 2..OF_ONE {
        others.push(asks().await.unwrap());
    }
    assert!(asks().await.is_none());
    // One says goodbye and one does not.
    polite.close(None).await.unwrap();
    while polite.next().await.is_some() {}
    drop(rude);
    // The other ends of them may still be closing.
    let back = async {
        while others.len() < OF_ONE {
            others.extend(asks().await);
        }
    };
    timeout(WITHIN, back).await.expect("their places are free");
    drop(others);
    board.tasks.stop().await;
}

#[tokio::test]
async fn a_head_without_end_is_refused() {
    let (board, address) = served().await;
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(b"GET / HTTP/1.1\r\nx: ").await.unwrap();
    // The answer may come, and the connection end, before all of it is sent.
    let _ = stream.write_all(&vec![b'a'; 64 * 1024]).await;
    assert_eq!(status(&mut stream).await, "HTTP/1.1 431");
    board.tasks.stop().await;
}

/// Time passes as soon as nobody has anything to do.
#[tokio::test(start_paused = true)]
async fn who_never_ends_a_request_or_never_reads_an_answer_is_not_waited_for() {
    let (board, address) = served().await;
    let mut never_ends = TcpStream::connect(address).await.unwrap();
    never_ends.write_all(&PING[..20]).await.unwrap();
    let mut rest = Vec::new();
    let ended = tokio::time::timeout(LONG, never_ends.read_to_end(&mut rest)).await;
    assert!(ended.is_ok(), "the head of a request is waited for");

    let mut never_reads = TcpStream::connect(address).await.unwrap();
    let flood = async {
        for _ in 0..1_000_000 {
            if never_reads.write_all(PING).await.is_err() {
                return;
            }
        }
        panic!("a million answers are held for somebody who reads none");
    };
    let ended = tokio::time::timeout(LONG, flood).await;
    assert!(ended.is_ok(), "an answer that nobody reads is waited for");
    board.tasks.stop().await;
}
