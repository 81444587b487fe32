//! `palier`: see `palier --help`.

use std::process::ExitCode;

use clap::Parser;

fn main() -> ExitCode {
    palier::cli::Cli::parse().run()
}
