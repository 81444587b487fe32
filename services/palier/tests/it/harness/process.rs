//! The program itself, as a process of its own.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use bus::scratch::Scratch;
use runtime::telemetry::TRACEPARENT;

use reqwest::header::{COOKIE, ORIGIN, SET_COOKIE};
use serde_json::{Value, json};

use super::client::{Live, http};
use super::databases::Databases;
use super::free_address;

/// A server process, killed when dropped.
pub struct Server {
    child: Child,
}

impl Server {
    /// One process that is the whole board.
    pub fn start(data: &Path, port: u16) -> Self {
        let mut command = palier();
        command
            .args(["all", "--listen", &format!("127.0.0.1:{port}")])
            .arg("--data")
            .arg(data);
        Self::started(command)
    }

    fn started(mut command: Command) -> Self {
        command
            .env("PALIER_GATEWAY__FREE_FORM_DOCUMENTS", "true")
            .env("PALIER_POSTS__POSTS_A_DAY", "100000")
            .stdout(Stdio::piped())
            .stderr(Stdio::null());
        for rate in [
            "REQUESTS",
            "QUERIES",
            "MUTATIONS",
            "UPLOADS",
            "ENTRIES",
            "SOCKETS",
        ] {
            let many = "{ burst = 1000000, per_minute = 1000000 }";
            command.env(format!("PALIER_GATEWAY__RATES__{rate}"), many);
        }
        let mut child = command.spawn().unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let open = lines.find(|line| {
            let begins = |start| line.as_ref().is_ok_and(|line| line.starts_with(start));
            begins("Palier is open") || begins("Palier plays")
        });
        assert!(open.is_some(), "the server did not open");
        Self { child }
    }
}

/// A board whose roles are processes of their own, over PostgreSQL and Redis.
pub struct Apart {
    pub origin: String,
    data: PathBuf,
    settings: Vec<(String, String)>,
    databases: Databases,
    redis: Scratch,
    processes: BTreeMap<&'static str, Server>,
}

impl Apart {
    pub const ROLES: [&str; 5] = ["identity", "posts", "media", "feeds", "gateway"];

    /// With residents, and nothing running yet.
    pub async fn settled(data: &Path, residents: usize) -> Self {
        let (databases, redis) = (Databases::fresh().await, Scratch::redis());
        let listen = free_address().to_string();
        let origin = format!("http://{listen}");
        let stores = databases.stores.clone();
        let mut settings = vec![
            ("LISTEN".to_owned(), listen),
            ("BUS".to_owned(), redis.url.clone()),
            ("BUS_PREFIX".to_owned(), redis.prefix.clone()),
        ];
        for (role, store) in [
            ("IDENTITY", stores.identity),
            ("POSTS", stores.posts),
            ("MEDIA", stores.media),
            ("FEEDS", stores.feeds),
        ] {
            let at = free_address();
            settings.push((format!("STORES__{role}"), store.unwrap()));
            settings.push((format!("ROLES__{role}__LISTEN"), at.to_string()));
            settings.push((format!("ROLES__{role}__AT"), format!("[\"{at}\"]")));
        }
        settings.push(("STORES__DELETIONS".to_owned(), stores.deletions.unwrap()));
        let apart = Self {
            origin,
            data: data.to_owned(),
            settings,
            databases,
            redis,
            processes: BTreeMap::new(),
        };
        let count = residents.to_string();
        apart.carry_out(&["secrets"]);
        apart.carry_out(&["seed", "--posts", "0", "--residents", &count]);
        apart
    }

    /// Starts the process of a role, in place of one that runs: that is killed first.
    pub fn start(&mut self, role: &'static str) {
        drop(self.processes.remove(role));
        let mut command = self.command();
        command.args(["run", role]);
        self.processes.insert(role, Server::started(command));
    }

    /// One more setting of every process that is started from now on.
    pub fn set(&mut self, name: &str, value: &str) {
        self.settings.push((name.to_owned(), value.to_owned()));
    }

    /// Asks the process of a role to stop, and waits until it has.
    pub fn stop(&mut self, role: &'static str) {
        let server = self.processes.remove(role);
        server.unwrap_or_else(|| panic!("{role} runs")).stop();
    }

    /// Redis forgets all it has of this board.
    pub async fn empty_redis(&self) {
        self.redis.empty().await;
    }

    /// Stops everything and removes what was made for it.
    pub async fn close(self) {
        drop(self.processes);
        self.redis.empty().await;
        self.databases.forget().await;
    }

    fn carry_out(&self, words: &[&str]) {
        let done = self.command().args(words).output().unwrap();
        let said = String::from_utf8_lossy(&done.stderr);
        assert!(done.status.success(), "{words:?}: {said}");
    }

    fn command(&self) -> Command {
        let mut command = palier();
        command.arg("--data").arg(&self.data);
        for (name, value) in &self.settings {
            command.env(format!("PALIER_{name}"), value);
        }
        command
    }
}

impl Server {
    /// Asks the process to stop, and waits until it has.
    pub fn stop(mut self) {
        let pid = self.child.id().to_string();
        assert!(
            Command::new("kill").arg(pid).status().unwrap().success(),
            "it is asked to stop"
        );
        assert!(self.child.wait().unwrap().success(), "it stops in order");
    }

    /// A line of what Linux says of the process's memory, in MB: `VmRSS` is what it holds, `VmHWM` the most it ever held.
    pub fn megabytes(&self, line: &str) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap();
        let line = status.lines().find_map(|said| said.strip_prefix(line));
        let kibibytes = line.unwrap().trim_matches([':', ' ', '\t', 'k', 'B']);
        kibibytes.parse::<u64>().unwrap() * 1_024 / 1_000_000
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // SIGKILL: nothing in the process gets to tidy up.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The program, without what the test run itself is told.
#[allow(
    clippy::disallowed_methods,
    reason = "what the test run is told is taken away from the program"
)]
pub fn palier() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_palier"));
    for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("PALIER_")) {
        command.env_remove(name);
    }
    command
}

/// An empty board with residents.
pub fn seed(data: &Path, residents: usize) {
    let status = palier()
        .args([
            "seed",
            "--posts",
            "0",
            "--residents",
            &residents.to_string(),
        ])
        .arg("--data")
        .arg(data)
        .stderr(Stdio::null())
        .stdout(Stdio::null())
        .status();
    assert!(status.unwrap().success());
}

/// Somebody of a seeded board, signed in. The cookie is sent by hand: it is one for TLS, and the test has none.
pub struct Resident {
    http: reqwest::Client,
    origin: String,
    cookie: String,
    pub neighbourhood: String,
}

impl Resident {
    pub async fn ask(&self, query: &str, variables: Value) -> Option<Value> {
        self.ask_within(None, query, variables).await
    }

    /// Asks as a part of a trace.
    async fn ask_within(
        &self,
        traceparent: Option<&str>,
        query: &str,
        variables: Value,
    ) -> Option<Value> {
        let mut request = self
            .http
            .post(format!("{}/graphql", self.origin))
            .header(ORIGIN, &self.origin)
            .header(COOKIE, &self.cookie);
        if let Some(traceparent) = traceparent {
            request = request.header(TRACEPARENT, traceparent);
        }
        let response = request
            .json(&json!({ "query": query, "variables": variables }))
            .send()
            .await
            .ok()?;
        let body: Value = response.json().await.ok()?;
        // A part that is away for a moment: an answer is as good as lost.
        if body["errors"][0]["extensions"]["code"] == "UNAVAILABLE" {
            return None;
        }
        assert!(body.get("errors").is_none(), "{body}");
        Some(body["data"].clone())
    }

    /// Sends a picture: the status of the answer.
    pub async fn upload(&self, bytes: Vec<u8>) -> u16 {
        let file = reqwest::multipart::Part::bytes(bytes).file_name("a");
        let form = reqwest::multipart::Form::new().part("file", file);
        let sent = self
            .http
            .post(format!("{}/media", self.origin))
            .header(ORIGIN, &self.origin)
            .header(COOKIE, &self.cookie)
            .multipart(form)
            .send();
        sent.await.unwrap().status().as_u16()
    }

    /// Follows the feed from now on.
    pub async fn follow(&self) -> Live {
        Live::feed(&self.origin, &self.cookie, &self.neighbourhood).await
    }

    /// The id of the notice once it is acknowledged; none when the answer was lost.
    pub async fn publish(&self, number: usize) -> Option<String> {
        let input = json!({ "title": format!("notice {number}"), "body": "One of a thousand." });
        self.publish_within(None, number, input).await
    }

    /// The same, of a notice that says something else and as a part of a trace.
    pub async fn publish_within(
        &self,
        traceparent: Option<&str>,
        number: usize,
        said: Value,
    ) -> Option<String> {
        let query = "mutation($input: PublishPostInput!) { publishPost(input: $input) { __typename ... on PostPublished { post { id } } } }";
        let input = json!({
            "clientKey": format!("notice-number-{number:04}"),
            "neighbourhood": self.neighbourhood,
            "category": "QUESTION",
            "title": said["title"],
            "body": said["body"],
        });
        let variables = json!({ "input": input });
        let data = self.ask_within(traceparent, query, variables).await?;
        assert_eq!(data["publishPost"]["__typename"], "PostPublished", "{data}");
        Some(
            data["publishPost"]["post"]["id"]
                .as_str()
                .unwrap()
                .to_owned(),
        )
    }
}

/// A resident of a seeded board asks to sign in.
pub async fn try_to_sign_in(origin: &str, number: usize) -> reqwest::Response {
    let query = "mutation($input: SignInInput!) { signIn(input: $input) { ... on SignedIn { viewer { memberships { neighbourhood { id } } } } } }";
    let input = json!({ "email": format!("resident{number}@example.org"), "password": "load data of a quiet lighthouse" });
    let request = http()
        .build()
        .unwrap()
        .post(format!("{origin}/graphql"))
        .header(ORIGIN, origin)
        .json(&json!({ "query": query, "variables": { "input": input } }));
    request.send().await.unwrap()
}

/// A resident of a seeded board signs in.
pub async fn signed_in(origin: &str, number: usize) -> Resident {
    let response = try_to_sign_in(origin, number).await;
    let cookie = response.headers().get(SET_COOKIE).cloned();
    let body: Value = response.json().await.unwrap();
    let cookie = cookie.unwrap_or_else(|| panic!("not signed in: {body}"));
    let cookie = cookie
        .to_str()
        .unwrap()
        .split(';')
        .next()
        .unwrap()
        .to_owned();
    let membership = &body["data"]["signIn"]["viewer"]["memberships"][0];
    Resident {
        // Who waits for a turn has sent what nobody reads yet: a browser waits too.
        http: http().tcp_user_timeout(None).build().unwrap(),
        origin: origin.to_owned(),
        cookie,
        neighbourhood: membership["neighbourhood"]["id"]
            .as_str()
            .unwrap()
            .to_owned(),
    }
}
