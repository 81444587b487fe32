//! Signing in with an address and a password.

use contract::Caller;
use contract::identity::{SignInReply, SignInRequest, SignedIn};

use super::sign_up::SIGN_IN;
use crate::Identity;
use crate::domain::address::Address;
use crate::domain::day;
use crate::domain::password::Password;
use crate::domain::refusal::Refusal;
use crate::error::{IdentityFault, Stop};
use crate::mail::{Letter, Recipient};
use crate::passwords::is_outdated;
use crate::store::account;

#[tracing::instrument(skip_all, fields(role = "identity", operation = "sign_in"))]
pub(super) async fn sign_in(
    identity: &Identity,
    caller: Caller,
    request: SignInRequest,
) -> Result<SignInReply, IdentityFault> {
    let done = attempt(identity, &caller, request).await;
    let outcome = SIGN_IN.spell(done, identity.clock.now_ms(), caller.locale())?;
    Ok(SignInReply { outcome })
}

/// Known or not, right or wrong: one hash is computed and one sentence answers.
async fn attempt(
    identity: &Identity,
    caller: &Caller,
    request: SignInRequest,
) -> Result<SignedIn, Stop> {
    let address = Address::parse(&request.email).map_err(|_| Refusal::WrongCredentials)?;
    let password = Password::parse(&request.password).ok_or(Refusal::WrongCredentials)?;
    let counted = identity
        .count_sign_in(caller, address.folded().expose().as_bytes())
        .await?;
    let found = account::by_email(
        identity.store.read(),
        &identity.secrets.address_hashes(&address),
    )
    .await?;
    let encoded = found.as_ref().map(|account| account.password.clone());
    let is_right = identity.passwords.is(password.clone(), encoded).await?;
    let account = found
        .filter(|_| is_right)
        .ok_or(Refusal::WrongCredentials)?;
    identity.was_right(counted).await?;
    let rehashed = if is_outdated(&account.password) {
        Some(
            identity
                .passwords
                .hash(password, identity.entropy.bytes())
                .await?,
        )
    } else {
        None
    };

    let tx = identity.store.begin().await?;
    // The password may have changed, and sessions been ended for it, while the hash was computed.
    let unchanged = account::locked(&tx, account.id)
        .await?
        .is_some_and(|now| now.password == account.password);
    if !unchanged {
        return Err(Refusal::WrongCredentials.into());
    }
    if let Some(encoded) = rehashed {
        account::set_password(&*tx, account.id, &encoded).await?;
    }
    identity.forget_passwords(&tx, &address).await?;
    let opened = identity
        .open_session(&tx, caller, account.id, &request.device)
        .await?;
    if opened.is_new_device {
        let day_ms = day::start_ms(day::of(identity.clock.now_ms()));
        let letter = Letter::NewDevice {
            device: opened.device.clone(),
            day_ms,
        };
        identity
            .queue(&tx, Recipient::Resident(account.id), None, letter)
            .await?;
    }
    tx.commit().await?;
    identity.queued.notify_one();
    Ok(identity.signed_in(&account, opened).await?)
}
