//! A new password: by a mailed link, or by somebody who knows the old one.

use contract::common::Empty;
use contract::identity::{
    ChangePasswordReply, ChangePasswordRequest, RecoverPasswordRequest, RequestRecoveryRequest,
    SignInReply, SignedIn, change_password_reply,
};
use contract::{Caller, Fault};
use runtime::Private;

use super::sign_up::SIGN_IN;
use crate::Identity;
use crate::domain::address::Address;
use crate::domain::password::Password;
use crate::domain::refusal::Refusal;
use crate::domain::session::RECOVERY_MS;
use crate::domain::token::Token;
use crate::error::{IdentityFault, Spelling, Stop};
use crate::gone;
use crate::mail::{Letter, Recipient};
use crate::secrets::Kind;
use crate::store::{account, membership, recovery, session};

/// How a change of password is answered.
const CHANGE: Spelling<Empty, change_password_reply::Outcome> = Spelling {
    done: change_password_reply::Outcome::Changed,
    refused: change_password_reply::Outcome::Refused,
    limited: change_password_reply::Outcome::Limited,
};

/// Known or not: one row and one mail, which for an unknown address goes to nobody.
#[tracing::instrument(skip_all, fields(role = "identity", operation = "request_recovery"))]
pub(super) async fn request_recovery(
    identity: &Identity,
    caller: Caller,
    request: RequestRecoveryRequest,
) -> Result<Empty, IdentityFault> {
    let now_ms = identity.clock.now_ms();
    let limited = |stop| match stop {
        Stop::Limited { limit, retry_at_ms } => Fault::limited(
            limit.sentence(retry_at_ms, now_ms, caller.locale()),
            retry_at_ms,
        )
        .into(),
        Stop::Fault(fault) => fault,
        Stop::Refused(_) => Fault::internal().into(),
    };
    let _counted = identity.count_recovery(&caller).await.map_err(limited)?;
    let Ok(address) = Address::parse(&request.email) else {
        return Ok(Empty {});
    };
    match identity.count_recovery_of(&address).await {
        Ok(_) => {}
        // A mailbox is not flooded, and nobody is told that this one would have been.
        Err(Stop::Limited { .. }) => return Ok(Empty {}),
        Err(stop) => return Err(limited(stop)),
    }
    let found = account::by_email(
        identity.store.read(),
        &identity.secrets.address_hashes(&address),
    )
    .await?;
    let resident = found.map_or_else(|| identity.draw_id(), |account| account.id);
    let token = Token::draw(&identity.entropy);
    let hash = identity.secrets.hash(Kind::Recovery, token.bytes()).bytes;
    let tx = identity.store.begin().await?;
    recovery::insert(&tx, hash, resident, now_ms + RECOVERY_MS).await?;
    let letter = Letter::Recover {
        token: token.text(),
    };
    identity
        .queue(&tx, Recipient::Resident(resident), None, letter)
        .await?;
    tx.commit().await?;
    identity.queued.notify_one();
    Ok(Empty {})
}

#[tracing::instrument(skip_all, fields(role = "identity", operation = "recover_password"))]
pub(super) async fn recover_password(
    identity: &Identity,
    caller: Caller,
    request: RecoverPasswordRequest,
) -> Result<SignInReply, IdentityFault> {
    let done = recover(identity, &caller, request).await;
    let outcome = SIGN_IN.spell(done, identity.clock.now_ms(), caller.locale())?;
    Ok(SignInReply { outcome })
}

async fn recover(
    identity: &Identity,
    caller: &Caller,
    request: RecoverPasswordRequest,
) -> Result<SignedIn, Stop> {
    let db = identity.store.read();
    let token = Token::parse(&request.token).ok_or(Refusal::TokenUnknown)?;
    let hashes = identity.secrets.token_hashes(Kind::Recovery, &token);
    let link = recovery::by_token(db, &hashes, identity.clock.now_ms())
        .await?
        .ok_or(Refusal::TokenUnknown)?;
    let account = account::by_id(db, link.resident)
        .await?
        .ok_or(Refusal::TokenUnknown)?;
    let password = choose(identity, &account, request.password).await??;
    let encoded = identity
        .passwords
        .hash(password, identity.entropy.bytes())
        .await?;

    let tx = identity.store.begin().await?;
    account::locked(&tx, account.id)
        .await?
        .ok_or(Refusal::TokenUnknown)?;
    if !recovery::use_up(&tx, link.token_hash).await? {
        return Err(Refusal::TokenUnknown.into());
    }
    recovery::delete_of(&tx, account.id).await?;
    tx.gone(gone::password(&account.password));
    account::set_password(&*tx, account.id, &encoded).await?;
    identity
        .forget_passwords(&tx, &identity.address_of(&account)?)
        .await?;
    let ended = session::end_others(&tx, account.id, None).await?;
    let opened = identity
        .open_session(&tx, caller, account.id, &request.device)
        .await?;
    identity
        .queue(
            &tx,
            Recipient::Resident(account.id),
            None,
            Letter::PasswordChanged,
        )
        .await?;
    tx.commit().await?;
    identity.queued.notify_one();
    identity.sessions_ended(&ended);
    Ok(identity.signed_in(&account, opened).await?)
}

#[tracing::instrument(skip_all, fields(role = "identity", operation = "change_password"))]
pub(super) async fn change_password(
    identity: &Identity,
    caller: Caller,
    request: ChangePasswordRequest,
) -> Result<ChangePasswordReply, IdentityFault> {
    let done = change(identity, &caller, request).await;
    let outcome = CHANGE.spell(done, identity.clock.now_ms(), caller.locale())?;
    Ok(ChangePasswordReply { outcome })
}

async fn change(
    identity: &Identity,
    caller: &Caller,
    request: ChangePasswordRequest,
) -> Result<Empty, Stop> {
    let (resident, current) = caller.resident()?;
    let account = identity.prove(resident.uuid(), &request.current).await?;
    let password = choose(identity, &account, request.password).await??;
    let encoded = identity
        .passwords
        .hash(password, identity.entropy.bytes())
        .await?;

    let tx = identity.store.begin().await?;
    let unchanged = account::locked(&tx, account.id)
        .await?
        .is_some_and(|now| now.password == account.password);
    if !unchanged {
        return Err(Refusal::WrongPassword.into());
    }
    tx.gone(gone::password(&account.password));
    account::set_password(&*tx, account.id, &encoded).await?;
    recovery::delete_of(&tx, account.id).await?;
    let ended = session::end_others(&tx, account.id, Some(current.uuid())).await?;
    identity
        .queue(
            &tx,
            Recipient::Resident(account.id),
            None,
            Letter::PasswordChanged,
        )
        .await?;
    tx.commit().await?;
    identity.queued.notify_one();
    identity.sessions_ended(&ended);
    Ok(Empty {})
}

/// Judges a new password, knowing what a guesser knows of the account.
async fn choose(
    identity: &Identity,
    account: &account::Model,
    text: String,
) -> Result<Result<Password, Refusal>, IdentityFault> {
    let members = membership::all_of(identity.store.read(), account.id).await?;
    let mut known: Vec<Private<String>> = members
        .into_iter()
        .map(|member| Private::new(member.pseudonym))
        .collect();
    known.push(identity.address_of(account)?.folded());
    identity.passwords.choose(text, known).await
}

impl Identity {
    /// An account's address.
    pub(super) fn address_of(&self, account: &account::Model) -> Result<Address, IdentityFault> {
        self.secrets
            .open_address(&account.address_key, &account.address, account.id)
            .ok_or(IdentityFault::Sealed { table: "account" })
    }

    /// The account of somebody who is signed in and gives the password once more.
    ///
    /// # Errors
    /// [`Refusal::WrongPassword`], at a slowing pace.
    pub(super) async fn prove(
        &self,
        resident: uuid::Uuid,
        password: &str,
    ) -> Result<account::Model, Stop> {
        let account = account::by_id(self.store.read(), resident)
            .await?
            .ok_or_else(Fault::unauthenticated)?;
        let password = Password::parse(password).ok_or(Refusal::WrongPassword)?;
        let counted = self.count_password(resident).await?;
        if !self
            .passwords
            .is(password, Some(account.password.clone()))
            .await?
        {
            return Err(Refusal::WrongPassword.into());
        }
        self.was_right(counted).await?;
        Ok(account)
    }
}
