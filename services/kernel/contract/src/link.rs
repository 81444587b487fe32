//! One transport type for every client, whatever is behind it.

use std::convert::Infallible;
use std::time::Duration;

use http::{Request, Response};
use tonic::Status;
use tonic::body::Body;
use tonic::transport::Endpoint;
use tower::timeout::error::Elapsed;
use tower::util::BoxCloneSyncService;
use tower::{BoxError, Service, ServiceBuilder, ServiceExt};

/// The way to a role: the generated server in the same process, or a channel to another one.
pub type Link = BoxCloneSyncService<Request<Body>, Response<Body>, Status>;

/// An address that is none.
#[derive(Debug, thiserror::Error)]
#[error("not an address of the form http://host:port")]
pub struct Unreachable;

/// A role in this process: no socket and no HTTP/2. Calls end after `deadline`, as they do between processes.
pub fn in_process<S>(server: S, deadline: Duration) -> Link
where
    S: Service<Request<Body>, Response = Response<Body>, Error = Infallible>
        + Clone
        + Send
        + Sync
        + 'static,
    S::Future: Send + 'static,
{
    let timed = ServiceBuilder::new().timeout(deadline).service(server);
    BoxCloneSyncService::new(timed.map_err(|error: BoxError| status(&error)))
}

/// A role in another process. Connects when first used, and again after a loss.
///
/// # Errors
/// [`Unreachable`] when the address is not of the form `http://host:port`.
pub fn remote(address: &str, deadline: Duration) -> Result<Link, Unreachable> {
    let channel = Endpoint::from_shared(address.to_owned())
        .map_err(|_| Unreachable)?
        .tcp_nodelay(true)
        .timeout(deadline)
        .connect_lazy();
    Ok(BoxCloneSyncService::new(channel.map_err(|_| {
        Status::unavailable("the role does not answer")
    })))
}

fn status(error: &BoxError) -> Status {
    if error.is::<Elapsed>() {
        Status::deadline_exceeded("the role did not answer in time")
    } else {
        Status::internal("the role failed")
    }
}
