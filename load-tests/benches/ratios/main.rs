//! The goals of docs/performance.md, each measured beside what it is compared with, as one table:
//! `cargo bench -p palier-load-tests --bench ratios`. `-- --only page,delivery` measures some of them; `--small` looks whether
//! everything runs, with figures that mean little.
//!
//! Fails where something that was reached before is not.

#![allow(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "a measure uses the machine's own time, and prints its figures"
)]

mod delivery;
mod feed;
mod index;
mod memory;
mod others;
mod page;
mod picture;
mod screening;
mod sign_ins;
mod tables;
mod town;
mod writing;

use std::process::ExitCode;

use anyhow::Result;
use clap::{Parser, Subcommand, ValueEnum};
use load_tests::anchors::Serve;
use load_tests::goals::Table;

#[derive(Debug, Parser)]
struct Asked {
    #[command(subcommand)]
    command: Option<Command>,
    /// Which measures, separated by commas; else all.
    #[arg(long, value_enum, value_delimiter = ',')]
    only: Vec<Measure>,
    /// Little of everything.
    #[arg(long)]
    small: bool,
    /// Cargo says this to every bench.
    #[arg(long, hide = true)]
    bench: bool,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Be one of the servers that Palier is compared with.
    Serve(Serve),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Measure {
    /// F1.
    Index,
    /// F2 and F3.
    Feed,
    /// F4.
    Page,
    /// N1 and N4.
    Delivery,
    /// N2 and N3.
    Crowd,
    /// M1.
    Picture,
    /// W1.
    Writing,
    /// L1.
    SignIns,
    /// With a million notices.
    Memory,
    /// Texts, read.
    Screening,
}

#[tokio::main]
async fn main() -> Result<ExitCode> {
    let asked = Asked::parse();
    if let Some(Command::Serve(serve)) = asked.command {
        serve.run().await?;
        return Ok(ExitCode::SUCCESS);
    }
    let mut table = Table::default();
    for measure in Measure::value_variants() {
        if !asked.only.is_empty() && !asked.only.contains(measure) {
            continue;
        }
        match measure {
            Measure::Index => index::measure(&mut table, asked.small)?,
            Measure::Feed => feed::measure(&mut table, asked.small).await?,
            Measure::Page => page::measure(&mut table, asked.small).await?,
            Measure::Delivery => delivery::to_many(&mut table, asked.small).await?,
            Measure::Crowd => delivery::to_most(&mut table, asked.small).await?,
            Measure::Picture => picture::measure(&mut table, asked.small)?,
            Measure::Writing => writing::measure(&mut table, asked.small).await?,
            Measure::SignIns => sign_ins::measure(&mut table, asked.small).await?,
            Measure::Memory => memory::measure(&mut table, asked.small).await?,
            Measure::Screening => screening::measure(&mut table, asked.small)?,
        }
    }
    println!("{table}");
    let broken = table.broken().count();
    // What is small proves nothing either way.
    Ok(if broken == 0 || asked.small {
        ExitCode::SUCCESS
    } else {
        println!("{broken} of what was reached is not reached any more");
        ExitCode::FAILURE
    })
}
