//! The notices that the feed is measured with: one city of 64 tiles and 200 towns of four, a third of the notices in the
//! city, one a second, bodies of some 300 bytes. The same for the same number.
//!
//! A tile is a square of a made-up plain, so that a database that knows distances can be asked for a circle.

use anyhow::{Context, Result};
use contract::posts::{Post, State};
use contract::{NeighbourhoodId, PostId};
use geo::{CoarseCell, Place};
use prost::Message;
use runtime::{DAY_MS, Entropy};

/// The city has so many tiles along each side.
const SIDE: u32 = 8;
/// Tiles of a town.
const OF_A_TOWN: u32 = 4;
const TOWNS: u32 = 200;
/// The side of a tile, in metres: about that of a cell of level 13.
const TILE_M: f64 = 1_130.0;
/// How far away a town is from the next, in metres.
const APART_M: f64 = 100_000.0;
/// How far somebody looks, in metres.
pub const CIRCLE_M: f64 = 2_000.0;
/// The last notice is published now.
pub const NOW_MS: i64 = 20_000 * DAY_MS;
/// The number of the city.
pub const CITY: u32 = 0;
pub const CATEGORIES: u32 = 9;

/// A notice, and where it hangs.
pub struct Notice {
    /// From 0, oldest first.
    pub number: u64,
    pub id: PostId,
    /// The city, or which town.
    pub town: u32,
    /// Which of its tiles.
    pub tile: u32,
    pub category: i32,
    pub published_at_ms: i64,
    /// Where in the tile, in metres.
    pub at: (f64, f64),
}

/// So many notices, oldest first.
pub fn notices(count: u64) -> impl Iterator<Item = Notice> {
    let entropy = Entropy::seeded(1);
    (0..count).map(move |number| {
        let in_city = entropy.below(3) == 0;
        let town = if in_city {
            CITY
        } else {
            1 + entropy.below(TOWNS)
        };
        let tiles = if in_city { SIDE * SIDE } else { OF_A_TOWN };
        let tile = entropy.below(tiles);
        let within = || f64::from(entropy.below(1_000)) / 1_000.0 * TILE_M;
        let corner = corner(tile);
        Notice {
            number,
            id: PostId::from_random(entropy.bytes()),
            town,
            tile,
            category: 1 + i32::try_from(entropy.below(CATEGORIES)).unwrap_or_default(),
            published_at_ms: NOW_MS - 1_000 * i64::try_from(count - number).unwrap_or_default(),
            at: (
                f64::from(town) * APART_M + corner.0 + within(),
                corner.1 + within(),
            ),
        }
    })
}

/// When all of them come down, in milliseconds since 1970: later than any day on which this is run.
pub const EXPIRES_AT_MS: i64 = NOW_MS + 50_000 * DAY_MS;

impl Notice {
    /// What is shown of it, on some board.
    pub fn body(&self, board: NeighbourhoodId, place: Place) -> Vec<u8> {
        let post = Post {
            id: self.id.to_bytes(),
            neighbourhood: board.to_bytes(),
            category: self.category,
            state: State::Published.into(),
            title: format!("Perceuse à prêter, no {}", self.number),
            body: "Elle perce le béton, avec ses mèches; à rendre propre. ".repeat(4),
            place: place.to_i64(),
            signed_by: "Mésange bleue".into(),
            published_at_ms: self.published_at_ms,
            expires_at_ms: EXPIRES_AT_MS,
            takes_comments: true,
            version: 1,
            ..Post::default()
        };
        post.encode_to_vec()
    }

    /// A number that no other tile of any town has.
    pub fn tile_of_all(&self) -> i64 {
        i64::from(self.town * SIDE * SIDE + self.tile)
    }
}

/// The board of the city or of a town.
pub fn board(town: u32) -> NeighbourhoodId {
    let mut bytes = [1; 16];
    bytes[..4].copy_from_slice(&town.to_be_bytes());
    NeighbourhoodId::from_random(bytes)
}

/// The tiles of the city; a town has the first of them.
pub fn tiles() -> Result<Vec<Place>> {
    // Whichever cells these are: the plain is made up.
    let mut cells = vec![CoarseCell::at(60.18, 24.95, 11)?];
    while cells.len() < (SIDE * SIDE) as usize {
        let quarters = cells.iter().map(|cell| cell.children());
        let quarters: Option<Vec<[CoarseCell; 4]>> = quarters.collect();
        cells = quarters
            .context("no finer cells")?
            .into_iter()
            .flatten()
            .collect();
    }
    Ok(cells.into_iter().map(Place::Cell).collect())
}

/// Somebody in the city looks around.
pub struct Circle {
    pub centre: (f64, f64),
    /// The tiles that it touches.
    pub tiles: Vec<u32>,
}

impl Circle {
    /// Somewhere, and all of it in the city.
    pub fn somewhere(entropy: &Entropy) -> Self {
        let room = f64::from(SIDE) * TILE_M - 2.0 * CIRCLE_M;
        let along = || CIRCLE_M + room * f64::from(entropy.below(10_000)) / 10_000.0;
        let centre = (along(), along());
        let tiles =
            (0..SIDE * SIDE).filter(|tile| distance(centre, nearest(*tile, centre)) <= CIRCLE_M);
        Self {
            centre,
            tiles: tiles.collect(),
        }
    }

    pub fn holds(&self, at: (f64, f64)) -> bool {
        distance(self.centre, at) <= CIRCLE_M
    }
}

fn corner(tile: u32) -> (f64, f64) {
    (
        f64::from(tile % SIDE) * TILE_M,
        f64::from(tile / SIDE) * TILE_M,
    )
}

/// What of a tile is nearest to somebody.
fn nearest(tile: u32, to: (f64, f64)) -> (f64, f64) {
    let corner = corner(tile);
    (
        to.0.clamp(corner.0, corner.0 + TILE_M),
        to.1.clamp(corner.1, corner.1 + TILE_M),
    )
}

fn distance(a: (f64, f64), b: (f64, f64)) -> f64 {
    (a.0 - b.0).hypot(a.1 - b.1)
}
