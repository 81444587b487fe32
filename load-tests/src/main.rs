//! A busy day on a board of its own, on this machine alone: `make load`; and the same for half an hour: `make soak`.

#![allow(clippy::print_stdout, reason = "who runs this looks at it")]

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use anyhow::{Context, Result};
use clap::{Parser, Subcommand, ValueEnum};
use load_tests::board::{Board, SOCKETS_EACH};
use load_tests::promise::Promise;
use load_tests::report;
use load_tests::scenarios::{Scenario, Size};
use load_tests::soak::{growth, soak};

/// Notices that are there to be read.
const POSTS: usize = 2_000;

#[derive(Debug, Parser)]
struct Asked {
    #[command(subcommand)]
    command: Command,
    /// The most sockets at any time: 20 for each resident.
    #[arg(long, global = true, default_value_t = 10_000, value_parser = clap::value_parser!(u32).range(20..=12_000))]
    sockets: u32,
    /// How many seconds somebody reads or writes in each scenario.
    #[arg(long, global = true, default_value_t = 20, value_parser = clap::value_parser!(u32).range(1..=600))]
    seconds: u32,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Each scenario once, and a report.
    Run {
        /// Which, separated by commas; else all.
        #[arg(long, value_enum, value_delimiter = ',')]
        only: Vec<Scenario>,
        /// Where the report goes.
        #[arg(long, value_name = "FILE")]
        report: PathBuf,
    },
    /// All of them over and over.
    Soak {
        /// For how many minutes.
        #[arg(long, default_value_t = 30, value_parser = clap::value_parser!(u32).range(0..=1_440))]
        minutes: u32,
    },
}

#[tokio::main]
async fn main() -> Result<ExitCode> {
    let asked = Asked::parse();
    let size = Size {
        sockets: usize::try_from(asked.sockets)?,
        lasting: Duration::from_secs(asked.seconds.into()),
        run: 0,
    };
    let residents = size.sockets.div_ceil(SOCKETS_EACH);
    println!("a board with {POSTS} notices and {residents} residents, who sign in");
    let board = Board::open(POSTS, residents).await?;
    let promises = match asked.command {
        Command::Run { only, report } => run(&board, size, &only, &report).await?,
        Command::Soak { minutes } => {
            let lasting = Duration::from_secs(60 * u64::from(minutes));
            let told = |held: load_tests::process::Held| {
                println!(
                    "at rest: {:.0} MB, {} descriptors",
                    held.megabytes, held.descriptors
                );
            };
            let (rests, mut promises) = soak(&board, size, lasting, told).await?;
            promises.extend(growth(&rests));
            tell(&promises);
            promises
        }
    };
    let broken = promises.iter().filter(|promise| !promise.is_kept).count();
    Ok(if broken == 0 {
        println!("everything that is promised was kept");
        ExitCode::SUCCESS
    } else {
        println!("{broken} promises were not kept");
        ExitCode::FAILURE
    })
}

async fn run(
    board: &Board,
    size: Size,
    only: &[Scenario],
    report: &PathBuf,
) -> Result<Vec<Promise>> {
    let mut all = Vec::new();
    for scenario in Scenario::value_variants() {
        if only.is_empty() || only.contains(scenario) {
            println!("{}", scenario.name());
            let seen = scenario.happen(board, size).await?;
            tell(&seen.promises);
            all.push(seen);
        }
    }
    let run = format!(
        "{} sockets at most, {} s of reading and writing, {POSTS} notices; client and server on the same machine.",
        size.sockets,
        size.lasting.as_secs()
    );
    std::fs::write(report, report::page(&run, &all)?)
        .with_context(|| report.display().to_string())?;
    println!("report: {}", report.display());
    Ok(all.into_iter().flat_map(|seen| seen.promises).collect())
}

fn tell(promises: &[Promise]) {
    for promise in promises {
        let Promise {
            what,
            bound,
            seen,
            is_kept,
        } = promise;
        let kept = if *is_kept { "kept" } else { "NOT KEPT" };
        println!("  {what}: {seen}, at most {bound}: {kept}");
    }
}
