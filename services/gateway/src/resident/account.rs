//! Signing up, in and out; passwords and sessions.

use async_graphql::{Context, ID, InputObject, Object, Result, SimpleObject, Union};
use contract::identity::{change_password_reply, sign_in_reply, sign_up_reply};
use contract::{SessionId, common, identity};

use super::{enter, outcome};
use crate::model::choice::Locale;
use crate::model::id::Opaque;
use crate::model::refusal::{RateLimited, refused};
use crate::model::scalar::CellToken;
use crate::model::viewer::Viewer;
use crate::visit::{Visit, visit};

/// Joins a neighbourhood with a code and an address.
#[derive(InputObject)]
pub(crate) struct SignUpInput {
    /// The address; only mail is ever sent there, and nobody else learns it.
    #[graphql(secret)]
    email: String,
    /// At least 10 characters, not easily guessed.
    #[graphql(secret)]
    password: String,
    /// The invite code.
    #[graphql(secret)]
    code: String,
    /// The name under what one signs there.
    pseudonym: String,
    /// Home, as coarse as the map; absent: the whole neighbourhood, until one chooses.
    home_cell: Option<CellToken>,
}

/// The link in the mail.
#[derive(InputObject)]
pub(crate) struct ConfirmEmailInput {
    /// What the link carries.
    #[graphql(secret)]
    token: String,
}

/// An address and its password.
#[derive(InputObject)]
pub(crate) struct SignInInput {
    /// The address.
    #[graphql(secret)]
    email: String,
    /// The password.
    #[graphql(secret)]
    password: String,
}

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

/// Another language.
#[derive(InputObject)]
pub(crate) struct ChangeLocaleInput {
    /// The language of mails and sentences.
    locale: Locale,
}

/// A device that is to be signed out.
#[derive(InputObject)]
pub(crate) struct RevokeSessionInput {
    /// Its session.
    session: ID,
}

/// A mail is on its way, whether or not the address was known: what comes next is written there.
#[derive(SimpleObject)]
pub(crate) struct MailSent {
    /// Always true.
    look_into_mailbox: bool,
}

const MAIL_SENT: MailSent = MailSent {
    look_into_mailbox: true,
};

/// Signed in: the session is in the cookie.
#[derive(SimpleObject)]
pub(crate) struct SignedIn {
    /// Who.
    viewer: Viewer,
}

/// Signed out; so is who was not signed in.
#[derive(SimpleObject)]
pub(crate) struct SignOutPayload {
    /// Always true.
    signed_out: bool,
}

/// The new password is good, and every other device is signed out.
#[derive(SimpleObject)]
pub(crate) struct PasswordChanged {
    /// Who.
    viewer: Viewer,
}

/// The language was changed.
#[derive(SimpleObject)]
pub(crate) struct ChangeLocalePayload {
    /// Who.
    viewer: Viewer,
}

/// The device was signed out.
#[derive(SimpleObject)]
pub(crate) struct RevokeSessionPayload {
    /// Which session ended.
    id: ID,
}

refused! {
    /// Not signed up.
    SignUpRefused
    /// Not signed in.
    SignInRefused
    /// The password stays as it was.
    PasswordRefused
}

/// What came of signing up.
#[derive(Union)]
pub(crate) enum SignUpPayload {
    /// A mail was sent.
    MailSent(MailSent),
    /// Not signed up.
    SignUpRefused(SignUpRefused),
    /// Too often.
    RateLimited(RateLimited),
}

/// What came of the link in the mail.
#[derive(Union)]
pub(crate) enum ConfirmEmailPayload {
    /// Signed in.
    SignedIn(SignedIn),
    /// Not signed in.
    SignInRefused(SignInRefused),
    /// Too often.
    RateLimited(RateLimited),
}

/// What came of signing in.
#[derive(Union)]
pub(crate) enum SignInPayload {
    /// Signed in.
    SignedIn(SignedIn),
    /// Not signed in.
    SignInRefused(SignInRefused),
    /// Too often.
    RateLimited(RateLimited),
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

/// The three ways in end alike.
enum Entered {
    In(SignedIn),
    Refused(SignInRefused),
    Limited(RateLimited),
}

macro_rules! from_entered {
    ($($payload:ident),+) => {$(
        impl From<Entered> for $payload {
            fn from(entered: Entered) -> Self {
                match entered {
                    Entered::In(signed_in) => Self::SignedIn(signed_in),
                    Entered::Refused(refused) => Self::SignInRefused(refused),
                    Entered::Limited(limited) => Self::RateLimited(limited),
                }
            }
        }
    )+};
}
from_entered!(ConfirmEmailPayload, SignInPayload, RecoverPasswordPayload);

fn entered(visit: &Visit, reply: identity::SignInReply) -> Result<Entered> {
    Ok(match outcome(reply.outcome)? {
        sign_in_reply::Outcome::SignedIn(signed_in) => Entered::In(SignedIn {
            viewer: Viewer::new(visit.sign_in(signed_in)?),
        }),
        sign_in_reply::Outcome::Refused(refused) => Entered::Refused(refused.into()),
        sign_in_reply::Outcome::Limited(limited) => Entered::Limited(limited.into()),
    })
}

#[derive(Default)]
pub(crate) struct Accounts;

#[Object]
impl Accounts {
    /// Joins with a code. Answers alike whether or not the address is known.
    #[graphql(complexity = "child_complexity + 50")]
    async fn sign_up(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Address, password, code and name.")] input: SignUpInput,
    ) -> Result<SignUpPayload> {
        let visit = visit(ctx);
        if let Err(limited) = enter(visit) {
            return Ok(SignUpPayload::RateLimited(limited));
        }
        let request = identity::SignUpRequest {
            email: input.email,
            password: input.password,
            code: input.code,
            pseudonym: input.pseudonym,
            // Finer than a map's tiles it cannot be used: identity knows the map that the code opens.
            home_place: input.home_cell.map(|cell| cell.0.to_i64()),
        };
        let mut client = visit.edge.identity.clone();
        let reply = client.sign_up(visit.caller().request(request)).await?;
        Ok(match outcome(reply.into_inner().outcome)? {
            sign_up_reply::Outcome::Mailed(common::Empty {}) => SignUpPayload::MailSent(MAIL_SENT),
            sign_up_reply::Outcome::Refused(refused) => {
                SignUpPayload::SignUpRefused(refused.into())
            }
            sign_up_reply::Outcome::Limited(limited) => SignUpPayload::RateLimited(limited.into()),
        })
    }

    /// The link in the mail: the account becomes usable and this device is signed in.
    #[graphql(complexity = "child_complexity + 50")]
    async fn confirm_email(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What the link carries.")] input: ConfirmEmailInput,
    ) -> Result<ConfirmEmailPayload> {
        let visit = visit(ctx);
        if let Err(limited) = enter(visit) {
            return Ok(ConfirmEmailPayload::RateLimited(limited));
        }
        let request = identity::ConfirmEmailRequest {
            token: input.token,
            device: visit.device(),
        };
        let mut client = visit.edge.identity.clone();
        let reply = client
            .confirm_email(visit.caller().request(request))
            .await?;
        Ok(entered(visit, reply.into_inner())?.into())
    }

    /// Signs this device in: the session is in the cookie of the answer.
    #[graphql(complexity = "child_complexity + 50")]
    async fn sign_in(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Address and password.")] input: SignInInput,
    ) -> Result<SignInPayload> {
        let visit = visit(ctx);
        if let Err(limited) = enter(visit) {
            return Ok(SignInPayload::RateLimited(limited));
        }
        let request = identity::SignInRequest {
            email: input.email,
            password: input.password,
            device: visit.device(),
        };
        let mut client = visit.edge.identity.clone();
        let reply = client.sign_in(visit.caller().request(request)).await?;
        Ok(entered(visit, reply.into_inner())?.into())
    }

    /// Signs this device out.
    async fn sign_out(&self, ctx: &Context<'_>) -> Result<SignOutPayload> {
        let visit = visit(ctx);
        if visit.signed().is_some() {
            let request = visit.caller().request(common::Empty {});
            visit.edge.identity.clone().sign_out(request).await?;
        }
        visit.sign_out();
        Ok(SignOutPayload { signed_out: true })
    }

    /// Mails a link by which a new password is chosen. Answers alike whether or not the address is known.
    #[graphql(complexity = "child_complexity + 50")]
    async fn request_recovery(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Whose password was forgotten.")] input: RequestRecoveryInput,
    ) -> Result<RequestRecoveryPayload> {
        let visit = visit(ctx);
        if let Err(limited) = enter(visit) {
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
        if let Err(limited) = enter(visit) {
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
        if let Err(limited) = enter(visit) {
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

    /// Another language for mails and sentences.
    async fn change_locale(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The language.")] input: ChangeLocaleInput,
    ) -> Result<ChangeLocalePayload> {
        let visit = visit(ctx);
        visit.resident()?;
        let request = identity::ChangeLocaleRequest {
            locale: contract::Locale::from(input.locale).tag().to_owned(),
        };
        let mut client = visit.edge.identity.clone();
        client
            .change_locale(visit.caller().request(request))
            .await?;
        visit.refresh().await?;
        Ok(ChangeLocalePayload {
            viewer: Viewer::new(visit.resident()?),
        })
    }

    /// Signs a device out. One that is not the caller's is not found.
    async fn revoke_session(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which device.")] input: RevokeSessionInput,
    ) -> Result<RevokeSessionPayload> {
        let visit = visit(ctx);
        let signed = visit.resident()?;
        let session = SessionId::read(&input.session, "session")?;
        let request = identity::RevokeSessionRequest {
            session: session.to_bytes(),
        };
        let mut client = visit.edge.identity.clone();
        client
            .revoke_session(visit.caller().request(request))
            .await?;
        if session == signed.session {
            visit.sign_out();
        }
        Ok(RevokeSessionPayload {
            id: session.opaque(),
        })
    }
}
