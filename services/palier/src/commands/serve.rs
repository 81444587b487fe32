//! `palier all` and `palier run`: every role in one process, or some of them, until it is told to stop.

use std::process::ExitCode;
use std::time::Duration;

use tokio::signal::unix::{Signal, SignalKind, signal};

use crate::cli::{CommandFault, tell};
use crate::config::Config;
use crate::demo;
use crate::examine::before_start;
use crate::wiring::{Doors, House, Role, Roles, Surroundings};

/// What is under way when the process is told to stop has this long to end.
const FAREWELL: Duration = Duration::from_secs(10);

/// Serves until SIGTERM or SIGINT, or until work in the background ends that nobody else would do.
pub async fn run(config: &Config, roles: Roles, with_demo: bool) -> Result<ExitCode, CommandFault> {
    // From the first moment on. While it opens nobody is served: it may end anywhere, as at a power cut.
    let mut told = ToldToStop::listen().map_err(|fault| CommandFault::Failed(fault.to_string()))?;
    let (house, doors) = tokio::select! {
        () = told.once() => return Ok(ExitCode::SUCCESS),
        open = open(config, &roles, with_demo) => open?,
    };
    if roles.has(Role::Gateway) {
        tell(&format!("Palier is open at {}", config.public_url()));
    } else {
        let names: Vec<&str> = roles.iter().map(Role::name).collect();
        tell(&format!("Palier plays {}", names.join(", ")));
    }
    serve(house, doors, told).await
}

async fn open(
    config: &Config,
    roles: &Roles,
    with_demo: bool,
) -> Result<(House, Doors), CommandFault> {
    // Many systems begin with 1,024 for the sake of programs that select(2); where it stays at that, fewer can connect.
    let _ = rlimit::increase_nofile_limit(u64::MAX);
    before_start(config, roles).await?;
    let doors = Doors::take(config, roles).await?;
    if with_demo {
        let accounts = demo::load(config).await?;
        tell(&accounts);
    }
    let house = House::build(config, Surroundings::serving(roles.clone(), with_demo)).await?;
    house.start().await;
    Ok((house, doors))
}

async fn serve(house: House, doors: Doors, mut told: ToldToStop) -> Result<ExitCode, CommandFault> {
    let tasks = house.tasks().clone();
    let told_to_stop = {
        let tasks = tasks.clone();
        async move {
            tokio::select! {
                () = told.once() => {}
                () = tasks.stopping() => {}
            }
            // Sockets are told to come back later, so that serving can end.
            tasks.ask_to_stop();
        }
    };
    tasks.start(told_to_stop);
    let stopping = house.tasks().stopping();
    let clock = house.clock.clone();
    let served = tokio::select! {
        served = house.serve(doors) => served,
        () = async { stopping.await; clock.wait(FAREWELL).await } => {
            tracing::warn!("some requests did not end in time");
            Ok(())
        }
    };
    house.stop().await;
    served.map_err(|fault| CommandFault::Failed(fault.to_string()))?;
    tasks.failed().map_or(Ok(ExitCode::SUCCESS), |name| {
        Err(CommandFault::Failed(format!(
            "the work in the background called {name} ended by itself; start palier again, and report what the log says"
        )))
    })
}

/// SIGTERM and SIGINT, which end the process by themselves only until somebody listens.
struct ToldToStop {
    terminate: Signal,
    interrupt: Signal,
}

impl ToldToStop {
    fn listen() -> std::io::Result<Self> {
        Ok(Self {
            terminate: signal(SignalKind::terminate())?,
            interrupt: signal(SignalKind::interrupt())?,
        })
    }

    async fn once(&mut self) {
        tokio::select! {
            _ = self.terminate.recv() => {}
            _ = self.interrupt.recv() => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use std::future::ready;

    use super::*;

    #[tokio::test]
    async fn a_process_whose_background_work_ends_stops_and_says_so() {
        let folder = tempfile::tempdir().unwrap();
        let config = Config {
            data: folder.path().join("data"),
            ..Config::default()
        };
        let house = House::build(&config, Surroundings::serving(Roles::all(), false))
            .await
            .unwrap();
        house.start().await;
        house.tasks().keep("sweeps", ready(()));
        let config = Config {
            listen: "127.0.0.1:0".to_owned(),
            ..config
        };
        let doors = Doors::take(&config, &Roles::all()).await.unwrap();
        let ended = serve(house, doors, ToldToStop::listen().unwrap()).await;
        assert!(matches!(ended, Err(CommandFault::Failed(reason)) if reason.contains("sweeps")));
    }
}
