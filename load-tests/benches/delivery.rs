//! What it costs to tell one change to many: `cargo bench -p palier-load-tests --bench delivery`.
//!
//! The same number of sockets is told by Palier (publish, store, fan out), by async-graphql as it comes, and by an axum
//! broadcast of a text of the same length, one server after the other. A delivery costs what the server's threads spent
//! with all sockets open, less what they spent on the same events with none, for each socket and event.

#![allow(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "a measure uses the machine's own time, and prints its figures"
)]

use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use load_tests::anchors;
use load_tests::figures::{each, median, micros};
use load_tests::process::{Server, program, seed};
use load_tests::resident::{CHANGES, Resident};
use load_tests::sockets::{Asking, Listeners};
use serde_json::json;

/// Sockets that one resident may open.
const SOCKETS_EACH: usize = 20;
const EVENTS: usize = 40;
/// About as long as what Palier sends of a notice.
const TEXT_BYTES: usize = 330;

struct Measured {
    delivery: Duration,
    last: Duration,
}

/// Who says something to everybody.
enum Teller {
    Palier(Resident),
    Anchor(reqwest::Client, String),
}

impl Teller {
    async fn tell(&self, number: usize) -> Result<()> {
        match self {
            Self::Palier(resident) => resident.publish(&format!("{number}")).await,
            Self::Anchor(http, origin) => {
                let text = format!("{number:0>TEXT_BYTES$}");
                http.post(format!("{origin}/publish"))
                    .body(text)
                    .send()
                    .await?;
                Ok(())
            }
        }
    }
}

async fn measure(
    server: &Server,
    teller: &Teller,
    asking: &[Asking],
    sockets: usize,
) -> Result<Measured> {
    let mut number = 0;
    let mut tell = async || {
        number += 1;
        teller.tell(number).await
    };
    tell().await?;
    server.settled().await?;
    let idle = server.used()?;
    for _ in 0..EVENTS {
        tell().await?;
    }
    server.settled().await?;
    let alone = server.used()?.saturating_sub(idle);
    let mut listeners = Listeners::open(asking, sockets).await?;
    let begun = Instant::now();
    tell().await?;
    listeners.all_told(1, begun).await?;
    server.settled().await?;
    let before = server.used()?;
    let mut lasts = Vec::with_capacity(EVENTS);
    for _ in 0..EVENTS {
        let begun = Instant::now();
        tell().await?;
        lasts.push(listeners.all_told(1, begun).await?);
    }
    server.settled().await?;
    let all = server.used()?.saturating_sub(before);
    Ok(Measured {
        delivery: each(all.saturating_sub(alone), EVENTS * sockets),
        last: median(lasts),
    })
}

async fn of_anchor(name: &str, sockets: usize) -> Result<Measured> {
    let server = Server::anchor(name)?;
    let operation = (name == "stock").then(|| json!({ "query": anchors::STOCK_CHANGES }));
    let asking = Asking {
        origin: server.origin.clone(),
        cookie: None,
        operation,
    };
    let teller = Teller::Anchor(reqwest::Client::new(), server.origin.clone());
    measure(&server, &teller, &[asking], sockets).await
}

async fn of_palier(sockets: usize) -> Result<Measured> {
    let (program, folder) = (program()?, tempfile::tempdir()?);
    let residents = sockets.div_ceil(SOCKETS_EACH);
    seed(&program, folder.path(), 0, residents)?;
    let server = Server::palier(&program, folder.path())?;
    let mut asking = Vec::with_capacity(residents);
    let mut first = None;
    for number in 0..residents {
        let resident = Resident::sign_in(&server.origin, number).await?;
        let variables = json!({ "n": resident.neighbourhood });
        asking.push(Asking {
            origin: server.origin.clone(),
            cookie: Some(resident.cookie.clone()),
            operation: Some(json!({ "query": CHANGES, "variables": variables })),
        });
        first.get_or_insert(resident);
    }
    let teller = Teller::Palier(first.context("no resident")?);
    measure(&server, &teller, &asking, sockets).await
}

#[tokio::main]
async fn main() -> Result<()> {
    let words: Vec<String> = std::env::args().collect();
    if let [_, serve, name, port] = &words[..]
        && serve == "--serve"
    {
        return anchors::serve(name, port.parse()?).await;
    }
    let sockets: usize = words
        .iter()
        .rev()
        .find_map(|word| word.parse().ok())
        .unwrap_or(1_000);
    let broadcast = of_anchor("broadcast", sockets).await?;
    let stock = of_anchor("stock", sockets).await?;
    let palier = of_palier(sockets).await?;
    let line = |name: &str, measured: &Measured| {
        println!(
            "{name:<10} {sockets} sockets: {:6.1} us of processor a delivery, the last after {:6.1} ms",
            micros(measured.delivery),
            micros(measured.last) / 1e3
        );
    };
    line("broadcast", &broadcast);
    line("stock", &stock);
    line("palier", &palier);
    let of = |other: &Measured| palier.delivery.as_secs_f64() / other.delivery.as_secs_f64();
    println!(
        "delivery: {:.2} of an axum broadcast (at most 1.0), {:.2} of async-graphql as it comes (at most 0.45); last: {:.2} of a broadcast (at most 1.2)",
        of(&broadcast),
        of(&stock),
        palier.last.as_secs_f64() / broadcast.last.as_secs_f64()
    );
    Ok(())
}
