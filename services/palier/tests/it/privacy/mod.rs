//! What must not be seen is not there to be seen.

mod canaries;
mod coarse;

use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock};

use runtime::{Clock, telemetry};

/// Every log line and span of this test process, at the most talkative level.
#[derive(Clone, Default)]
pub struct Lines(Arc<Mutex<Vec<u8>>>);

impl Write for Lines {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }
    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl Lines {
    /// From now on everything is kept.
    pub fn kept() -> Self {
        static KEPT: OnceLock<Lines> = OnceLock::new();
        KEPT.get_or_init(|| {
            let lines = Lines::default();
            // What the tests' own browser logs is not ours.
            let all = "debug,sqlx=trace,sea_orm=trace,hyper=off,reqwest=off,cookie_store=off,tungstenite=off,tokio_tungstenite=off";
            telemetry::install(all, Clock::System, Box::new(lines.clone()));
            lines
        })
        .clone()
    }

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
