//! The databases that one would ask for what is near, each filled and asked as its own documentation advises.
//!
//! Nothing here is Palier's: what they hold is made up, and they are there for one run.

use std::fmt::Write as _;

use anyhow::{Context, Result};
use geo::Place;
use redis::AsyncCommands;
use redis::aio::MultiplexedConnection;
use sqlx::postgres::PgConnection;
use sqlx::{Connection, Row};
use uuid::Uuid;

use crate::town::{self, CIRCLE_M, Circle, Notice};

const PAGE: i64 = 20;
/// Rows that are sent together.
const TOGETHER: usize = 5_000;
/// Later than any notice, in milliseconds: the newest are those nearest to it.
const FAR_OFF_MS: i64 = 4_102_444_800_000;

const BY_TILE: &str = "SELECT post.id, post.body FROM (SELECT near.id, near.published_at_ms FROM unnest($1::bigint[]) AS asked (tile) \
     CROSS JOIN LATERAL (SELECT id, published_at_ms FROM post WHERE post.tile = asked.tile \
     ORDER BY published_at_ms DESC, id DESC LIMIT $2) AS near ORDER BY published_at_ms DESC, id DESC LIMIT $2) AS newest \
     JOIN post ON post.id = newest.id ORDER BY newest.published_at_ms DESC, newest.id DESC";
const BY_DISTANCE: &str = "SELECT id, body FROM post WHERE ST_DWithin(place, ST_MakePoint($1, $2), $3) \
     ORDER BY published_at_ms <-> $4 LIMIT $5";

/// The address that a script of `infra/setup` gave.
pub fn address(name: &str) -> Result<String> {
    std::env::var(name).with_context(|| format!("{name} is not set; `make bench` sets it"))
}

/// PostgreSQL by tile, and `PostGIS` where it has it.
pub struct Postgres {
    on: PgConnection,
    /// Whether it can be asked for a circle.
    pub knows_distances: bool,
}

impl Postgres {
    pub async fn filled(count: u64, tiles: &[Place]) -> Result<Self> {
        let mut on = PgConnection::connect(&address("PALIER_TEST_POSTGRES")?).await?;
        let offered = "SELECT 1 FROM pg_available_extensions WHERE name = 'postgis'";
        let knows_distances = sqlx::query(offered)
            .fetch_optional(&mut on)
            .await?
            .is_some();
        run(&mut on, "DROP TABLE IF EXISTS post").await?;
        if knows_distances {
            run(&mut on, "CREATE EXTENSION IF NOT EXISTS postgis").await?;
            run(&mut on, "CREATE EXTENSION IF NOT EXISTS btree_gist").await?;
        } else {
            println!("PostGIS is not to be had here: Palier is not compared with it");
        }
        let place = if knows_distances {
            "place geometry(Point) NOT NULL"
        } else {
            "place text NOT NULL"
        };
        let table = format!(
            "CREATE TABLE post (id uuid NOT NULL, tile bigint NOT NULL, published_at_ms bigint NOT NULL, {place}, \
             body bytea NOT NULL)"
        );
        run(&mut on, &table).await?;
        let mut copy = on.copy_in_raw("COPY post FROM STDIN").await?;
        let mut text = String::new();
        for (number, notice) in town::notices(count).enumerate() {
            line(&mut text, &notice, tiles)?;
            if number % TOGETHER == 0 {
                copy.send(std::mem::take(&mut text).into_bytes()).await?;
            }
        }
        copy.send(text.into_bytes()).await?;
        copy.finish().await?;
        run(&mut on, "ALTER TABLE post ADD PRIMARY KEY (id)").await?;
        let by_tile = "CREATE INDEX ON post (tile, published_at_ms DESC, id DESC)";
        run(&mut on, by_tile).await?;
        if knows_distances {
            let by_distance = "CREATE INDEX ON post USING gist (place, published_at_ms)";
            run(&mut on, by_distance).await?;
        }
        run(&mut on, "VACUUM ANALYZE post").await?;
        Ok(Self {
            on,
            knows_distances,
        })
    }

    pub async fn by_tile(&mut self, circle: &Circle) -> Result<Vec<Uuid>> {
        let tiles: Vec<i64> = circle.tiles.iter().copied().map(i64::from).collect();
        let rows = sqlx::query(BY_TILE).bind(tiles).bind(PAGE);
        ids(&rows.fetch_all(&mut self.on).await?)
    }

    pub async fn by_distance(&mut self, circle: &Circle) -> Result<Vec<Uuid>> {
        let rows = sqlx::query(BY_DISTANCE)
            .bind(circle.centre.0)
            .bind(circle.centre.1)
            .bind(CIRCLE_M)
            .bind(FAR_OFF_MS)
            .bind(PAGE);
        ids(&rows.fetch_all(&mut self.on).await?)
    }
}

async fn run(on: &mut PgConnection, sql: &str) -> Result<()> {
    sqlx::raw_sql(sqlx::AssertSqlSafe(sql)).execute(on).await?;
    Ok(())
}

fn ids(rows: &[sqlx::postgres::PgRow]) -> Result<Vec<Uuid>> {
    let id = |row: &sqlx::postgres::PgRow| {
        // What is not read was not fetched either.
        let body: &[u8] = row.try_get("body")?;
        anyhow::ensure!(!body.is_empty(), "an empty body");
        Ok(row.try_get("id")?)
    };
    rows.iter().map(id).collect()
}

fn line(text: &mut String, notice: &Notice, tiles: &[Place]) -> Result<()> {
    let body = notice.body(town::board(notice.town), tiles[notice.tile as usize]);
    let (id, tile) = (notice.id.uuid(), notice.tile_of_all());
    let (published_at_ms, (x, y)) = (notice.published_at_ms, notice.at);
    write!(
        text,
        "{id}\t{tile}\t{published_at_ms}\tPOINT({x} {y})\t\\\\x"
    )?;
    for byte in body {
        write!(text, "{byte:02x}")?;
    }
    text.push('\n');
    Ok(())
}

/// Redis: a sorted set for each tile, and a string for each notice.
pub struct Redis {
    on: MultiplexedConnection,
    prefix: String,
    count: u64,
    tiles: Vec<i64>,
}

impl Redis {
    pub async fn filled(count: u64, tiles: &[Place]) -> Result<Self> {
        let client = redis::Client::open(address("PALIER_TEST_REDIS")?)?;
        let on = client.get_multiplexed_async_connection().await?;
        let prefix = format!("palier-ratios-{}", std::process::id());
        let mut all = std::collections::BTreeSet::new();
        let mut sending = redis::pipe();
        let mut redis = Self {
            on,
            prefix,
            count,
            tiles: Vec::new(),
        };
        for (number, notice) in town::notices(count).enumerate() {
            let body = notice.body(town::board(notice.town), tiles[notice.tile as usize]);
            let (id, tile) = (notice.id.uuid(), notice.tile_of_all());
            all.insert(tile);
            sending
                .zadd(redis.tile(tile), redis.post(id), notice.published_at_ms)
                .ignore()
                .set(redis.post(id), body)
                .ignore();
            if number % TOGETHER == 0 {
                let _: () = std::mem::take(&mut sending)
                    .query_async(&mut redis.on)
                    .await?;
            }
        }
        let _: () = sending.query_async(&mut redis.on).await?;
        redis.tiles = all.into_iter().collect();
        Ok(redis)
    }

    fn tile(&self, tile: i64) -> String {
        format!("{}:tile:{tile}", self.prefix)
    }

    fn post(&self, id: Uuid) -> String {
        format!("{}:post:{id}", self.prefix)
    }

    /// The newest of each tile in one go, merged here; then what they say.
    pub async fn by_tile(&mut self, circle: &Circle) -> Result<Vec<Uuid>> {
        let mut asking = redis::pipe();
        let last = isize::try_from(PAGE)? - 1;
        for tile in &circle.tiles {
            asking.zrevrange_withscores(self.tile(i64::from(*tile)), 0, last);
        }
        let found: Vec<Vec<(String, i64)>> = asking.query_async(&mut self.on).await?;
        let mut newest: Vec<(i64, String)> = found
            .into_iter()
            .flatten()
            .map(|(post, published_at_ms)| (published_at_ms, post))
            .collect();
        newest.sort_unstable_by(|a, b| b.cmp(a));
        newest.truncate(usize::try_from(PAGE)?);
        let keys: Vec<&String> = newest.iter().map(|(_, post)| post).collect();
        let bodies: Vec<Vec<u8>> = self.on.mget(&keys).await?;
        anyhow::ensure!(bodies.len() == keys.len(), "{} bodies", bodies.len());
        let id = |key: &&String| Ok(key.rsplit(':').next().unwrap_or_default().parse()?);
        keys.iter().map(id).collect()
    }

    /// Deletes all of it: others measure after this.
    pub async fn forget(mut self) -> Result<()> {
        let mut keys: Vec<String> = self.tiles.iter().map(|tile| self.tile(*tile)).collect();
        for notice in town::notices(self.count) {
            keys.push(self.post(notice.id.uuid()));
            if keys.len() >= TOGETHER {
                let _: () = self.on.unlink(std::mem::take(&mut keys)).await?;
            }
        }
        if !keys.is_empty() {
            let _: () = self.on.unlink(keys).await?;
        }
        Ok(())
    }
}
