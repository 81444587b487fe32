//! The way to a role in other processes.

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error as _;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;

use contract::{Link, is_repeatable};
use futures_util::future::select;
use http::{HeaderValue, Request, Response};
use runtime::telemetry::{Measure, measure};
use runtime::{Clock, Tasks};
use tokio::net::lookup_host;
use tokio::sync::Notify;
use tokio::time::timeout;
use tonic::Status;
use tonic::body::Body;
use tower::util::BoxCloneSyncService;
use tower::{Service, ServiceBuilder, ServiceExt};

use crate::Credentials;
use crate::process::{Process, endpoint};
use crate::replay::Replay;
use crate::serve::SHED;

/// Names are looked up again after so long: processes come and go behind one name.
const NAMES_HOLD_MS: i64 = 5_000;
/// And so soon where one was not found.
const NAMES_AGAIN_MS: i64 = 1_000;
const LOOK_UP_WITHIN: Duration = Duration::from_secs(1);
/// That nobody takes calls is said again after so long.
const SAID_EVERY_MS: i64 = 30_000;
/// While none of a role's processes takes a call, it is offered again at the latest after this, until its deadline.
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
    /// Where connections are made, beside the calls.
    pub tasks: Tasks,
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
            calls: AtomicU64::new(0),
            connected: Arc::default(),
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
    /// How many calls a process was picked for.
    calls: AtomicU64,
    /// Told when a process was connected.
    connected: Arc<Notify>,
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
            let connected = self.connected.notified();
            let picked = self.pick(&asked).await;
            let lent = picked
                .as_ref()
                .and_then(|it| it.lend(self.calls.fetch_add(1, Ordering::Relaxed)));
            let (Some(process), Some(lent)) = (&picked, lent) else {
                self.warn();
                // Dropped by the deadline around it.
                tokio::task::yield_now().await;
                let again = self.reach.clock.wait(OFFER_EVERY);
                select(std::pin::pin!(connected), std::pin::pin!(again)).await;
                asked.clear();
                continue;
            };
            let attempt = Request::from_parts(parts.clone(), body.body());
            match lent.take(attempt, &self.reach.clock).await {
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

    /// The process to ask of those that are connected and were not asked yet. Those that are not connected begin to be.
    async fn pick(&self, asked: &[SocketAddr]) -> Option<Arc<Process>> {
        self.look_up().await;
        let now_ms = self.reach.clock.now_ms();
        let processes = self.processes();
        for process in processes.iter() {
            if process.is_to_be_connected(now_ms) {
                self.connect(process.clone());
            }
        }
        let ranked = processes
            .iter()
            .filter(|process| !asked.contains(&process.at))
            .filter_map(|process| Some((process.rank(now_ms)?, process)));
        let first = ranked.min_by_key(|(rank, _)| *rank);
        first.map(|(_, process)| process.clone())
    }

    fn connect(&self, process: Arc<Process>) {
        let (role, clock) = (self.reach.role, self.reach.clock.clone());
        let (connected, stopping) = (self.connected.clone(), self.reach.tasks.stopping());
        self.reach.tasks.start(async move {
            let connecting = std::pin::pin!(async {
                if process.connect(role, &clock).await {
                    connected.notify_waiters();
                }
            });
            select(connecting, std::pin::pin!(stopping)).await;
        });
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
                && let Some(process) = Process::new(&self.reach, at)
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

    /// Says for the operator that calls wait: a process that is not there, or certificates that are over. Not while each is
    /// being connected for the first time.
    fn warn(&self) {
        if !self.processes().iter().all(|process| process.fails()) {
            return;
        }
        let now_ms = self.reach.clock.now_ms();
        if self.say_at_ms.load(Ordering::Relaxed) <= now_ms {
            self.say_at_ms
                .store(now_ms + SAID_EVERY_MS, Ordering::Relaxed);
            let role = self.reach.role;
            tracing::warn!(role, "no process of a role takes calls: they wait");
        }
    }
}

/// Whether a process that plays a role takes connections at an address, `host:port`, and both sides prove who they are. Behind one
/// name there may be several: each is tried.
///
/// # Errors
/// Which of them does not, and why.
pub async fn knock(
    role: &'static str,
    address: &str,
    credentials: &Credentials,
) -> Result<(), String> {
    let found = timeout(LOOK_UP_WITHIN, lookup_host(address)).await;
    let Ok(Ok(found)) = found else {
        return Err("this name stands for no address".to_owned());
    };
    for at in found {
        let connected = match endpoint(role, at, credentials) {
            Ok(endpoint) => endpoint.connect().await,
            Err(error) => Err(error),
        };
        if let Err(error) = connected {
            let why = error
                .source()
                .map_or_else(|| error.to_string(), ToString::to_string);
            return Err(format!("{at}: {why}"));
        }
    }
    Ok(())
}

fn is_shed(answer: &Response<Body>) -> bool {
    answer.headers().contains_key(SHED)
}

/// As the gRPC protocol spells it: milliseconds.
fn grpc_timeout(deadline: Duration) -> Option<HeaderValue> {
    HeaderValue::from_str(&format!("{}m", deadline.as_millis())).ok()
}
