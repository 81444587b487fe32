//! What a process stands on, looked at before anything is made: a start that cannot succeed ends here, and `palier doctor` says all
//! of it.

mod folders;
mod secrets;
mod settings;
mod stores;

use runtime::SettingFault;

use crate::config::Config;
use crate::wiring::{Pictures, Role, Roles};

pub(crate) use secrets::{certificates, keys};
pub(crate) use settings::settings;
pub(crate) use stores::{Seen, store};

/// That a process which plays these roles can start, as far as that is seen without making, changing or taking anything. Whether
/// what it needs from others (Redis, mail, the other roles) answers is not asked: they may come later.
///
/// # Errors
/// The first setting that cannot be used, its fault and the remedy.
pub(crate) async fn before_start(config: &Config, roles: &Roles) -> Result<(), SettingFault> {
    settings(config, roles)?;
    folders::folders(config, roles)?;
    let mut settled = false;
    for migrations in roles.databases() {
        stores::free(config, migrations.role)?;
        if let Seen::There(store) = store(config, migrations).await? {
            if migrations.role == Role::Identity.name() {
                settled = stores::is_settled(&store).await?;
            }
            store.close().await;
        }
    }
    keys(config, roles, settled)?;
    if !roles.is_all() {
        certificates(config, roles)?;
    }
    if roles.has(Role::Media) {
        Pictures::at(config)?.look().await?;
    }
    Ok(())
}
