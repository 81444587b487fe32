//! The query everything is fast for: the newest posts of some places.

use contract::NeighbourhoodId;
use geo::Place;
use sea_orm::{ConnectionTrait, DbBackend, FromQueryResult, Value};
use store::StoreFault;
use uuid::Uuid;

use super::{Snapshot, padded, statement};
use crate::domain::Key;

/// The most index cursors of one statement; SQLite takes 500.
pub(super) const CURSORS_AT_MOST: usize = 256;

/// How many values a statement has before those of its cursors.
const SHARED: usize = 5;

#[derive(FromQueryResult)]
struct KeyRow {
    published_at_ms: i64,
    post: Uuid,
}

/// One index cursor: a place, or one category in it.
pub(super) type Run = (Option<i64>, Option<i32>);

impl Snapshot {
    /// The first `limit` posts after `after` in these places, and in these categories (none: all), that are still
    /// shown at `now_ms`; newest first.
    ///
    /// Every place (with every category that is asked for) is one cursor in the covering index; the database steps
    /// them side by side and stops after `limit`. What it costs grows with the number of cursors and not with the
    /// number of posts.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn newest(
        &self,
        neighbourhood: NeighbourhoodId,
        places: &[Place],
        categories: &[i32],
        after: Key,
        now_ms: i64,
        limit: usize,
    ) -> Result<Vec<Key>, StoreFault> {
        let mut keys = Vec::new();
        for runs in runs(places, categories).chunks(CURSORS_AT_MOST) {
            let values: [Value; SHARED] = [
                neighbourhood.uuid().into(),
                after.published_at_ms.into(),
                after.post.into(),
                now_ms.into(),
                i64::try_from(limit).unwrap_or(i64::MAX).into(),
            ];
            let backend = self.on().get_database_backend();
            let (sql, values) = merged(backend, runs, !categories.is_empty(), &values);
            let rows = KeyRow::find_by_statement(statement(self.on(), sql, values))
                .all(self.on())
                .await?;
            keys.extend(rows.into_iter().map(|row| Key {
                published_at_ms: row.published_at_ms,
                post: row.post,
            }));
        }
        keys.sort_unstable_by(|a, b| b.cmp(a));
        keys.truncate(limit);
        Ok(keys)
    }
}

fn runs(places: &[Place], categories: &[i32]) -> Vec<Run> {
    let places = places.iter().map(|place| Some(place.to_i64()));
    if categories.is_empty() {
        return places.map(|place| (place, None)).collect();
    }
    places
        .flat_map(|place| {
            categories
                .iter()
                .map(move |category| (place, Some(*category)))
        })
        .collect()
}

/// One statement over all cursors. Each branch comes in order from its index, so the outer order is a merge of sorted
/// runs and sorts nothing.
///
/// The two planners see that under different conditions: PostgreSQL sorts the whole of a branch unless the branch says
/// how few rows are wanted, SQLite sorts the few rows of a branch that says so.
pub(super) fn merged(
    backend: DbBackend,
    runs: &[Run],
    by_category: bool,
    shared: &[Value; SHARED],
) -> (String, Vec<Value>) {
    let few = if backend == DbBackend::Postgres {
        " LIMIT $5"
    } else {
        ""
    };
    let size = padded(runs.len());
    let mut values = shared.to_vec();
    let mut branches = Vec::with_capacity(size);
    for index in 0..size {
        let (place, category) = runs.get(index).copied().unwrap_or_default();
        values.push(Value::BigInt(place));
        let mut which = format!("place = ${}", values.len());
        if by_category {
            values.push(Value::Int(category));
            which = format!("{which} AND category = ${}", values.len());
        }
        branches.push(format!(
            "SELECT published_at_ms, post FROM (SELECT published_at_ms, post FROM feed_row \
             WHERE neighbourhood = $1 AND {which} AND (published_at_ms, post) < ($2, $3) AND expires_at_ms > $4 \
             ORDER BY published_at_ms DESC, post DESC{few}) AS run"
        ));
    }
    let sql = format!(
        "{} ORDER BY published_at_ms DESC, post DESC LIMIT $5",
        branches.join(" UNION ALL ")
    );
    (sql, values)
}
