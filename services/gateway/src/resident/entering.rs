//! The ways in and out: signing up with a code, the link in the mail, signing in, signing out.

use async_graphql::{Context, InputObject, Object, Result, SimpleObject, Union};
use contract::identity::{sign_in_reply, sign_up_reply};
use contract::{common, identity};

use super::{enter, outcome};
use crate::model::refusal::{RateLimited, refused};
use crate::model::scalar::CellToken;
use crate::model::viewer::Viewer;
use crate::visit::{Visit, visit};

/// Joins a neighbourhood with a code and an address; or, without a code, makes an account that is a member nowhere yet and asks
/// neighbours to vouch, or for a postcard.
#[derive(InputObject)]
pub(crate) struct SignUpInput {
    /// The address; only mail is ever sent there, and nobody else learns it.
    #[graphql(secret)]
    email: String,
    /// At least 10 characters, not easily guessed.
    #[graphql(secret)]
    password: String,
    /// The invite code; absent: an account alone.
    #[graphql(secret)]
    code: Option<String>,
    /// The name under what one signs there; a code asks for one.
    pseudonym: Option<String>,
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

/// A mail is on its way, whether or not the address was known: what comes next is written there.
#[derive(SimpleObject)]
pub(crate) struct MailSent {
    /// Always true.
    look_into_mailbox: bool,
}

/// The one mail-sent answer there is: alike for known and unknown addresses.
pub(super) const MAIL_SENT: MailSent = MailSent {
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

refused! {
    /// Not signed up.
    SignUpRefused
    /// Not signed in.
    SignInRefused
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

/// The three ways in end alike.
pub(super) enum Entered {
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
pub(super) use from_entered;
from_entered!(ConfirmEmailPayload, SignInPayload);

/// Takes in what came of a way in: whoever came in is signed in from here on.
///
/// # Errors
/// `INTERNAL` when identity's answer is not readable.
pub(super) fn entered(visit: &Visit, reply: identity::SignInReply) -> Result<Entered> {
    Ok(match outcome(reply.outcome)? {
        sign_in_reply::Outcome::SignedIn(signed_in) => Entered::In(SignedIn {
            viewer: Viewer::new(visit.sign_in(signed_in)?),
        }),
        sign_in_reply::Outcome::Refused(refused) => Entered::Refused(refused.into()),
        sign_in_reply::Outcome::Limited(limited) => Entered::Limited(limited.into()),
    })
}

#[derive(Default)]
pub(crate) struct Entering;

#[Object]
impl Entering {
    /// Joins with a code, or makes an account alone. Answers alike whether or not the address is known.
    #[graphql(complexity = "child_complexity + 50")]
    async fn sign_up(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Address, password, code and name.")] input: SignUpInput,
    ) -> Result<SignUpPayload> {
        let visit = visit(ctx);
        if let Err(limited) = enter(visit).await {
            return Ok(SignUpPayload::RateLimited(limited));
        }
        let request = identity::SignUpRequest {
            email: input.email,
            password: input.password,
            code: input.code,
            pseudonym: input.pseudonym.unwrap_or_default(),
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
        if let Err(limited) = enter(visit).await {
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
        if let Err(limited) = enter(visit).await {
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
}
