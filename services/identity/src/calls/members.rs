//! Moderators look a member up by name.

use contract::identity::{ListMembersReply, ListMembersRequest, Member};
use contract::{Caller, Fault, NeighbourhoodId};

use super::moderator;
use crate::Identity;
use crate::domain::invite::newcomer_until_ms;
use crate::domain::{day, pseudonym as name};
use crate::error::IdentityFault;
use crate::store::{membership, pseudonym, restraint, seen};

/// So many are told: who looks for somebody knows how the name begins, and there is no list of everybody.
const AT_MOST: usize = 20;

/// Whoever is among them can see that moderators looked, and on which day.
#[tracing::instrument(skip_all, fields(role = "identity", operation = "list_members"))]
pub(super) async fn list_members(
    identity: &Identity,
    caller: Caller,
    request: ListMembersRequest,
) -> Result<ListMembersReply, IdentityFault> {
    let id = NeighbourhoodId::from_bytes(&request.neighbourhood)?.uuid();
    let me = moderator(identity, &caller, id).await?;
    let beginning = name::beginning(&request.beginning).ok_or_else(|| {
        Fault::invalid(
            "TOO_SHORT",
            caller.locale().pick(
                "Écrivez au moins les deux premières lettres du pseudonyme.",
                "Write at least the first two letters of the pseudonym.",
            ),
        )
        .at("beginning")
    })?;
    let now_ms = identity.clock.now_ms();
    let today = day::of(now_ms);
    let tx = identity.store.begin().await?;
    let mut members = Vec::new();
    let found = pseudonym::beginning(&*tx, id, &beginning, AT_MOST as u64 + 1).await?;
    let has_more = found.len() > AT_MOST;
    for holder in found.into_iter().take(AT_MOST) {
        let Some(member) = membership::of(&*tx, id, holder).await? else {
            continue;
        };
        if member.resident != me {
            seen::note(&tx, id, member.resident, today, seen::NAME).await?;
        }
        let suspended = restraint::until_ms(&*tx, id, holder)
            .await?
            .filter(|until_ms| now_ms < *until_ms);
        members.push(Member {
            since_month_ms: day::start_ms(day::first_of_month(member.joined_day)),
            newcomer: !member.founder && now_ms < newcomer_until_ms(member.joined_day),
            moderator: member.moderator,
            suspended_until_ms: suspended.unwrap_or_default(),
            pseudonym: member.pseudonym,
            method: member.method,
        });
    }
    tx.commit().await?;
    Ok(ListMembersReply { members, has_more })
}
