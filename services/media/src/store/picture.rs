//! Pictures.

use std::collections::{BTreeMap, HashSet};

use contract::common::Picture;
use contract::{MediaId, NeighbourhoodId, PostId, ResidentId};
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{LockBehavior, LockType};
use sea_orm::{Condition, ConnectionTrait, IntoActiveModel, QueryOrder, QuerySelect};
use store::{StoreFault, Tx};

use crate::blobs::BlobName;
use crate::domain::{Hung, Kept, Telling};

/// One picture as kept; its files are under the name of its blob.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "picture")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Set with `post`, as long as the picture hangs.
    pub neighbourhood: Option<Uuid>,
    pub post: Option<Uuid>,
    /// Whether the readers of its notice see it.
    pub shown: bool,
    /// Moderators took it out, and may have to give it back: nobody sees it.
    pub withheld: bool,
    /// When the time of its notice is over, where that is known: of every one that is shown.
    pub expires_at_ms: Option<i64>,
    /// Until when everybody sees it, signed out too; none: its neighbourhood only.
    pub public_until_ms: Option<i64>,
    pub owner: Uuid,
    pub blob: Uuid,
    /// Of the large variant, in pixels.
    pub width: i32,
    /// Of the large variant, in pixels.
    pub height: i32,
    pub blurhash: String,
    /// Hash of the content of its files.
    pub etag: String,
    /// Of all its files together.
    pub bytes: i64,
    pub created_at_ms: i64,
}

impl ActiveModelBehavior for ActiveModel {}

impl Model {
    pub fn media_id(&self) -> MediaId {
        MediaId::new(self.id)
    }

    pub fn blob(&self) -> BlobName {
        BlobName::new(self.blob)
    }

    /// As the rules see it.
    pub fn kept(&self) -> Kept {
        let hung = self.neighbourhood.zip(self.post);
        Kept {
            id: self.media_id(),
            owner: ResidentId::new(self.owner),
            created_at_ms: self.created_at_ms,
            hung: hung.map(|(neighbourhood, post)| Hung {
                neighbourhood: NeighbourhoodId::new(neighbourhood),
                post: PostId::new(post),
                shown: self.shown,
                withheld: self.withheld,
                expires_at_ms: self.expires_at_ms,
                public_until_ms: self.public_until_ms,
            }),
        }
    }

    /// As messages carry it. What it shows is said by the notice.
    pub fn wire(&self) -> Picture {
        Picture {
            id: self.media_id().to_bytes(),
            width: self.width.unsigned_abs(),
            height: self.height.unsigned_abs(),
            blurhash: self.blurhash.clone(),
            alt: String::new(),
        }
    }
}

/// One picture.
pub async fn find(on: &impl ConnectionTrait, id: MediaId) -> Result<Option<Model>, StoreFault> {
    Ok(Entity::find_by_id(id.uuid()).one(on).await?)
}

/// Those of these pictures that exist, in no order.
pub async fn find_all(
    on: &impl ConnectionTrait,
    ids: &[MediaId],
) -> Result<Vec<Model>, StoreFault> {
    Ok(Entity::find()
        .filter(Column::Id.is_in(ids.iter().map(|id| id.uuid())))
        .all(on)
        .await?)
}

/// What hangs on the notices these are about, and what they name that exists; locked.
///
/// Whoever locks several does it by their ids: two that want the same ones then never wait for one another.
pub async fn concerned(
    tx: &Tx,
    news: impl Iterator<Item = &Telling>,
) -> Result<Vec<Model>, StoreFault> {
    let mut posts = BTreeMap::<_, Vec<PostId>>::new();
    let mut named = Vec::new();
    for telling in news {
        let posts = posts.entry(telling.neighbourhood).or_default();
        posts.push(telling.post);
        named.extend(telling.pictures.iter().map(|named| named.id));
    }
    let query = hanging_or_named(&posts, &named);
    Ok(query.lock_exclusive().all(&**tx).await?)
}

pub(super) fn hanging_or_named(
    posts: &BTreeMap<NeighbourhoodId, Vec<PostId>>,
    named: &[MediaId],
) -> Select<Entity> {
    let mut either = Condition::any().add(Column::Id.is_in(named.iter().map(|id| id.uuid())));
    for (neighbourhood, posts) in posts {
        let there = Column::Neighbourhood.eq(neighbourhood.uuid());
        let on = Column::Post.is_in(posts.iter().map(|post| post.uuid()));
        either = either.add(Condition::all().add(there).add(on));
    }
    Entity::find().filter(either).order_by_asc(Column::Id)
}

/// When the loose pictures of a resident that are younger than `since_ms` were sent, oldest first.
pub async fn loose_since(
    on: &impl ConnectionTrait,
    owner: ResidentId,
    since_ms: i64,
) -> Result<Vec<i64>, StoreFault> {
    let times = loose_of(owner, since_ms)
        .select_only()
        .column(Column::CreatedAtMs);
    Ok(times.into_tuple().all(on).await?)
}

pub(super) fn loose_of(owner: ResidentId, since_ms: i64) -> Select<Entity> {
    Entity::find()
        .filter(Column::Owner.eq(owner.uuid()))
        .filter(Column::CreatedAtMs.gt(since_ms))
        .filter(Column::Post.is_null())
        .order_by_asc(Column::CreatedAtMs)
}

/// Puts a picture in.
pub async fn insert(tx: &Tx, picture: Model) -> Result<(), StoreFault> {
    Entity::insert(picture.into_active_model())
        .exec_without_returning(&**tx)
        .await?;
    Ok(())
}

/// Hangs a picture.
pub async fn hang(tx: &Tx, id: MediaId, hung: Hung) -> Result<(), StoreFault> {
    Entity::update_many()
        .col_expr(
            Column::Neighbourhood,
            Expr::value(hung.neighbourhood.uuid()),
        )
        .col_expr(Column::Post, Expr::value(hung.post.uuid()))
        .col_expr(Column::Shown, Expr::value(hung.shown))
        .col_expr(Column::Withheld, Expr::value(hung.withheld))
        .col_expr(Column::ExpiresAtMs, Expr::value(hung.expires_at_ms))
        .col_expr(Column::PublicUntilMs, Expr::value(hung.public_until_ms))
        .filter(Column::Id.eq(id.uuid()))
        .exec(&**tx)
        .await?;
    Ok(())
}

/// Takes pictures out.
pub async fn delete(tx: &Tx, ids: &[Uuid]) -> Result<(), StoreFault> {
    if !ids.is_empty() {
        Entity::delete_many()
            .filter(Column::Id.is_in(ids.iter().copied()))
            .exec(&**tx)
            .await?;
    }
    Ok(())
}

/// Every picture of a resident, oldest first.
pub async fn everything_by(
    on: &impl ConnectionTrait,
    owner: ResidentId,
) -> Result<Vec<Model>, StoreFault> {
    let query = all_of(owner).order_by_asc(Column::CreatedAtMs);
    Ok(query.all(on).await?)
}

pub(super) fn all_of(owner: ResidentId) -> Select<Entity> {
    Entity::find().filter(Column::Owner.eq(owner.uuid()))
}

/// Every picture of a resident; locked.
pub async fn lock_everything_by(tx: &Tx, owner: ResidentId) -> Result<Vec<Model>, StoreFault> {
    let query = all_of(owner).order_by_asc(Column::Id).lock_exclusive();
    Ok(query.all(&**tx).await?)
}

/// Some of the loose pictures sent at `until_ms` or before; locked. One that somebody else works on is left to them.
pub async fn loose_until(tx: &Tx, until_ms: i64, limit: u64) -> Result<Vec<Model>, StoreFault> {
    let query = loose_before(until_ms, limit);
    let query = query.lock_with_behavior(LockType::Update, LockBehavior::SkipLocked);
    Ok(query.all(&**tx).await?)
}

pub(super) fn loose_before(until_ms: i64, limit: u64) -> Select<Entity> {
    Entity::find()
        .filter(Column::Post.is_null())
        .filter(Column::CreatedAtMs.lte(until_ms))
        .order_by_asc(Column::CreatedAtMs)
        .limit(limit)
}

/// Those of these blobs that a picture refers to.
pub async fn referred(
    on: &impl ConnectionTrait,
    blobs: &[BlobName],
) -> Result<HashSet<BlobName>, StoreFault> {
    let names = named(blobs).select_only().column(Column::Blob);
    let found: Vec<Uuid> = names.into_tuple().all(on).await?;
    Ok(found.into_iter().map(BlobName::new).collect())
}

pub(super) fn named(blobs: &[BlobName]) -> Select<Entity> {
    Entity::find().filter(Column::Blob.is_in(blobs.iter().map(|blob| blob.uuid())))
}
