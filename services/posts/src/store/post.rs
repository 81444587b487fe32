//! Notices.

use std::collections::BTreeSet;

use contract::common::{Category, Measure, Picture};
use contract::events::Cause;
use contract::posts::correction::Part;
use contract::posts::{self as wire, State};
use contract::{NeighbourhoodId, PostId, ResidentId};
use prost::Message;
use runtime::{HOUR_MS, QUARTER_MS, rounded_by_age, rounded_down};
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{ExprTrait, LockBehavior, LockType};
use sea_orm::{
    ActiveModelTrait, Condition, ConnectionTrait, IntoActiveModel, QueryOrder, QuerySelect,
};
use store::{StoreFault, Tx};

use super::{comment, rsvp};
use crate::domain::{self, BehaviourDetails, CategoryRules, EventDetails, LAPSES_AFTER_MS};

/// One notice as kept.
#[allow(
    clippy::struct_excessive_bools,
    reason = "they are the columns of a row"
)]
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "post")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub neighbourhood: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub author: Uuid,
    pub category: i32,
    pub state: i32,
    pub title: String,
    pub body: String,
    pub place: i64,
    pub map_version: i32,
    pub signed_by: String,
    pub created_at_ms: i64,
    pub published_at_ms: i64,
    pub occurred_at_ms: Option<i64>,
    pub expires_at_ms: i64,
    #[sea_orm(column_type = "VarBinary(StringLen::None)")]
    pub pictures: Vec<u8>,
    pub pictures_held: bool,
    #[sea_orm(column_type = "VarBinary(StringLen::None)", nullable)]
    pub event: Option<Vec<u8>>,
    /// When an event for everybody begins; none: it is for members, or no event.
    pub public_starts_at_ms: Option<i64>,
    /// When an event for everybody ends.
    pub public_ends_at_ms: Option<i64>,
    pub edited: bool,
    /// Neighbours have seen it at least once.
    pub was_shown: bool,
    pub version: i64,
    /// The version in which its author last wrote something in it: every later one says and shows the same.
    pub written: i64,
    #[sea_orm(column_type = "VarBinary(StringLen::None)", nullable)]
    pub behaviour: Option<Vec<u8>>,
    /// One bit for each [`Cause`] to read it first.
    pub causes: i32,
    /// Since when it waits to be read, or, once it was accepted, to be shown.
    pub waits_since_ms: Option<i64>,
    /// While it cools down: from when its author may confirm it.
    pub confirm_from_ms: Option<i64>,
    /// It was read, and is shown as soon as a day has room for it.
    pub accepted: bool,
    pub police_may_read: bool,
    /// What moderators decided about it, where that counts still.
    pub ruling: i32,
    /// How many times they decided about it, as far as it was heard.
    pub rulings: i64,
    /// Somebody says that they are in a picture: nobody else sees any of them until it is decided.
    pub pictures_hidden: bool,
    /// Pictures that moderators took out and may have to give back: nobody sees them.
    #[sea_orm(column_type = "VarBinary(StringLen::None)", nullable)]
    pub pictures_withheld: Option<Vec<u8>>,
    /// What changed after neighbours had seen it.
    #[sea_orm(column_type = "VarBinary(StringLen::None)", nullable)]
    pub corrections: Option<Vec<u8>>,
    /// On which day (since 1970) moderators took down what neighbours had seen.
    pub removed_day: Option<i64>,
}

impl ActiveModelBehavior for ActiveModel {}

impl Model {
    pub fn post_id(&self) -> PostId {
        PostId::new(self.id)
    }

    pub fn state(&self) -> State {
        State::try_from(self.state).unwrap_or(State::Unspecified)
    }

    pub fn category(&self) -> Category {
        Category::try_from(self.category).unwrap_or(Category::Unspecified)
    }

    pub fn pictures(&self) -> Vec<Picture> {
        decoded(&self.pictures)
    }

    pub fn set_pictures(&mut self, pictures: Vec<Picture>) {
        self.pictures = wire::Pictures { pictures }.encode_to_vec();
    }

    /// Those that moderators took out and may have to give back.
    pub fn pictures_withheld(&self) -> Vec<Picture> {
        self.pictures_withheld
            .as_deref()
            .map(decoded)
            .unwrap_or_default()
    }

    pub fn set_pictures_withheld(&mut self, pictures: Vec<Picture>) {
        let some = (!pictures.is_empty()).then_some(pictures);
        self.pictures_withheld = some.map(|pictures| wire::Pictures { pictures }.encode_to_vec());
    }

    /// Its author writes something in it: nobody has read this version.
    pub const fn write(&mut self) {
        self.version += 1;
        self.written = self.version;
    }

    /// Whether who read this version read what it says and shows now.
    pub fn says_what_was_read(&self, version: u64) -> bool {
        let read = i64::try_from(version).unwrap_or(i64::MAX);
        (self.written..=self.version).contains(&read)
    }

    pub fn event(&self) -> Option<wire::Event> {
        self.event
            .as_deref()
            .and_then(|bytes| wire::Event::decode(bytes).ok())
    }

    pub fn behaviour(&self) -> Option<wire::Behaviour> {
        self.behaviour
            .as_deref()
            .and_then(|bytes| wire::Behaviour::decode(bytes).ok())
    }

    /// Keeps the form.
    pub fn set_behaviour(&mut self, form: &BehaviourDetails) {
        self.behaviour = Some(form.wire().encode_to_vec());
    }

    pub fn corrections(&self) -> Vec<wire::Correction> {
        let kept = self.corrections.as_deref().map(wire::Corrections::decode);
        kept.and_then(Result::ok)
            .map(|kept| kept.corrections)
            .unwrap_or_default()
    }

    /// Keeps that these parts changed on a day, where neighbours had seen it.
    pub fn correct(&mut self, parts: &[Part], day: i64) {
        if self.was_shown && !parts.is_empty() {
            let corrections = domain::with(self.corrections(), day, parts);
            self.corrections = Some(wire::Corrections { corrections }.encode_to_vec());
        }
    }

    pub fn ruling(&self) -> Measure {
        Measure::try_from(self.ruling).unwrap_or_default()
    }

    /// Whether its author and moderators alone see its pictures.
    pub const fn keeps_pictures(&self) -> bool {
        self.pictures_held || self.pictures_hidden
    }

    /// Why it is read before it is shown.
    pub fn causes(&self) -> Vec<i32> {
        let bits = 0..i32::BITS;
        let set = bits.filter(|bit| self.causes & 1 << bit != 0);
        set.filter_map(|bit| i32::try_from(bit).ok()).collect()
    }

    /// Makes it wait for a reader, for these causes besides those for which it does already.
    pub fn wait_for_reader(&mut self, causes: &[Cause], now_ms: i64) {
        for cause in causes {
            self.causes |= 1 << i32::from(*cause);
        }
        self.state = State::InReview.into();
        self.accepted = false;
        self.confirm_from_ms = None;
        self.waits_since_ms = Some(now_ms);
    }

    /// Makes it wait for its author, who may confirm it from then on; for the same causes it will be read.
    pub fn cool_down(&mut self, from_ms: i64) {
        self.state = State::CoolingDown.into();
        self.waits_since_ms = None;
        self.confirm_from_ms = Some(from_ms);
    }

    /// Nobody has to read it any more.
    pub const fn wait_no_longer(&mut self) {
        self.causes = 0;
        self.accepted = false;
        self.waits_since_ms = None;
    }

    /// When it lapses; none: it does not.
    fn lapses_at_ms(&self) -> Option<i64> {
        let rules = CategoryRules::of(self.category())?;
        let since_ms = self.waits_since_ms.filter(|_| rules.about_person)?;
        Some(since_ms + LAPSES_AFTER_MS)
    }

    /// Keeps when and where an event is, and if it is for everybody also how it is found among those that are.
    pub fn set_event(&mut self, event: &EventDetails) {
        self.event = Some(event.wire().encode_to_vec());
        self.public_starts_at_ms = event.public.then_some(event.starts_at_ms);
        self.public_ends_at_ms = event.public.then_some(event.ends_at_ms);
    }

    /// Until when everybody may read it, signed out too; none: members only.
    pub fn open_until_ms(&self) -> Option<i64> {
        let event = EventDetails::kept(self.event()?);
        event.open_until_ms(self.state(), self.expires_at_ms)
    }

    /// As its readers see it now. Held pictures are among it only for those who may see them.
    pub fn wire(&self, reader: Reader, now_ms: i64) -> wire::Post {
        let rules = CategoryRules::of(self.category());
        let takes_comments = reader != Reader::Anyone
            && self.state() == State::Published
            && self.ruling() != Measure::Limit
            && rules.is_some_and(|rules| rules.comments);
        let step_ms = rules.map_or(QUARTER_MS, |rules| rules.step_ms);
        let is_author = reader == Reader::Author;
        let sees_held = matches!(reader, Reader::Author | Reader::Moderator);
        let pictures = if self.keeps_pictures() && !sees_held {
            Vec::new()
        } else {
            self.pictures()
        };
        wire::Post {
            id: self.post_id().to_bytes(),
            neighbourhood: NeighbourhoodId::new(self.neighbourhood).to_bytes(),
            category: self.category,
            state: self.state,
            title: self.title.clone(),
            body: self.body.clone(),
            place: self.place,
            map_version: self.map_version.unsigned_abs(),
            signed_by: match reader {
                Reader::Anyone => String::new(),
                _ => self.signed_by.clone(),
            },
            published_at_ms: rounded_by_age(self.published_at_ms, now_ms, step_ms),
            occurred_at_ms: self
                .occurred_at_ms
                .map(|at_ms| rounded_by_age(at_ms, now_ms, step_ms))
                .unwrap_or_default(),
            expires_at_ms: self.expires_at_ms,
            pictures,
            event: self.event(),
            edited: self.edited,
            takes_comments,
            version: self.version.unsigned_abs(),
            mine: is_author,
            pictures_held: self.keeps_pictures() && sees_held,
            behaviour: self.behaviour(),
            confirm_from_ms: self
                .confirm_from_ms
                .filter(|_| is_author)
                .unwrap_or_default(),
            // When somebody confirmed is theirs to know; moderators learn the hour.
            lapses_at_ms: self
                .lapses_at_ms()
                .filter(|_| sees_held)
                .map_or(0, |at_ms| {
                    rounded_down(at_ms, if is_author { 1 } else { HOUR_MS })
                }),
            accepted: self.accepted && sees_held,
            police_may_read: self.police_may_read && is_author,
            ruling: if sees_held { self.ruling } else { 0 },
            corrections: self.corrections(),
            written: if reader == Reader::Moderator {
                self.written.unsigned_abs()
            } else {
                0
            },
        }
    }
}

fn decoded(pictures: &[u8]) -> Vec<Picture> {
    wire::Pictures::decode(pictures)
        .map(|pictures| pictures.pictures)
        .unwrap_or_default()
}

/// Who looks at a notice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reader {
    Author,
    Moderator,
    Neighbour,
    /// Signed out, or of another neighbourhood: of an event for everybody, what everybody may know.
    Anyone,
}

/// A notice of one of these neighbourhoods that has not come down; `lock` when it is to be changed.
pub async fn find(
    on: &impl ConnectionTrait,
    neighbourhoods: &[NeighbourhoodId],
    id: PostId,
    now_ms: i64,
    lock: bool,
) -> Result<Option<Model>, StoreFault> {
    let mut query = Entity::find()
        .filter(Column::Neighbourhood.is_in(neighbourhoods.iter().map(|n| n.uuid())))
        .filter(Column::Id.eq(id.uuid()))
        .filter(Column::ExpiresAtMs.gt(now_ms));
    if lock {
        query = query.lock_exclusive();
    }
    Ok(query.one(on).await?)
}

/// Those of these notices that hang in one of these neighbourhoods and have not come down, in no order.
pub async fn find_all(
    on: &impl ConnectionTrait,
    neighbourhoods: &[NeighbourhoodId],
    ids: &[PostId],
    now_ms: i64,
) -> Result<Vec<Model>, StoreFault> {
    Ok(Entity::find()
        .filter(Column::Neighbourhood.is_in(neighbourhoods.iter().map(|n| n.uuid())))
        .filter(Column::Id.is_in(ids.iter().map(|id| id.uuid())))
        .filter(Column::ExpiresAtMs.gt(now_ms))
        .all(on)
        .await?)
}

/// Those of these notices that everybody may read now, in no order.
pub async fn open_among(
    on: &impl ConnectionTrait,
    ids: &[PostId],
    now_ms: i64,
) -> Result<Vec<Model>, StoreFault> {
    let ids = ids.iter().map(|id| id.uuid());
    Ok(open(now_ms).filter(Column::Id.is_in(ids)).all(on).await?)
}

/// What moderators took down since a day after neighbours had seen it, newest day first.
pub async fn taken_down(
    on: &impl ConnectionTrait,
    neighbourhood: NeighbourhoodId,
    since_day: i64,
    limit: u64,
) -> Result<Vec<Model>, StoreFault> {
    let query = removed(neighbourhood, since_day).limit(limit);
    Ok(query.all(on).await?)
}

pub(super) fn removed(neighbourhood: NeighbourhoodId, since_day: i64) -> Select<Entity> {
    Entity::find()
        .filter(Column::Neighbourhood.eq(neighbourhood.uuid()))
        .filter(Column::RemovedDay.is_not_null())
        .filter(Column::RemovedDay.gte(since_day))
        .order_by_desc(Column::RemovedDay)
        .order_by_desc(Column::Id)
}

/// The events of a neighbourhood, or of all, that everybody may read now, after a position, soonest first.
pub async fn open_in(
    on: &impl ConnectionTrait,
    only: Option<NeighbourhoodId>,
    after: Option<(i64, Uuid)>,
    now_ms: i64,
    limit: u64,
) -> Result<Vec<Model>, StoreFault> {
    Ok(soonest(only, after, now_ms, limit).all(on).await?)
}

pub(super) fn soonest(
    only: Option<NeighbourhoodId>,
    after: Option<(i64, Uuid)>,
    now_ms: i64,
    limit: u64,
) -> Select<Entity> {
    let mut query = open(now_ms);
    if let Some(neighbourhood) = only {
        query = query.filter(Column::Neighbourhood.eq(neighbourhood.uuid()));
    }
    if let Some((at_ms, id)) = after {
        query = query.filter(
            Condition::any()
                .add(Column::PublicStartsAtMs.gt(at_ms))
                .add(Column::PublicStartsAtMs.eq(at_ms).and(Column::Id.gt(id))),
        );
    }
    query
        .order_by_asc(Column::PublicStartsAtMs)
        .order_by_asc(Column::Id)
        .limit(limit)
}

/// What [`EventDetails::open_until_ms`] says, as a query.
pub(super) fn open(now_ms: i64) -> Select<Entity> {
    Entity::find()
        .filter(Column::PublicStartsAtMs.is_not_null())
        .filter(Column::State.eq(i32::from(State::Published)))
        .filter(Column::PublicEndsAtMs.gt(now_ms))
        .filter(Column::ExpiresAtMs.gt(now_ms))
}

/// A notice as it is, up or not, locked.
pub async fn lock(tx: &Tx, neighbourhood: Uuid, id: Uuid) -> Result<Option<Model>, StoreFault> {
    let one = Entity::find_by_id((neighbourhood, id)).lock_exclusive();
    Ok(one.one(&**tx).await?)
}

/// For composing events: the notice as it is, up or not.
pub async fn as_it_is(
    on: &impl ConnectionTrait,
    neighbourhood: Uuid,
    id: Uuid,
) -> Result<Option<Model>, StoreFault> {
    Ok(Entity::find_by_id((neighbourhood, id)).one(on).await?)
}

/// Puts a notice in.
pub async fn insert(tx: &Tx, post: Model) -> Result<(), StoreFault> {
    Entity::insert(post.into_active_model())
        .exec_without_returning(&**tx)
        .await?;
    Ok(())
}

/// Replaces a notice that was locked.
pub async fn update(tx: &Tx, post: Model) -> Result<(), StoreFault> {
    post.into_active_model().reset_all().update(&**tx).await?;
    Ok(())
}

/// Deletes a notice; its comments and who comes to it go with it.
pub async fn delete(tx: &Tx, neighbourhood: Uuid, id: Uuid) -> Result<(), StoreFault> {
    Entity::delete_by_id((neighbourhood, id))
        .exec(&**tx)
        .await?;
    Ok(())
}

/// An author's notices in a neighbourhood, newest first.
pub async fn by_author(
    on: &impl ConnectionTrait,
    neighbourhood: NeighbourhoodId,
    author: ResidentId,
    limit: u64,
) -> Result<Vec<Model>, StoreFault> {
    Ok(Entity::find()
        .filter(Column::Neighbourhood.eq(neighbourhood.uuid()))
        .filter(Column::Author.eq(author.uuid()))
        .order_by_desc(Column::CreatedAtMs)
        .order_by_desc(Column::Id)
        .limit(limit)
        .all(on)
        .await?)
}

/// Everything an author has put up, anywhere.
pub async fn everything_by(
    on: &impl ConnectionTrait,
    author: ResidentId,
) -> Result<Vec<Model>, StoreFault> {
    Ok(Entity::find()
        .filter(Column::Author.eq(author.uuid()))
        .order_by_asc(Column::CreatedAtMs)
        .all(on)
        .await?)
}

/// Locks the notices that somebody wrote, answered or comes to, by their ids.
pub async fn hold_everything_of(tx: &Tx, resident: ResidentId) -> Result<(), StoreFault> {
    let who = resident.uuid();
    let wrote = Entity::find()
        .select_only()
        .columns([Column::Neighbourhood, Column::Id])
        .filter(Column::Author.eq(who));
    let mut ids: BTreeSet<(Uuid, Uuid)> = of(tx, wrote).await?;
    let answered = comment::Entity::find()
        .select_only()
        .columns([comment::Column::Neighbourhood, comment::Column::Post])
        .filter(comment::Column::Author.eq(who));
    ids.extend(of(tx, answered).await?);
    let comes = rsvp::Entity::find()
        .select_only()
        .columns([rsvp::Column::Neighbourhood, rsvp::Column::Post])
        .filter(rsvp::Column::Resident.eq(who));
    ids.extend(of(tx, comes).await?);
    for (neighbourhood, id) in ids {
        lock(tx, neighbourhood, id).await?;
    }
    Ok(())
}

async fn of<E: EntityTrait>(
    tx: &Tx,
    keys: Select<E>,
) -> Result<BTreeSet<(Uuid, Uuid)>, StoreFault> {
    let keys: Vec<(Uuid, Uuid)> = keys.into_tuple().all(&**tx).await?;
    Ok(keys.into_iter().collect())
}

/// The neighbourhood and the id of every notice there is.
pub async fn ids(on: &impl ConnectionTrait) -> Result<Vec<(Uuid, Uuid)>, StoreFault> {
    let ids = Entity::find().select_only();
    let ids = ids.column(Column::Neighbourhood).column(Column::Id);
    Ok(ids.into_tuple().all(on).await?)
}

/// Some of what nobody read, or could not be shown, in time; locked. One that somebody else works on is left to them.
pub async fn unread(tx: &Tx, before_ms: i64, limit: u64) -> Result<Vec<Model>, StoreFault> {
    Ok(waiting_since(before_ms)
        .limit(limit)
        .lock_with_behavior(LockType::Update, LockBehavior::SkipLocked)
        .all(&**tx)
        .await?)
}

/// What tells of a person and has waited since then or longer.
pub(super) fn waiting_since(before_ms: i64) -> Select<Entity> {
    Entity::find()
        .filter(Column::Category.eq(i32::from(Category::ConcerningBehaviour)))
        .filter(Column::WaitsSinceMs.lte(before_ms))
        .order_by_asc(Column::WaitsSinceMs)
}

/// The neighbourhood and the id of what was read and has no day yet, longest waiting first.
pub async fn accepted(
    on: &impl ConnectionTrait,
    limit: u64,
) -> Result<Vec<(Uuid, Uuid)>, StoreFault> {
    let ids = Entity::find().select_only();
    let ids = ids.column(Column::Neighbourhood).column(Column::Id);
    let accepted = ids.filter(Column::Accepted.eq(true));
    let longest_first = accepted
        .order_by_asc(Column::WaitsSinceMs)
        .order_by_asc(Column::Id);
    Ok(longest_first.limit(limit).into_tuple().all(on).await?)
}

/// Takes back that police may read what an author told.
pub async fn keep_from_police(tx: &Tx, author: ResidentId) -> Result<(), StoreFault> {
    Entity::update_many()
        .col_expr(Column::PoliceMayRead, false.into())
        .filter(Column::Author.eq(author.uuid()))
        .filter(Column::PoliceMayRead.eq(true))
        .exec(&**tx)
        .await?;
    Ok(())
}

/// Some of what should have come down by now; locked. One that somebody else works on is left to them.
pub async fn expired(tx: &Tx, now_ms: i64, limit: u64) -> Result<Vec<Model>, StoreFault> {
    Ok(Entity::find()
        .filter(Column::ExpiresAtMs.lte(now_ms))
        .order_by_asc(Column::ExpiresAtMs)
        .limit(limit)
        .lock_with_behavior(LockType::Update, LockBehavior::SkipLocked)
        .all(&**tx)
        .await?)
}
