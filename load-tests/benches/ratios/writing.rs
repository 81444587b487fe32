//! W1: how long a notice takes until it is safe on the disk, and until a neighbour sees it.
//!
//! Beside a write that does nothing but wait for the disk, and beside what PostgreSQL commits in the same time.

use std::fs::File;
use std::os::unix::fs::FileExt;
use std::time::{Duration, Instant};

use anyhow::Result;
use futures_util::future::try_join_all;
use load_tests::board::Board;
use load_tests::figures::{Spread, micros};
use load_tests::goals::{Bound, Ratio, Table};
use load_tests::sockets::Neighbour;
use serde_json::json;
use sqlx::Connection;
use sqlx::postgres::PgConnection;

use crate::others::address;

const WRITERS: usize = 16;
/// One after the other.
const NOTICES: usize = 400;
/// Of each writer, where many write at once.
const EACH: usize = 100;
/// What is written to the file at a time.
const BLOCK: [u8; 4_096] = [7; 4_096];
const TABLE: &str = "CREATE TABLE IF NOT EXISTS written (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, body text NOT NULL)";

/// How long it takes to write a block into a file that is as long already, and to wait for the disk.
fn on_disk(folder: &std::path::Path, count: usize) -> Result<Duration> {
    let file = File::create(folder.join("preallocated"))?;
    let length = u64::try_from(BLOCK.len())?;
    let blocks = u64::try_from(count)?;
    for block in 0..blocks {
        file.write_all_at(&BLOCK, block * length)?;
    }
    file.sync_all()?;
    let mut times = Vec::with_capacity(count);
    for block in 0..blocks {
        let begun = Instant::now();
        file.write_all_at(&BLOCK, block * length)?;
        file.sync_data()?;
        times.push(begun.elapsed());
    }
    Ok(Spread::of(times)?.median())
}

/// How many rows PostgreSQL commits in a second, one at a time on each of so many connections.
async fn commits(each: usize) -> Result<f64> {
    let url = address("PALIER_TEST_POSTGRES")?;
    let mut connections = Vec::new();
    for _ in 0..WRITERS {
        connections.push(PgConnection::connect(&url).await?);
    }
    sqlx::query(TABLE).execute(&mut connections[0]).await?;
    let body = "One of many. ".repeat(30);
    let begun = Instant::now();
    let writing = connections.iter_mut().map(async |on| {
        for _ in 0..each {
            let insert = sqlx::query("INSERT INTO written (body) VALUES ($1)");
            insert.bind(&body).execute(&mut *on).await?;
        }
        anyhow::Ok(())
    });
    try_join_all(writing).await?;
    Ok(a_second(WRITERS * each, begun.elapsed()))
}

#[allow(clippy::cast_precision_loss, reason = "a count of what was done here")]
fn a_second(count: usize, took: Duration) -> f64 {
    count as f64 / took.as_secs_f64()
}

pub async fn measure(table: &mut Table, small: bool) -> Result<()> {
    let (notices, each) = if small {
        (NOTICES / 10, EACH / 10)
    } else {
        (NOTICES, EACH)
    };
    let board = Board::open(0, WRITERS).await?;
    let last = board
        .residents
        .last()
        .map(|last| last.following(&json!({})));
    let mut neighbour =
        Neighbour::follows(&last.unwrap_or_else(|| board.first().following(&json!({})))).await?;
    let (mut acknowledged, mut seen) = (Vec::new(), Vec::new());
    for number in 0..notices {
        let (title, begun) = (format!("one-{number}"), Instant::now());
        let publishing = async {
            board.first().publish(&title).await?;
            anyhow::Ok(begun.elapsed())
        };
        let hearing = async {
            neighbour.hears().await?;
            anyhow::Ok(begun.elapsed())
        };
        let (published, heard) = tokio::try_join!(publishing, hearing)?;
        acknowledged.push(published);
        seen.push(heard);
    }
    drop(neighbour);
    let disk = on_disk(board.data(), notices)?;
    for (what, times, bound) in [
        ("acknowledged", acknowledged, 2.0),
        ("seen by a neighbour", seen, 4.0),
    ] {
        let took = Spread::of(times)?.median();
        table.add(
            "W1",
            Ratio {
                what: format!("until a notice is {what}, of a preallocated fdatasync"),
                seen: format!("p50 {:.0} µs and {:.0} µs", micros(took), micros(disk)),
                ratio: took.as_secs_f64() / disk.as_secs_f64(),
                bound: Bound::AtMost(bound),
                is_held: false,
            },
        );
    }
    let begun = Instant::now();
    let writing = board
        .residents
        .iter()
        .enumerate()
        .map(async |(writer, resident)| {
            for number in 0..each {
                resident.publish(&format!("many-{writer}-{number}")).await?;
            }
            anyhow::Ok(())
        });
    try_join_all(writing).await?;
    let ours = a_second(WRITERS * each, begun.elapsed());
    drop(board);
    let theirs = commits(each).await?;
    table.add("W1", Ratio {
        what: format!("notices of {WRITERS} residents at once, of PostgreSQL's commits on as many connections"),
        seen: format!("{ours:.0} and {theirs:.0} a second"),
        ratio: ours / theirs,
        bound: Bound::AtLeast(3.0),
        is_held: false,
    });
    Ok(())
}
