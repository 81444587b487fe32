//! The program itself, as a process of its own.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

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

/// The program with the settings of one board.
pub struct Program {
    data: PathBuf,
    settings: Vec<(String, String)>,
}

impl Program {
    /// The data of its processes are in this folder; nothing else is set.
    pub fn with(data: &Path) -> Self {
        Self {
            data: data.to_owned(),
            settings: Vec::new(),
        }
    }

    /// One more setting of whatever is started from now on.
    pub fn set(&mut self, name: &str, value: &str) {
        self.settings.push((name.to_owned(), value.to_owned()));
    }

    /// Makes the secrets of the board, and an empty neighbourhood with residents.
    pub fn settle(&self, residents: usize) {
        self.carry_out(&["secrets"]);
        let count = residents.to_string();
        self.carry_out(&["seed", "--posts", "0", "--residents", &count]);
    }

    fn carry_out(&self, words: &[&str]) {
        let done = self.command().args(words).output().unwrap();
        let said = String::from_utf8_lossy(&done.stderr);
        assert!(done.status.success(), "{words:?}: {said}");
    }

    /// Starts the process of a role, with settings of its own.
    pub fn run(&self, role: &str, own: &[(String, String)]) -> Server {
        let mut command = self.command();
        command.args(["run", role]);
        for (name, value) in own {
            command.env(format!("PALIER_{name}"), value);
        }
        Server::started(command)
    }

    /// The program with the settings of this board.
    pub fn command(&self) -> Command {
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
