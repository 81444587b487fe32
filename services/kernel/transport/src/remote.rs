//! The way to a role in other processes.

use std::net::SocketAddr;
use std::sync::atomic::{AtomicI64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;

use contract::{Link, is_repeatable};
use http::{HeaderValue, Request, Response};
use runtime::Clock;
use tokio::net::lookup_host;
use tonic::Status;
use tonic::body::Body;
use tonic::transport::{Channel, Endpoint};
use tower::util::BoxCloneSyncService;
use tower::{Service, ServiceBuilder, ServiceExt};

use crate::Credentials;
use crate::replay::Replay;
use crate::serve::SHED;

const CONNECT_WITHIN: Duration = Duration::from_secs(1);
/// A peer that is silent for so long while something is asked of it is gone, though nobody closed the connection.
const ALIVE_EVERY: Duration = Duration::from_secs(5);
const ALIVE_WITHIN: Duration = Duration::from_secs(3);
/// After a failed call others are asked first for so long.
const SHUNNED_MS: i64 = 1_000;
/// Names are looked up again after so long: processes come and go behind one name.
const NAMES_HOLD_MS: i64 = 5_000;
/// While none of a role's processes takes a call, it is offered again this often until its deadline.
const OFFER_EVERY: Duration = Duration::from_millis(50);

/// How a role is reached.
#[derive(Clone, Debug)]
pub struct Reach {
    /// Which role.
    pub role: &'static str,
    /// `host:port`, one or several; behind one name there may be several processes.
    pub addresses: Vec<String>,
    /// What this process proves who it is with.
    pub credentials: Credentials,
    /// How long a call may take, other attempts included.
    pub deadline: Duration,
    /// What time it is.
    pub clock: Clock,
}

/// The way to a role in other processes. Connects when first used, and again after a loss.
pub fn remote(reach: Reach) -> Link {
    let deadline = reach.deadline;
    let remote = Remote {
        known: Arc::new(Known {
            reach,
            processes: Mutex::default(),
            looked_up_at_ms: AtomicI64::new(i64::MIN),
        }),
    };
    let timed = ServiceBuilder::new().timeout(deadline).service(remote);
    BoxCloneSyncService::new(timed.map_err(
        |error: tower::BoxError| match error.downcast::<Status>() {
            Ok(status) => *status,
            Err(_) => Status::deadline_exceeded("the role did not answer in time"),
        },
    ))
}

#[derive(Clone)]
struct Remote {
    known: Arc<Known>,
}

struct Known {
    reach: Reach,
    processes: Mutex<Vec<Arc<Process>>>,
    looked_up_at_ms: AtomicI64,
}

/// One process that plays the role.
struct Process {
    at: SocketAddr,
    channel: Channel,
    under_way: AtomicUsize,
    shunned_until_ms: AtomicI64,
}

impl Service<Request<Body>> for Remote {
    type Response = Response<Body>;
    type Error = Status;
    type Future = std::pin::Pin<Box<dyn Future<Output = Result<Response<Body>, Status>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Status>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<Body>) -> Self::Future {
        let known = self.known.clone();
        Box::pin(async move { known.say(request).await })
    }
}

impl Known {
    async fn say(&self, request: Request<Body>) -> Result<Response<Body>, Status> {
        let (mut parts, body) = request.into_parts();
        if let Some(timeout) = grpc_timeout(self.reach.deadline) {
            parts.headers.insert("grpc-timeout", timeout);
        }
        let (body, repeatable) = (Replay::new(body), is_repeatable(parts.uri.path()));
        let mut asked = Vec::new();
        loop {
            let Some(process) = self.pick(&asked).await else {
                // Dropped by the deadline around it.
                tokio::task::yield_now().await;
                self.reach.clock.wait(OFFER_EVERY).await;
                asked.clear();
                continue;
            };
            let attempt = Request::from_parts(parts.clone(), body.body());
            match process.take(attempt).await {
                Ok(answer) if is_shed(&answer) && body.is_known() => {}
                Ok(answer) => return Ok(answer),
                Err(error) => {
                    process.shun(self.reach.clock.now_ms());
                    tracing::debug!(role = self.reach.role, reason = %error, "a call did not arrive");
                    if !(body.is_unsent() || repeatable && body.is_known()) {
                        return Err(Status::unavailable("the role went away"));
                    }
                }
            }
            asked.push(process.at);
        }
    }

    /// The process with the least to do of those that were not asked yet; one that failed lately only when there is no other.
    async fn pick(&self, asked: &[SocketAddr]) -> Option<Arc<Process>> {
        self.look_up().await;
        let now_ms = self.reach.clock.now_ms();
        let processes = self
            .processes
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        processes
            .iter()
            .filter(|process| !asked.contains(&process.at))
            .min_by_key(|process| {
                let shunned = process.shunned_until_ms.load(Ordering::Relaxed) > now_ms;
                (shunned, process.under_way.load(Ordering::Relaxed))
            })
            .cloned()
    }

    /// Looks the names up where that was long ago. What answers no more keeps its processes: they may be there though the
    /// names are not.
    async fn look_up(&self) {
        let now_ms = self.reach.clock.now_ms();
        let before = self.looked_up_at_ms.load(Ordering::Relaxed);
        if now_ms.saturating_sub(before) < NAMES_HOLD_MS {
            return;
        }
        let mut found = Vec::new();
        for name in &self.reach.addresses {
            match lookup_host(name.as_str()).await {
                Ok(addresses) => found.extend(addresses),
                Err(error) => {
                    tracing::warn!(role = self.reach.role, reason = %error, "an address of a role is not known");
                }
            }
        }
        if found.is_empty() {
            return;
        }
        self.looked_up_at_ms.store(now_ms, Ordering::Relaxed);
        found.sort();
        found.dedup();
        let mut processes = self
            .processes
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        processes.retain(|process| found.contains(&process.at));
        for at in found {
            if !processes.iter().any(|process| process.at == at)
                && let Some(process) = self.reach.process(at)
            {
                processes.push(Arc::new(process));
            }
        }
    }
}

impl Reach {
    fn process(&self, at: SocketAddr) -> Option<Process> {
        let channel = Endpoint::from_shared(format!("https://{at}"))
            .and_then(|endpoint| endpoint.tls_config(self.credentials.client(self.role)));
        let endpoint = match channel {
            Ok(endpoint) => endpoint,
            Err(error) => {
                tracing::error!(role = self.role, reason = %error, "a role cannot be reached");
                return None;
            }
        };
        let channel = endpoint
            .tcp_nodelay(true)
            .connect_timeout(CONNECT_WITHIN)
            .http2_keep_alive_interval(ALIVE_EVERY)
            .keep_alive_timeout(ALIVE_WITHIN)
            .connect_lazy();
        Some(Process {
            at,
            channel,
            under_way: AtomicUsize::new(0),
            shunned_until_ms: AtomicI64::new(i64::MIN),
        })
    }
}

impl Process {
    async fn take(
        &self,
        request: Request<Body>,
    ) -> Result<Response<Body>, tonic::transport::Error> {
        let _busy = Busy::new(&self.under_way);
        let mut channel = self.channel.clone();
        channel.ready().await?.call(request).await
    }

    fn shun(&self, now_ms: i64) {
        self.shunned_until_ms
            .store(now_ms + SHUNNED_MS, Ordering::Relaxed);
    }
}

/// Counts a call while it is under way, also when it is dropped.
struct Busy<'a>(&'a AtomicUsize);

impl<'a> Busy<'a> {
    fn new(count: &'a AtomicUsize) -> Self {
        count.fetch_add(1, Ordering::Relaxed);
        Self(count)
    }
}

impl Drop for Busy<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

fn is_shed(answer: &Response<Body>) -> bool {
    answer.headers().contains_key(SHED)
}

/// As the gRPC protocol spells it: milliseconds.
fn grpc_timeout(deadline: Duration) -> Option<HeaderValue> {
    HeaderValue::from_str(&format!("{}m", deadline.as_millis())).ok()
}
