//! A server in a process of its own, and how much of the processors it used.

use std::io::{BufRead, BufReader};
use std::net::TcpListener;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use anyhow::{Context, Result, ensure};

/// How long it is looked whether a server does anything.
const LOOKED_AT_FOR: Duration = Duration::from_millis(250);
/// Less than this in that time is nothing.
const IDLE: Duration = Duration::from_millis(5);

/// Nanoseconds that every thread of a process was on a processor (Linux, `/proc/PID/task/TID/schedstat`).
fn on_processors(pid: u32) -> Result<u64> {
    let mut sum = 0;
    for task in std::fs::read_dir(format!("/proc/{pid}/task"))? {
        let said = std::fs::read_to_string(task?.path().join("schedstat"))?;
        let first = said
            .split_whitespace()
            .next()
            .context("an empty schedstat")?;
        sum += first.parse::<u64>()?;
    }
    Ok(sum)
}

/// A server, killed when dropped.
#[derive(Debug)]
pub struct Server {
    child: Child,
    /// Where it answers, without a slash at the end.
    pub origin: String,
}

impl Server {
    /// The program, with the data of a folder.
    ///
    /// # Errors
    /// When it does not open.
    pub fn palier(program: &Path, data: &Path) -> Result<Self> {
        let port = free_port()?;
        let mut command = Command::new(program);
        command
            .args(["all", "--listen", &format!("127.0.0.1:{port}"), "--data"])
            .arg(data)
            .env("PALIER_GATEWAY__FREE_FORM_DOCUMENTS", "true")
            .env("PALIER_POSTS__POSTS_A_DAY", "100000");
        for rate in ["REQUESTS", "QUERIES", "MUTATIONS", "ENTRIES", "SOCKETS"] {
            let many = "{ burst = 1000000, per_minute = 1000000 }";
            command.env(format!("PALIER_GATEWAY__RATES__{rate}"), many);
        }
        Self::started(command, port, "Palier is open")
    }

    /// This program again, as the server of that name.
    ///
    /// # Errors
    /// When it does not open.
    pub fn anchor(name: &str) -> Result<Self> {
        let port = free_port()?;
        let mut command = Command::new(std::env::current_exe()?);
        command.args(["--serve", name, &port.to_string()]);
        Self::started(command, port, "open")
    }

    fn started(mut command: Command, port: u16, open: &str) -> Result<Self> {
        let mut child = command
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()?;
        let said = child.stdout.take().context("no standard output")?;
        let mut lines = BufReader::new(said).lines();
        let opened = lines.any(|line| line.is_ok_and(|line| line.starts_with(open)));
        let server = Self {
            child,
            origin: format!("http://127.0.0.1:{port}"),
        };
        ensure!(opened, "a server did not open");
        Ok(server)
    }

    /// Waits until it has nothing more to do.
    ///
    /// # Errors
    /// When Linux does not say how busy it is.
    pub async fn settled(&self) -> Result<()> {
        loop {
            let before = self.used()?;
            tokio::time::sleep(LOOKED_AT_FOR).await;
            if self.used()?.saturating_sub(before) < IDLE {
                return Ok(());
            }
        }
    }

    /// How long its threads were on a processor.
    ///
    /// # Errors
    /// When Linux does not say.
    pub fn used(&self) -> Result<Duration> {
        Ok(Duration::from_nanos(on_processors(self.child.id())?))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Fills a folder with a board of so many notices and residents.
///
/// # Errors
/// When the program does not do it.
pub fn seed(program: &Path, data: &Path, posts: usize, residents: usize) -> Result<()> {
    let status = Command::new(program)
        .args(["seed", "--posts", &posts.to_string()])
        .args(["--residents", &residents.to_string(), "--data"])
        .arg(data)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()?;
    ensure!(status.success(), "the board was not seeded");
    Ok(())
}

fn free_port() -> Result<u16> {
    Ok(TcpListener::bind("127.0.0.1:0")?.local_addr()?.port())
}

/// The program that is measured: built before, with optimisation.
///
/// # Errors
/// When it is not there.
pub fn program() -> Result<std::path::PathBuf> {
    // Cargo puts a bench two folders below those of the profiles.
    let bench = std::env::current_exe()?;
    let profile = bench.ancestors().nth(2).context("no target folder")?;
    let program = profile.join("palier");
    ensure!(
        program.exists(),
        "{} is missing: cargo build --release -p palier",
        program.display()
    );
    Ok(program)
}
