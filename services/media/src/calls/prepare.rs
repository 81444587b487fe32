//! From a file to a picture, off the threads that answer, within memory and time.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use runtime::{Clock, HeavyFault};
use tokio::task::spawn_blocking;

use super::receive::{File, Room};
use crate::picture::{Picture, Refusal, inspect, prepare_while};
use crate::{Media, MediaFault};

/// Longer than any picture within the bounds takes, in milliseconds.
const PREPARING_AT_MOST_MS: i64 = 10_000;

/// Says, once dropped, that nobody waits for an answer any more.
struct Waiting(Arc<AtomicBool>);

impl Drop for Waiting {
    fn drop(&mut self) {
        self.0.store(false, Ordering::Relaxed);
    }
}

impl Media {
    /// Prepares a picture, once its share of the memory is free. The room of the file is given back by the caller, who
    /// goes on to hold the result.
    pub(super) async fn prepare(&self, file: File) -> Result<(Picture, Room), MediaFault> {
        let (file, header) = spawn_blocking(move || {
            let header = inspect(&file.bytes);
            (file, header)
        })
        .await
        .map_err(|_| HeavyFault::Ended)?;
        let header = header?;

        let awaited = Arc::new(AtomicBool::new(true));
        let _waiting = Waiting(awaited.clone());
        let clock = self.parts.clock.clone();
        let work = move || {
            let picture = within_time(&clock, &awaited, &file.bytes);
            (picture, file.room)
        };
        match self.parts.heavy.run(header.cost_bytes(), work).await {
            Ok((picture, room)) => Ok((picture?, room)),
            Err(HeavyFault::TooHeavy) => Err(Refusal::TooHeavy {
                width: header.width,
                height: header.height,
            }
            .into()),
            Err(ended @ HeavyFault::Ended) => Err(ended.into()),
        }
    }
}

fn within_time(clock: &Clock, awaited: &AtomicBool, bytes: &[u8]) -> Result<Picture, Refusal> {
    let until_ms = clock.now_ms().saturating_add(PREPARING_AT_MOST_MS);
    prepare_while(bytes, || {
        awaited.load(Ordering::Relaxed) && clock.now_ms() < until_ms
    })
}

#[cfg(test)]
mod tests {
    use image::{ImageFormat, RgbImage};

    use super::*;

    #[test]
    fn work_that_nobody_waits_for_any_more_ends_early() {
        let mut file = std::io::Cursor::new(Vec::new());
        RgbImage::new(8, 8)
            .write_to(&mut file, ImageFormat::Png)
            .unwrap();
        let awaited = Arc::new(AtomicBool::new(true));
        let waiting = Waiting(awaited.clone());
        let prepare = || within_time(&Clock::manual(1), &awaited, file.get_ref());
        assert!(prepare().is_ok());
        drop(waiting);
        assert_eq!(prepare(), Err(Refusal::TookTooLong));
    }
}
