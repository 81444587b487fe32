//! A PostgreSQL of one test, which may be stopped and started.

use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use tempfile::TempDir;

/// A PostgreSQL at a socket in a folder of its own; what was committed is there again after it was killed.
pub struct Postgres {
    folder: TempDir,
    programs: PathBuf,
}

impl Postgres {
    /// Started, with nothing in it.
    pub fn new() -> Self {
        let postgres = Self {
            folder: tempfile::tempdir().unwrap(),
            programs: programs(),
        };
        if is_root() {
            let mut give = Command::new("chown");
            give.arg("postgres").arg(postgres.folder.path());
            done(give);
        }
        let mut made = postgres.command("initdb");
        made.arg("-D").arg(postgres.data());
        made.args([
            "-U",
            "palier",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--locale",
            "C.UTF-8",
            "--no-sync",
        ]);
        done(made);
        postgres.start();
        postgres
    }

    /// Starts it; done when it takes connections. The disk is not waited for: the machine goes on when the server is killed.
    pub fn start(&self) {
        let folder = self.folder.path().display();
        let options = format!(
            "-k {folder} -c listen_addresses= -c max_connections=300 -c fsync=off -c full_page_writes=off"
        );
        let mut start = self.control();
        start.arg("-l").arg(self.folder.path().join("log"));
        start.args(["-w", "-t", "60", "-o", &options, "start"]);
        done(start);
    }

    /// Ends it at once, as if it were killed.
    pub fn stop(&self) {
        let mut stop = self.control();
        stop.args(["-m", "immediate", "stop"]);
        done(stop);
    }

    /// Where it listens.
    pub fn socket(&self) -> PathBuf {
        self.folder.path().join(".s.PGSQL.5432")
    }

    fn control(&self) -> Command {
        let mut control = self.command("pg_ctl");
        control.arg("-s").arg("-D").arg(self.data());
        control
    }

    fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    fn command(&self, program: &str) -> Command {
        let program = self.programs.join(program);
        let mut command = if is_root() {
            let mut command = Command::new("runuser");
            command.args(["-u", "postgres", "--"]).arg(program);
            command
        } else {
            Command::new(program)
        };
        command.current_dir("/");
        command
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        // It may be stopped already.
        let mut stop = self.control();
        let _ = stop.args(["-m", "immediate", "stop"]).output();
    }
}

/// PostgreSQL refuses to run as root: then it runs as the user that its package made.
fn is_root() -> bool {
    std::fs::metadata("/proc/self").unwrap().uid() == 0
}

/// The folder of PostgreSQL's own programs; Debian keeps them off the path, one folder a version.
fn programs() -> PathBuf {
    let versions = std::fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten();
    let folders = versions.map(|version| version.unwrap().path().join("bin"));
    let mut folders: Vec<PathBuf> = folders.filter(|bin| bin.join("initdb").exists()).collect();
    folders.sort();
    folders.pop().unwrap_or_else(|| Path::new("").to_owned())
}

fn done(mut command: Command) {
    // What it starts keeps what it was given to write to.
    let status = command.stdout(Stdio::null()).stderr(Stdio::null()).status();
    let status = status.expect("PostgreSQL is installed; `make setup-test` does it");
    assert!(status.success(), "{command:?}: {status}");
}
