//! `palier migrate`.

use std::process::ExitCode;

use runtime::SettingFault;
use store::Store;

use crate::cli::{CommandFault, tell};
use crate::config::Config;
use crate::wiring::{DATABASES, prepare};

/// Applies what is pending; with `check` only says what that is.
pub async fn run(config: &Config, check: bool) -> Result<ExitCode, CommandFault> {
    let mut waiting = 0;
    if !check {
        prepare(&config.data, "data")?;
    }
    for migrations in DATABASES {
        let role = migrations.role;
        let fault = |fault: store::StoreFault| {
            let remedy = "check the address and that this user may use it";
            SettingFault::new(format!("stores.{role}"), fault.to_string(), remedy)
        };
        if check && !has_database(config, role) {
            tell(&format!("{role}: there is no database yet"));
            waiting += 1;
            continue;
        }
        let store = Store::open(&config.store(role)).await.map_err(fault)?;
        let pending = migrations.pending(&store).await.map_err(fault)?;
        if check {
            waiting += pending.len();
            for name in &pending {
                tell(&format!("{role}: {name} is pending"));
            }
        } else {
            migrations.apply(&store).await.map_err(fault)?;
            tell(&format!("{role}: {} applied", pending.len()));
        }
        store.close().await;
    }
    Ok(ExitCode::from(u8::from(waiting > 0)))
}

/// Whether there is something to look at: opening a SQLite file that is not there would make it.
pub(super) fn has_database(config: &Config, role: &str) -> bool {
    let file = config.store_file(role);
    file.is_none_or(|file| file.is_file())
}
