//! A resident joins a further neighbourhood; names to choose from.

use contract::identity::{
    JoinReply, JoinRequest, Membership, SuggestPseudonymReply, SuggestPseudonymRequest, join_reply,
};
use contract::{Caller, Fault};
use geo::Place;
use store::Tx;
use uuid::Uuid;

use super::place;
use crate::Identity;
use crate::domain::pseudonym::Pseudonym;
use crate::domain::refusal::Refusal;
use crate::domain::{day, home, suggestion};
use crate::error::{IdentityFault, Spelling, Stop};
use crate::store::{account, invite, membership, pseudonym, sign_up};

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

async fn attempt(
    identity: &Identity,
    caller: &Caller,
    request: JoinRequest,
) -> Result<Membership, Stop> {
    let (resident, _) = caller.resident()?;
    let asked = request.home_place.map(place).transpose()?;
    let name = Pseudonym::parse(&request.pseudonym)?;
    let counted = identity.count_code(caller).await?;
    let invite = identity
        .invite_of(&request.code)
        .await?
        .ok_or(Refusal::CodeUnknown)?;
    let done = enter(identity, &invite, resident.uuid(), &name, asked).await;
    let wrong =
        matches!(&done, Err(Stop::Refused(reasons)) if reasons.contains(&Refusal::CodeUnknown));
    if !wrong {
        identity.was_right(counted).await?;
    }
    done?;
    Ok(identity
        .changed_membership(invite.neighbourhood, resident.uuid())
        .await?)
}

async fn enter(
    identity: &Identity,
    invite: &invite::Model,
    resident: Uuid,
    name: &Pseudonym,
    asked: Option<Place>,
) -> Result<(), Stop> {
    let now_ms = identity.clock.now_ms();
    let today = day::of(now_ms);

    let tx = identity.store.begin().await?;
    // Held, so that an account that is being erased gets nothing new.
    let account = account::locked(&tx, resident)
        .await?
        .ok_or_else(Fault::unauthenticated)?;
    let hashes = identity
        .secrets
        .address_hashes(&identity.address_of(&account)?);
    let (row, map) = identity.held_map(&tx, invite.neighbourhood).await?;
    let home = asked.map(|asked| home::placed(&map, asked)).transpose();
    invite::locked(&tx, invite.id)
        .await?
        .ok_or(Refusal::CodeUnknown)?;
    give_up_own(&tx, invite.id, &hashes).await?;
    if !invite::use_up(&tx, invite.id, false, now_ms).await? {
        return Err(Refusal::CodeUnknown.into());
    }
    if membership::of(&*tx, row.id, resident).await?.is_some() {
        return Err(Refusal::AlreadyMember.into());
    }
    if membership::count_of(&*tx, resident).await? >= membership::AT_MOST {
        return Err(Refusal::TooManyNeighbourhoods.into());
    }
    let home = home?;
    if !pseudonym::take(&tx, row.id, name, resident).await? {
        return Err(Refusal::PseudonymTaken.into());
    }
    let (inviter_hash, inviter_key) = identity.inviter_hash(invite);
    let joined = membership::Model {
        neighbourhood: row.id,
        resident,
        pseudonym: name.shown().to_owned(),
        home_place: home.unwrap_or(Place::Whole).to_i64(),
        home_chosen_day: home.map(|_| today),
        method: membership::method(invite.founder, inviter_hash.is_some()),
        joined_day: today,
        joined_by_month: false,
        inviter_hash,
        inviter_key,
        founder: invite.founder,
        moderator: false,
        suspended_until_ms: None,
        restraints: 0,
    };
    if !membership::insert(&tx, joined).await? {
        return Err(Refusal::AlreadyMember.into());
    }
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
