//! The way to a role in other processes.

use std::collections::{BTreeMap, BTreeSet};
use std::net::SocketAddr;
use std::sync::atomic::{AtomicI64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;

use contract::{Link, is_repeatable};
use http::{HeaderValue, Request, Response};
use runtime::Clock;
use runtime::telemetry::{Measure, measure};
use tokio::net::lookup_host;
use tokio::time::timeout;
use tonic::Status;
use tonic::body::Body;
use tonic::transport::{Channel, Endpoint};
use tower::util::BoxCloneSyncService;
use tower::{Service, ServiceBuilder, ServiceExt};

use crate::replay::Replay;
use crate::serve::SHED;
use crate::{CONNECTION_WINDOW_BYTES, Credentials, STREAM_WINDOW_BYTES};

const CONNECT_WITHIN: Duration = Duration::from_secs(1);
/// A peer that is silent for so long while something is asked of it is gone, though nobody closed the connection.
const ALIVE_EVERY: Duration = Duration::from_secs(5);
const ALIVE_WITHIN: Duration = Duration::from_secs(3);
/// After a failed call others are asked first for so long.
const SHUNNED_MS: i64 = 1_000;
/// Names are looked up again after so long: processes come and go behind one name.
const NAMES_HOLD_MS: i64 = 5_000;
/// And so soon where one was not found.
const NAMES_AGAIN_MS: i64 = 1_000;
const LOOK_UP_WITHIN: Duration = Duration::from_secs(1);
/// That nobody takes calls is said again after so long.
const SAID_EVERY_MS: i64 = 30_000;
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
            names: tokio::sync::Mutex::default(),
            look_up_at_ms: AtomicI64::new(i64::MIN),
            say_at_ms: AtomicI64::new(i64::MIN),
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
    /// What each name stood for when it was last known. Held by the call that looks them up; the others go on meanwhile.
    names: tokio::sync::Mutex<BTreeMap<String, Vec<SocketAddr>>>,
    look_up_at_ms: AtomicI64,
    say_at_ms: AtomicI64,
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
                self.warn();
                // Dropped by the deadline around it.
                tokio::task::yield_now().await;
                self.reach.clock.wait(OFFER_EVERY).await;
                asked.clear();
                continue;
            };
            let attempt = Request::from_parts(parts.clone(), body.body());
            match process.take(attempt, &self.reach.clock).await {
                Ok(answer) if is_shed(&answer) && body.is_known() => {
                    measure(Measure::Shed(self.reach.role));
                }
                Ok(answer) => return Ok(answer),
                Err(error) => {
                    tracing::debug!(role = self.reach.role, reason = %error, "a call did not arrive");
                    if !(body.is_unsent() || repeatable && body.is_known()) {
                        return Err(Status::unavailable("the role went away"));
                    }
                    measure(Measure::Repeated(self.reach.role));
                }
            }
            asked.push(process.at);
        }
    }

    /// The process with the least to do of those that were not asked yet; one that failed lately only when there is no other.
    async fn pick(&self, asked: &[SocketAddr]) -> Option<Arc<Process>> {
        self.look_up().await;
        let now_ms = self.reach.clock.now_ms();
        self.processes()
            .iter()
            .filter(|process| !asked.contains(&process.at))
            .min_by_key(|process| {
                let shunned = process.shunned_until_ms.load(Ordering::Relaxed) > now_ms;
                (shunned, process.under_way.load(Ordering::Relaxed))
            })
            .cloned()
    }

    /// Looks the names up where that was long ago. One that is not found stands for what it stood for before: its processes may
    /// be there though the name is not.
    async fn look_up(&self) {
        let clock = &self.reach.clock;
        if clock.now_ms() < self.look_up_at_ms.load(Ordering::Relaxed) {
            return;
        }
        let nobody = self.processes().is_empty();
        let names = if nobody {
            Some(self.names.lock().await)
        } else {
            self.names.try_lock().ok()
        };
        let Some(mut names) = names else { return };
        if clock.now_ms() < self.look_up_at_ms.load(Ordering::Relaxed) {
            return;
        }
        let mut hold_ms = NAMES_HOLD_MS;
        for name in &self.reach.addresses {
            let found = timeout(LOOK_UP_WITHIN, lookup_host(name.as_str())).await;
            if let Ok(Ok(addresses)) = found {
                names.insert(name.clone(), addresses.collect());
            } else {
                hold_ms = NAMES_AGAIN_MS;
                tracing::warn!(role = self.reach.role, "the address of a role is not known");
            }
        }
        self.set_processes(names.values().flatten().copied().collect());
        let next_ms = clock.now_ms() + hold_ms;
        self.look_up_at_ms.store(next_ms, Ordering::Relaxed);
    }

    fn set_processes(&self, found: BTreeSet<SocketAddr>) {
        let mut processes = self.processes();
        processes.retain(|process| found.contains(&process.at));
        for at in found {
            if !processes.iter().any(|process| process.at == at)
                && let Some(process) = self.reach.process(at)
            {
                processes.push(Arc::new(process));
            }
        }
    }

    fn processes(&self) -> MutexGuard<'_, Vec<Arc<Process>>> {
        self.processes
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    /// Says for the operator that calls wait: a process that is not there, or certificates that are over.
    fn warn(&self) {
        let now_ms = self.reach.clock.now_ms();
        if self.say_at_ms.load(Ordering::Relaxed) <= now_ms {
            self.say_at_ms
                .store(now_ms + SAID_EVERY_MS, Ordering::Relaxed);
            let role = self.reach.role;
            tracing::warn!(role, "no process of a role takes calls: they wait");
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
            .initial_stream_window_size(STREAM_WINDOW_BYTES)
            .initial_connection_window_size(CONNECTION_WINDOW_BYTES)
            .http2_keep_alive_interval(ALIVE_EVERY)
            .keep_alive_timeout(ALIVE_WITHIN)
            .keep_alive_while_idle(true)
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
        clock: &Clock,
    ) -> Result<Response<Body>, tonic::transport::Error> {
        let mut attempt = Attempt::at(self, clock);
        let mut channel = self.channel.clone();
        let answer = channel.ready().await?.call(request).await?;
        attempt.answered = true;
        Ok(answer)
    }
}

/// A call under way. Where it ends without an answer, be it that its deadline came, others are asked first for a while.
struct Attempt<'a> {
    process: &'a Process,
    clock: &'a Clock,
    answered: bool,
}

impl<'a> Attempt<'a> {
    fn at(process: &'a Process, clock: &'a Clock) -> Self {
        process.under_way.fetch_add(1, Ordering::Relaxed);
        Self {
            process,
            clock,
            answered: false,
        }
    }
}

impl Drop for Attempt<'_> {
    fn drop(&mut self) {
        let Process {
            under_way,
            shunned_until_ms,
            ..
        } = self.process;
        under_way.fetch_sub(1, Ordering::Relaxed);
        if !self.answered {
            shunned_until_ms.store(self.clock.now_ms() + SHUNNED_MS, Ordering::Relaxed);
        }
    }
}

fn is_shed(answer: &Response<Body>) -> bool {
    answer.headers().contains_key(SHED)
}

/// As the gRPC protocol spells it: milliseconds.
fn grpc_timeout(deadline: Duration) -> Option<HeaderValue> {
    HeaderValue::from_str(&format!("{}m", deadline.as_millis())).ok()
}
