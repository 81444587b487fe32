//! Many write, and neighbours look.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use serde_json::json;

use super::{Lived, Size};
use crate::board::Board;
use crate::pace::{Series, Timed, at_rate};
use crate::promise::Promise;
use crate::sockets::{Listeners, Neighbour};

/// Notices a second.
const NOTICES: u32 = 20;
/// For how long putting one up may keep somebody waiting.
const ACKNOWLEDGED_WITHIN: Duration = Duration::from_millis(250);
/// After how long a neighbour sees it.
const SEEN_WITHIN: Duration = Duration::from_millis(500);
/// Those who look, of the sockets there may be.
const LOOKING_OF: usize = 50;

pub(super) async fn happens(board: &Board, size: Size) -> Result<Lived> {
    let looking = (size.sockets / LOOKING_OF).max(1);
    let mut listeners = Listeners::open(&board.following(&json!({})), looking).await?;
    let last = board.residents.last().context("nobody")?;
    let mut neighbour = Neighbour::follows(&last.following(&json!({}))).await?;
    let begun: Mutex<HashMap<String, Instant>> = Mutex::default();
    let first = Instant::now();
    let publishing = at_rate(NOTICES, size.lasting, |number| {
        let resident = board.residents[number as usize % board.residents.len()].clone();
        let title = format!("storm-{}-{number}", size.run);
        let mut begun = begun.lock().unwrap_or_else(PoisonError::into_inner);
        begun.insert(title.clone(), Instant::now());
        async move { resident.publish(&title).await }
    });
    let expected = usize::try_from(u64::from(NOTICES) * size.lasting.as_secs())?;
    let looking = async {
        let mut seen = Vec::with_capacity(expected);
        while seen.len() < expected {
            seen.push((neighbour.hears().await?, Instant::now()));
        }
        anyhow::Ok(seen)
    };
    let (published, seen) = tokio::join!(publishing, looking);
    listeners.all_told(expected, first).await?;
    let begun = begun.lock().unwrap_or_else(PoisonError::into_inner);
    let visible = seen?.into_iter().filter_map(|(title, at)| {
        let begun = *begun.get(&title)?;
        Some(Timed {
            since: begun.duration_since(first),
            took: at.duration_since(begun),
            failed: None,
        })
    });
    let visible: Vec<Timed> = visible.collect();
    let mut promises = Promise::answered("a notice acknowledged", ACKNOWLEDGED_WITHIN, &published);
    promises.extend(Promise::answered("a notice seen", SEEN_WITHIN, &visible));
    let series = [
        ("acknowledged", published),
        ("seen by a neighbour", visible),
    ];
    Ok(Lived {
        promises,
        series: series.map(|(name, timed)| Series { name, timed }).into(),
    })
}
