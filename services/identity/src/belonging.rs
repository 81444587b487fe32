//! Whether keys belong to a database: what a start asks before it makes any, and the doctor too. And what of it is under other
//! keys than the newest.

use ::store::{Store, StoreFault};
use runtime::{Keys, Purpose};

use crate::secrets::Secrets;
use crate::store::{account, mail, postcard, reply_address, sign_up};

/// So many accounts are tried: one that no key opens may be damaged, so many are not.
const TRIED: u64 = 100;

/// Whether anybody has an account in a migrated database of identity: then its keys are somewhere.
///
/// # Errors
/// When the store cannot be read.
pub async fn has_accounts(store: &Store) -> Result<bool, StoreFault> {
    Ok(!account::some(store.read(), 1).await?.is_empty())
}

/// Whether these keys open the address of an account in a migrated database of identity, and find the account by it. So does
/// every key where nobody has one.
///
/// # Errors
/// When the store cannot be read.
pub async fn keys_belong(store: &Store, keys: &Keys) -> Result<bool, StoreFault> {
    let secrets = Secrets::new(keys);
    let tried = account::some(store.read(), TRIED).await?;
    let opens = |row: &account::Model| {
        let address = secrets.open_address(&row.address_key, &row.address, row.id);
        address.is_some_and(|address| secrets.address_hashes(&address).contains(&row.email_hash))
    };
    Ok(tried.is_empty() || tried.iter().any(opens))
}

/// How many rows of a migrated database of identity are under another key of a purpose than this one; of purposes that leave the
/// ids of their keys in no row, none.
///
/// # Errors
/// When the store cannot be read.
pub async fn rows_under_other_keys(
    store: &Store,
    purpose: Purpose,
    key: &str,
) -> Result<u64, StoreFault> {
    let db = store.read();
    Ok(match purpose {
        Purpose::Addresses => {
            let accounts = account::sealed_under_other_keys(db, key).await?;
            let sign_ups = sign_up::under_other_keys(db, key).await?;
            let replies = reply_address::under_other_keys(db, key).await?;
            let postcards = postcard::under_other_keys(db, key).await?;
            accounts + sign_ups + replies + postcards + mail::under_other_keys(db, key).await?
        }
        Purpose::AddressLookup => account::found_under_other_keys(db, key).await?,
        _ => 0,
    })
}
