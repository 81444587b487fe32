//! A resident joins with the code of an invite or of a postcard; names to choose from.

use contract::identity::{
    JoinReply, JoinRequest, Membership, SuggestPseudonymReply, SuggestPseudonymRequest, join_reply,
};
use contract::{Caller, Fault};
use geo::Place;
use store::Tx;
use uuid::Uuid;

use super::admit::{Newcomer, may_enter};
use super::place;
use crate::Identity;
use crate::domain::pseudonym::Pseudonym;
use crate::domain::refusal::Refusal;
use crate::domain::{home, suggestion};
use crate::error::{IdentityFault, Spelling, Stop};
use crate::store::{account, invite, membership, postcard, pseudonym, sign_up};

/// How many names are suggested.
const SUGGESTED: usize = 6;

/// How joining is answered.
const JOIN: Spelling<Membership, join_reply::Outcome> = Spelling {
    done: join_reply::Outcome::Joined,
    refused: join_reply::Outcome::Refused,
    limited: join_reply::Outcome::Limited,
};

#[tracing::instrument(skip_all, fields(role = "identity", operation = "join"))]
pub(super) async fn join(
    identity: &Identity,
    caller: Caller,
    request: JoinRequest,
) -> Result<JoinReply, IdentityFault> {
    let done = attempt(identity, &caller, request).await;
    let outcome = JOIN.spell(done, identity.clock.now_ms(), caller.locale())?;
    Ok(JoinReply { outcome })
}

/// What a code opens for somebody.
enum Opening {
    Invite(invite::Model),
    Postcard(postcard::Model),
}

async fn attempt(
    identity: &Identity,
    caller: &Caller,
    request: JoinRequest,
) -> Result<Membership, Stop> {
    let (resident, _) = caller.resident()?;
    let asked = request.home_place.map(place).transpose()?;
    let name = Pseudonym::choose(&request.pseudonym)?;
    let counted = identity.count_code(caller).await?;
    let opening = opening(identity, resident.uuid(), &request.code)
        .await?
        .ok_or(Refusal::CodeUnknown)?;
    let neighbourhood = match &opening {
        Opening::Invite(invite) => invite.neighbourhood,
        Opening::Postcard(postcard) => postcard.neighbourhood,
    };
    let done = enter(identity, &opening, resident.uuid(), &name, asked).await;
    let wrong =
        matches!(&done, Err(Stop::Refused(reasons)) if reasons.contains(&Refusal::CodeUnknown));
    if !wrong {
        identity.was_right(counted).await?;
    }
    done?;
    Ok(identity
        .changed_membership(neighbourhood, resident.uuid())
        .await?)
}

async fn opening(identity: &Identity, resident: Uuid, code: &str) -> Result<Option<Opening>, Stop> {
    if let Some(invite) = identity.invite_of(code).await? {
        return Ok(Some(Opening::Invite(invite)));
    }
    let postcard = identity.postcard_of(resident, code).await?;
    Ok(postcard.map(Opening::Postcard))
}

async fn enter(
    identity: &Identity,
    opening: &Opening,
    resident: Uuid,
    name: &Pseudonym,
    asked: Option<Place>,
) -> Result<(), Stop> {
    let now_ms = identity.clock.now_ms();

    let tx = identity.store.begin().await?;
    // Held, so that an account that is being erased gets nothing new.
    let account = account::locked(&tx, resident)
        .await?
        .ok_or_else(Fault::unauthenticated)?;
    let neighbourhood = match opening {
        Opening::Invite(invite) => invite.neighbourhood,
        Opening::Postcard(postcard) => postcard.neighbourhood,
    };
    let (_, map) = identity.held_map(&tx, neighbourhood).await?;
    let home = asked.map(|asked| home::placed(&map, asked)).transpose();
    let (method, founder, inviter) = match opening {
        Opening::Invite(invite) => {
            let address = identity.address_of(&account)?;
            let hashes = identity.secrets.address_hashes(&address);
            invite::locked(&tx, invite.id)
                .await?
                .ok_or(Refusal::CodeUnknown)?;
            give_up_own(&tx, invite.id, &hashes).await?;
            if !invite::use_up(&tx, invite.id, false, now_ms).await? {
                return Err(Refusal::CodeUnknown.into());
            }
            let inviter = identity.inviter_hash(invite);
            let method = membership::method(invite.founder, inviter.is_some());
            (method, invite.founder, inviter)
        }
        Opening::Postcard(postcard) => {
            if !postcard::delete(&tx, postcard.id).await? {
                return Err(Refusal::CodeUnknown.into());
            }
            (membership::POSTCARD.to_owned(), false, None)
        }
    };
    may_enter(&tx, neighbourhood, resident).await?;
    let newcomer = Newcomer {
        neighbourhood,
        resident,
        name,
        home: home?,
        method,
        founder,
        sponsors: [inviter, None],
    };
    identity.admit(&tx, newcomer).await?;
    tx.commit().await?;
    Ok(())
}

/// Somebody with an account who first tried to sign up with this code reserved a use of it: that one is theirs.
async fn give_up_own(tx: &Tx, invite: Uuid, address: &[Vec<u8>]) -> Result<(), Stop> {
    for (id, of) in sign_up::of_address(&**tx, address).await? {
        if of == invite && sign_up::delete(tx, id).await? {
            invite::settle(tx, invite, true).await?;
            pseudonym::free(tx, id).await?;
        }
    }
    Ok(())
}

/// Names that nobody has where a code leads to.
#[tracing::instrument(skip_all, fields(role = "identity", operation = "suggest_pseudonym"))]
pub(super) async fn suggest_pseudonym(
    identity: &Identity,
    caller: Caller,
    request: SuggestPseudonymRequest,
) -> Result<SuggestPseudonymReply, IdentityFault> {
    let invite = identity
        .usable_invite(&caller, &request.code)
        .await
        .map_err(|stop| identity.as_fault(stop, &caller))?;
    let drawn = suggestion::suggest(caller.locale(), 4 * SUGGESTED, &identity.entropy);
    let names: Vec<Pseudonym> = drawn
        .iter()
        .filter_map(|name| Pseudonym::parse(name).ok())
        .collect();
    let folded = names.iter().map(|name| name.folded().to_owned()).collect();
    let taken = pseudonym::taken(identity.store.read(), invite.neighbourhood, folded).await?;
    let free = names.iter().filter(|name| !taken.contains(name.folded()));
    let pseudonyms = free
        .take(SUGGESTED)
        .map(|name| name.shown().to_owned())
        .collect();
    Ok(SuggestPseudonymReply { pseudonyms })
}

impl Identity {
    /// What stopped a call whose answer has no place for refusals.
    pub(super) fn as_fault(&self, stop: Stop, caller: &Caller) -> IdentityFault {
        let locale = caller.locale();
        match stop {
            Stop::Fault(fault) => fault,
            Stop::Limited { limit, retry_at_ms } => {
                let sentence = limit.sentence(retry_at_ms, self.clock.now_ms(), locale);
                Fault::limited(sentence, retry_at_ms).into()
            }
            Stop::Refused(reasons) => reasons
                .first()
                .map_or_else(Fault::internal, |reason| {
                    Fault::invalid(reason.code(), reason.sentence(locale)).at(reason.field())
                })
                .into(),
        }
    }
}
