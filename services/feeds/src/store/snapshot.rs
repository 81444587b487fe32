//! Reading: everything of one answer as it stood at one moment.

use std::collections::{BTreeSet, HashMap};

use contract::NeighbourhoodId;
use contract::posts::Post;
use geo::Place;
use prost::Message;
use sea_orm::{
    DatabaseTransaction, FromQueryResult, IsolationLevel, TransactionOptions, TransactionTrait,
    Value,
};
use store::{Backend, Store, StoreFault};
use uuid::Uuid;

use super::row::place_of;
use super::{padded, placeholders, statement};

/// Where the change sequence of a neighbourhood stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, FromQueryResult)]
pub struct Head {
    /// The last change.
    pub seq: i64,
    /// The last change that is forgotten: whoever has not read up to here may have missed that something is gone.
    pub horizon: i64,
}

/// What a neighbourhood's feed follows from: equal moments, equal feeds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Moment {
    /// Where the change sequence stands.
    pub head: Head,
    /// Which level map is in use, if identity has told one.
    pub map_version: Option<i64>,
}

impl Moment {
    /// Whether everything that happened between this and a later one can be read from the change sequence.
    #[must_use]
    pub const fn leads_to(self, later: Self) -> bool {
        self.head.seq <= later.head.seq && later.head.horizon <= self.head.seq
    }
}

#[derive(FromQueryResult)]
struct MomentRow {
    seq: Option<i64>,
    horizon: Option<i64>,
    map_version: Option<i64>,
}

/// The feed at one moment: what is written meanwhile is not seen.
#[derive(Debug)]
pub struct Snapshot {
    tx: DatabaseTransaction,
}

#[derive(FromQueryResult)]
struct PlaceRow {
    place: i64,
}

/// What is shown of a post.
#[derive(Clone, Debug, PartialEq)]
pub struct Body {
    /// Since which change.
    pub seq: i64,
    /// What is shown.
    pub post: Post,
}

#[derive(FromQueryResult)]
struct BodyRow {
    post: Uuid,
    seq: i64,
    body: Vec<u8>,
}

pub(super) fn bodies_of(count: usize) -> String {
    format!(
        "SELECT post, seq, body FROM feed_row WHERE neighbourhood = $1 AND post IN ({})",
        placeholders(2, count)
    )
}

impl Snapshot {
    /// Begins to read.
    ///
    /// # Errors
    /// When the database cannot be reached.
    pub async fn of(store: &Store) -> Result<Self, StoreFault> {
        // On SQLite every transaction sees one moment; on PostgreSQL that has to be asked for.
        let options = TransactionOptions {
            isolation_level: (store.backend() == Backend::Postgres)
                .then_some(IsolationLevel::RepeatableRead),
            ..TransactionOptions::default()
        };
        let tx = store.read().begin_with_options(options).await?;
        Ok(Self { tx })
    }

    /// Ends it; the connection is free again.
    ///
    /// # Errors
    /// When the database cannot be reached.
    pub async fn end(self) -> Result<(), StoreFault> {
        Ok(self.tx.commit().await?)
    }

    pub(super) const fn on(&self) -> &DatabaseTransaction {
        &self.tx
    }

    /// Where the change sequence stands.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn head(&self, neighbourhood: NeighbourhoodId) -> Result<Head, StoreFault> {
        let head = Head::find_by_statement(statement(
            &self.tx,
            "SELECT seq, horizon FROM feed_seq WHERE neighbourhood = $1",
            [neighbourhood.uuid().into()],
        ))
        .one(&self.tx)
        .await?;
        Ok(head.unwrap_or_default())
    }

    /// The moment that this is.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn moment(&self, neighbourhood: NeighbourhoodId) -> Result<Moment, StoreFault> {
        let found = MomentRow::find_by_statement(statement(
            &self.tx,
            "SELECT s.seq, s.horizon, m.version AS map_version FROM (SELECT 1 AS one) AS one \
             LEFT JOIN feed_seq s ON s.neighbourhood = $1 LEFT JOIN feed_map m ON m.neighbourhood = $1",
            [neighbourhood.uuid().into()],
        ))
        .one(&self.tx)
        .await?;
        Ok(found.map_or_else(Moment::default, |found| Moment {
            head: Head {
                seq: found.seq.unwrap_or_default(),
                horizon: found.horizon.unwrap_or_default(),
            },
            map_version: found.map_version,
        }))
    }

    /// The places where there are rows.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn places(
        &self,
        neighbourhood: NeighbourhoodId,
    ) -> Result<BTreeSet<Place>, StoreFault> {
        PlaceRow::find_by_statement(statement(
            &self.tx,
            "SELECT place FROM feed_place WHERE neighbourhood = $1",
            [neighbourhood.uuid().into()],
        ))
        .all(&self.tx)
        .await?
        .into_iter()
        .map(|row| place_of("feed_place", row.place))
        .collect()
    }

    /// What is shown of these posts.
    ///
    /// # Errors
    /// When the database cannot be read, or a row not be understood.
    pub async fn bodies(
        &self,
        neighbourhood: NeighbourhoodId,
        posts: &[Uuid],
    ) -> Result<HashMap<Uuid, Body>, StoreFault> {
        if posts.is_empty() {
            return Ok(HashMap::new());
        }
        let size = padded(posts.len());
        let mut values: Vec<Value> = vec![neighbourhood.uuid().into()];
        values.extend(posts.iter().map(|post| Value::from(*post)));
        values.resize(1 + size, Value::Uuid(None));
        BodyRow::find_by_statement(statement(&self.tx, bodies_of(size), values))
            .all(&self.tx)
            .await?
            .into_iter()
            .map(|row| {
                let post = Post::decode(row.body.as_slice())
                    .map_err(|_| StoreFault::Unreadable { table: "feed_row" })?;
                Ok((row.post, Body { seq: row.seq, post }))
            })
            .collect()
    }
}
