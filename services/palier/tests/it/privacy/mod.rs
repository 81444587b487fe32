//! What must not be seen is not there to be seen.

mod canaries;
mod coarse;

use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock};

use runtime::telemetry::{self, Export, Exporting};
use runtime::{Clock, Entropy};
use tokio::runtime::{Builder, Runtime};

use crate::harness::receiver::Receiver;

/// Every log line and span of this test process, at the most talkative level.
#[derive(Clone, Default)]
pub struct Lines(Arc<Mutex<Vec<u8>>>);

/// What this test process says about itself: its log, and what whoever watches it receives.
pub struct Said {
    pub lines: Lines,
    received: Receiver,
    exporting: Exporting,
    /// Outlives every test: what is exported goes over it.
    _runtime: Runtime,
}

impl Write for Lines {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }
    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl Said {
    /// From now on everything is kept.
    pub fn kept() -> &'static Self {
        static KEPT: OnceLock<Said> = OnceLock::new();
        KEPT.get_or_init(|| {
            let lines = Lines::default();
            let runtime = Builder::new_multi_thread()
                .worker_threads(1)
                .enable_all()
                .build()
                .unwrap();
            let received = Receiver::on(runtime.handle());
            let told_to = telemetry::Receiver {
                address: received.address.clone(),
                traces_percent: 100,
                roles: "all".to_owned(),
            };
            let (export, exporting) = {
                let _within = runtime.enter();
                Export::to(&told_to, Clock::System, &Entropy::System).unwrap()
            };
            // What the tests' own browser logs is not ours.
            let all = "debug,sqlx=trace,sea_orm=trace,hyper=off,reqwest=off,cookie_store=off,tungstenite=off,tokio_tungstenite=off";
            telemetry::install(all, Clock::System, Box::new(lines.clone()), Some(export)).unwrap();
            Said {
                lines,
                received,
                exporting,
                _runtime: runtime,
            }
        })
    }

    /// What was received of all that was measured so far.
    pub fn received(&self) -> Vec<u8> {
        self.exporting.flush();
        self.received.bytes()
    }
}

impl Lines {
    pub fn bytes(&self) -> Vec<u8> {
        self.0.lock().unwrap().clone()
    }
}

/// Every file below a folder.
pub fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            found.push(path);
        }
    }
    found
}

/// Every file below a folder, with what is in it.
pub fn contents(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let files = files(folder).into_iter();
    files
        .map(|path| (path.clone(), std::fs::read(path).unwrap()))
        .collect()
}

/// Whether a value stands among bytes, in any of its spellings, in capitals or not.
pub fn holds(bytes: &[u8], spellings: &[Vec<u8>]) -> bool {
    let text = as_text(bytes);
    spellings
        .iter()
        .any(|spelling| text.contains(&as_text(spelling)))
}

/// Every byte as a character, so that the standard library's fast search can be used.
fn as_text(bytes: &[u8]) -> String {
    bytes
        .iter()
        .map(|byte| char::from(byte.to_ascii_lowercase()))
        .collect()
}
