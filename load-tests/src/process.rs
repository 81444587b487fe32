//! A server in a process of its own: what it used of the processors, and what it holds.

use std::io::{BufRead, BufReader};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};

/// How long it is looked whether a server does anything.
const LOOKED_AT_FOR: Duration = Duration::from_millis(250);
/// Less than this in that time is nothing.
const IDLE: Duration = Duration::from_millis(5);

/// Whatever a server does from time to time, it has done once in so long.
const IDLED_FOR: Duration = Duration::from_secs(4);

/// Memory that does not matter.
const MEGABYTE: f64 = 1.0;

/// How long a server may take to give back what it no longer needs.
const AT_REST_WITHIN: Duration = Duration::from_mins(1);

/// What a process holds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Held {
    /// Memory that is in use, in MB.
    pub megabytes: f64,
    /// Open files and sockets.
    pub descriptors: usize,
}

impl Held {
    /// Whether it is as much as before, but for what does not matter.
    fn gave_nothing_since(self, before: Self) -> bool {
        self.megabytes > before.megabytes - MEGABYTE && self.descriptors >= before.descriptors
    }
}

/// A process that runs (Linux: what `/proc` says of it).
#[derive(Clone, Copy, Debug)]
pub struct Process(u32);

impl Process {
    /// How long its threads were on a processor.
    ///
    /// # Errors
    /// When Linux does not say.
    pub fn used(self) -> Result<Duration> {
        let mut nanoseconds = 0;
        for task in std::fs::read_dir(format!("/proc/{}/task", self.0))? {
            // A thread may end while they are counted.
            let Ok(said) = std::fs::read_to_string(task?.path().join("schedstat")) else {
                continue;
            };
            let first = said.split_whitespace().next();
            nanoseconds += first.context("an empty schedstat")?.parse::<u64>()?;
        }
        Ok(Duration::from_nanos(nanoseconds))
    }

    /// What it holds now.
    ///
    /// # Errors
    /// When Linux does not say.
    pub fn holds(self) -> Result<Held> {
        Ok(Held {
            megabytes: self.megabytes("VmRSS:")?,
            descriptors: std::fs::read_dir(format!("/proc/{}/fd", self.0))?.count(),
        })
    }

    /// The most memory it ever held, in MB.
    ///
    /// # Errors
    /// When Linux does not say.
    pub fn most_held(self) -> Result<f64> {
        self.megabytes("VmHWM:")
    }

    fn megabytes(self, line: &str) -> Result<f64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.0))?;
        let said = status.lines().find_map(|said| said.strip_prefix(line));
        let kibibytes = said.with_context(|| format!("no {line}"))?.trim();
        Ok(kibibytes.trim_end_matches(" kB").parse::<f64>()? * 1_024.0 / 1e6)
    }
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
        let mut command = told_nothing(program);
        command
            .args(["all", "--listen", &format!("127.0.0.1:{port}"), "--data"])
            .arg(data)
            .env("PALIER_GATEWAY__FREE_FORM_DOCUMENTS", "true")
            // Everybody comes from this machine: each says where they are at home, as a proxy would.
            .env("PALIER_GATEWAY__TRUSTED_PROXIES", "1")
            .env("PALIER_POSTS__POSTS_A_DAY", "100000");
        for rate in ["REQUESTS", "QUERIES", "MUTATIONS", "ENTRIES", "SOCKETS"] {
            let many = "{ burst = 1000000, per_minute = 1000000 }";
            command.env(format!("PALIER_GATEWAY__RATES__{rate}"), many);
        }
        Self::started(command, port, "Palier is open")
    }

    /// This program again, as the anchor of that name: it has to begin with [`anchors::Serve`](crate::anchors::Serve).
    ///
    /// # Errors
    /// When it does not open.
    pub fn anchor(name: &str) -> Result<Self> {
        let port = free_port()?;
        let mut command = Command::new(std::env::current_exe()?);
        command.args(["serve", name, &port.to_string()]);
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

    /// The process it is.
    #[must_use]
    pub fn process(&self) -> Process {
        Process(self.child.id())
    }

    /// Waits until it has nothing more to do.
    ///
    /// # Errors
    /// When Linux does not say how busy it is.
    pub async fn settled(&self) -> Result<()> {
        let process = self.process();
        loop {
            let before = process.used()?;
            tokio::time::sleep(LOOKED_AT_FOR).await;
            if process.used()?.saturating_sub(before) < IDLE {
                return Ok(());
            }
        }
    }

    /// What share of a processor it uses while nothing is asked of it: that somebody is still signed in, say, is made sure of for
    /// every socket each few seconds.
    ///
    /// # Errors
    /// When Linux does not say how busy it is.
    pub async fn idles(&self) -> Result<f64> {
        let (begun, before) = (Instant::now(), self.used()?);
        tokio::time::sleep(IDLED_FOR).await;
        let used = self.used()?.saturating_sub(before);
        Ok(used.as_secs_f64() / begun.elapsed().as_secs_f64())
    }

    /// Waits until it has nothing more to do and gives nothing more back, at most a minute, and answers what it holds then.
    ///
    /// # Errors
    /// When Linux does not say.
    pub async fn at_rest(&self) -> Result<Held> {
        let begun = Instant::now();
        let mut held = self.process().holds()?;
        loop {
            tokio::time::sleep(IDLED_FOR).await;
            self.settled().await?;
            let now = self.process().holds()?;
            if now.gave_nothing_since(held) || begun.elapsed() > AT_REST_WITHIN {
                return Ok(now);
            }
            held = now;
        }
    }

    /// How long its threads were on a processor.
    ///
    /// # Errors
    /// When Linux does not say.
    pub fn used(&self) -> Result<Duration> {
        self.process().used()
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
    let status = told_nothing(program)
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

/// The program, without what this run itself is told.
fn told_nothing(program: &Path) -> Command {
    let mut command = Command::new(program);
    for (name, _) in std::env::vars_os() {
        if name.to_string_lossy().starts_with("PALIER_") {
            command.env_remove(name);
        }
    }
    command
}

/// The program that is measured: built before, with optimisation.
///
/// # Errors
/// When it is not there.
pub fn program() -> Result<PathBuf> {
    // Cargo puts a bench one folder below the programs of its profile.
    let this = std::env::current_exe()?;
    let beside = this.ancestors().skip(1).take(2);
    let found = beside
        .map(|folder| folder.join("palier"))
        .find(|program| program.is_file());
    found.context("palier is missing: cargo build --release -p palier")
}
