//! One transport type for every client, whatever is behind it; and what both ends of a call agree on.

use std::convert::Infallible;
use std::time::Duration;

use http::{Request, Response};
use tonic::Status;
use tonic::body::Body;
use tower::timeout::error::Elapsed;
use tower::util::BoxCloneSyncService;
use tower::{BoxError, Service, ServiceBuilder, ServiceExt};

/// The way to a role: the generated server in the same process, or a channel to another one.
pub type Link = BoxCloneSyncService<Request<Body>, Response<Body>, Status>;

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

/// The way to a role that this process has no business with, or that is not there: every call says `UNAVAILABLE`.
pub fn absent() -> Link {
    Link::new(tower::service_fn(async |_: Request<Body>| {
        Err::<Response<Body>, _>(Status::unavailable("the role does not answer"))
    }))
}

/// Whether a call may be made again when it is not known whether it arrived: `idempotency_level` in `schema/proto`.
pub fn is_repeatable(path: &str) -> bool {
    REPEATABLE.binary_search(&path).is_ok()
}

const REPEATABLE: &[&str] = include!(concat!(env!("OUT_DIR"), "/repeatable.rs"));

/// The service and the method that a path calls, as in `palier.feeds.v1.Feeds/Read`; none where there is no such call.
pub fn call_at(path: &str) -> Option<&'static str> {
    let at = CALLS.binary_search(&path).ok()?;
    CALLS[at].strip_prefix('/')
}

const CALLS: &[&str] = include!(concat!(env!("OUT_DIR"), "/calls.rs"));

/// A mark on a request that came from another process: nobody there is this board's operator.
#[derive(Clone, Copy, Debug)]
pub struct FromAfar;

fn status(error: &BoxError) -> Status {
    if error.is::<Elapsed>() {
        Status::deadline_exceeded("the role did not answer in time")
    } else {
        Status::internal("the role failed")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_reads_or_has_a_key_may_be_said_again_and_what_counts_may_not() {
        assert!(is_repeatable("/palier.feeds.v1.Feeds/Read"));
        assert!(is_repeatable("/palier.posts.v1.Posts/Publish"));
        assert!(!is_repeatable("/palier.identity.v1.Identity/SignIn"));
        assert!(!is_repeatable("/palier.media.v1.Media/Upload"));
        assert!(REPEATABLE.is_sorted());
    }

    #[test]
    fn every_call_is_known_by_its_path_and_nothing_else_is() {
        let read = call_at("/palier.feeds.v1.Feeds/Read");
        assert_eq!(read, Some("palier.feeds.v1.Feeds/Read"));
        assert_eq!(call_at("/palier.feeds.v1.Feeds/Rob"), None);
        assert!(CALLS.is_sorted() && REPEATABLE.iter().all(|path| call_at(path).is_some()));
    }
}
