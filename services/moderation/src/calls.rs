//! The gRPC service: load, decide, save and tell in one transaction.

mod account;
mod appeals;
mod cases;
mod decide;
mod limits;
mod list;
mod opening;
mod own_data;
mod proposals;
mod refused;
mod report;
mod reverse;
mod service;
mod statements;
mod telling;

use contract::{Caller, CaseId, Locale, NeighbourhoodId, ResidentId, Standing};
use sea_orm::prelude::Uuid;
use store::{Outbox, Tx};
use tonic::{Request, Status};

use crate::domain::Ties;
use crate::store::{Keyed, activity, case_file, content, recusal, report as reports};
use crate::{Moderation, ModerationFault};

/// A call under way: who calls, and when.
struct Call {
    caller: Caller,
    locale: Locale,
    now_ms: i64,
}

/// A moderator who calls, and where they are one.
struct Moderator {
    resident: ResidentId,
    neighbourhoods: Vec<NeighbourhoodId>,
}

impl Moderation {
    fn call<T>(&self, request: &Request<T>) -> Result<Call, Status> {
        let caller = Caller::of(request)?;
        Ok(Call {
            locale: caller.locale(),
            caller,
            now_ms: self.parts.clock.now_ms(),
        })
    }

    fn standings(&self, call: &Call) -> Vec<Standing> {
        call.caller
            .standings(&self.parts.standing_keys, call.now_ms)
    }

    fn moderating(&self, call: &Call) -> Vec<Standing> {
        call.caller
            .moderating(&self.parts.standing_keys, call.now_ms)
    }

    /// The caller, a moderator of this neighbourhood.
    fn moderator_of(
        &self,
        call: &Call,
        of: NeighbourhoodId,
    ) -> Result<ResidentId, ModerationFault> {
        let (resident, _) = call.caller.resident()?;
        let mut moderating = self.moderating(call).into_iter();
        if moderating.any(|standing| standing.neighbourhood == of) {
            return Ok(resident);
        }
        let keys = &self.parts.standing_keys;
        call.caller.member_of(of, keys, call.now_ms)?;
        Err(ModerationFault::ModeratorsOnly)
    }

    /// The caller, a moderator of some neighbourhood.
    fn moderator(&self, call: &Call) -> Result<Moderator, ModerationFault> {
        let (resident, _) = call.caller.resident()?;
        let standings = self.moderating(call).into_iter();
        let neighbourhoods: Vec<_> = standings.map(|standing| standing.neighbourhood).collect();
        if neighbourhoods.is_empty() {
            return Err(ModerationFault::ModeratorsOnly);
        }
        Ok(Moderator {
            resident,
            neighbourhoods,
        })
    }

    /// Says that a moderator looks after a neighbourhood, at most once an hour.
    async fn active(&self, neighbourhood: Uuid, now_ms: i64) -> Result<(), ModerationFault> {
        let hour = now_ms.div_euclid(runtime::HOUR_MS);
        let kept = activity::hour(self.parts.store.read(), neighbourhood).await?;
        if kept.is_none_or(|kept| kept < hour) {
            let tx = self.parts.store.begin().await?;
            if activity::is_news(&tx, neighbourhood, hour).await? {
                Outbox::append(&tx, neighbourhood, hour, neighbourhood);
            }
            tx.commit().await?;
        }
        Ok(())
    }
}

/// A case with what it is about, both locked, in one order: content, then case.
async fn locked_case(
    tx: &Tx,
    moderator: &Moderator,
    id: &[u8],
) -> Result<(Option<content::Model>, case_file::Model), ModerationFault> {
    let id = CaseId::from_bytes(id)?;
    let found = case_file::Entity::within(&**tx, &moderator.neighbourhoods, id.uuid()).await?;
    let found = found.ok_or(ModerationFault::NotFound)?;
    locked(tx, found.neighbourhood, found.content, found.id).await
}

/// The same, by its key.
async fn locked(
    tx: &Tx,
    neighbourhood: Uuid,
    content: Uuid,
    case: Uuid,
) -> Result<(Option<content::Model>, case_file::Model), ModerationFault> {
    let content = content::Entity::lock(tx, neighbourhood, content).await?;
    let case = case_file::Entity::lock(tx, neighbourhood, case).await?;
    Ok((content, case.ok_or(ModerationFault::NotFound)?))
}

/// What ties a moderator to a case.
async fn ties(
    tx: &Tx,
    case: &case_file::Model,
    moderator: ResidentId,
) -> Result<Ties, ModerationFault> {
    let wrote = case.author == Some(moderator.uuid());
    let reported = reports::by_in(&**tx, case.neighbourhood, case.id, moderator).await?;
    Ok(Ties {
        own: wrote || !reported.is_empty(),
        recused: recusal::is_kept(&**tx, case.neighbourhood, case.id, moderator).await?,
    })
}

fn ids(standings: &[Standing]) -> Vec<NeighbourhoodId> {
    standings
        .iter()
        .map(|standing| standing.neighbourhood)
        .collect()
}
