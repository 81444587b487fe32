//! Cases.

use contract::moderation::Lane;
use contract::{NeighbourhoodId, ResidentId};
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{
    ActiveModelTrait, ConnectionTrait, IntoActiveModel, QueryOrder, QuerySelect, Select,
};
use store::{StoreFault, Tx};

use super::keyed::in_case;
use super::{Keyed, appeal, decision, proposal, recusal, report};
use crate::domain::{Agenda, Case, Causes, Claim};

/// It is open.
pub const OPEN: i32 = 0;
/// It was decided.
pub const DECIDED: i32 = 1;
/// What brought it about went away.
pub const WITHDRAWN: i32 = 2;
/// Nobody read in time what waited to be shown.
pub const LAPSED: i32 = 3;

/// One case.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "case_file")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub neighbourhood: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub content: Uuid,
    pub kind: i32,
    pub category: i32,
    /// Who wrote it; none once they are erased.
    pub author: Option<Uuid>,
    pub causes: i32,
    pub waits_until_ms: Option<i64>,
    pub unread_until_ms: Option<i64>,
    pub reported_until_ms: Option<i64>,
    pub depicted_until_ms: Option<i64>,
    /// The earliest of these; the last one that was, once it is closed.
    pub deadline_ms: i64,
    pub lane: i32,
    pub opened_at_ms: i64,
    pub closing: i32,
    pub closed_at_ms: Option<i64>,
    pub claimed_by: Option<Uuid>,
    pub claimed_until_ms: Option<i64>,
    /// How much there was to read then.
    pub claimed_with: i64,
}

impl ActiveModelBehavior for ActiveModel {}

impl Keyed for Entity {
    const NEIGHBOURHOOD: Column = Column::Neighbourhood;
    const ID: Column = Column::Id;
}

impl Model {
    pub fn agenda(&self) -> Agenda {
        Agenda {
            causes: Causes::from_bits(self.causes),
            waits_until_ms: self.waits_until_ms,
            unread_until_ms: self.unread_until_ms,
            reported_until_ms: self.reported_until_ms,
            depicted_until_ms: self.depicted_until_ms,
        }
    }

    pub fn set_agenda(&mut self, agenda: &Agenda) {
        self.causes = agenda.causes.bits();
        self.waits_until_ms = agenda.waits_until_ms;
        self.unread_until_ms = agenda.unread_until_ms;
        self.reported_until_ms = agenda.reported_until_ms;
        self.depicted_until_ms = agenda.depicted_until_ms;
        self.deadline_ms = agenda.deadline_ms().unwrap_or(self.deadline_ms);
        self.lane = agenda.lane().into();
    }

    /// As far as it matters who has it.
    pub fn case(&self) -> Case {
        let claim = self.claimed_by.zip(self.claimed_until_ms);
        Case {
            is_open: self.closing == OPEN,
            claim: claim.map(|(by, until_ms)| Claim {
                by: ResidentId::new(by),
                until_ms,
                read: self.claimed_with.unsigned_abs(),
            }),
        }
    }

    pub fn set_claim(&mut self, claim: Option<Claim>) {
        self.claimed_by = claim.map(|claim| claim.by.uuid());
        self.claimed_until_ms = claim.map(|claim| claim.until_ms);
        let read = claim.map_or(0, |claim| claim.read);
        self.claimed_with = i64::try_from(read).unwrap_or(i64::MAX);
    }

    /// It is over, and nobody's.
    pub fn close(&mut self, closing: i32, now_ms: i64) {
        self.closing = closing;
        self.closed_at_ms = Some(now_ms);
        self.set_claim(None);
    }
}

/// The open case about a content that is locked; locked.
pub async fn open_about(
    tx: &Tx,
    neighbourhood: Uuid,
    content: Uuid,
) -> Result<Option<Model>, StoreFault> {
    Ok(Entity::find()
        .filter(Column::Neighbourhood.eq(neighbourhood))
        .filter(Column::Content.eq(content))
        .filter(Column::ClosedAtMs.is_null())
        .lock_exclusive()
        .one(&**tx)
        .await?)
}

/// Whether there is a case about a content, be it closed.
pub async fn any_about(tx: &Tx, neighbourhood: Uuid, content: Uuid) -> Result<bool, StoreFault> {
    let any = Entity::find()
        .filter(Column::Neighbourhood.eq(neighbourhood))
        .filter(Column::Content.eq(content))
        .one(&**tx)
        .await?;
    Ok(any.is_some())
}

/// Opens a case.
pub async fn insert(tx: &Tx, case: Model) -> Result<(), StoreFault> {
    Entity::insert(case.into_active_model())
        .exec_without_returning(&**tx)
        .await?;
    Ok(())
}

/// Replaces a case that was locked.
pub async fn update(tx: &Tx, case: Model) -> Result<(), StoreFault> {
    case.into_active_model().reset_all().update(&**tx).await?;
    Ok(())
}

/// The open cases of a lane after a position, by deadline, without what is theirs or what they stood back from.
pub(super) fn queue(
    neighbourhood: NeighbourhoodId,
    moderator: ResidentId,
    lane: Lane,
    after: Option<(i64, Uuid)>,
    limit: u64,
) -> Select<Entity> {
    let mut query = Entity::find()
        .filter(Column::Neighbourhood.eq(neighbourhood.uuid()))
        .filter(Column::ClosedAtMs.is_null());
    match lane {
        Lane::Every => {}
        Lane::Claimed => {
            query = query
                .filter(Column::ClaimedBy.is_not_null())
                .filter(Column::ClaimedBy.eq(moderator.uuid()));
        }
        lane => query = query.filter(Column::Lane.eq(i32::from(lane))),
    }
    let of = |case: Column| Expr::col((Entity, case));
    let case = || [of(Column::Neighbourhood), of(Column::Id)];
    query = query
        .filter(
            Column::Author
                .is_null()
                .or(Column::Author.ne(moderator.uuid())),
        )
        .filter(Expr::exists(recusal::from(case(), moderator)).not())
        .filter(Expr::exists(report::by_from(case(), moderator)).not());
    if let Some((deadline_ms, id)) = after {
        let key = Expr::tuple([of(Column::DeadlineMs), of(Column::Id)]);
        let position = Expr::tuple([Expr::value(deadline_ms), Expr::value(id)]);
        query = query.filter(key.gt(position));
    }
    query
        .order_by_asc(Column::DeadlineMs)
        .order_by_asc(Column::Id)
        .limit(limit)
}

/// The same, read.
pub async fn list(
    on: &impl ConnectionTrait,
    neighbourhood: NeighbourhoodId,
    moderator: ResidentId,
    lane: Lane,
    after: Option<(i64, Uuid)>,
    limit: u64,
) -> Result<Vec<Model>, StoreFault> {
    Ok(queue(neighbourhood, moderator, lane, after, limit)
        .all(on)
        .await?)
}

/// Every case about what a resident wrote.
pub async fn by_author(
    on: &impl ConnectionTrait,
    author: ResidentId,
) -> Result<Vec<Model>, StoreFault> {
    Ok(Entity::find()
        .filter(Column::Author.eq(author.uuid()))
        .order_by_asc(Column::OpenedAtMs)
        .all(on)
        .await?)
}

/// Deletes cases that were closed before a time, with everything that hangs on them; not those of which something still runs:
/// a pause, the time to appeal, an appeal, a proposal.
pub async fn forget(tx: &Tx, before_ms: i64, now_ms: i64) -> Result<(), StoreFault> {
    let of = |column: Column| Expr::col((Entity, column));
    let case = || [of(Column::Neighbourhood), of(Column::Id)];
    let runs = |column: decision::Column| Expr::col((decision::Entity, column)).gt(now_ms);
    let decided = {
        use decision::Column;
        in_case::<decision::Entity>([Column::Neighbourhood, Column::CaseId], case())
            .and_where(
                runs(Column::PausedUntilMs)
                    .or(runs(Column::PeopleUntilMs))
                    .or(runs(Column::AppealUntilMs)),
            )
            .to_owned()
    };
    let appealed = {
        use appeal::Column;
        in_case::<appeal::Entity>([Column::Neighbourhood, Column::CaseId], case())
            .and_where(Column::DecidedAtMs.is_null())
            .to_owned()
    };
    let proposed = {
        use proposal::Column;
        in_case::<proposal::Entity>([Column::Neighbourhood, Column::CaseId], case())
            .and_where(Column::DecidedAtMs.is_null())
            .to_owned()
    };
    Entity::delete_many()
        .filter(Column::ClosedAtMs.is_not_null())
        .filter(Column::ClosedAtMs.lt(before_ms))
        .filter(Expr::exists(decided).not())
        .filter(Expr::exists(appealed).not())
        .filter(Expr::exists(proposed).not())
        .exec(&**tx)
        .await?;
    Ok(())
}

/// Nobody knows any more that this resident wrote anything, or was at anything.
pub async fn forget_resident(tx: &Tx, resident: ResidentId) -> Result<(), StoreFault> {
    let nobody = || Expr::value(Option::<Uuid>::None);
    Entity::update_many()
        .col_expr(Column::Author, nobody())
        .filter(Column::Author.eq(resident.uuid()))
        .exec(&**tx)
        .await?;
    Entity::update_many()
        .col_expr(Column::ClaimedBy, nobody())
        .col_expr(Column::ClaimedUntilMs, Expr::value(Option::<i64>::None))
        .filter(Column::ClaimedBy.is_not_null())
        .filter(Column::ClaimedBy.eq(resident.uuid()))
        .exec(&**tx)
        .await?;
    Ok(())
}
