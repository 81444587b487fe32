//! What a process holds while something happens to it.

use std::future::Future;
use std::pin::pin;
use std::time::{Duration, Instant};

use anyhow::Result;

use crate::process::{Held, Process};

const LOOKS_EVERY: Duration = Duration::from_millis(500);

/// What it held at one moment.
#[derive(Clone, Copy, Debug)]
pub struct Sample {
    /// When, from the beginning on.
    pub since: Duration,
    /// What.
    pub held: Held,
}

/// Looks at a process twice a second until this is over.
///
/// # Errors
/// Those of what happens, or when Linux does not say what is held.
pub async fn watched<T>(
    process: Process,
    happening: impl Future<Output = Result<T>>,
) -> Result<(T, Vec<Sample>)> {
    let begun = Instant::now();
    let mut samples = Vec::new();
    let mut happening = pin!(happening);
    let mut ticks = tokio::time::interval(LOOKS_EVERY);
    loop {
        tokio::select! {
            done = &mut happening => return Ok((done?, samples)),
            _ = ticks.tick() => samples.push(Sample { since: begun.elapsed(), held: process.holds()? }),
        }
    }
}
