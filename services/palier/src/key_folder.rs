//! The folder of keys, and the accounts that only they open.

use contract::StandingKeys;
use runtime::{Entropy, KeyFault, Keys, Purpose, SettingFault};
use store::{Store, StoreFault};

use crate::config::Config;
use crate::wiring::Roles;

const RESTORE: &str = "restore the key folder from its copy, then start again";

/// The keys of the roles here; `accounts` is identity's migrated database, where identity is here. One process that plays every
/// role makes them while nobody has an account, and never in place of lost ones: with those nobody could sign in, and no address
/// be read. Processes that share a board are given theirs.
///
/// # Errors
/// The folder, what is wrong with it and the remedy.
pub(crate) async fn open(
    config: &Config,
    roles: &Roles,
    accounts: Option<&Store>,
    entropy: &Entropy,
) -> Result<Keys, SettingFault> {
    let folder = config.keys();
    let keys = match accounts {
        Some(accounts) if roles.is_all() => {
            if !settled(accounts).await? {
                return Keys::in_folder(&folder, entropy).map_err(|why| fault(&why));
            }
            Keys::of_accounts(&folder, entropy).map_err(|why| lost(config, &why))?
        }
        _ => Keys::given(&folder, &roles.purposes()).map_err(|why| given(&why))?,
    };
    if let Some(accounts) = accounts
        && settled(accounts).await?
    {
        belong(config, accounts, &keys).await?;
    }
    Ok(keys)
}

async fn settled(accounts: &Store) -> Result<bool, SettingFault> {
    identity::has_accounts(accounts)
        .await
        .map_err(|why| unreadable(&why))
}

/// What standings are checked with where identity is not: files of the public halves of its keys.
///
/// # Errors
/// The file and what is wrong with it.
pub(crate) fn standing_keys(config: &Config) -> Result<StandingKeys, SettingFault> {
    let folder = config.keys();
    let halves = runtime::public_halves(&folder, Purpose::Standings).map_err(|why| given(&why))?;
    Ok(StandingKeys::new(halves))
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

/// A key that accounts need and that is not there, or one that cannot be read.
pub(crate) fn lost(config: &Config, why: &KeyFault) -> SettingFault {
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

/// A key that a process was to be given.
pub(crate) fn given(fault: &KeyFault) -> SettingFault {
    SettingFault::new(
        "keys",
        fault.to_string(),
        "give this process the files of its roles that `palier secrets` names",
    )
}

fn fault(fault: &KeyFault) -> SettingFault {
    SettingFault::new("keys", fault.to_string(), "then start again")
}

fn unreadable(fault: &StoreFault) -> SettingFault {
    SettingFault::new("stores.identity", fault.to_string(), "run `palier doctor`")
}
