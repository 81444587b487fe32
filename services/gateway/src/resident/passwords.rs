//! Passwords: a new one for the one there is, or by a mailed link.

use async_graphql::{Context, InputObject, Object, Result, SimpleObject, Union};
use contract::identity::change_password_reply;
use contract::{common, identity};

use super::entering::{
    Entered, MAIL_SENT, MailSent, SignInRefused, SignedIn, entered, from_entered,
};
use super::{enter, outcome};
use crate::model::refusal::{RateLimited, refused};
use crate::model::viewer::Viewer;
use crate::visit::visit;

/// Whose password was forgotten.
#[derive(InputObject)]
pub(crate) struct RequestRecoveryInput {
    /// The address.
    #[graphql(secret)]
    email: String,
}

/// A new password, by a mailed link.
#[derive(InputObject)]
pub(crate) struct RecoverPasswordInput {
    /// What the link carries.
    #[graphql(secret)]
    token: String,
    /// At least 10 characters, not easily guessed.
    #[graphql(secret)]
    password: String,
}

/// A new password for an old one.
#[derive(InputObject)]
pub(crate) struct ChangePasswordInput {
    /// The password there is.
    #[graphql(secret)]
    current: String,
    /// At least 10 characters, not easily guessed.
    #[graphql(secret)]
    password: String,
}

/// The new password is good, and every other device is signed out.
#[derive(SimpleObject)]
pub(crate) struct PasswordChanged {
    /// Who.
    viewer: Viewer,
}

refused! {
    /// The password stays as it was.
    PasswordRefused
}

/// What came of asking for a new password.
#[derive(Union)]
pub(crate) enum RequestRecoveryPayload {
    /// A mail was sent.
    MailSent(MailSent),
    /// Too often.
    RateLimited(RateLimited),
}

/// What came of choosing a new password by a link.
#[derive(Union)]
pub(crate) enum RecoverPasswordPayload {
    /// Signed in, with the new password; every other device is signed out.
    SignedIn(SignedIn),
    /// Not signed in.
    SignInRefused(SignInRefused),
    /// Too often.
    RateLimited(RateLimited),
}

/// What came of changing the password.
#[derive(Union)]
pub(crate) enum ChangePasswordPayload {
    /// Changed.
    PasswordChanged(PasswordChanged),
    /// Not changed.
    PasswordRefused(PasswordRefused),
    /// Too often.
    RateLimited(RateLimited),
}

from_entered!(RecoverPasswordPayload);

#[derive(Default)]
pub(crate) struct Passwords;

#[Object]
impl Passwords {
    /// Mails a link by which a new password is chosen. Answers alike whether or not the address is known.
    #[graphql(complexity = "child_complexity + 50")]
    async fn request_recovery(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Whose password was forgotten.")] input: RequestRecoveryInput,
    ) -> Result<RequestRecoveryPayload> {
        let visit = visit(ctx);
        if let Err(limited) = enter(visit).await {
            return Ok(RequestRecoveryPayload::RateLimited(limited));
        }
        let request = identity::RequestRecoveryRequest { email: input.email };
        let mut client = visit.edge.identity.clone();
        client
            .request_recovery(visit.caller().request(request))
            .await?;
        Ok(RequestRecoveryPayload::MailSent(MAIL_SENT))
    }

    /// A new password by a mailed link; signs every other device out and this one in.
    #[graphql(complexity = "child_complexity + 50")]
    async fn recover_password(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What the link carries, and the new password.")]
        input: RecoverPasswordInput,
    ) -> Result<RecoverPasswordPayload> {
        let visit = visit(ctx);
        if let Err(limited) = enter(visit).await {
            return Ok(RecoverPasswordPayload::RateLimited(limited));
        }
        let request = identity::RecoverPasswordRequest {
            token: input.token,
            password: input.password,
            device: visit.device(),
        };
        let mut client = visit.edge.identity.clone();
        let reply = client
            .recover_password(visit.caller().request(request))
            .await?;
        Ok(entered(visit, reply.into_inner())?.into())
    }

    /// A new password for the one there is.
    #[graphql(complexity = "child_complexity + 50")]
    async fn change_password(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The password there is, and the new one.")] input: ChangePasswordInput,
    ) -> Result<ChangePasswordPayload> {
        let visit = visit(ctx);
        let signed = visit.resident()?;
        if let Err(limited) = enter(visit).await {
            return Ok(ChangePasswordPayload::RateLimited(limited));
        }
        let request = identity::ChangePasswordRequest {
            current: input.current,
            password: input.password,
        };
        let mut client = visit.edge.identity.clone();
        let reply = client
            .change_password(visit.caller().request(request))
            .await?;
        Ok(match outcome(reply.into_inner().outcome)? {
            change_password_reply::Outcome::Changed(common::Empty {}) => {
                ChangePasswordPayload::PasswordChanged(PasswordChanged {
                    viewer: Viewer::new(signed),
                })
            }
            change_password_reply::Outcome::Refused(refused) => {
                ChangePasswordPayload::PasswordRefused(refused.into())
            }
            change_password_reply::Outcome::Limited(limited) => {
                ChangePasswordPayload::RateLimited(limited.into())
            }
        })
    }
}
