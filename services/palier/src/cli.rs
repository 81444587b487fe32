//! The command line.

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};
use runtime::telemetry::{self, Export, Exporting};
use runtime::{Clock, Entropy, SettingFault};

use crate::commands;
use crate::config::Config;
use crate::wiring::{Role, Roles};

/// A notice board for a neighbourhood: events, lost and found, a helping hand, hazards.
#[derive(Debug, Parser)]
#[command(name = "palier", version, about, long_about = None)]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
    #[command(flatten)]
    common: Common,
}

#[derive(Debug, Args)]
struct Common {
    /// The settings; else palier.toml in this folder, if there is one.
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
    /// The folder of everything that is kept.
    #[arg(long, global = true, value_name = "DIR")]
    data: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Every role in one process.
    All {
        /// The address and port to listen on.
        #[arg(long, value_name = "ADDRESS")]
        listen: Option<String>,
        /// Make a neighbourhood with lively content, and print its accounts.
        #[arg(long)]
        demo: bool,
    },
    /// Some roles, beside other processes that play the others: see docs/operate/processes.md.
    Run {
        /// Which, separated by commas.
        #[arg(value_enum, value_delimiter = ',', required = true)]
        roles: Vec<Role>,
        /// The address and port on which the edge listens to browsers.
        #[arg(long, value_name = "ADDRESS")]
        listen: Option<String>,
    },
    /// Make the keys and certificates that processes of their own need, where they are missing.
    Secrets {
        /// Issue every certificate anew, as when one will soon be over.
        #[arg(long)]
        renew: bool,
    },
    /// Secret keys, and replacing them; see docs/operate/keys.md.
    #[command(subcommand)]
    Keys(commands::keys::Command),
    /// Apply the migrations of the configured stores.
    Migrate {
        /// Only say what is pending; exit 1 if anything is.
        #[arg(long)]
        check: bool,
    },
    /// Write the shapes under schema/: tables, SDL, settings, who imports whom.
    Schema {
        /// Only compare; exit 1 if one differs.
        #[arg(long)]
        check: bool,
        /// Also the tables on this PostgreSQL, in schemas made for it and dropped again.
        #[arg(long, value_name = "ADDRESS")]
        postgres: Option<String>,
    },
    /// What is wrong with configuration, stores, keys, mail, clock and, of processes of their own, bus, certificates and one another;
    /// and what to do.
    Doctor {
        /// Which processes of their own, separated by commas; else all of them.
        #[arg(value_enum, value_delimiter = ',')]
        roles: Vec<Role>,
    },
    /// Write everything that the board holds into one sealed file, while the board runs; see docs/operate/backup.md.
    Backup {
        /// The folder for backups. Those there that are older than 14 days are deleted.
        #[arg(value_name = "FOLDER")]
        to: PathBuf,
    },
    /// Put a backup into an empty board, without what was deleted since.
    Restore {
        /// The backup.
        #[arg(value_name = "FILE")]
        from: PathBuf,
    },
    /// Neighbourhoods.
    #[command(subcommand)]
    Neighbourhood(commands::neighbourhood::Command),
    /// Invites.
    #[command(subcommand)]
    Invite(commands::invite::Command),
    /// Fill an empty board with load data, the same for the same seed.
    Seed {
        /// How many notices.
        #[arg(long, default_value_t = 1_000)]
        posts: u32,
        /// How many residents.
        #[arg(long, default_value_t = 10)]
        residents: u32,
        /// Where the data come from.
        #[arg(long, default_value_t = 1)]
        seed: u64,
    },
}

/// Why a command did not do what was asked.
#[derive(Debug)]
pub enum CommandFault {
    /// A setting or an argument cannot be used: exit code 2.
    Setting(SettingFault),
    /// It failed: exit code 1.
    Failed(String),
}

impl From<SettingFault> for CommandFault {
    fn from(fault: SettingFault) -> Self {
        Self::Setting(fault)
    }
}

impl From<anyhow::Error> for CommandFault {
    fn from(error: anyhow::Error) -> Self {
        Self::Failed(format!("{error:#}"))
    }
}

impl From<contract::Fault> for CommandFault {
    fn from(fault: contract::Fault) -> Self {
        Self::Failed(fault.to_string())
    }
}

impl Cli {
    /// Does what was asked. 0: done; 1: failed; 2: bad usage or configuration, told in one line.
    pub fn run(self) -> ExitCode {
        match self.carry_out() {
            Ok(code) => code,
            Err(CommandFault::Setting(fault)) => say(&fault.to_string(), 2),
            Err(CommandFault::Failed(reason)) => say(&reason, 1),
        }
    }

    fn carry_out(self) -> Result<ExitCode, CommandFault> {
        let mut config = Config::read(self.common.config.as_deref(), Config::environment())?;
        if let Some(data) = self.common.data {
            config.data = data;
        }
        if let Command::All {
            listen: Some(listen),
            ..
        }
        | Command::Run {
            listen: Some(listen),
            ..
        } = &self.command
        {
            config.listen.clone_from(listen);
        }
        let machine = tokio::runtime::Builder::new_multi_thread()
            .enable_all()
            .build()
            .map_err(|error| CommandFault::Failed(error.to_string()))?;
        let exporting = {
            let _within = machine.enter();
            install(&config, &self.command)?
        };
        machine.block_on(async {
            let done = match self.command {
                Command::All { demo, .. } => {
                    commands::serve::run(&config, Roles::all(), demo).await
                }
                Command::Run {
                    roles,
                    listen: Some(_),
                } if !roles.contains(&Role::Gateway) => Err(SettingFault::new(
                    "--listen",
                    "none of these roles listens to browsers",
                    "leave it out, or set roles.ROLE.listen",
                )
                .into()),
                Command::Run { roles, .. } => {
                    commands::serve::run(&config, Roles::of(roles), false).await
                }
                Command::Secrets { renew } => commands::secrets::run(&config, renew),
                Command::Keys(command) => command.run(&config).await,
                Command::Migrate { check } => commands::migrate::run(&config, check).await,
                Command::Schema { check, postgres } => {
                    commands::schema::run(check, postgres.as_deref()).await
                }
                Command::Doctor { roles } => commands::doctor::run(&config, &roles).await,
                Command::Backup { to } => commands::backup::run(&config, &to).await,
                Command::Restore { from } => commands::restore::run(&config, &from).await,
                Command::Neighbourhood(command) => command.run(&config).await,
                Command::Invite(command) => command.run(&config).await,
                Command::Seed {
                    posts,
                    residents,
                    seed,
                } => commands::seed::run(&config, posts, residents, seed).await,
            };
            if let Some(exporting) = exporting {
                exporting.end().await;
            }
            done
        })
    }
}

/// Logging always; traces and figures of a process that serves, where the operator wants them.
fn install(config: &Config, command: &Command) -> Result<Option<Exporting>, SettingFault> {
    let serves = match command {
        Command::All { .. } => Some(Roles::all()),
        Command::Run { roles, .. } => Some(Roles::of(roles.iter().copied())),
        _ => None,
    };
    let exported = serves
        .and_then(|roles| config.telemetry.receiver(&roles))
        .map(|receiver| Export::to(&receiver, Clock::System, &Entropy::System))
        .transpose()?;
    let (export, exporting) = exported.unzip();
    telemetry::install(
        &config.log,
        Clock::System,
        Box::new(std::io::stderr()),
        export,
    )?;
    Ok(exporting)
}

fn say(line: &str, code: u8) -> ExitCode {
    let line = line.replace('\n', " ");
    // Nobody is left to tell when standard error is closed.
    let _ = writeln!(std::io::stderr(), "palier: {line}");
    ExitCode::from(code)
}

/// Writes a line for who started the command.
pub(crate) fn tell(line: &str) {
    // Nobody is left to tell when standard output is closed.
    let _ = writeln!(std::io::stdout(), "{line}");
}
