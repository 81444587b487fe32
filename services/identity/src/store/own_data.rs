//! Everything a resident's erasure removes here.

use sea_orm::QueryOrder;
use sea_orm::entity::prelude::*;
use store::{StoreFault, Tx};
use uuid::Uuid;

use super::{
    account, area, invite, mail, membership, neighbourhood, postcard, pseudonym, questioned,
    recovery, reserve, restraint, seen, session, vouching,
};

/// Removes an account and whatever is about it; answers the sessions that ended.
/// Sign-ups made with its address are given up by the caller first, because their invites get a use back. The caller holds
/// the account, so that it becomes a member nowhere else meanwhile.
pub async fn erase(tx: &Tx, resident: Uuid) -> Result<Vec<Uuid>, StoreFault> {
    let members = membership::Entity::find()
        .filter(membership::Column::Resident.eq(resident))
        .order_by_asc(membership::Column::Neighbourhood)
        .all(&**tx)
        .await?;
    // Before anything else is locked but the account: a new map that is being made would go on writing where its member
    // lives and what they follow.
    for member in &members {
        neighbourhood::held(tx, member.neighbourhood).await?;
    }
    let sessions = session::end_others(tx, resident, None).await?;
    session::forget_devices(tx, resident).await?;
    recovery::delete_of(tx, resident).await?;
    mail::delete_to(tx, resident).await?;
    pseudonym::free(tx, resident).await?;
    membership::Entity::delete_many()
        .filter(membership::Column::Resident.eq(resident))
        .exec(&**tx)
        .await?;
    // After the memberships: whoever is making an invite or following an area holds one, and is waited for.
    area::erase(tx, resident).await?;
    invite::Entity::delete_many()
        .filter(invite::Column::Creator.eq(resident))
        .exec(&**tx)
        .await?;
    // After the memberships, too: who vouches, or doubts, holds one.
    for asked in vouching::of(&**tx, resident).await? {
        vouching::delete(tx, asked.id).await?;
    }
    vouching::take_back_all(tx, None, resident).await?;
    postcard::delete_of(tx, None, resident).await?;
    questioned::delete_of(tx, resident).await?;
    seen::delete_of(tx, resident).await?;
    reserve::delete_of(tx, resident).await?;
    restraint::delete_of(tx, resident).await?;
    account::delete(&**tx, resident).await?;
    Ok(sessions)
}
