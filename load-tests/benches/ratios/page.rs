//! F4: what a page of the board costs over GraphQL.
//!
//! The same client asks Palier (signed in, limits, variables), async-graphql as it comes with its posts in memory, and axum
//! with the bytes ready, in turns. What counts is what the server's threads spent on a request. Palier is asked three times: for
//! the same page over and over, each time for tiles that nobody asked for before, and for nothing at all, which costs what session and
//! limits cost.

use std::time::Duration;

use anyhow::{Context, Result, ensure};
use futures_util::future::try_join_all;
use load_tests::anchors;
use load_tests::board::Board;
use load_tests::figures::{Spread, each, micros};
use load_tests::goals::{Bound, Ratio, Table};
use load_tests::http::http;
use load_tests::process::{Process, Server};
use serde_json::{Value, json};

/// Requests under way at once.
const AT_ONCE: usize = 8;
const ROUNDS: usize = 5;
/// Requests of each of those in a round.
const IN_A_ROUND: usize = 500;
const POSTS: usize = 2_000;
/// Pages that are read to learn of every tile.
const LOOKED_AT: usize = 20;

struct Asked {
    origin: String,
    process: Process,
    cookie: String,
    /// What is asked, one after the other and over and over.
    bodies: Vec<String>,
    /// An answer of fewer bytes is another one.
    bytes_at_least: usize,
    so_far: usize,
    spent: Vec<Duration>,
}

impl Asked {
    fn new(server: &Server, cookie: &str, bodies: Vec<String>) -> Self {
        Self {
            origin: server.origin.clone(),
            process: server.process(),
            cookie: cookie.to_owned(),
            bodies,
            bytes_at_least: 5_000,
            so_far: 0,
            spent: Vec::new(),
        }
    }

    async fn ask(&self, http: &reqwest::Client, from: usize, count: usize) -> Result<()> {
        for number in from..from + count {
            let request = http
                .post(format!("{}/graphql", self.origin))
                .header("origin", &self.origin)
                .header("cookie", &self.cookie)
                .header("content-type", "application/json")
                .body(self.bodies[number % self.bodies.len()].clone());
            let bytes = request.send().await?.bytes().await?;
            let is_whole = bytes.len() >= self.bytes_at_least;
            ensure!(is_whole, "{}", String::from_utf8_lossy(&bytes));
        }
        Ok(())
    }

    async fn round(&mut self, http: &reqwest::Client, count: usize) -> Result<()> {
        let before = self.process.used()?;
        let asking = (0..AT_ONCE).map(|turn| self.ask(http, self.so_far + turn * count, count));
        try_join_all(asking).await?;
        let spent = self.process.used()?.saturating_sub(before);
        self.spent.push(each(spent, AT_ONCE * count));
        self.so_far += AT_ONCE * count;
        Ok(())
    }
}

/// The tiles of the board, as far as notices hang on them.
async fn tiles(board: &Board) -> Result<Vec<String>> {
    let (mut tiles, mut after) = (Vec::new(), Value::Null);
    for _ in 0..LOOKED_AT {
        let page = board.first().read(&json!({ "after": after })).await?;
        let edges = page["edges"].as_array().context("no notices")?;
        for edge in edges {
            tiles.extend(edge["node"]["tile"]["token"].as_str().map(str::to_owned));
            after = edge["cursor"].clone();
        }
    }
    tiles.sort_unstable();
    tiles.dedup();
    Ok(tiles)
}

/// So many questions for pages, each for other tiles: the sets that lack few of them.
fn none_alike(board: &Board, tiles: &[String], count: usize) -> Result<Vec<String>> {
    ensure!(tiles.len() < 32, "{} tiles", tiles.len());
    let sets = (0..1_u32 << tiles.len()).filter(|left_out| left_out.count_ones() <= 10);
    let questions = sets.take(count).map(|left_out| {
        let kept = (0..tiles.len()).filter(|tile| left_out >> tile & 1 == 0);
        let kept: Vec<&String> = kept.map(|tile| &tiles[tile]).collect();
        board.first().page(&json!({ "cells": kept }))
    });
    let questions: Vec<String> = questions.collect();
    ensure!(
        questions.len() == count,
        "{} tiles make only {} questions",
        tiles.len(),
        questions.len()
    );
    Ok(questions)
}

pub async fn measure(table: &mut Table, small: bool) -> Result<()> {
    let in_a_round = if small { IN_A_ROUND / 10 } else { IN_A_ROUND };
    let board = Board::open(POSTS, 1).await?;
    let tiles = tiles(&board).await?;
    let asked_for = AT_ONCE * in_a_round * (ROUNDS + 1);
    let cookie = &board.first().cookie;
    let (fixed, stock) = (Server::anchor("static")?, Server::anchor("stock")?);
    let of_stock = vec![json!({ "query": anchors::STOCK_PAGE }).to_string()];
    let same = vec![board.first().page(&json!({}))];
    let others = none_alike(&board, &tiles, asked_for)?;
    let nothing = vec![json!({ "query": "{ __typename }" }).to_string()];
    let mut all = [
        Asked::new(&fixed, "", of_stock.clone()),
        Asked::new(&stock, "", of_stock),
        Asked::new(&board.server, cookie, same),
        Asked::new(&board.server, cookie, others),
        Asked {
            bytes_at_least: 1,
            ..Asked::new(&board.server, cookie, nothing)
        },
    ];
    let http = http()?;
    for round in 0..=ROUNDS {
        for asked in &mut all {
            asked.round(&http, in_a_round).await?;
            // The first one only warms up.
            if round == 0 {
                asked.spent.clear();
            }
        }
    }
    let mut medians = Vec::new();
    for asked in all {
        medians.push(Spread::of(asked.spent)?.median());
    }
    let [fixed, stock, same, other, nothing] = medians[..] else {
        anyhow::bail!("not all were measured");
    };
    let of = |other: Duration, palier: Duration| other.as_secs_f64() / palier.as_secs_f64();
    let seen = |palier: Duration, other: Duration| {
        format!(
            "{:.0} µs and {:.0} µs of processor",
            micros(palier),
            micros(other)
        )
    };
    table.add("F4", Ratio {
        what: "a page over GraphQL that was asked for before, of axum with the bytes ready: pages a processor gives".into(),
        seen: seen(same, fixed),
        ratio: of(fixed, same),
        bound: Bound::AtLeast(0.5),
        is_held: false,
    });
    table.add("F4", Ratio {
        what: "the same page, of the answer to `{ __typename }`, behind the same session and limits: pages a processor gives".into(),
        seen: seen(same, nothing),
        ratio: of(nothing, same),
        bound: Bound::AtLeast(0.8),
        is_held: false,
    });
    table.add("F4", Ratio {
        what: "a page that nobody asked for before, of async-graphql as it comes, from memory: pages a processor gives".into(),
        seen: seen(other, stock),
        ratio: of(stock, other),
        bound: Bound::AtLeast(1.5),
        is_held: false,
    });
    Ok(())
}
