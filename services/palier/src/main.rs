//! `palier`: see `palier --help`.

use std::process::ExitCode;

use clap::Parser;
use tikv_jemallocator::Jemalloc;

/// One that gives back what is not used any more; the C library keeps it (docs/adr/0023).
#[global_allocator]
static ALLOCATOR: Jemalloc = Jemalloc;

fn main() -> ExitCode {
    palier::cli::Cli::parse().run()
}
