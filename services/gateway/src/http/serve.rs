//! The listener: connections in bounded number, none of which may be slow for ever.

use std::collections::HashMap;
use std::convert::Infallible;
use std::future::Future;
use std::io::ErrorKind;
use std::net::{IpAddr, Ipv6Addr, SocketAddr};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::{ConnectInfo, Request};
use axum::response::Response;
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto;
use hyper_util::server::graceful::{GracefulShutdown, Watcher};
use tokio::net::TcpListener;
use tokio::sync::Semaphore;
use tokio::task::JoinSet;
use tokio_io_timeout::TimeoutStream;
use tower::ServiceExt;

use super::pipe::Pipe;
use crate::edge::Edge;

/// What part of all connections one network address may have, or one `/64` of IPv6; and how many in any case: a browser opens
/// several.
const PART_OF_ONE: usize = 16;
const LEAST_OF_ONE: usize = 64;
/// For how long a client may take to send a request's head, and leave a connection idle.
const HEAD_WITHIN: Duration = Duration::from_secs(30);
/// The longest head of a request, in bytes.
const HEAD_AT_MOST: usize = 32 * 1024;
/// For how long a client may take nothing of an answer.
const STALLED_AFTER: Duration = Duration::from_secs(30);
/// How long to wait when the system gives no further connection.
const EXHAUSTED_WAIT: Duration = Duration::from_secs(1);

/// Serves until `told_to_stop`, then lets what is under way end. Dropped before, it ends every connection.
pub(crate) async fn serve(
    edge: &Edge,
    listener: TcpListener,
    router: Router,
    told_to_stop: impl Future<Output = ()>,
) {
    let connections_at_most = edge.settings.limits.connections;
    let room = Arc::new(Semaphore::new(connections_at_most));
    // Proxies of the operator's own count each visitor themselves, and all connections are theirs.
    let is_proxied = edge.settings.trusted_proxies > 0;
    let peers = Peers::new(if is_proxied {
        connections_at_most
    } else {
        (connections_at_most / PART_OF_ONE).max(LEAST_OF_ONE)
    });
    let closing = GracefulShutdown::new();
    let mut connections = JoinSet::new();
    let mut told_to_stop = std::pin::pin!(told_to_stop);
    loop {
        let next = async {
            let place = room.clone().acquire_owned().await;
            (place, listener.accept().await)
        };
        let (place, accepted) = tokio::select! {
            next = next => next,
            Some(_) = connections.join_next() => continue,
            () = &mut told_to_stop => break,
        };
        let (place, (stream, peer)) = match (place, accepted) {
            (Ok(place), Ok(accepted)) => (place, accepted),
            // It went away before it was taken in: the next one need not wait for that.
            (Ok(_), Err(fault)) if fault.kind() == ErrorKind::ConnectionAborted => continue,
            // Out of descriptors, most likely: whoever goes gives one back.
            _ => {
                edge.clock.wait(EXHAUSTED_WAIT).await;
                continue;
            }
        };
        // Without it a small answer may wait for the acknowledgement of the one before; where it cannot be set, it does.
        let _ = stream.set_nodelay(true);
        // Too many from there: closed unheard.
        let Some(counted) = peers.enter(peer.ip()) else {
            continue;
        };
        let pipe = Pipe::new(stream, (place, counted));
        connections.spawn(talk(pipe, peer, router.clone(), closing.watcher()));
    }
    drop(listener);
    closing.shutdown().await;
}

/// Answers the requests of one connection, until either side ends it or it becomes a socket.
async fn talk<Place>(pipe: Pipe<Place>, peer: SocketAddr, router: Router, watcher: Watcher)
where
    Place: Send + Unpin + 'static,
{
    let aside = pipe.aside();
    let mut stream = TimeoutStream::new(pipe);
    stream.set_write_timeout(Some(STALLED_AFTER));
    let answer = service_fn(move |request: Request<Incoming>| {
        let (router, aside) = (router.clone(), aside.clone());
        async move {
            let mut request = request.map(Body::new);
            request.extensions_mut().insert(ConnectInfo(peer));
            request.extensions_mut().insert(aside);
            let response: Result<Response, Infallible> = router.oneshot(request).await;
            response
        }
    });
    let mut server = auto::Builder::new(TokioExecutor::new()).http1_only();
    server
        .http1()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD_WITHIN)
        .max_buf_size(HEAD_AT_MOST);
    let connection = server.serve_connection_with_upgrades(TokioIo::new(Box::pin(stream)), answer);
    // A client that went away or sent no HTTP: nobody is left to tell, and it is nothing to look after.
    let _ = watcher.watch(connection).await;
}

/// How many connections each network address has.
#[derive(Clone)]
struct Peers {
    counts: Arc<Mutex<HashMap<IpAddr, usize>>>,
    most: usize,
}

/// One connection of a network address; dropping it counts it no more.
struct Counted {
    peers: Peers,
    from: IpAddr,
}

impl Peers {
    fn new(most: usize) -> Self {
        Self {
            counts: Arc::default(),
            most,
        }
    }

    fn enter(&self, from: IpAddr) -> Option<Counted> {
        let from = network(from);
        let mut counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        let count = counts.entry(from).or_default();
        if *count >= self.most {
            return None;
        }
        *count += 1;
        Some(Counted {
            peers: self.clone(),
            from,
        })
    }
}

impl Drop for Counted {
    fn drop(&mut self) {
        let counts = &self.peers.counts;
        let mut counts = counts.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = counts.get_mut(&self.from) {
            *count -= 1;
            if *count == 0 {
                counts.remove(&self.from);
            }
        }
    }
}

/// Of IPv6 the first 64 bits: the rest is one household's to choose.
fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(address) => {
            let bits = u128::from(address) >> 64 << 64;
            IpAddr::V6(Ipv6Addr::from(bits))
        }
        v4 @ IpAddr::V4(_) => v4,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_address_has_so_many_connections_and_gets_them_back() {
        let peers = Peers::new(2);
        let [here, neighbour, there] = ["2001:db8::1", "2001:db8::2:1", "192.0.2.7"].map(|text| {
            let address: IpAddr = text.parse().unwrap();
            address
        });
        let (first, second) = (peers.enter(here).unwrap(), peers.enter(neighbour).unwrap());
        assert!(peers.enter(here).is_none());
        assert!(peers.enter(there).is_some());
        drop(first);
        let third = peers.enter(neighbour).unwrap();
        assert!(peers.enter(here).is_none());
        drop((second, third));
        assert!(peers.counts.lock().unwrap().is_empty());
    }
}
