//! `palier all`: every role in one process, until it is told to stop.

use std::process::ExitCode;
use std::time::Duration;

use runtime::SettingFault;
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};

use crate::cli::{CommandFault, tell};
use crate::config::Config;
use crate::demo;
use crate::wiring::{House, Surroundings};

/// What is under way when the process is told to stop has this long to end.
const FAREWELL: Duration = Duration::from_secs(10);

/// Serves until SIGTERM or SIGINT.
pub async fn run(config: &Config, with_demo: bool) -> Result<ExitCode, CommandFault> {
    let listener = TcpListener::bind(&config.listen).await.map_err(|error| {
        SettingFault::new(
            "listen",
            format!("{}: {error}", config.listen),
            "choose a free address with --listen or stop what uses it",
        )
    })?;
    if with_demo {
        let accounts = demo::load(config).await?;
        tell(&accounts);
    }
    let house = House::build(config, Surroundings::serving(with_demo)).await?;
    house.start().await;
    tell(&format!("Palier is open at {}", config.public_url()));

    let tasks = house.tasks().clone();
    let told_to_stop = async move {
        stopped().await;
        // Sockets are told to come back later, so that serving can end.
        tasks.ask_to_stop();
    };
    let serving = house.gateway.serve(listener, told_to_stop);
    let stopping = house.tasks().stopping();
    let clock = house.clock.clone();
    tokio::select! {
        () = serving => {}
        () = async { stopping.await; clock.wait(FAREWELL).await } => {
            tracing::warn!("some requests did not end in time");
        }
    }
    house.stop().await;
    Ok(ExitCode::SUCCESS)
}

async fn stopped() {
    let (Ok(mut terminate), Ok(mut interrupt)) = (
        signal(SignalKind::terminate()),
        signal(SignalKind::interrupt()),
    ) else {
        return std::future::pending().await;
    };
    tokio::select! {
        _ = terminate.recv() => {}
        _ = interrupt.recv() => {}
    }
}
