//! L1: how long a page takes while many sign in, beside the same while nobody does.

use std::time::Duration;

use anyhow::{Result, ensure};
use load_tests::board::Board;
use load_tests::figures::{Spread, millis};
use load_tests::goals::{Bound, Ratio, Table};
use load_tests::pace::{Timed, at_rate};
use load_tests::resident::Resident;
use serde_json::json;
use tokio::task::JoinSet;

const RESIDENTS: usize = 16;
const POSTS: usize = 2_000;
/// Pages a second.
const PAGES: u32 = 100;

/// How long 99 of a hundred pages take at most.
async fn slow(board: &Board, lasting: Duration) -> Result<Duration> {
    let page = board.first().page(&json!({}));
    let read = at_rate(PAGES, lasting, |number| {
        let resident = board.residents[number as usize % board.residents.len()].clone();
        let page = page.clone();
        async move { resident.ask(page).await.map(drop) }
    });
    let read: Vec<Timed> = read.await;
    let failed = read.iter().find_map(|timed| timed.failed.as_ref());
    ensure!(failed.is_none(), "{failed:?}");
    Ok(Spread::of(read.iter().map(|timed| timed.took))?.at(99.0))
}

pub async fn measure(table: &mut Table, small: bool) -> Result<()> {
    let lasting = Duration::from_secs(if small { 2 } else { 20 });
    let board = Board::open(POSTS, RESIDENTS).await?;
    // The first one only warms up.
    slow(&board, Duration::from_secs(2)).await?;
    board.server.settled().await?;
    let idle = slow(&board, lasting).await?;
    let mut entering = JoinSet::new();
    for number in 0..RESIDENTS {
        let origin = board.server.origin.clone();
        entering.spawn(async move {
            loop {
                // Whoever has to wait too long is told to come again, and does.
                drop(Resident::sign_in(&origin, number).await);
            }
        });
    }
    let storm = slow(&board, lasting).await?;
    entering.shutdown().await;
    table.add(
        "L1",
        Ratio {
            what: format!(
                "a page while {RESIDENTS} residents sign in over and over, of one while nobody does"
            ),
            seen: format!("p99 {:.1} ms and {:.1} ms", millis(storm), millis(idle)),
            ratio: storm.as_secs_f64() / idle.as_secs_f64(),
            bound: Bound::AtMost(2.0),
            is_held: false,
        },
    );
    Ok(())
}
