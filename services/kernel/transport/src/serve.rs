//! A role, served to the edge in other processes.

use std::convert::Infallible;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use contract::FromAfar;
use http::{HeaderName, HeaderValue, Request, Response};
use tokio::net::TcpListener;
use tokio::sync::Semaphore;
use tonic::body::Body;
use tonic::server::NamedService;
use tonic::transport::Server;
use tonic::transport::server::TcpIncoming;
use tonic::{Code, Status};
use tower::{Layer, Service};

use crate::{CONNECTION_WINDOW_BYTES, Credentials, STREAM_WINDOW_BYTES};

/// On an answer that says: too much at once here, nothing was done, ask another.
pub(crate) const SHED: HeaderName = HeaderName::from_static("palier-shed");
const STREAMS_A_CONNECTION: u32 = 1_024;
const ALIVE_EVERY: Duration = Duration::from_secs(10);
const ALIVE_WITHIN: Duration = Duration::from_secs(5);

/// Why a role is not served.
#[derive(Debug, thiserror::Error)]
#[error("the role is not served: {0}")]
pub struct ServeFault(#[from] tonic::transport::Error);

/// How a role is served.
#[derive(Debug)]
pub struct Serving {
    /// Where it listens.
    pub listener: TcpListener,
    /// What this process proves who it is with.
    pub credentials: Credentials,
    /// So many calls are handled at once; each may wait for a database.
    pub at_once: usize,
}

impl Serving {
    /// Serves the edge and nobody else, until told to stop; then lets what is under way end. Beyond what this process can
    /// handle at once, callers are told to ask another one.
    ///
    /// # Errors
    /// When the credentials cannot be used.
    pub async fn serve<S>(
        self,
        role: S,
        told_to_stop: impl Future<Output = ()>,
    ) -> Result<(), ServeFault>
    where
        S: Service<Request<Body>, Response = Response<Body>, Error = Infallible>
            + NamedService
            + Clone
            + Send
            + Sync
            + 'static,
        S::Future: Send + 'static,
    {
        let incoming = TcpIncoming::from(self.listener).with_nodelay(Some(true));
        Server::builder()
            .tls_config(self.credentials.server())?
            .max_concurrent_streams(STREAMS_A_CONNECTION)
            .initial_stream_window_size(STREAM_WINDOW_BYTES)
            .initial_connection_window_size(CONNECTION_WINDOW_BYTES)
            .http2_keepalive_interval(Some(ALIVE_EVERY))
            .http2_keepalive_timeout(Some(ALIVE_WITHIN))
            .layer(Door {
                places: Arc::new(Semaphore::new(self.at_once)),
            })
            .add_service(role)
            .serve_with_incoming_shutdown(incoming, told_to_stop)
            .await?;
        Ok(())
    }
}

/// Lets in as many calls as there are places, each marked as one from afar.
#[derive(Clone)]
struct Door {
    places: Arc<Semaphore>,
}

impl<S> Layer<S> for Door {
    type Service = Guarded<S>;

    fn layer(&self, inner: S) -> Guarded<S> {
        Guarded {
            inner,
            places: self.places.clone(),
        }
    }
}

#[derive(Clone)]
struct Guarded<S> {
    inner: S,
    places: Arc<Semaphore>,
}

impl<S> Service<Request<Body>> for Guarded<S>
where
    S: Service<Request<Body>, Response = Response<Body>>,
    S::Future: Send + 'static,
{
    type Response = Response<Body>;
    type Error = S::Error;
    type Future = std::pin::Pin<Box<dyn Future<Output = Result<Response<Body>, S::Error>> + Send>>;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.inner.poll_ready(cx)
    }

    fn call(&mut self, mut request: Request<Body>) -> Self::Future {
        let Ok(place) = self.places.clone().try_acquire_owned() else {
            return Box::pin(async { Ok(shed()) });
        };
        request.extensions_mut().insert(FromAfar);
        let answer = self.inner.call(request);
        Box::pin(async move {
            let answer = answer.await;
            drop(place);
            answer
        })
    }
}

fn shed() -> Response<Body> {
    let status = Status::new(Code::Unavailable, "too much at once");
    let mut answer = status.into_http();
    answer
        .headers_mut()
        .insert(SHED, HeaderValue::from_static("1"));
    answer
}
