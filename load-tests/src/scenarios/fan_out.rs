//! One notice reaches everybody who looks.

use std::time::{Duration, Instant};

use anyhow::Result;
use serde_json::json;

use super::{Lived, Size};
use crate::board::Board;
use crate::pace::{Series, Timed};
use crate::promise::Promise;
use crate::sockets::Listeners;

/// One after the other.
const NOTICES: usize = 10;
/// After how long the last has it.
const LAST_WITHIN: Duration = Duration::from_secs(3);

pub(super) async fn happens(board: &Board, size: Size) -> Result<Lived> {
    let everybody = board.following(&json!({}));
    let mut listeners = Listeners::open(&everybody, size.sockets).await?;
    let first = Instant::now();
    let mut timed = Vec::with_capacity(NOTICES);
    for number in 0..NOTICES {
        let begun = Instant::now();
        let title = format!("fan-out-{}-{number}", size.run);
        board.first().publish(&title).await?;
        let last = listeners.all_told(1, begun).await;
        timed.push(Timed {
            since: begun.duration_since(first),
            took: begun.elapsed(),
            failed: last.err().map(|why| why.to_string()),
        });
    }
    let what = format!("the last of {} sockets has it", size.sockets);
    Ok(Lived {
        promises: Promise::answered(&what, LAST_WITHIN, &timed),
        series: vec![Series {
            name: "until the last has it",
            timed,
        }],
    })
}
