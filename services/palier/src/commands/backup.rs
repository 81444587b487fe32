//! `palier backup`.

use std::path::Path;
use std::process::ExitCode;

use runtime::{Clock, Entropy};

use crate::backup::back_up;
use crate::cli::{CommandFault, tell};
use crate::config::Config;

/// Makes a backup and tells its file.
pub async fn run(config: &Config, to: &Path) -> Result<ExitCode, CommandFault> {
    let file = back_up(config, &Clock::System, &Entropy::System, to).await?;
    tell(&file.display().to_string());
    Ok(ExitCode::SUCCESS)
}
