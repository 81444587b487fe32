//! What there is to decide about: notices and comments without a word of them, and how each stands.

use contract::common::{Category, Measure};
use contract::moderation::Kind;
use contract::{MediaId, NeighbourhoodId, ResidentId};
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::Expr;
use sea_orm::{ActiveModelTrait, ConnectionTrait, IntoActiveModel, QuerySelect};
use store::{StoreFault, Tx};

use super::Keyed;
use super::ids::{packed, unpacked};
use crate::domain::{Ruling, Subject};

/// It is readable.
pub const SHOWN: i32 = 1;
/// It waits, or its author is to change it.
pub const HELD: i32 = 2;
/// A moderator took it down.
pub const REMOVED: i32 = 3;
/// It is gone, and kept only because a case is about it.
pub const GONE: i32 = 4;

/// One notice or comment.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "content")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub neighbourhood: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub kind: i32,
    /// The notice that a comment is below.
    pub parent: Option<Uuid>,
    /// None once they are erased.
    pub author: Option<Uuid>,
    pub category: i32,
    pub version: i64,
    /// The version in which its author last wrote something in it.
    pub written: i64,
    pub state: i32,
    #[sea_orm(column_type = "VarBinary(StringLen::None)")]
    pub pictures: Vec<u8>,
    /// Until when everybody may read it; 0: members only.
    pub public_until_ms: i64,
    pub measure: i32,
    pub read: i64,
    #[sea_orm(column_type = "VarBinary(StringLen::None)")]
    pub pictures_hidden: Vec<u8>,
    #[sea_orm(column_type = "VarBinary(StringLen::None)")]
    pub pictures_removed: Vec<u8>,
    #[sea_orm(column_type = "VarBinary(StringLen::None)", nullable)]
    pub pictures_withheld: Option<Vec<u8>>,
    /// How often it was ruled about it.
    pub ruling: i64,
    /// The decision by which it stands as it does.
    pub ruled_by: Option<Uuid>,
}

impl ActiveModelBehavior for ActiveModel {}

impl Keyed for Entity {
    const NEIGHBOURHOOD: Column = Column::Neighbourhood;
    const ID: Column = Column::Id;
}

impl Model {
    /// One that nothing is known of yet.
    pub fn unknown(neighbourhood: Uuid, id: Uuid, kind: Kind) -> Self {
        Self {
            neighbourhood,
            id,
            kind: kind.into(),
            parent: None,
            author: None,
            category: Category::Unspecified.into(),
            version: 0,
            written: 0,
            state: SHOWN,
            pictures: Vec::new(),
            public_until_ms: 0,
            measure: Measure::Unspecified.into(),
            read: 0,
            pictures_hidden: Vec::new(),
            pictures_removed: Vec::new(),
            pictures_withheld: None,
            ruling: 0,
            ruled_by: None,
        }
    }

    pub fn kind(&self) -> Kind {
        Kind::try_from(self.kind).unwrap_or(Kind::Unspecified)
    }

    pub fn pictures(&self) -> Vec<MediaId> {
        unpacked(&self.pictures)
    }

    pub fn set_pictures(&mut self, pictures: &[MediaId]) {
        self.pictures = packed(pictures);
    }

    /// How it stands.
    pub fn stands(&self) -> Ruling {
        Ruling {
            measure: Measure::try_from(self.measure).unwrap_or(Measure::Unspecified),
            read: self.read,
            hidden: unpacked(&self.pictures_hidden),
            withheld: unpacked(self.pictures_withheld.as_deref().unwrap_or_default()),
            removed: unpacked(&self.pictures_removed),
        }
    }

    pub fn set_stands(&mut self, ruling: &Ruling) {
        self.measure = ruling.measure.into();
        self.read = ruling.read;
        self.pictures_hidden = packed(&ruling.hidden);
        self.pictures_removed = packed(&ruling.removed);
        self.pictures_withheld = (!ruling.withheld.is_empty()).then(|| packed(&ruling.withheld));
    }

    /// As something to decide about.
    pub fn subject<'a>(&self, pictures: &'a [MediaId]) -> Subject<'a> {
        Subject {
            kind: self.kind(),
            version: self.version,
            written: self.written,
            pictures,
            has_author: self.author.is_some(),
        }
    }
}

/// One that somebody may report: shown, in one of these neighbourhoods, or to everybody.
pub async fn visible(
    on: &impl ConnectionTrait,
    neighbourhoods: &[NeighbourhoodId],
    id: Uuid,
    now_ms: i64,
) -> Result<Option<Model>, StoreFault> {
    let within = Entity::find()
        .filter(Column::Neighbourhood.is_in(neighbourhoods.iter().map(|n| n.uuid())))
        .filter(Column::Id.eq(id))
        .filter(Column::State.eq(SHOWN))
        .one(on)
        .await?;
    if within.is_some() {
        return Ok(within);
    }
    Ok(Entity::find()
        .filter(Column::Id.eq(id))
        .filter(Expr::cust("public_until_ms > 0"))
        .filter(Column::PublicUntilMs.gt(now_ms))
        .filter(Column::State.eq(SHOWN))
        .one(on)
        .await?)
}

/// Those of these that there are, in no order.
pub async fn find_all(
    on: &impl ConnectionTrait,
    neighbourhood: NeighbourhoodId,
    ids: impl IntoIterator<Item = Uuid>,
) -> Result<Vec<Model>, StoreFault> {
    Ok(Entity::find()
        .filter(Column::Neighbourhood.eq(neighbourhood.uuid()))
        .filter(Column::Id.is_in(ids))
        .all(on)
        .await?)
}

/// A notice or a comment with the comments below it; locked. Whoever locks several does it by their ids.
pub async fn lock_with_comments(
    tx: &Tx,
    neighbourhood: Uuid,
    id: Uuid,
) -> Result<Vec<Model>, StoreFault> {
    let mut rows = Vec::new();
    let mut ids = vec![id];
    ids.extend(below(tx, neighbourhood, id).await?);
    ids.sort_unstable();
    for id in &ids {
        rows.extend(Entity::lock(tx, neighbourhood, *id).await?);
    }
    // The notice is locked: what came below it until then is there now, and nothing comes any more.
    for late in below(tx, neighbourhood, id).await? {
        if ids.binary_search(&late).is_err() {
            rows.extend(Entity::lock(tx, neighbourhood, late).await?);
        }
    }
    Ok(rows)
}

async fn below(tx: &Tx, neighbourhood: Uuid, id: Uuid) -> Result<Vec<Uuid>, StoreFault> {
    Ok(Entity::find()
        .select_only()
        .column(Column::Id)
        .filter(Column::Neighbourhood.eq(neighbourhood))
        .filter(Column::Parent.eq(id))
        .into_tuple()
        .all(&**tx)
        .await?)
}

/// Puts one in that was not there.
pub async fn insert(tx: &Tx, content: Model) -> Result<(), StoreFault> {
    Entity::insert(content.into_active_model())
        .exec_without_returning(&**tx)
        .await?;
    Ok(())
}

/// Replaces one that was locked.
pub async fn update(tx: &Tx, content: Model) -> Result<(), StoreFault> {
    content
        .into_active_model()
        .reset_all()
        .update(&**tx)
        .await?;
    Ok(())
}

/// Forgets one.
pub async fn delete(tx: &Tx, neighbourhood: Uuid, id: Uuid) -> Result<(), StoreFault> {
    Entity::delete_by_id((neighbourhood, id))
        .exec(&**tx)
        .await?;
    Ok(())
}

/// What is gone, with no case about it any more, is forgotten.
pub async fn forget(tx: &Tx) -> Result<(), StoreFault> {
    Entity::delete_many()
        .filter(Expr::cust("state = 4"))
        .filter(Expr::cust(
            "NOT EXISTS (SELECT 1 FROM case_file WHERE case_file.neighbourhood = content.neighbourhood \
             AND case_file.content = content.id)",
        ))
        .exec(&**tx)
        .await?;
    Ok(())
}

/// Nobody knows any more that this resident wrote anything.
pub async fn forget_author(tx: &Tx, resident: ResidentId) -> Result<(), StoreFault> {
    Entity::update_many()
        .col_expr(Column::Author, Expr::value(Option::<Uuid>::None))
        .filter(Column::Author.eq(resident.uuid()))
        .exec(&**tx)
        .await?;
    Ok(())
}
