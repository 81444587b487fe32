//! Processes of a role come and go, and strangers knock: who calls through this transport notices only what it must.

#![allow(clippy::unwrap_used, reason = "a panic is how a test says no")]

use std::collections::VecDeque;
use std::convert::Infallible;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};
use std::time::Duration;

use contract::feeds::{ReadReply, ReadRequest};
use contract::{Caller, FeedsClient, FromAfar};
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use http::{Request, Response};
use runtime::{Clock, DAY_MS, Tasks};
use tokio::net::TcpListener;
use tokio::runtime::{Builder, Runtime};
use tokio::sync::oneshot;
use tokio::task::JoinHandle;
use tonic::body::Body;
use tonic::server::NamedService;
use tonic::{Code, Status};
use tower::ServiceExt;
use transport::{Credentials, CredentialsFault, Reach, Serving, issue, knock, remote};

/// Answers every call with an empty message and counts them; or does what it is told first.
#[derive(Clone, Default)]
struct Feeds {
    calls: Arc<AtomicUsize>,
    from_afar: Arc<AtomicUsize>,
    next: Arc<Mutex<VecDeque<oneshot::Receiver<()>>>>,
}

impl NamedService for Feeds {
    const NAME: &'static str = "palier.feeds.v1.Feeds";
}

impl tower::Service<Request<Body>> for Feeds {
    type Response = Response<Body>;
    type Error = Infallible;
    type Future = BoxFuture<'static, Result<Response<Body>, Infallible>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<Body>) -> Self::Future {
        let feeds = self.clone();
        async move {
            if request.extensions().get::<FromAfar>().is_some() {
                feeds.from_afar.fetch_add(1, Ordering::SeqCst);
            }
            feeds.calls.fetch_add(1, Ordering::SeqCst);
            let held = feeds.next.lock().unwrap().pop_front();
            if let Some(held) = held {
                let _ = held.await;
            }
            let trailers = Status::new(Code::Ok, "")
                .into_http::<()>()
                .into_parts()
                .0
                .headers;
            let body = Body::new(Message(Some(EMPTY), Some(trailers)));
            let answer = Response::builder().header("content-type", "application/grpc");
            Ok(answer.body(body).unwrap())
        }
        .boxed()
    }
}

const EMPTY: bytes::Bytes = bytes::Bytes::from_static(&[0; 5]);

/// One empty message, and how the call ended.
struct Message(Option<bytes::Bytes>, Option<http::HeaderMap>);

impl http_body::Body for Message {
    type Data = bytes::Bytes;
    type Error = Status;

    fn poll_frame(
        mut self: std::pin::Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<http_body::Frame<bytes::Bytes>, Status>>> {
        if let Some(message) = self.0.take() {
            return Poll::Ready(Some(Ok(http_body::Frame::data(message))));
        }
        Poll::Ready(self.1.take().map(|end| Ok(http_body::Frame::trailers(end))))
    }
}

/// A process of the role: killed when dropped, with every connection it has.
struct Process {
    at: SocketAddr,
    feeds: Feeds,
    runtime: Option<Runtime>,
    ended: JoinHandle<()>,
    told_to_stop: Option<oneshot::Sender<()>>,
}

impl Drop for Process {
    fn drop(&mut self) {
        self.runtime.take().unwrap().shutdown_background();
    }
}

struct World {
    folder: tempfile::TempDir,
    clock: Clock,
}

impl World {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let clock = Clock::System;
        issue(folder.path(), &["gateway", "feeds", "posts"], &clock).unwrap();
        Self { folder, clock }
    }

    fn credentials(&self, role: &str) -> Result<Credentials, CredentialsFault> {
        Credentials::in_folder(self.folder.path(), role, self.clock.now_ms())
    }

    fn process(&self, at: Option<SocketAddr>) -> Process {
        self.process_with(at, "feeds", 64)
    }

    fn process_for(&self, at_once: usize) -> Process {
        self.process_with(None, "feeds", at_once)
    }

    fn process_with(&self, at: Option<SocketAddr>, role: &str, at_once: usize) -> Process {
        let at = at.unwrap_or_else(|| "127.0.0.1:0".parse().unwrap());
        let listener = std::net::TcpListener::bind(at).unwrap();
        listener.set_nonblocking(true).unwrap();
        let at = listener.local_addr().unwrap();
        let credentials = self.credentials(role).unwrap();
        let (feeds, (told_to_stop, stopped)) = (Feeds::default(), oneshot::channel());
        let role = feeds.clone();
        let runtime = Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .build()
            .unwrap();
        let ended = runtime.spawn(async move {
            let serving = Serving {
                listener: TcpListener::from_std(listener).unwrap(),
                credentials,
                at_once,
            };
            let stopped = async { drop(stopped.await) };
            serving.serve(role, stopped).await.unwrap();
        });
        Process {
            at,
            feeds,
            runtime: Some(runtime),
            ended,
            told_to_stop: Some(told_to_stop),
        }
    }

    fn client(&self, at: &[SocketAddr]) -> FeedsClient {
        self.client_from(self.folder.path(), "gateway", at)
    }

    fn client_from(&self, folder: &Path, role: &str, at: &[SocketAddr]) -> FeedsClient {
        FeedsClient::new(self.reach(folder, role, at, Duration::from_secs(20)))
    }

    fn reach(
        &self,
        folder: &Path,
        role: &str,
        at: &[SocketAddr],
        deadline: Duration,
    ) -> contract::Link {
        remote(Reach {
            role: "feeds",
            addresses: at.iter().map(ToString::to_string).collect(),
            credentials: Credentials::in_folder(folder, role, self.clock.now_ms()).unwrap(),
            deadline,
            clock: self.clock.clone(),
            tasks: Tasks::new(),
        })
    }
}

impl Process {
    fn calls(&self) -> usize {
        self.feeds.calls.load(Ordering::SeqCst)
    }

    /// The next call is answered only when the sender is used or dropped.
    fn hold(&self) -> oneshot::Sender<()> {
        let (sender, receiver) = oneshot::channel();
        self.feeds.next.lock().unwrap().push_back(receiver);
        sender
    }
}

async fn read(client: &FeedsClient) -> Result<ReadReply, Status> {
    let request = Caller::Role.request(ReadRequest::default());
    client
        .clone()
        .read(request)
        .await
        .map(tonic::Response::into_inner)
}

/// Until both have answered something; how much that was.
async fn connected(client: &FeedsClient, one: &Process, two: &Process) -> (usize, usize) {
    while one.calls() == 0 || two.calls() == 0 {
        read(client).await.unwrap();
    }
    (one.calls(), two.calls())
}

#[tokio::test]
async fn calls_arrive_as_calls_from_afar_and_go_to_every_process() {
    let world = World::new();
    let (one, two) = (world.process(None), world.process(None));
    let client = world.client(&[one.at, two.at]);
    let (first, second) = connected(&client, &one, &two).await;
    let held = (one.hold(), two.hold());
    let both = tokio::join!(read(&client), read(&client), async {
        while one.calls() + two.calls() < first + second + 2 {
            tokio::task::yield_now().await;
        }
        drop(held);
    });
    both.0.unwrap();
    both.1.unwrap();
    assert_eq!(
        (one.calls(), two.calls()),
        (first + 1, second + 1),
        "the one with the least to do"
    );
    assert_eq!(one.feeds.from_afar.load(Ordering::SeqCst), first + 1);
}

#[tokio::test]
async fn a_process_that_is_not_there_costs_nobody_a_call() {
    let world = World::new();
    let there = world.process(None);
    let gone = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let nowhere = gone.local_addr().unwrap();
    drop(gone);
    let client = world.client(&[nowhere, there.at]);
    for _ in 0..20 {
        read(&client).await.unwrap();
    }
    assert_eq!(there.calls(), 20);
}

/// It takes connections and whatever is sent, and says nothing.
#[tokio::test]
async fn an_address_that_swallows_what_is_sent_keeps_nobody_waiting() {
    const CALLS: usize = 40;
    let world = World::new();
    let there = world.process(None);
    let swallows = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let at = [swallows.local_addr().unwrap(), there.at];
    // Less than it takes to give up connecting: who waits for that is too late.
    let soon = Duration::from_millis(1_500);
    let client = FeedsClient::new(world.reach(world.folder.path(), "gateway", &at, soon));
    for _ in 0..2 {
        let calls = (0..CALLS).map(|_| read(&client));
        for answer in futures_util::future::join_all(calls).await {
            answer.unwrap();
        }
    }
    assert_eq!(there.calls(), 2 * CALLS);
}

#[tokio::test]
async fn calls_one_after_another_go_to_every_process_alike() {
    let world = World::new();
    let (one, two) = (world.process(None), world.process(None));
    let client = world.client(&[one.at, two.at]);
    let (first, second) = connected(&client, &one, &two).await;
    for _ in 0..20 {
        read(&client).await.unwrap();
    }
    assert_eq!((one.calls(), two.calls()), (first + 10, second + 10));
}

#[tokio::test]
async fn what_may_be_said_again_is_said_to_another_process_when_its_own_dies() {
    let world = World::new();
    let (one, two) = (world.process(None), world.process(None));
    let client = world.client(&[one.at, two.at]);
    let held = (one.hold(), two.hold());
    let reading = read(&client);
    let dying = async {
        while one.calls() + two.calls() == 0 {
            tokio::task::yield_now().await;
        }
        let (mine, other) = if one.calls() == 1 {
            (one, two)
        } else {
            (two, one)
        };
        drop(mine);
        while other.calls() == 0 {
            tokio::task::yield_now().await;
        }
        drop(held);
        other
    };
    let (read, other) = tokio::join!(reading, dying);
    read.unwrap();
    assert_eq!(other.calls(), 1);
}

#[tokio::test]
async fn what_counts_is_not_said_twice_when_its_process_dies() {
    let world = World::new();
    let (one, two) = (world.process(None), world.process(None));
    let deadline = Duration::from_secs(20);
    let link = world.reach(world.folder.path(), "gateway", &[one.at, two.at], deadline);
    let held = (one.hold(), two.hold());
    let counting = Request::post("/palier.feeds.v1.Feeds/Count")
        .header("content-type", "application/grpc")
        .body(Body::new(Message(Some(EMPTY), None)))
        .unwrap();
    let dying = async {
        while one.calls() + two.calls() == 0 {
            tokio::task::yield_now().await;
        }
        let (mine, other) = if one.calls() == 1 {
            (one, two)
        } else {
            (two, one)
        };
        drop(mine);
        other
    };
    let (answer, other) = tokio::join!(link.oneshot(counting), dying);
    assert_eq!(answer.unwrap_err().code(), Code::Unavailable);
    assert_eq!(other.calls(), 0);
    drop(held);
}

#[tokio::test]
async fn who_is_too_many_for_a_process_is_taken_when_there_is_a_place() {
    let world = World::new();
    let process = world.process_for(1);
    let (first, second) = (world.client(&[process.at]), world.client(&[process.at]));
    let held = process.hold();
    let second = async {
        while process.calls() == 0 {
            tokio::task::yield_now().await;
        }
        let second = read(&second);
        let mut second = std::pin::pin!(second);
        // It is turned away at least once: it has had its answer, and waits to ask again.
        let turned_away = world.clock.wait(Duration::from_millis(200));
        tokio::select! {
            answer = &mut second => panic!("taken beyond what a process takes: {answer:?}"),
            () = turned_away => {}
        }
        assert_eq!(process.calls(), 1);
        drop(held);
        second.await
    };
    let (first, second) = tokio::join!(read(&first), second);
    first.unwrap();
    second.unwrap();
    assert_eq!(process.calls(), 2);
}

#[tokio::test]
async fn a_process_that_stops_in_order_ends_what_it_began_and_the_next_one_takes_over() {
    let world = World::new();
    let mut one = world.process(None);
    let client = world.client(&[one.at]);
    let held = one.hold();
    let stop = one.told_to_stop.take();
    let (first, ()) = tokio::join!(read(&client), async {
        while one.calls() == 0 {
            tokio::task::yield_now().await;
        }
        drop(stop);
        drop(held);
    });
    first.unwrap();
    (&mut one.ended).await.unwrap();
    let (second, next) = tokio::join!(read(&client), async { world.process(Some(one.at)) });
    second.unwrap();
    assert_eq!(next.calls(), 1, "it waited for the process that came back");
}

#[tokio::test]
async fn nobody_is_served_without_the_edge_s_certificate_of_this_board() {
    let world = World::new();
    let process = world.process(None);
    let other = tempfile::tempdir().unwrap();
    issue(other.path(), &["gateway", "feeds"], &world.clock).unwrap();
    let soon = Duration::from_millis(500);
    for (folder, role) in [(world.folder.path(), "posts"), (other.path(), "gateway")] {
        let link = world.reach(folder, role, &[process.at], soon);
        let refused = read(&FeedsClient::new(link)).await.unwrap_err();
        assert!(
            matches!(refused.code(), Code::DeadlineExceeded | Code::Unavailable),
            "{refused}"
        );
    }
    // A stranger with no certificate at all.
    let plain = tonic::transport::Endpoint::from_shared(format!("http://{}", process.at)).unwrap();
    let mut plain = contract::feeds::feeds_client::FeedsClient::new(plain.connect_lazy());
    assert!(
        plain
            .read(Caller::Role.request(ReadRequest::default()))
            .await
            .is_err()
    );
    assert_eq!(process.calls(), 0);
}

#[tokio::test]
async fn one_role_does_not_pass_for_another() {
    let world = World::new();
    let impostor = world.process_with(None, "posts", 64);
    let link = world.reach(
        world.folder.path(),
        "gateway",
        &[impostor.at],
        Duration::from_millis(500),
    );
    read(&FeedsClient::new(link)).await.unwrap_err();
    assert_eq!(impostor.calls(), 0);
}

#[tokio::test]
async fn a_call_ends_at_its_deadline_whatever_the_other_side_does() {
    let world = World::new();
    let process = world.process(None);
    let _held = process.hold();
    let link = world.reach(
        world.folder.path(),
        "gateway",
        &[process.at],
        Duration::from_millis(300),
    );
    let late = read(&FeedsClient::new(link)).await.unwrap_err();
    assert!(
        matches!(late.code(), Code::DeadlineExceeded | Code::Cancelled),
        "{late}"
    );
}

#[tokio::test]
async fn issuing_again_leaves_the_others_valid_and_a_key_that_others_may_read_is_refused() {
    let world = World::new();
    let process = world.process(None);
    issue(world.folder.path(), &["gateway"], &world.clock).unwrap();
    read(&world.client(&[process.at])).await.unwrap();

    let key = world.folder.path().join("feeds.key");
    let open = std::os::unix::fs::PermissionsExt::from_mode(0o644);
    std::fs::set_permissions(&key, open).unwrap();
    let parent = std::os::unix::fs::PermissionsExt::from_mode(0o755);
    std::fs::set_permissions(world.folder.path(), parent).unwrap();
    let refused = world.credentials("feeds").unwrap_err();
    assert!(
        refused.to_string().contains("others may read this key"),
        "{refused}"
    );
}

#[tokio::test]
async fn a_certificate_that_nobody_would_take_is_told_of_before_it_is_shown() {
    let world = World::new();
    let (folder, now_ms) = (world.folder.path(), world.clock.now_ms());
    for role in ["gateway", "feeds"] {
        let credentials = world.credentials(role).unwrap();
        assert!(credentials.are_good_at(role, now_ms + 700 * DAY_MS));
        assert!(!credentials.are_good_at(role, now_ms + 731 * DAY_MS));
        for at_ms in [now_ms + 731 * DAY_MS, now_ms - 2 * DAY_MS] {
            let fault = Credentials::in_folder(folder, role, at_ms).unwrap_err();
            assert!(matches!(fault, CredentialsFault::Over(_)), "{fault}");
        }
    }
    let file = |name: &str| folder.join(name);
    for kind in ["pem", "key"] {
        std::fs::copy(
            file(&format!("posts.{kind}")),
            file(&format!("feeds.{kind}")),
        )
        .unwrap();
    }
    let fault = world.credentials("feeds").unwrap_err();
    assert!(matches!(fault, CredentialsFault::Foreign(_)), "{fault}");

    let other = World::new();
    std::fs::copy(
        other.folder.path().join("authority.pem"),
        file("authority.pem"),
    )
    .unwrap();
    let fault = world.credentials("posts").unwrap_err();
    assert!(matches!(fault, CredentialsFault::Foreign(_)), "{fault}");
    std::fs::copy(other.folder.path().join("posts.pem"), file("posts.pem")).unwrap();
    let fault = world.credentials("posts").unwrap_err();
    assert!(matches!(fault, CredentialsFault::Unusable(..)), "{fault}");
}

#[tokio::test]
async fn who_knocks_learns_whether_somebody_who_plays_the_role_is_there() {
    let (world, stranger) = (World::new(), World::new());
    let process = world.process(None);
    let at = process.at.to_string();
    let edge = world.credentials("gateway").unwrap();
    knock("feeds", &at, &edge).await.unwrap();
    assert!(knock("posts", &at, &edge).await.is_err(), "another role");
    let other = stranger.credentials("gateway").unwrap();
    assert!(knock("feeds", &at, &other).await.is_err(), "another board");
    assert!(knock("feeds", "nobody.invalid:7104", &edge).await.is_err());
    drop(process);
    assert!(knock("feeds", &at, &edge).await.is_err(), "nobody is there");
}
