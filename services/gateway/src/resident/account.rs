//! The account itself: its language and its devices.

use async_graphql::{Context, ID, InputObject, Object, Result, SimpleObject};
use contract::{SessionId, identity};

use crate::model::choice::Locale;
use crate::model::id::Opaque;
use crate::model::viewer::Viewer;
use crate::visit::visit;

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

#[derive(Default)]
pub(crate) struct Accounts;

#[Object]
impl Accounts {
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
