//! What a member may change about a membership: the home tile, seldom, and the pseudonym, seldom.

use contract::identity::{
    ChangeHomeReply, ChangeHomeRequest, ChangePseudonymReply, ChangePseudonymRequest, Membership,
    change_home_reply, change_pseudonym_reply,
};
use contract::{Caller, Fault, NeighbourhoodId};

use super::place;
use crate::Identity;
use crate::domain::limit::Limit;
use crate::domain::pseudonym::Pseudonym;
use crate::domain::refusal::Refusal;
use crate::domain::{day, home};
use crate::error::{IdentityFault, Spelling, Stop};
use crate::store::{membership, pseudonym};

/// For how many days nobody else may have a name that was let go.
const NAME_RESTS_DAYS: day::Day = 90;

/// How a change of home is answered.
const HOME: Spelling<Membership, change_home_reply::Outcome> = Spelling {
    done: change_home_reply::Outcome::Changed,
    refused: change_home_reply::Outcome::Refused,
    limited: change_home_reply::Outcome::Limited,
};
/// How a change of pseudonym is answered.
const PSEUDONYM: Spelling<Membership, change_pseudonym_reply::Outcome> = Spelling {
    done: change_pseudonym_reply::Outcome::Changed,
    refused: change_pseudonym_reply::Outcome::Refused,
    limited: change_pseudonym_reply::Outcome::Limited,
};

#[tracing::instrument(skip_all, fields(role = "identity", operation = "change_home"))]
pub(super) async fn change_home(
    identity: &Identity,
    caller: Caller,
    request: ChangeHomeRequest,
) -> Result<ChangeHomeReply, IdentityFault> {
    let done = moved(identity, &caller, request).await;
    let outcome = HOME.spell(done, identity.clock.now_ms(), caller.locale())?;
    Ok(ChangeHomeReply { outcome })
}

async fn moved(
    identity: &Identity,
    caller: &Caller,
    request: ChangeHomeRequest,
) -> Result<Membership, Stop> {
    let (resident, _) = caller.resident()?;
    let neighbourhood = NeighbourhoodId::from_bytes(&request.neighbourhood)?;
    let asked = place(request.place)?;
    let (resident, neighbourhood) = (resident.uuid(), neighbourhood.uuid());
    membership::of(identity.store.read(), neighbourhood, resident)
        .await?
        .ok_or_else(Fault::not_found)?;
    let now_ms = identity.clock.now_ms();

    let tx = identity.store.begin().await?;
    let (_, map) = identity.held_map(&tx, neighbourhood).await?;
    let home = home::placed(&map, asked)?;
    let member = membership::locked(&tx, neighbourhood, resident)
        .await?
        .ok_or_else(Fault::not_found)?;
    if member.home_chosen_day.is_none() || member.home_place != home.to_i64() {
        let changeable_at_ms = home::changeable_at_ms(member.home_chosen_day);
        if now_ms < changeable_at_ms {
            return Err(Stop::Limited {
                limit: Limit::Home,
                retry_at_ms: changeable_at_ms,
            });
        }
        membership::set_home(&tx, neighbourhood, resident, home, day::of(now_ms)).await?;
        tx.commit().await?;
    }
    Ok(identity.changed_membership(neighbourhood, resident).await?)
}

#[tracing::instrument(skip_all, fields(role = "identity", operation = "change_pseudonym"))]
pub(super) async fn change_pseudonym(
    identity: &Identity,
    caller: Caller,
    request: ChangePseudonymRequest,
) -> Result<ChangePseudonymReply, IdentityFault> {
    let done = renamed(identity, &caller, request).await;
    let outcome = PSEUDONYM.spell(done, identity.clock.now_ms(), caller.locale())?;
    Ok(ChangePseudonymReply { outcome })
}

async fn renamed(
    identity: &Identity,
    caller: &Caller,
    request: ChangePseudonymRequest,
) -> Result<Membership, Stop> {
    let (resident, _) = caller.resident()?;
    let neighbourhood = NeighbourhoodId::from_bytes(&request.neighbourhood)?;
    let (resident, neighbourhood) = (resident.uuid(), neighbourhood.uuid());
    let name = Pseudonym::choose(&request.pseudonym)?;
    let member = membership::of(identity.store.read(), neighbourhood, resident)
        .await?
        .ok_or_else(Fault::not_found)?;
    if member.pseudonym == name.shown() {
        return Ok(identity.changed_membership(neighbourhood, resident).await?);
    }
    let counted = identity.count_pseudonym(neighbourhood, resident).await?;

    let tx = identity.store.begin().await?;
    let member = membership::locked(&tx, neighbourhood, resident)
        .await?
        .ok_or_else(Fault::not_found)?;
    if !pseudonym::take(&tx, neighbourhood, &name, resident).await? {
        drop(tx);
        identity.was_right(counted).await?;
        return Err(Refusal::PseudonymTaken.into());
    }
    let former = Pseudonym::parse(&member.pseudonym)
        .ok()
        .filter(|former| former.folded() != name.folded());
    if let Some(former) = former {
        let free_day = day::of(identity.clock.now_ms()) + NAME_RESTS_DAYS;
        pseudonym::let_go(&tx, neighbourhood, &former, resident, free_day).await?;
    }
    membership::set_pseudonym(&tx, neighbourhood, resident, name.shown()).await?;
    tx.commit().await?;
    Ok(identity.changed_membership(neighbourhood, resident).await?)
}
