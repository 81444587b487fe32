//! Somebody with an account becomes a member, by whichever way; and is one no longer.

use geo::Place;
use store::Tx;
use uuid::Uuid;

use crate::Identity;
use crate::domain::day::{self, Day};
use crate::domain::pseudonym::Pseudonym;
use crate::domain::refusal::Refusal;
use crate::error::{IdentityFault, Stop};
use crate::gone;
use crate::secrets::Hash;
use crate::store::{area, invite, membership, postcard, pseudonym, questioned, vouching};

/// For how long the name of a member who is one no longer is kept from others, in days.
const NAME_RESTS_DAYS: Day = 90;

/// Who becomes a member.
pub(super) struct Newcomer<'a> {
    /// Where.
    pub neighbourhood: Uuid,
    /// The account.
    pub resident: Uuid,
    /// Under which name.
    pub name: &'a Pseudonym,
    /// A place of the newest map; none: chosen later.
    pub home: Option<Place>,
    /// How, as it is kept.
    pub method: String,
    /// By an operator's invite.
    pub founder: bool,
    /// Who invited or vouched.
    pub sponsors: [Option<Hash>; 2],
}

/// Whether somebody may become a member.
///
/// # Errors
/// [`Refusal::AlreadyMember`] or [`Refusal::TooManyNeighbourhoods`].
pub(super) async fn may_enter(tx: &Tx, neighbourhood: Uuid, resident: Uuid) -> Result<(), Stop> {
    if membership::of(&**tx, neighbourhood, resident)
        .await?
        .is_some()
    {
        return Err(Refusal::AlreadyMember.into());
    }
    if membership::count_of(&**tx, resident).await? >= membership::AT_MOST {
        return Err(Refusal::TooManyNeighbourhoods.into());
    }
    Ok(())
}

/// What somebody asked for in a neighbourhood to become a member is over: vouches with the name that waits, and a postcard. The
/// account is held by the caller, and what is held of the neighbourhood is, before.
pub(crate) async fn forget_asking(
    tx: &Tx,
    neighbourhood: Uuid,
    resident: Uuid,
) -> Result<(), IdentityFault> {
    forget_vouching(tx, neighbourhood, resident).await?;
    Ok(postcard::delete_of(tx, Some(neighbourhood), resident).await?)
}

/// Nobody is asked to vouch any more, and the name that waited is free.
pub(crate) async fn forget_vouching(
    tx: &Tx,
    neighbourhood: Uuid,
    resident: Uuid,
) -> Result<(), IdentityFault> {
    if let Some(asked) = vouching::locked_of(tx, neighbourhood, resident).await? {
        vouching::delete(tx, asked.id).await?;
        if let Ok(name) = Pseudonym::parse(&asked.pseudonym) {
            pseudonym::free_one(tx, neighbourhood, &name, resident).await?;
        }
    }
    Ok(())
}

impl Identity {
    /// Makes a member of somebody who may enter. Their account is held, and the neighbourhood.
    ///
    /// # Errors
    /// [`Refusal::PseudonymTaken`].
    pub(super) async fn admit(&self, tx: &Tx, newcomer: Newcomer<'_>) -> Result<(), Stop> {
        let (neighbourhood, resident) = (newcomer.neighbourhood, newcomer.resident);
        let today = day::of(self.clock.now_ms());
        forget_asking(tx, neighbourhood, resident).await?;
        if !pseudonym::take(tx, neighbourhood, newcomer.name, resident).await? {
            return Err(Refusal::PseudonymTaken.into());
        }
        let [first, second] = newcomer
            .sponsors
            .map(|hash| hash.map(|hash| (hash.bytes, hash.key_id)).unzip());
        let joined = membership::Model {
            neighbourhood,
            resident,
            pseudonym: newcomer.name.shown().to_owned(),
            home_place: newcomer.home.unwrap_or(Place::Whole).to_i64(),
            home_chosen_day: newcomer.home.map(|_| today),
            method: newcomer.method,
            joined_day: today,
            joined_by_month: false,
            inviter_hash: first.0,
            inviter_key: first.1,
            founder: newcomer.founder,
            moderator: false,
            second_hash: second.0,
            second_key: second.1,
        };
        if !membership::insert(tx, joined).await? {
            return Err(Refusal::AlreadyMember.into());
        }
        Ok(())
    }

    /// Ends a membership: home, areas, invites and vouches there go with it, and the name rests. The account stays; nothing
    /// keeps it from becoming a member again. The account and the neighbourhood are held.
    pub(crate) async fn end_membership(
        &self,
        tx: &Tx,
        member: &membership::Model,
    ) -> Result<(), IdentityFault> {
        let (neighbourhood, resident) = (member.neighbourhood, member.resident);
        tx.gone(gone::membership(neighbourhood, resident));
        membership::delete(tx, neighbourhood, resident).await?;
        if let Some(row) = questioned::locked_of(tx, neighbourhood, resident).await? {
            questioned::delete(tx, row.id).await?;
        }
        area::erase_in(tx, neighbourhood, resident).await?;
        invite::delete_of(tx, neighbourhood, resident).await?;
        vouching::take_back_all(tx, Some(neighbourhood), resident).await?;
        if let Ok(name) = Pseudonym::parse(&member.pseudonym) {
            let free_day = day::of(self.clock.now_ms()) + NAME_RESTS_DAYS;
            pseudonym::let_go(tx, neighbourhood, &name, resident, free_day).await?;
        }
        Ok(())
    }
}
