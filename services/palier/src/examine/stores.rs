//! Databases, as they are.

use runtime::{Clock, SettingFault};
use store::{Migrations, Store, StoreFault};

use crate::config::Config;
use crate::wiring::is_free;

/// Clocks that are further apart than this, in milliseconds, are told of: standings that one process signs are good for a minute
/// with another.
const CLOCKS_APART_MS: i64 = 30_000;

/// What was found.
pub(crate) enum Seen {
    /// A database, migrated or not.
    There(Store),
    /// A file that is still to be made.
    NotYet,
}

/// That no other process serves the file of a role's database, where that is one.
///
/// # Errors
/// The setting that names it.
pub(super) fn free(config: &Config, role: &str) -> Result<(), SettingFault> {
    let file = config.store_file(role);
    file.map_or(Ok(()), |file| is_free(role, &file))
}

/// A database, looked at: that it opens, that no newer Palier migrated it, and that its server's clock says what ours does.
///
/// # Errors
/// The setting that names it, its fault and the remedy.
pub(crate) async fn store(config: &Config, migrations: Migrations) -> Result<Seen, SettingFault> {
    let role = migrations.role;
    if config.store_file(role).is_some_and(|file| !file.is_file()) {
        return Ok(Seen::NotYet);
    }
    let fault = |why: StoreFault| store_fault(role, &why);
    let store = Store::open(&config.store(role)).await.map_err(fault)?;
    migrations.pending(&store).await.map_err(fault)?;
    clocks_agree(role, &store).await?;
    Ok(Seen::There(store))
}

/// That the clock of a database's server says what that of this machine does.
///
/// # Errors
/// The setting `clock`.
async fn clocks_agree(role: &str, store: &Store) -> Result<(), SettingFault> {
    let there_ms = store
        .clock_ms()
        .await
        .map_err(|why| store_fault(role, &why))?;
    let Some(there_ms) = there_ms else {
        return Ok(());
    };
    let ahead_ms = Clock::System.now_ms() - there_ms;
    if ahead_ms.abs() <= CLOCKS_APART_MS {
        return Ok(());
    }
    let (seconds, way) = (
        ahead_ms.abs() / 1_000,
        if ahead_ms > 0 { "ahead of" } else { "behind" },
    );
    let fault = format!("this machine's is {seconds} s {way} that of the database of {role}");
    Err(SettingFault::new("clock", fault, "set both (NTP)"))
}

/// Whether somebody has an account in identity's database.
///
/// # Errors
/// When it cannot be read.
pub(super) async fn is_settled(store: &Store) -> Result<bool, SettingFault> {
    let pending = identity::MIGRATIONS.pending(store).await;
    let role = identity::STREAM;
    // Of one that was never migrated there is no table to look into.
    if pending.map_err(|why| store_fault(role, &why))?.len() == (identity::MIGRATIONS.list)().len()
    {
        return Ok(false);
    }
    let settled = identity::has_accounts(store).await;
    settled.map_err(|why| store_fault(role, &why))
}

fn store_fault(role: &str, fault: &StoreFault) -> SettingFault {
    let remedy = match fault {
        StoreFault::Newer(_) => "start that Palier, or restore a backup",
        _ => "check the address, that the server runs and that this user may use it",
    };
    SettingFault::new(format!("stores.{role}"), fault.to_string(), remedy)
}
