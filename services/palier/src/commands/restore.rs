//! `palier restore`.

use std::path::Path;
use std::process::ExitCode;

use runtime::{Clock, Entropy};

use crate::backup::restore;
use crate::cli::{CommandFault, tell};
use crate::config::Config;

/// Restores a backup and tells what became of it.
pub async fn run(config: &Config, from: &Path) -> Result<ExitCode, CommandFault> {
    let restored = restore(config, &Clock::System, &Entropy::System, from).await?;
    let (rows, pictures) = (restored.rows, restored.pictures);
    tell(&format!(
        "{rows} rows and {pictures} files of pictures are back"
    ));
    tell(&format!("{} deleted since are gone again", restored.gone));
    tell("sessions have ended: everybody signs in anew");
    if config.bus.is_some() {
        tell("empty Redis before the processes start");
    }
    Ok(ExitCode::SUCCESS)
}
