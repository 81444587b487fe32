//! All sockets are lost, and come back at once, each with the cursor where it was.

use std::time::{Duration, Instant};

use anyhow::Result;
use serde_json::json;

use super::{Lived, Size};
use crate::board::Board;
use crate::pace::Series;
use crate::promise::Promise;
use crate::sockets::Listeners;

/// Sockets that are on their way at any time: as many as Linux lets wait at a port.
const COMING_AT_ONCE: usize = 1_024;
/// For how long one may have to wait.
const BACK_WITHIN: Duration = Duration::from_secs(5);
/// After how long the last was told what it missed.
const ALL_WITHIN: Duration = Duration::from_secs(20);

pub(super) async fn happens(board: &Board, size: Size) -> Result<Lived> {
    let everybody = board.following(&json!({}));
    let lost = Listeners::open(&everybody, size.sockets).await?;
    let cursor = board.first().read(&json!({})).await?["changesCursor"].clone();
    drop(lost);
    let title = format!("reconnect-{}", size.run);
    board.first().publish(&title).await?;
    let begun = Instant::now();
    let coming = board.following(&json!({ "after": cursor }));
    let mut back = Listeners::come_back(&coming, size.sockets, COMING_AT_ONCE).await;
    let all = back.all_told(1, begun).await;
    let timed = std::mem::take(&mut back.opened);
    let mut promises = Promise::answered("a socket is back", BACK_WITHIN, &timed);
    let what = format!(
        "the last of {} sockets knows what it missed within",
        size.sockets
    );
    promises.push(Promise::kept_within(what, ALL_WITHIN, &all));
    Ok(Lived {
        promises,
        series: vec![Series {
            name: "a socket is back",
            timed,
        }],
    })
}
