//! `palier invite`.

use std::process::ExitCode;

use clap::Subcommand;
use contract::identity::{CreateInviteRequest, create_invite_reply::Outcome};
use contract::{Caller, Fault};

use super::neighbourhood::find;
use crate::cli::{CommandFault, tell};
use crate::config::Config;
use crate::wiring::{House, Surroundings};

/// What to do with invites.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Make one, and print its code: it is shown this once.
    Create {
        /// The neighbourhood's slug.
        #[arg(long)]
        neighbourhood: String,
        /// How many may join with it.
        #[arg(long, default_value_t = 1)]
        uses: u32,
        /// Days until it ends.
        #[arg(long, default_value_t = 30)]
        days: u32,
        /// Who joins by it is a founder: not read before publishing.
        #[arg(long)]
        founder: bool,
    },
}

impl Command {
    /// Does it.
    pub async fn run(self, config: &Config) -> Result<ExitCode, CommandFault> {
        let Self::Create {
            neighbourhood,
            uses,
            days,
            founder,
        } = self;
        let house = House::build(config, Surroundings::beside(config)).await?;
        let request = CreateInviteRequest {
            neighbourhood: find(&house, &neighbourhood).await?.id,
            uses,
            days,
            founder,
        };
        let reply = house
            .clients
            .identity
            .clone()
            .create_invite(Caller::Operator.request(request))
            .await;
        let outcome = reply.map_err(Fault::from)?.into_inner().outcome;
        house.stop().await;
        match outcome {
            Some(Outcome::Created(invite)) => {
                tell(&invite.code);
                Ok(ExitCode::SUCCESS)
            }
            Some(Outcome::Refused(refused)) => {
                let reasons: Vec<_> = refused
                    .reasons
                    .into_iter()
                    .map(|reason| reason.message)
                    .collect();
                Err(CommandFault::Failed(reasons.join(" ")))
            }
            Some(Outcome::Limited(limited)) => Err(CommandFault::Failed(limited.message)),
            None => Err(CommandFault::Failed("identity gave no answer".to_owned())),
        }
    }
}
