//! About whom a moderator leaves it to others to decide: whom they invited or vouched for, and who did so for them.

use contract::identity::{ListLeftToOthersReply, ListLeftToOthersRequest};
use contract::{Caller, Fault, NeighbourhoodId, ResidentId};
use uuid::Uuid;

use super::moderator;
use crate::Identity;
use crate::domain::ties::is_left_to_others;
use crate::error::IdentityFault;
use crate::store::{membership, reserve};

/// As many as are asked about at once.
const AT_MOST: usize = 50;

/// That two are tied is told, and not which of them stood by the other.
#[tracing::instrument(skip_all, fields(role = "identity", operation = "list_left_to_others"))]
pub(super) async fn list_left_to_others(
    identity: &Identity,
    caller: Caller,
    request: ListLeftToOthersRequest,
) -> Result<ListLeftToOthersReply, IdentityFault> {
    let id = NeighbourhoodId::from_bytes(&request.neighbourhood)?.uuid();
    let me = moderator(identity, &caller, id).await?;
    if request.residents.len() > AT_MOST {
        let message = "At most 50 residents are asked about at once.";
        return Err(Fault::invalid("TOO_MANY", message).at("residents").into());
    }
    let asked = request.residents.iter();
    let asked: Vec<Uuid> = asked
        .map(|id| Ok(ResidentId::from_bytes(id)?.uuid()))
        .collect::<Result<_, Fault>>()?;
    let db = identity.store.read();
    let moderators = membership::moderators(db, id).await?;
    let is_tied = |member: &membership::Model, moderator: &membership::Model| {
        identity.is_sponsor(member, moderator.resident)
            || identity.is_sponsor(moderator, member.resident)
    };
    let mine = moderators.iter().find(|moderator| moderator.resident == me);
    let helpers = identity.others_who_help(id, me).await?;
    let mut residents = Vec::new();
    for member in membership::of_several(db, id, &asked).await? {
        let others = moderators.iter().filter(|other| {
            // Nobody decides about what they wrote themselves.
            other.resident != me && other.resident != member.resident
        });
        let others = others.map(|other| is_tied(&member, other));
        // Who helps out is a member of nothing here.
        let others: Vec<bool> = others.chain((0..helpers).map(|_| false)).collect();
        if is_left_to_others(mine.is_some_and(|mine| is_tied(&member, mine)), &others) {
            residents.push(ResidentId::new(member.resident).to_bytes());
        }
    }
    Ok(ListLeftToOthersReply { residents })
}

impl Identity {
    /// How many help out in a neighbourhood besides this moderator.
    async fn others_who_help(&self, neighbourhood: Uuid, me: Uuid) -> Result<usize, IdentityFault> {
        let db = self.store.read();
        let mut helpers = 0;
        for row in reserve::list(db, neighbourhood).await? {
            let helps = self.moderates(db, neighbourhood, row.resident).await?;
            helpers += usize::from(helps && row.resident != me);
        }
        Ok(helpers)
    }
}
