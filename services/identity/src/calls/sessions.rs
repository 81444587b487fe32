//! Sessions: from a token to who is looking; the list; ending one.

use contract::common::Empty;
use contract::identity::{
    AuthenticateRequest, ListSessionsReply, RevokeSessionRequest, Session, Viewer,
};
use contract::{Caller, Fault, SessionId};
use uuid::Uuid;

use crate::Identity;
use crate::domain::day;
use crate::domain::session::{Days, OVERLAP_MS, Use, has_ended, used};
use crate::domain::token::Token;
use crate::error::IdentityFault;
use crate::secrets::Kind;
use crate::store::{account, session};

/// Every day the token changes once; the one before works here for two more minutes, for requests under way, and the edge
/// goes on taking it for the new one for an hour.
#[tracing::instrument(skip_all, fields(role = "identity", operation = "authenticate"))]
pub(super) async fn authenticate(
    identity: &Identity,
    request: AuthenticateRequest,
) -> Result<Viewer, IdentityFault> {
    let token = Token::parse(&request.session_token).ok_or_else(Fault::unauthenticated)?;
    let hashes = identity.secrets.token_hashes(Kind::Session, &token);
    let now_ms = identity.clock.now_ms();
    let today = day::of(now_ms);
    let db = identity.store.read();
    let session = session::by_token(db, &hashes, now_ms)
        .await?
        .ok_or_else(Fault::unauthenticated)?;
    let days = Days {
        created: session.created_day,
        seen: session.seen_day,
    };
    let rotated = match used(days, today) {
        Use::Ended => return Err(Fault::unauthenticated().into()),
        Use::Open => String::new(),
        Use::Rotate => {
            let fresh = Token::draw(&identity.entropy);
            let hash = identity.secrets.hash(Kind::Session, fresh.bytes()).bytes;
            let tx = identity.store.begin().await?;
            let rotated = session::rotate(&tx, &session, hash, now_ms + OVERLAP_MS, today).await?;
            tx.commit().await?;
            // Another request of the same device was faster: it has the new token.
            if rotated { fresh.text() } else { String::new() }
        }
    };
    let account = account::by_id(db, session.resident)
        .await?
        .ok_or_else(Fault::unauthenticated)?;
    identity.viewer(&account, session.id, rotated).await
}

#[tracing::instrument(skip_all, fields(role = "identity", operation = "sign_out"))]
pub(super) async fn sign_out(identity: &Identity, caller: Caller) -> Result<Empty, IdentityFault> {
    let (resident, session) = caller.resident()?;
    end(identity, resident.uuid(), session.uuid()).await?;
    Ok(Empty {})
}

#[tracing::instrument(skip_all, fields(role = "identity", operation = "list_sessions"))]
pub(super) async fn list_sessions(
    identity: &Identity,
    caller: Caller,
) -> Result<ListSessionsReply, IdentityFault> {
    let (resident, current) = caller.resident()?;
    let today = day::of(identity.clock.now_ms());
    let sessions = session::of(identity.store.read(), resident.uuid()).await?;
    let sessions = sessions
        .into_iter()
        .filter(|session| {
            !has_ended(
                Days {
                    created: session.created_day,
                    seen: session.seen_day,
                },
                today,
            )
        })
        .map(|session| Session {
            id: SessionId::new(session.id).to_bytes(),
            device: session.device,
            created_day_ms: day::start_ms(session.created_day),
            last_seen_day_ms: day::start_ms(session.seen_day),
            current: session.id == current.uuid(),
        });
    Ok(ListSessionsReply {
        sessions: sessions.collect(),
    })
}

#[tracing::instrument(skip_all, fields(role = "identity", operation = "revoke_session"))]
pub(super) async fn revoke_session(
    identity: &Identity,
    caller: Caller,
    request: RevokeSessionRequest,
) -> Result<Empty, IdentityFault> {
    let (resident, _) = caller.resident()?;
    let session = SessionId::from_bytes(&request.session)?;
    if end(identity, resident.uuid(), session.uuid()).await? {
        Ok(Empty {})
    } else {
        Err(Fault::not_found().into())
    }
}

async fn end(identity: &Identity, resident: Uuid, session: Uuid) -> Result<bool, IdentityFault> {
    let tx = identity.store.begin().await?;
    let ended = session::end(&tx, resident, session).await?;
    tx.commit().await?;
    if ended {
        identity.sessions_ended(&[session]);
    }
    Ok(ended)
}
