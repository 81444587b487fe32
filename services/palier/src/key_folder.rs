//! The folder of keys, and the accounts that only they open.

use runtime::{Entropy, KeyFault, Keys, SettingFault};
use store::{Store, StoreFault};

use crate::config::Config;

const RESTORE: &str = "restore the key folder from its copy, then start again";

/// The keys of a board; `identity` is its migrated database. They are made while nobody has an account, and never in place of
/// lost ones: with those nobody could sign in, and no address be read.
///
/// # Errors
/// The folder, what is wrong with it and the remedy.
pub(crate) async fn open(
    config: &Config,
    identity: &Store,
    entropy: &Entropy,
) -> Result<Keys, SettingFault> {
    let folder = config.keys();
    if !identity::has_accounts(identity)
        .await
        .map_err(|why| unreadable(&why))?
    {
        return Keys::in_folder(&folder, entropy).map_err(|why| fault(&why));
    }
    let keys = Keys::of_accounts(&folder, entropy).map_err(|why| lost(config, &why))?;
    belong(config, identity, &keys).await?;
    Ok(keys)
}

/// That keys open the accounts of a board.
///
/// # Errors
/// That they open none, and the remedy.
pub(crate) async fn belong(
    config: &Config,
    identity: &Store,
    keys: &Keys,
) -> Result<(), SettingFault> {
    if identity::keys_belong(identity, keys)
        .await
        .map_err(|why| unreadable(&why))?
    {
        return Ok(());
    }
    let folder = config.keys();
    let other = format!(
        "{}: these keys open none of the accounts on this board: they are another board's, or were made anew",
        folder.display()
    );
    Err(SettingFault::new("keys", other, RESTORE))
}

fn lost(config: &Config, why: &KeyFault) -> SettingFault {
    let KeyFault::Missing(path) = why else {
        return fault(why);
    };
    let name = path.file_name().unwrap_or_default();
    let missing = format!(
        "{}: {} is missing, and there are accounts on this board that only the keys they were made with open",
        config.keys().display(),
        name.display()
    );
    SettingFault::new("keys", missing, RESTORE)
}

fn fault(fault: &KeyFault) -> SettingFault {
    SettingFault::new("keys", fault.to_string(), "then start again")
}

fn unreadable(fault: &StoreFault) -> SettingFault {
    SettingFault::new("stores.identity", fault.to_string(), "run `palier doctor`")
}
