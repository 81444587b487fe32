//! Moderators from elsewhere: so that a board with one moderator has a second one to decide.

use contract::common::{Empty, SignedStanding};
use contract::identity::{
    AppointReserveRequest, Helping, ListReservesReply, ListReservesRequest, Reserve,
};
use contract::{Caller, Fault, NeighbourhoodId, ResidentId, Standing};
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::operator;
use crate::Identity;
use crate::domain::address::Address;
use crate::domain::day;
use crate::domain::pseudonym::Pseudonym;
use crate::error::IdentityFault;
use crate::store::{account, membership, neighbourhood, pseudonym, reserve};

/// The longest grant, in days.
const DAYS_AT_MOST: u32 = 183;

/// Makes somebody a moderator of where they do not live, or no longer one.
#[tracing::instrument(skip_all, fields(role = "identity", operation = "appoint_reserve"))]
pub(super) async fn appoint_reserve(
    identity: &Identity,
    caller: Caller,
    request: AppointReserveRequest,
) -> Result<Empty, IdentityFault> {
    operator(&caller)?;
    let id = NeighbourhoodId::from_bytes(&request.neighbourhood)?.uuid();
    let address = Address::parse(&request.email).map_err(|refusal| {
        Fault::invalid(refusal.code(), refusal.sentence(caller.locale())).at("email")
    })?;
    let tx = identity.store.begin().await?;
    let account = account::by_email(&*tx, &identity.secrets.address_hashes(&address)).await?;
    let account = account.ok_or_else(|| {
        Fault::invalid(
            "NO_ACCOUNT",
            "Nobody with this address has an account here.",
        )
        .at("email")
    })?;
    // Held, so that who is being erased leaves nothing behind.
    account::locked(&tx, account.id)
        .await?
        .ok_or_else(Fault::not_found)?;
    neighbourhood::held(&tx, id)
        .await?
        .ok_or_else(Fault::not_found)?;
    let today = day::of(identity.clock.now_ms());
    let before = reserve::of(&*tx, id, account.id).await?;
    let before = before.filter(|row| today < row.until_day);
    let row = if request.days == 0 {
        let before = before.ok_or_else(|| {
            Fault::invalid("NO_RESERVE", "This account does not help out there.").at("email")
        })?;
        reserve::Model {
            until_day: today,
            ..before
        }
    } else {
        let name = identity.may_help(&tx, id, account.id, &request).await?;
        reserve::Model {
            neighbourhood: id,
            resident: account.id,
            name,
            since_day: before.map_or(today, |before| before.since_day),
            until_day: today.saturating_add_unsigned(request.days),
        }
    };
    reserve::keep(&tx, row).await?;
    tx.commit().await?;
    identity.look_again(account.id);
    Ok(Empty {})
}

/// Who helps out in a neighbourhood is for everybody to read.
#[tracing::instrument(skip_all, fields(role = "identity", operation = "list_reserves"))]
pub(super) async fn list_reserves(
    identity: &Identity,
    request: ListReservesRequest,
) -> Result<ListReservesReply, IdentityFault> {
    let id = NeighbourhoodId::from_bytes(&request.neighbourhood)?.uuid();
    let rows = reserve::list(identity.store.read(), id).await?;
    let wire = |row: reserve::Model| Reserve {
        name: row.name,
        since_day_ms: day::start_ms(row.since_day),
        until_day_ms: day::start_ms(row.until_day),
    };
    Ok(ListReservesReply {
        reserves: rows.into_iter().map(wire).collect(),
    })
}

impl Identity {
    /// The name under which somebody may help out.
    async fn may_help(
        &self,
        tx: &store::Tx,
        neighbourhood: Uuid,
        resident: Uuid,
        request: &AppointReserveRequest,
    ) -> Result<String, IdentityFault> {
        if request.days > DAYS_AT_MOST {
            let message = "A grant lasts 183 days at most; it can be given again.";
            return Err(Fault::invalid("DAYS_OUT_OF_RANGE", message)
                .at("days")
                .into());
        }
        let locale = contract::Locale::English;
        let name = Pseudonym::choose(&request.name).map_err(|refusal| {
            Fault::invalid(refusal.code(), refusal.sentence(locale)).at("name")
        })?;
        if pseudonym::holder(&**tx, neighbourhood, &name)
            .await?
            .is_some()
        {
            let message = "A member there has this name, or one that looks like it.";
            return Err(Fault::invalid("PSEUDONYM_TAKEN", message).at("name").into());
        }
        let members = membership::all_of(&**tx, resident).await?;
        if members
            .iter()
            .any(|member| member.neighbourhood == neighbourhood)
        {
            let message = "This account is a member there: appoint it instead.";
            return Err(Fault::invalid("ALREADY_MEMBER", message).at("email").into());
        }
        if !members.iter().any(|member| member.moderator) {
            let message = "Whoever helps out moderates where they live.";
            return Err(Fault::invalid("MODERATES_NOWHERE", message)
                .at("email")
                .into());
        }
        let today = day::of(self.clock.now_ms());
        let held = reserve::held_by(&**tx, resident, today).await?;
        let others = held.iter().filter(|row| row.neighbourhood != neighbourhood);
        if others.count() as u64 >= reserve::OF_ONE_AT_MOST {
            let message = "This account helps out in four neighbourhoods already.";
            return Err(Fault::invalid("TOO_MANY", message).at("email").into());
        }
        Ok(name.shown().to_owned())
    }

    /// Whether somebody moderates a neighbourhood now, as its member or from elsewhere.
    pub(super) async fn moderates(
        &self,
        db: &impl ConnectionTrait,
        neighbourhood: Uuid,
        resident: Uuid,
    ) -> Result<bool, IdentityFault> {
        if let Some(member) = membership::of(db, neighbourhood, resident).await? {
            return Ok(member.moderator);
        }
        let today = day::of(self.clock.now_ms());
        let Some(row) = reserve::of(db, neighbourhood, resident).await? else {
            return Ok(false);
        };
        let members = membership::all_of(db, resident).await?;
        Ok(today < row.until_day && holds(&members, &row))
    }

    /// Where somebody helps out, each with a freshly signed standing.
    pub(super) async fn helping(
        &self,
        members: &[membership::Model],
        resident: Uuid,
    ) -> Result<Vec<Helping>, IdentityFault> {
        if !members.iter().any(|member| member.moderator) {
            return Ok(Vec::new());
        }
        let today = day::of(self.clock.now_ms());
        let held = reserve::held_by(self.store.read(), resident, today).await?;
        let held = held.into_iter().filter(|row| holds(members, row));
        Ok(held
            .map(|row| Helping {
                until_day_ms: day::start_ms(row.until_day),
                standing: Some(self.reserve_standing(row)),
            })
            .collect())
    }

    fn reserve_standing(&self, row: reserve::Model) -> SignedStanding {
        let standing = Standing {
            resident: ResidentId::new(row.resident),
            neighbourhood: NeighbourhoodId::new(row.neighbourhood),
            pseudonym: row.name,
            home: geo::Place::Whole,
            map_version: 0,
            founder: false,
            moderator: true,
            newcomer_until_ms: 0,
            suspended_until_ms: None,
            issued_at_ms: self.clock.now_ms(),
            reserve: true,
        };
        let key = self.secrets.standings().newest();
        standing.sign(key.id(), &key.signing())
    }
}

/// A grant is void once its holder is a member there, or moderates nowhere.
fn holds(members: &[membership::Model], row: &reserve::Model) -> bool {
    let mut there = members
        .iter()
        .filter(|member| member.neighbourhood == row.neighbourhood);
    there.next().is_none() && members.iter().any(|member| member.moderator)
}
