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
/// After how long the last socket has the last one.
const TOLD_WITHIN: Duration = Duration::from_secs(2);
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
    let mut publishing = std::pin::pin!(publishing);
    let (mut published, mut seen) = (None, HashMap::new());
    // Until the neighbour has seen as many as were acknowledged, or nothing for long.
    while published
        .as_deref()
        .is_none_or(|all| seen.len() < acknowledged(all))
    {
        tokio::select! {
            all = &mut publishing, if published.is_none() => published = Some(all),
            heard = neighbour.hears() => match heard {
                Ok(title) => {
                    seen.insert(title, Instant::now());
                }
                Err(_) => break,
            },
        }
    }
    let published = match published {
        Some(all) => all,
        None => publishing.await,
    };
    let all = listeners.all_told(acknowledged(&published), first).await;
    let begun = begun.lock().unwrap_or_else(PoisonError::into_inner);
    let visible = begun.iter().map(|(title, begun)| Timed {
        since: begun.duration_since(first),
        took: seen
            .get(title)
            .map_or(Duration::ZERO, |at| at.duration_since(*begun)),
        failed: (!seen.contains_key(title)).then(|| format!("{title} was not seen")),
    });
    let visible: Vec<Timed> = visible.collect();
    let mut promises = Promise::answered("a notice acknowledged", ACKNOWLEDGED_WITHIN, &published);
    promises.extend(Promise::answered("a notice seen", SEEN_WITHIN, &visible));
    let what = "every socket was told as often as there were notices, from the first on within";
    promises.push(Promise::kept_within(what, size.lasting + TOLD_WITHIN, &all));
    let series = [
        ("acknowledged", published),
        ("seen by a neighbour", visible),
    ];
    Ok(Lived {
        promises,
        series: series.map(|(name, timed)| Series { name, timed }).into(),
    })
}

fn acknowledged(published: &[Timed]) -> usize {
    published
        .iter()
        .filter(|timed| timed.failed.is_none())
        .count()
}
