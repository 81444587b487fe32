//! `palier secrets`.

use std::process::ExitCode;

use runtime::Clock;

use crate::cli::{CommandFault, tell};
use crate::config::Config;
use crate::secrets;
use crate::wiring::Role;

/// Makes keys and certificates, and says which of them each process is to be given.
pub fn run(config: &Config, renew: bool) -> Result<ExitCode, CommandFault> {
    secrets::make(config, &Clock::System, renew)?;
    for role in Role::ALL {
        let files: Vec<String> = role.files().collect();
        tell(&format!("{}: {}", role.name(), files.join(" ")));
    }
    tell(&format!(
        "Give each process these files of {} and {} and no others; authority.key stays with you.",
        config.keys().display(),
        config.certificates().display()
    ));
    Ok(ExitCode::SUCCESS)
}
