//! Folders that a process writes to.

use std::path::Path;

use identity::Mail;
use runtime::SettingFault;

use crate::config::Config;
use crate::wiring::{Pictures, Role, Roles};

/// That the folders of these roles are there and can be written to, or can be made.
///
/// # Errors
/// The setting that names one that cannot.
pub(super) fn folders(config: &Config, roles: &Roles) -> Result<(), SettingFault> {
    is_usable("data", &config.data)?;
    if roles.is_all() {
        is_usable("keys", &config.keys())?;
    }
    if roles.has(Role::Identity)
        && let Mail::Folder(folder) = Mail::at(&config.mail())?
    {
        is_usable("mail.to", &folder)?;
    }
    if roles.has(Role::Media)
        && let Pictures::Folder(folder) = Pictures::at(config)?
    {
        is_usable("media.files", &folder)?;
    }
    for migrations in roles.databases() {
        let Some(file) = config.store_file(migrations.role) else {
            continue;
        };
        let folder = file.parent().unwrap_or(Path::new(""));
        let setting = format!("stores.{}", migrations.role);
        // Of the folders of databases only this one is made.
        if folder != config.data && !there(folder).is_dir() {
            let fault = format!("{}: there is no such folder", folder.display());
            return Err(SettingFault::new(
                setting,
                fault,
                "make it, for this user only",
            ));
        }
        is_usable(&setting, folder)?;
    }
    Ok(())
}

/// That a folder can be written to, or be made: a file without a name is, and is gone at once.
///
/// # Errors
/// The setting that names it.
fn is_usable(setting: &str, folder: &Path) -> Result<(), SettingFault> {
    let mut nearest = there(folder);
    while !nearest.exists() {
        nearest = there(nearest.parent().unwrap_or(Path::new("")));
    }
    tempfile::tempfile_in(nearest).map(drop).map_err(|error| {
        let fault = format!("{}: {error}", folder.display());
        SettingFault::new(setting, fault, "name a folder that this user may write")
    })
}

/// A path that can be looked at: the working directory has an empty one.
fn there(path: &Path) -> &Path {
    if path.as_os_str().is_empty() {
        Path::new(".")
    } else {
        path
    }
}
