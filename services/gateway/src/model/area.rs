//! What a member follows besides the home tile.

use std::collections::BTreeSet;
use std::sync::Arc;

use async_graphql::Object;
use contract::{Fault, identity};
use geo::{CoarseCell, LevelMap};

use super::hood::Tile;
use crate::hoods::Hood;

/// The most tiles of an area.
const TILES_AT_MOST: usize = 32;

/// A part of a neighbourhood that a member reads besides home. Nobody else sees any of this.
pub(crate) struct FollowedArea {
    hood: Arc<Hood>,
    number: u32,
    name: String,
    cells: Vec<CoarseCell>,
}

impl FollowedArea {
    /// From identity's answer to its member.
    ///
    /// # Errors
    /// `INTERNAL` when it is not readable.
    pub(crate) fn all(hood: &Arc<Hood>, wire: identity::FollowedAreas) -> Result<Vec<Self>, Fault> {
        let area = |area: identity::FollowedArea| {
            let cells = area.places.iter().map(|id| CoarseCell::from_i64(*id));
            let cells: Vec<CoarseCell> = cells
                .collect::<Result<_, _>>()
                .map_err(|_| Fault::internal())?;
            Ok(Self {
                hood: hood.clone(),
                number: area.number,
                name: area.name,
                cells: told(&hood.map, cells),
            })
        };
        wire.areas.into_iter().map(area).collect()
    }
}

/// A part of a neighbourhood that a member reads besides home. Nobody else sees any of this.
#[Object]
impl FollowedArea {
    /// Which of the five, 1 to 5.
    async fn number(&self) -> u32 {
        self.number
    }

    /// What its member calls it.
    async fn name(&self) -> &str {
        &self.name
    }

    /// Its tiles, 32 at most; ask a feed for them. Where a later map divided them into more, those of the earlier map: each
    /// stands for all tiles in it.
    #[graphql(complexity = "TILES_AT_MOST * child_complexity + 1")]
    async fn tiles(&self) -> Vec<Tile> {
        let tile = |cell: &CoarseCell| Tile::new(self.hood.clone(), (*cell).into());
        self.cells.iter().map(tile).collect()
    }
}

/// The tiles of the map that an area stands for, unless they are more than an area may have: then its cells as they are
/// kept. So home and five areas are never more than one question to the feed may name.
fn told(map: &LevelMap, cells: Vec<CoarseCell>) -> Vec<CoarseCell> {
    let tiles: BTreeSet<CoarseCell> = cells.iter().flat_map(|cell| map.tiles_at(*cell)).collect();
    if tiles.len() > TILES_AT_MOST {
        cells
    } else {
        tiles.into_iter().collect()
    }
}

#[cfg(test)]
mod tests {
    use geo::Leaf;
    use proptest::prelude::*;

    use super::*;

    fn divided(cell: CoarseCell, level: u8) -> Vec<CoarseCell> {
        let mut cells = vec![cell];
        while cells[0].level() < level {
            let quarters = cells.iter().flat_map(|cell| cell.children().unwrap());
            cells = quarters.collect();
        }
        cells
    }

    proptest! {
        /// Whatever is kept of an area, coarser than the map or not, what is told of it fits and says the same.
        #[test]
        fn an_area_is_told_in_tiles_as_long_as_they_fit(
            kept in prop::collection::btree_set((0..64_usize, 11..=13_u8), 1..=TILES_AT_MOST),
            level in 12..=14_u8,
        ) {
            let root = CoarseCell::from_token("47e66e1c").unwrap().coarsened(11);
            let finest = divided(root, 14);
            let leaves = divided(root, level).into_iter().map(|cell| Leaf { cell, selectable: true });
            let map = LevelMap::from_parts(1, level, leaves).unwrap();
            let kept: BTreeSet<CoarseCell> = kept.into_iter().map(|(at, level)| finest[at].coarsened(level)).collect();
            let kept: Vec<CoarseCell> = kept.into_iter().collect();
            let told = told(&map, kept.clone());
            let reads = |cells: &[CoarseCell]| -> BTreeSet<CoarseCell> {
                cells.iter().flat_map(|cell| map.tiles_at(*cell)).collect()
            };
            prop_assert!(told.len() <= TILES_AT_MOST);
            prop_assert_eq!(reads(&told), reads(&kept));
            prop_assert!(told.iter().all(|cell| map.is_tile(*cell)) || reads(&kept).len() > TILES_AT_MOST);
        }
    }
}
