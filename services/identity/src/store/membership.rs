//! Memberships: a resident in a neighbourhood.

use geo::Place;
use sea_orm::entity::prelude::*;
use sea_orm::{QueryOrder, QuerySelect, Set};
use store::{StoreFault, Tx};

use crate::domain::day::Day;

/// A member. `joined_day` is the first of its month once `joined_by_month` is set.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "membership")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub neighbourhood: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub resident: Uuid,
    pub pseudonym: String,
    pub home_place: i64,
    pub home_chosen_day: Option<i32>,
    pub method: String,
    pub joined_day: i32,
    pub joined_by_month: bool,
    pub inviter_hash: Option<Vec<u8>>,
    pub inviter_key: Option<String>,
    pub founder: bool,
    pub moderator: bool,
    /// Of two who vouched, the one that stands not in `inviter_hash`.
    pub second_hash: Option<Vec<u8>>,
    pub second_key: Option<String>,
}
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}
impl ActiveModelBehavior for ActiveModel {}

/// Of how many neighbourhoods somebody may be a member.
pub const AT_MOST: u64 = 16;

/// By two vouches, as it is kept.
pub const VOUCHES: &str = "vouches";
/// By a postcard, as it is kept.
pub const POSTCARD: &str = "postcard";

/// How somebody joined by an invite, as it is kept.
pub fn method(founder: bool, invited: bool) -> String {
    let method = match (founder, invited) {
        (true, _) => "founder",
        (false, true) => "invite",
        (false, false) => "operator",
    };
    method.to_owned()
}

/// A membership.
pub async fn of(
    db: &impl ConnectionTrait,
    neighbourhood: Uuid,
    resident: Uuid,
) -> Result<Option<Model>, StoreFault> {
    Ok(Entity::find_by_id((neighbourhood, resident))
        .one(db)
        .await?)
}

/// Those who moderate a neighbourhood and live there.
pub async fn moderators(
    db: &impl ConnectionTrait,
    neighbourhood: Uuid,
) -> Result<Vec<Model>, StoreFault> {
    Ok(Entity::find()
        .filter(Column::Neighbourhood.eq(neighbourhood))
        .filter(Column::Moderator.eq(true))
        .order_by_asc(Column::Resident)
        .all(db)
        .await?)
}

/// Those of these residents who are members.
pub async fn of_several(
    db: &impl ConnectionTrait,
    neighbourhood: Uuid,
    residents: &[Uuid],
) -> Result<Vec<Model>, StoreFault> {
    Ok(Entity::find()
        .filter(Column::Neighbourhood.eq(neighbourhood))
        .filter(Column::Resident.is_in(residents.iter().copied()))
        .all(db)
        .await?)
}

/// A membership, held until the transaction ends.
pub async fn locked(
    tx: &Tx,
    neighbourhood: Uuid,
    resident: Uuid,
) -> Result<Option<Model>, StoreFault> {
    Ok(Entity::find_by_id((neighbourhood, resident))
        .lock_exclusive()
        .one(&**tx)
        .await?)
}

/// Every membership of a resident.
pub async fn all_of(db: &impl ConnectionTrait, resident: Uuid) -> Result<Vec<Model>, StoreFault> {
    Ok(Entity::find()
        .filter(Column::Resident.eq(resident))
        .order_by_asc(Column::Neighbourhood)
        .limit(AT_MOST)
        .all(db)
        .await?)
}

/// How many memberships a resident has.
pub async fn count_of(db: &impl ConnectionTrait, resident: Uuid) -> Result<u64, StoreFault> {
    Ok(Entity::find()
        .filter(Column::Resident.eq(resident))
        .count(db)
        .await?)
}

/// Makes a member; false when there is one already.
pub async fn insert(tx: &Tx, member: Model) -> Result<bool, StoreFault> {
    let row: ActiveModel = member.into();
    let inserted = Entity::insert(row.reset_all())
        .on_conflict_do_nothing_on([Column::Neighbourhood, Column::Resident])
        .exec_without_returning(&**tx)
        .await?;
    Ok(matches!(inserted, sea_orm::TryInsertResult::Inserted(1)))
}

/// Changes a member.
async fn update(
    tx: &Tx,
    neighbourhood: Uuid,
    resident: Uuid,
    changed: ActiveModel,
) -> Result<(), StoreFault> {
    Entity::update_many()
        .set(changed)
        .filter(Column::Neighbourhood.eq(neighbourhood))
        .filter(Column::Resident.eq(resident))
        .exec(&**tx)
        .await?;
    Ok(())
}

/// Sets the home tile, chosen today.
pub async fn set_home(
    tx: &Tx,
    neighbourhood: Uuid,
    resident: Uuid,
    home: Place,
    today: Day,
) -> Result<(), StoreFault> {
    let changed = ActiveModel {
        home_place: Set(home.to_i64()),
        home_chosen_day: Set(Some(today)),
        ..Default::default()
    };
    update(tx, neighbourhood, resident, changed).await
}

/// Sets the pseudonym.
pub async fn set_pseudonym(
    tx: &Tx,
    neighbourhood: Uuid,
    resident: Uuid,
    pseudonym: &str,
) -> Result<(), StoreFault> {
    let changed = ActiveModel {
        pseudonym: Set(pseudonym.to_owned()),
        ..Default::default()
    };
    update(tx, neighbourhood, resident, changed).await
}

/// Makes a member a moderator, or no longer one.
pub async fn set_moderator(
    tx: &Tx,
    neighbourhood: Uuid,
    resident: Uuid,
    moderator: bool,
) -> Result<(), StoreFault> {
    let changed = ActiveModel {
        moderator: Set(moderator),
        ..Default::default()
    };
    update(tx, neighbourhood, resident, changed).await
}

/// The different homes of a neighbourhood's members.
pub async fn homes(tx: &Tx, neighbourhood: Uuid) -> Result<Vec<i64>, StoreFault> {
    Ok(Entity::find()
        .select_only()
        .column(Column::HomePlace)
        .distinct()
        .filter(Column::Neighbourhood.eq(neighbourhood))
        .into_tuple()
        .all(&**tx)
        .await?)
}

/// Moves everybody who lives in `from` to `to`, because the map changed; they may choose again at once.
pub async fn move_homes(
    tx: &Tx,
    neighbourhood: Uuid,
    from: i64,
    to: Place,
) -> Result<(), StoreFault> {
    Entity::update_many()
        .set(ActiveModel {
            home_place: Set(to.to_i64()),
            home_chosen_day: Set(None),
            ..Default::default()
        })
        .filter(Column::Neighbourhood.eq(neighbourhood))
        .filter(Column::HomePlace.eq(from))
        .exec(&**tx)
        .await?;
    Ok(())
}

/// Some different days of joining before `day` that are still kept as days.
pub async fn days_before(
    db: &impl ConnectionTrait,
    day: Day,
    limit: u64,
) -> Result<Vec<Day>, StoreFault> {
    Ok(Entity::find()
        .select_only()
        .column(Column::JoinedDay)
        .distinct()
        .filter(Column::JoinedByMonth.eq(false))
        .filter(Column::JoinedDay.lt(day))
        .limit(limit)
        .into_tuple()
        .all(db)
        .await?)
}

/// Keeps only the month of a day of joining.
pub async fn forget_day(tx: &Tx, day: Day, month: Day) -> Result<(), StoreFault> {
    Entity::update_many()
        .set(ActiveModel {
            joined_day: Set(month),
            joined_by_month: Set(true),
            ..Default::default()
        })
        .filter(Column::JoinedByMonth.eq(false))
        .filter(Column::JoinedDay.eq(day))
        .exec(&**tx)
        .await?;
    Ok(())
}

/// Removes a member.
pub async fn delete(tx: &Tx, neighbourhood: Uuid, resident: Uuid) -> Result<(), StoreFault> {
    Entity::delete_by_id((neighbourhood, resident))
        .exec(&**tx)
        .await?;
    Ok(())
}

/// Forgets who invited, or vouched for, those who joined before `day`.
pub async fn forget_inviters(tx: &Tx, day: Day) -> Result<(), StoreFault> {
    Entity::update_many()
        .set(ActiveModel {
            inviter_hash: Set(None),
            inviter_key: Set(None),
            second_hash: Set(None),
            second_key: Set(None),
            ..Default::default()
        })
        .filter(Column::JoinedDay.lt(day))
        .filter(Column::InviterHash.is_not_null())
        .exec(&**tx)
        .await?;
    Ok(())
}
