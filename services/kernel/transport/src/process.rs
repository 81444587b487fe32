//! One process that plays a role: the connection to it, and how it did lately.
//!
//! A connection is made beside the calls, never by one: an address that takes what is sent and says nothing keeps nobody
//! waiting while another process answers. It is lost as a whole: tonic's own would go on behind the same channel, and have
//! every call that waits there try anew, one after the other.

use std::io;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicI64, AtomicU64, AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use http::{Request, Response, Uri};
use hyper_util::rt::TokioIo;
use runtime::Clock;
use tokio::net::TcpStream;
use tonic::body::Body;
use tonic::transport::{Channel, Endpoint};
use tower::{Service, ServiceExt, service_fn};

use crate::remote::Reach;
use crate::{CONNECTION_WINDOW_BYTES, Credentials, STREAM_WINDOW_BYTES};

/// Over a network that takes a second for every answer there is still time to prove who one is.
const CONNECT_WITHIN: Duration = Duration::from_secs(3);
/// A peer that is silent for so long while something is asked of it is gone, though nobody closed the connection: soon enough
/// that another one has some of a call's deadline left, and late enough for one that has too much to do.
const ALIVE_EVERY: Duration = Duration::from_secs(2);
const ALIVE_WITHIN: Duration = Duration::from_secs(5);
/// After a failed call others are asked first for so long.
const SHUNNED_MS: i64 = 1_000;
/// A process that did not answer is tried again after so long, then after twice as long, up to the longest pause.
const FIRST_PAUSE_MS: i64 = 50;
const LONGEST_PAUSE_MS: i64 = 1_000;

/// One process that plays the role.
pub(crate) struct Process {
    /// Where it is.
    pub(crate) at: SocketAddr,
    endpoint: Endpoint,
    line: Mutex<Line>,
    under_way: AtomicUsize,
    /// The number of the call that it was picked for last.
    picked: AtomicU64,
    shunned_until_ms: AtomicI64,
}

/// The connection to a process.
struct Line {
    state: State,
    /// How many connections there were: which of them a call was made on.
    number: u64,
    /// How often it failed since a call was answered.
    failures: u32,
}

enum State {
    /// There is none, and none is made before then.
    Away {
        again_at_ms: i64,
    },
    /// It is being made.
    Connecting,
    Open(Channel),
}

/// A process that is connected, for one call.
pub(crate) struct Lent<'a> {
    process: &'a Process,
    channel: Channel,
    number: u64,
}

impl Process {
    /// Not yet connected; none where the credentials are of no use.
    pub(crate) fn new(reach: &Reach, at: SocketAddr) -> Option<Self> {
        let endpoint = match endpoint(reach.role, at, &reach.credentials) {
            Ok(endpoint) => endpoint,
            Err(error) => {
                tracing::error!(role = reach.role, reason = %error, "a role cannot be reached");
                return None;
            }
        };
        let endpoint = endpoint
            .initial_stream_window_size(STREAM_WINDOW_BYTES)
            .initial_connection_window_size(CONNECTION_WINDOW_BYTES)
            .http2_keep_alive_interval(ALIVE_EVERY)
            .keep_alive_timeout(ALIVE_WITHIN)
            .keep_alive_while_idle(true);
        Some(Self {
            at,
            endpoint,
            line: Mutex::new(Line {
                state: State::Away {
                    again_at_ms: i64::MIN,
                },
                number: 0,
                failures: 0,
            }),
            under_way: AtomicUsize::new(0),
            picked: AtomicU64::new(0),
            shunned_until_ms: AtomicI64::new(i64::MIN),
        })
    }

    /// Whether a connection is to be made now; whoever is told so makes it, with [`Process::connect`].
    pub(crate) fn is_to_be_connected(&self, now_ms: i64) -> bool {
        let mut line = self.line();
        let due = matches!(line.state, State::Away { again_at_ms } if again_at_ms <= now_ms);
        if due {
            line.state = State::Connecting;
        }
        due
    }

    /// Makes the connection; answers whether there is one.
    pub(crate) async fn connect(&self, role: &'static str, clock: &Clock) -> bool {
        let at = self.at;
        let mut is_lost = false;
        let once = service_fn(move |_: Uri| {
            let is_lost = std::mem::replace(&mut is_lost, true);
            async move {
                if is_lost {
                    return Err(io::Error::from(io::ErrorKind::NotConnected));
                }
                let stream = TcpStream::connect(at).await?;
                stream.set_nodelay(true)?;
                Ok(TokioIo::new(stream))
            }
        });
        let made = self.endpoint.connect_with_connector(once).await;
        let mut line = self.line();
        match made {
            Ok(channel) => {
                line.number += 1;
                line.state = State::Open(channel);
                true
            }
            Err(error) => {
                tracing::debug!(role, reason = %error, "a process is not there");
                line.fail(clock.now_ms());
                false
            }
        }
    }

    /// Whether it failed, and nothing was heard of it since.
    pub(crate) fn fails(&self) -> bool {
        self.line().failures > 0
    }

    /// Who is asked first: who did not fail lately, who has the least to do, who was not asked for the longest time. None while
    /// there is no connection.
    pub(crate) fn rank(&self, now_ms: i64) -> Option<(bool, usize, u64)> {
        let is_open = matches!(self.line().state, State::Open(_));
        is_open.then(|| {
            let shunned = self.shunned_until_ms.load(Ordering::Relaxed) > now_ms;
            let under_way = self.under_way.load(Ordering::Relaxed);
            (shunned, under_way, self.picked.load(Ordering::Relaxed))
        })
    }

    /// The connection, for the call of this number; none where it was lost meanwhile.
    pub(crate) fn lend(&self, call: u64) -> Option<Lent<'_>> {
        let line = self.line();
        let State::Open(channel) = &line.state else {
            return None;
        };
        self.picked.store(call, Ordering::Relaxed);
        Some(Lent {
            process: self,
            channel: channel.clone(),
            number: line.number,
        })
    }

    fn line(&self) -> MutexGuard<'_, Line> {
        self.line.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Where a role is connected to, over TLS: both sides prove who they are.
///
/// # Errors
/// When the credentials are of no use.
pub(crate) fn endpoint(
    role: &'static str,
    at: SocketAddr,
    credentials: &Credentials,
) -> Result<Endpoint, tonic::transport::Error> {
    let endpoint = Endpoint::from_shared(format!("https://{at}"))?;
    let endpoint = endpoint.tls_config(credentials.client(role))?;
    Ok(endpoint.connect_timeout(CONNECT_WITHIN))
}

impl Line {
    /// There is no connection. One that was good is made again at once.
    fn fail(&mut self, now_ms: i64) {
        let pause_ms = match self.failures {
            0 => 0,
            failures => (FIRST_PAUSE_MS << (failures - 1).min(8)).min(LONGEST_PAUSE_MS),
        };
        self.failures = self.failures.saturating_add(1);
        self.state = State::Away {
            again_at_ms: now_ms.saturating_add(pause_ms),
        };
    }
}

impl Lent<'_> {
    /// Makes the call. Where that fails the connection is made anew: those whose call is under way on this one keep it.
    pub(crate) async fn take(
        mut self,
        request: Request<Body>,
        clock: &Clock,
    ) -> Result<Response<Body>, tonic::transport::Error> {
        let mut attempt = Attempt::at(self.process, clock);
        let answer = async { self.channel.ready().await?.call(request).await }.await;
        attempt.answered = answer.is_ok();
        let mut line = self.process.line();
        if answer.is_ok() {
            line.failures = 0;
        } else if line.number == self.number && matches!(line.state, State::Open(_)) {
            line.fail(clock.now_ms());
        }
        answer
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
