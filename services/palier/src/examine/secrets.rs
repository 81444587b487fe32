//! Keys, and the certificates by which processes know one another.

use runtime::{KeyFault, Keys, Purpose, SettingFault};

use crate::config::Config;
use crate::key_folder;
use crate::wiring::{Role, Roles, credentials};

/// That the keys of these roles are there and can be read. One process that is the whole board makes those that are missing, but
/// not where the board is settled those of accounts.
///
/// # Errors
/// The setting `keys`.
pub(crate) fn keys(config: &Config, roles: &Roles, settled: bool) -> Result<(), SettingFault> {
    let folder = config.keys();
    if !roles.is_all() {
        Keys::given(&folder, &roles.purposes()).map_err(|why| key_folder::given(&why))?;
        if !roles.has(Role::Identity) && roles.iter().any(Role::checks_standings) {
            key_folder::standing_keys(config)?;
        }
        return Ok(());
    }
    for purpose in Purpose::ALL {
        match Keys::given(&folder, &[purpose].into()) {
            Err(KeyFault::Missing(_)) if !(settled && purpose.is_irreplaceable()) => {}
            Err(why) => return Err(key_folder::lost(config, &why)),
            Ok(_) => {}
        }
    }
    Ok(())
}

/// That these roles, in a process of their own, have certificates that others take.
///
/// # Errors
/// The setting `certificates`.
pub(crate) fn certificates(config: &Config, roles: &Roles) -> Result<(), SettingFault> {
    for role in roles.iter() {
        credentials(config, role)?;
    }
    Ok(())
}
