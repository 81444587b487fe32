//! What a page of the board costs over GraphQL: `cargo bench -p palier-load-tests --bench page`.
//!
//! The same client asks Palier (signed in, limits, variables), async-graphql as it comes with its posts in memory, and axum
//! with the bytes ready, in turns. What counts is what the server's threads spent on a request.

#![allow(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "a measure uses the machine's own time, and prints its figures"
)]

use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use futures_util::future::try_join_all;
use load_tests::anchors;
use load_tests::figures::{each, median, micros};
use load_tests::process::{Server, program, seed};
use load_tests::resident::{PAGE, Resident};
use serde_json::json;

/// Requests under way at once.
const AT_ONCE: usize = 8;
const ROUNDS: usize = 5;
/// Requests of each of those in a round.
const IN_A_ROUND: usize = 500;
const POSTS: usize = 2_000;

struct Asked {
    server: Server,
    cookie: String,
    body: String,
    spent: Vec<Duration>,
    took: Vec<Duration>,
}

impl Asked {
    fn new(server: Server, cookie: String, body: String) -> Self {
        Self {
            server,
            cookie,
            body,
            spent: Vec::new(),
            took: Vec::new(),
        }
    }

    /// Asks so many times, and answers how long one took.
    async fn ask(&self, http: &reqwest::Client) -> Result<Vec<Duration>> {
        let mut took = Vec::with_capacity(IN_A_ROUND);
        for _ in 0..IN_A_ROUND {
            let request = http
                .post(format!("{}/graphql", self.server.origin))
                .header("origin", &self.server.origin)
                .header("cookie", &self.cookie)
                .header("content-type", "application/json")
                .body(self.body.clone());
            let begun = Instant::now();
            let bytes = request.send().await?.bytes().await?;
            took.push(begun.elapsed());
            ensure!(bytes.len() > 5_000, "{}", String::from_utf8_lossy(&bytes));
        }
        Ok(took)
    }

    async fn round(&mut self, http: &reqwest::Client) -> Result<()> {
        let before = self.server.used()?;
        let took = try_join_all((0..AT_ONCE).map(|_| self.ask(http))).await?;
        let spent = self.server.used()?.saturating_sub(before);
        self.spent.push(each(spent, AT_ONCE * IN_A_ROUND));
        self.took.extend(took.into_iter().flatten());
        Ok(())
    }
}

#[tokio::main]
async fn main() -> Result<()> {
    let words: Vec<String> = std::env::args().collect();
    if let [_, serve, name, port] = &words[..]
        && serve == "--serve"
    {
        return anchors::serve(name, port.parse()?).await;
    }
    let (program, folder) = (program()?, tempfile::tempdir()?);
    seed(&program, folder.path(), POSTS, 1)?;
    let palier = Server::palier(&program, folder.path())?;
    let resident = Resident::sign_in(&palier.origin, 0).await?;
    let page = json!({ "query": PAGE, "variables": { "n": resident.neighbourhood } }).to_string();
    let stock = json!({ "query": anchors::STOCK_PAGE }).to_string();
    let mut all = [
        (
            "static",
            Asked::new(Server::anchor("static")?, String::new(), stock.clone()),
        ),
        (
            "stock",
            Asked::new(Server::anchor("stock")?, String::new(), stock),
        ),
        ("palier", Asked::new(palier, resident.cookie.clone(), page)),
    ];
    let http = reqwest::Client::new();
    for (_, asked) in &mut all {
        asked.round(&http).await?;
        asked.spent.clear();
        asked.took.clear();
    }
    for _ in 0..ROUNDS {
        for (_, asked) in &mut all {
            asked.round(&http).await?;
        }
    }
    let mut medians = Vec::new();
    for (name, asked) in all {
        let (spent, took) = (median(asked.spent), median(asked.took));
        println!(
            "{name:<7} {:6.1} us of processor a request, p50 {:6.0} us",
            micros(spent),
            micros(took)
        );
        medians.push(spent.as_secs_f64());
    }
    let [fixed, stock, palier] = medians[..] else {
        return Err(anyhow::anyhow!("not all were measured")).context("page");
    };
    println!(
        "page: {:.2} of what static axum gives (at least 0.5), {:.2} times what async-graphql gives as it comes (at least 1.5)",
        fixed / palier,
        stock / palier
    );
    Ok(())
}
