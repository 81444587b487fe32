//! Invites: made, listed, revoked.

use contract::common::Empty;
use contract::identity::{
    CreateInviteReply, CreateInviteRequest, Invite, ListInvitesReply, ListInvitesRequest,
    RevokeInviteRequest, create_invite_reply,
};
use contract::{Caller, Fault, InviteId, NeighbourhoodId};
use uuid::Uuid;

use crate::Identity;
use crate::domain::code::Code;
use crate::domain::invite::{Inviter, may_invite, terms};
use crate::error::{IdentityFault, Spelling, Stop};
use crate::gone;
use crate::store::{invite, membership, neighbourhood, restraint};

/// How making an invite is answered.
const CREATE: Spelling<Invite, create_invite_reply::Outcome> = Spelling {
    done: create_invite_reply::Outcome::Created,
    refused: create_invite_reply::Outcome::Refused,
    limited: create_invite_reply::Outcome::Limited,
};

#[tracing::instrument(skip_all, fields(role = "identity", operation = "create_invite"))]
pub(super) async fn create_invite(
    identity: &Identity,
    caller: Caller,
    request: CreateInviteRequest,
) -> Result<CreateInviteReply, IdentityFault> {
    let done = create(identity, &caller, &request).await;
    let outcome = CREATE.spell(done, identity.clock.now_ms(), caller.locale())?;
    Ok(CreateInviteReply { outcome })
}

async fn create(
    identity: &Identity,
    caller: &Caller,
    request: &CreateInviteRequest,
) -> Result<Invite, Stop> {
    let neighbourhood = NeighbourhoodId::from_bytes(&request.neighbourhood)?.uuid();
    let creator = creator(caller)?;
    if request.founder && creator.is_some() {
        return Err(Fault::forbidden("Only the operator of this board invites founders.").into());
    }
    let now_ms = identity.clock.now_ms();
    let terms = terms(request.uses, request.days, now_ms)?;
    let tx = identity.store.begin().await?;
    if let Some(resident) = creator {
        // Held, so that of two invites made at once the second counts the first.
        let member = membership::locked(&tx, neighbourhood, resident)
            .await?
            .ok_or_else(Fault::not_found)?;
        let inviter = Inviter {
            joined: member.joined_day,
            founder: member.founder,
            suspended_until_ms: restraint::until_ms(&*tx, neighbourhood, resident).await?,
            open: invite::count_open(&tx, neighbourhood, resident, now_ms).await?,
        };
        may_invite(inviter, now_ms)?;
    } else {
        neighbourhood::by_id(&*tx, neighbourhood)
            .await?
            .ok_or_else(Fault::not_found)?;
    }
    let code = Code::draw(&identity.entropy);
    let id = identity.draw_id();
    invite::insert(
        &tx,
        invite::Model {
            id,
            neighbourhood,
            code_hash: identity.secrets.code_hash(&code).bytes,
            creator,
            founder: request.founder,
            uses_left: terms.uses,
            reserved: 0,
            expires_at_ms: terms.expires_at_ms,
        },
    )
    .await?;
    tx.commit().await?;
    Ok(Invite {
        id: InviteId::new(id).to_bytes(),
        code: code.shown(),
        uses_left: request.uses,
        expires_at_ms: terms.expires_at_ms,
    })
}

#[tracing::instrument(skip_all, fields(role = "identity", operation = "list_invites"))]
pub(super) async fn list_invites(
    identity: &Identity,
    caller: Caller,
    request: ListInvitesRequest,
) -> Result<ListInvitesReply, IdentityFault> {
    let neighbourhood = NeighbourhoodId::from_bytes(&request.neighbourhood)?.uuid();
    let creator = creator(&caller)?;
    let db = identity.store.read();
    if let Some(resident) = creator {
        membership::of(db, neighbourhood, resident)
            .await?
            .ok_or_else(Fault::not_found)?;
    }
    let open = invite::list_open(db, neighbourhood, creator, identity.clock.now_ms()).await?;
    let invites = open.into_iter().map(|invite| Invite {
        id: InviteId::new(invite.id).to_bytes(),
        code: String::new(),
        uses_left: u32::try_from(invite.uses_left).unwrap_or_default(),
        expires_at_ms: invite.expires_at_ms,
    });
    Ok(ListInvitesReply {
        invites: invites.collect(),
    })
}

#[tracing::instrument(skip_all, fields(role = "identity", operation = "revoke_invite"))]
pub(super) async fn revoke_invite(
    identity: &Identity,
    caller: Caller,
    request: RevokeInviteRequest,
) -> Result<Empty, IdentityFault> {
    let neighbourhood = NeighbourhoodId::from_bytes(&request.neighbourhood)?.uuid();
    let invite = InviteId::from_bytes(&request.invite)?.uuid();
    let creator = creator(&caller)?;
    let tx = identity.store.begin().await?;
    tx.gone(gone::invite(invite));
    if !invite::revoke(&tx, neighbourhood, invite, creator).await? {
        return Err(Fault::not_found().into());
    }
    tx.commit().await?;
    Ok(Empty {})
}

/// Who invites: a resident, or nobody but the operator.
fn creator(caller: &Caller) -> Result<Option<Uuid>, Fault> {
    match caller {
        Caller::Operator => Ok(None),
        _ => caller.resident().map(|(resident, _)| Some(resident.uuid())),
    }
}
