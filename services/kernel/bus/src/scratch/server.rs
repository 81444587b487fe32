//! A Redis of one test, which may be stopped and started.

use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

use tempfile::TempDir;

use super::Scratch;

/// A Redis that keeps nothing, at a socket in a folder of its own; killed when dropped.
#[derive(Debug)]
pub struct Server {
    folder: TempDir,
    process: Option<Child>,
}

impl Server {
    /// Started.
    ///
    /// # Panics
    /// When there is no Redis on this machine.
    #[allow(clippy::new_without_default, reason = "it starts a process")]
    pub fn new() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        let mut server = Self {
            folder,
            process: None,
        };
        server.start();
        server
    }

    /// Starts it; done when it takes connections.
    ///
    /// # Panics
    /// When it does not start.
    pub fn start(&mut self) {
        let mut process = Command::new("redis-server")
            .args(["--port", "0", "--save", "", "--appendonly", "no"])
            .arg("--unixsocket")
            .arg(self.socket())
            .arg("--dir")
            .arg(self.folder.path())
            .stdout(Stdio::piped())
            .spawn()
            .expect("redis-server is installed; `make setup-test` does it");
        let said = process.stdout.take().expect("it was asked for");
        let ready = BufReader::new(said)
            .lines()
            .map_while(Result::ok)
            .any(|line| line.contains("ready to accept connections"));
        assert!(ready, "it ended before it took connections");
        self.process = Some(process);
    }

    /// Kills it. What it held is forgotten.
    ///
    /// # Panics
    /// When it cannot be killed.
    pub fn stop(&mut self) {
        if let Some(mut process) = self.process.take() {
            process.kill().expect("it is ours to end");
            process.wait().expect("it ends");
        }
    }

    /// Where it listens.
    pub fn socket(&self) -> PathBuf {
        self.folder.path().join("redis.sock")
    }

    /// Keys in it.
    pub fn keys(&self) -> Scratch {
        Scratch::at(format!("redis+unix://{}", self.socket().display()))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stop();
    }
}
