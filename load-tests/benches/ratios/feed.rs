//! F2 and F3: the 20 newest notices of the tiles that somebody's circle touches.
//!
//! Palier's index and its whole answer, its tables on SQLite, and what else one would ask: PostgreSQL by tile, `PostGIS` for
//! the circle itself, Redis by tile. All are asked about the same circles in turns, so that whatever else the machine does
//! falls on all of them; and what they answer is compared with what looking at every notice gives.

use std::collections::{BTreeSet, HashMap};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use bus::Bus;
use contract::feeds::ReadRequest;
use contract::feeds::feeds_server::Feeds as _;
use contract::{Caller, Locale, ResidentId, SessionId, Standing, StandingKeys};
use ed25519_dalek::SigningKey;
use feeds::domain::Key;
use feeds::store::Snapshot;
use feeds::{Feeds, POSTS_IN_MEMORY, Parts};
use geo::Place;
use load_tests::figures::{Spread, micros};
use load_tests::goals::{Bound, Ratio, Table};
use runtime::{Clock, Entropy, Keys};
use store::Store;
use uuid::Uuid;

use crate::index::runs_of;
use crate::others::{Postgres, Redis};
use crate::tables;
use crate::town::{self, CITY, Circle, NOW_MS, Notice};

const PAGE: usize = 20;
const WARM_UP: usize = 100;
const ROUNDS: usize = 2_000;

/// Where every notice of the city is, newest first: the oracle.
struct Oracle(Vec<(u32, (f64, f64), Uuid)>);

impl Oracle {
    fn of(count: u64) -> Self {
        let city = town::notices(count).filter(|notice| notice.town == CITY);
        let mut all: Vec<_> = city
            .map(|notice| (notice.tile, notice.at, notice.id.uuid()))
            .collect();
        all.reverse();
        Self(all)
    }

    fn by_tile(&self, circle: &Circle) -> Vec<Uuid> {
        let tiles: BTreeSet<u32> = circle.tiles.iter().copied().collect();
        let found = self.0.iter().filter(|(tile, ..)| tiles.contains(tile));
        found.map(|(.., id)| *id).take(PAGE).collect()
    }

    fn by_distance(&self, circle: &Circle) -> Vec<Uuid> {
        let found = self.0.iter().filter(|(_, at, _)| circle.holds(*at));
        found.map(|(.., id)| *id).take(PAGE).collect()
    }
}

/// The role as a process has it, over a store, with a member of the city's board.
struct Role {
    feeds: Feeds,
    member: Caller,
}

impl Role {
    fn over(store: &Store) -> Self {
        let signing = SigningKey::from_bytes(&[9; 32]);
        let standing_keys = StandingKeys::new([("s1".to_owned(), signing.verifying_key())]);
        let feeds = Feeds::new(Parts {
            store: store.clone(),
            clock: Clock::manual(NOW_MS),
            keys: Keys::ephemeral(&Entropy::seeded(4)),
            standing_keys,
            bus: Bus::memory(),
            posts_in_memory: POSTS_IN_MEMORY,
        });
        let resident = ResidentId::from_random([5; 16]);
        let standing = Standing {
            resident,
            neighbourhood: town::board(CITY),
            pseudonym: "Mésange bleue".into(),
            home: Place::Whole,
            map_version: 1,
            founder: false,
            moderator: false,
            newcomer_until_ms: 0,
            suspended_until_ms: None,
            issued_at_ms: NOW_MS,
            reserve: false,
        };
        let member = Caller::Resident {
            resident,
            session: SessionId::from_random([6; 16]),
            standings: vec![standing.sign("s1", &signing)],
            locale: Locale::French,
        };
        Self { feeds, member }
    }

    async fn read(&self, places: &[Place]) -> Result<Vec<Uuid>> {
        let request = ReadRequest {
            neighbourhood: town::board(CITY).to_bytes(),
            places: places.iter().map(|place| place.to_i64()).collect(),
            first: u32::try_from(PAGE)?,
            ..ReadRequest::default()
        };
        let reply = self.feeds.read(self.member.request(request)).await?;
        let posts = reply.into_inner().posts.into_iter();
        posts.map(|post| Ok(Uuid::from_slice(&post.id)?)).collect()
    }
}

/// A page as the role reads it where the board is not held in memory.
async fn from_tables(store: &Store, places: &[Place]) -> Result<Vec<Uuid>> {
    let (board, asked) = (town::board(CITY), places.iter().copied().collect());
    let snapshot = Snapshot::of(store).await?;
    snapshot.head(board).await?;
    let present = snapshot.places(board).await?;
    let places: Vec<Place> = present.intersection(&asked).copied().collect();
    let ids = found(&snapshot, &places, PAGE + 1).await?;
    snapshot.end().await?;
    Ok(ids)
}

/// What the others are asked for: the notices of a page with their bodies, of `count` that are looked for.
async fn found(snapshot: &Snapshot, places: &[Place], count: usize) -> Result<Vec<Uuid>> {
    let board = town::board(CITY);
    let keys = snapshot
        .newest(board, places, &[], Key::TOP, NOW_MS, count)
        .await?;
    let ids: Vec<Uuid> = keys.iter().take(PAGE).map(|key| key.post).collect();
    let bodies = snapshot.bodies(board, &ids).await?;
    ensure!(bodies.len() == ids.len(), "{} bodies", bodies.len());
    Ok(ids)
}

async fn filled(folder: &std::path::Path, count: u64, tiles: &[Place]) -> Result<Store> {
    let address = tables::sqlite(&folder.join(format!("{count}.db")));
    let notices = town::notices(count).map(|notice: Notice| {
        let (board, place) = (town::board(notice.town), tiles[notice.tile as usize]);
        (notice, board, place)
    });
    tables::fill(&address, notices).await?;
    Ok(Store::open(&address).await?)
}

/// How long each of those took, over all rounds.
#[derive(Default)]
struct Times(HashMap<&'static str, Vec<Duration>>);

impl Times {
    /// Asks, looks whether the answer is right, and keeps how long it took unless everything is still warming up.
    async fn asked(
        &mut self,
        who: &'static str,
        counts: bool,
        expected: &[Uuid],
        asking: impl Future<Output = Result<Vec<Uuid>>>,
    ) -> Result<()> {
        let begun = Instant::now();
        let found = asking.await?;
        let took = begun.elapsed();
        ensure!(found == expected, "{who} answers something else");
        if counts {
            self.0.entry(who).or_default().push(took);
        }
        Ok(())
    }

    fn median(&self, who: &'static str) -> Result<Duration> {
        let times = self.0.get(who).context(who)?;
        Ok(Spread::of(times.iter().copied())?.median())
    }
}

pub async fn measure(table: &mut Table, small: bool) -> Result<()> {
    let tiles = town::tiles()?;
    let (few, many) = if small {
        (10_000, 30_000)
    } else {
        (100_000, 1_000_000)
    };

    let folder = tempfile::tempdir()?;
    let small_store = filled(folder.path(), few, &tiles).await?;
    let store = filled(folder.path(), many, &tiles).await?;
    let (small_oracle, oracle) = (Oracle::of(few), Oracle::of(many));
    let mut postgres = Postgres::filled(many, &tiles).await?;
    let mut redis = Redis::filled(many, &tiles).await?;
    let role = Role::over(&store);
    let runs = runs_of(many, &tiles);
    let entropy = Entropy::seeded(2);
    let mut seen = Times::default();
    let rounds = if small { ROUNDS / 20 } else { ROUNDS };
    for round in 0..WARM_UP + rounds {
        let circle = Circle::somewhere(&entropy);
        let places = circle.tiles.iter().map(|tile| tiles[*tile as usize]);
        let places: Vec<Place> = places.collect();
        let (by_tile, counts) = (oracle.by_tile(&circle), round >= WARM_UP);
        let of_small = small_oracle.by_tile(&circle);
        let in_index = async {
            let found = runs.newest(&places, &[], Key::TOP, NOW_MS, PAGE);
            Ok(found.iter().map(|entry| entry.key.post).collect())
        };
        seen.asked("index", counts, &by_tile, in_index).await?;
        seen.asked("role", counts, &by_tile, role.read(&places))
            .await?;
        let read = from_tables(&store, &places);
        seen.asked("sqlite", counts, &by_tile, read).await?;
        let read = from_tables(&small_store, &places);
        seen.asked("sqlite, few", counts, &of_small, read).await?;
        let snapshot = Snapshot::of(&store).await?;
        let read = found(&snapshot, &places, PAGE);
        seen.asked("sqlite, found", counts, &by_tile, read).await?;
        snapshot.end().await?;
        let read = postgres.by_tile(&circle);
        seen.asked("postgres", counts, &by_tile, read).await?;
        if postgres.knows_distances {
            let (near, read) = (oracle.by_distance(&circle), postgres.by_distance(&circle));
            seen.asked("postgis", counts, &near, read).await?;
        }
        let read = redis.by_tile(&circle);
        seen.asked("redis", counts, &by_tile, read).await?;
    }
    redis.forget().await?;
    told(table, &seen, [few, many], postgres.knows_distances)
}

fn told(table: &mut Table, times: &Times, counts: [u64; 2], with_postgis: bool) -> Result<()> {
    let (role, index) = (times.median("role")?, times.median("index")?);
    let others = [
        ("postgis", "tuned PostGIS", 20.0),
        ("postgres", "PostgreSQL by tile", 15.0),
        ("redis", "pipelined Redis", 10.0),
    ];
    for (who, named, bound) in others {
        if who == "postgis" && !with_postgis {
            continue;
        }
        let other = times.median(who)?;
        for (ours, what) in [
            (role, "the role's whole answer"),
            (index, "the index alone"),
        ] {
            table.add(
                "F2",
                Ratio {
                    what: format!("{named}, of {what}, with {} notices", counts[1]),
                    seen: format!("p50 {:.0} µs and {:.1} µs", micros(other), micros(ours)),
                    ratio: other.as_secs_f64() / ours.as_secs_f64(),
                    bound: Bound::AtLeast(bound),
                    is_held: false,
                },
            );
        }
    }
    let (sqlite, few) = (times.median("sqlite")?, times.median("sqlite, few")?);
    let postgres = times.median("postgres")?;
    let alone = times.median("sqlite, found")?;
    for (ours, what) in [
        (alone, "the notices of a page, found in SQLite"),
        (sqlite, "a page from the tables on SQLite"),
    ] {
        table.add(
            "F3",
            Ratio {
                what: format!("{what}, of PostgreSQL by tile, with {} notices", counts[1]),
                seen: format!("p50 {:.0} µs and {:.0} µs", micros(ours), micros(postgres)),
                ratio: ours.as_secs_f64() / postgres.as_secs_f64(),
                bound: Bound::AtMost(1.0),
                is_held: false,
            },
        );
    }
    table.add(
        "F3",
        Ratio {
            what: format!(
                "a page from the tables on SQLite with {} notices, of the same with {}",
                counts[1], counts[0]
            ),
            seen: format!("p50 {:.0} µs and {:.0} µs", micros(sqlite), micros(few)),
            ratio: sqlite.as_secs_f64() / few.as_secs_f64(),
            bound: Bound::AtMost(1.3),
            is_held: true,
        },
    );
    Ok(())
}
