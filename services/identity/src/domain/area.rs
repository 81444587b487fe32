//! Followed areas: what a member reads besides the home tile, in unions of the map's tiles.

use std::collections::BTreeSet;

use geo::{CoarseCell, LevelMap, Place};

use super::neighbourhood;

/// Which areas a member may follow in a neighbourhood.
const NUMBERS: std::ops::RangeInclusive<i32> = 1..=5;
/// The most tiles of one area, so that five of them and the home tile are one question to the feed.
const TILES_AT_MOST: usize = 32;

/// Why there is no such area.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AreaRefusal {
    /// Not 1 to 5.
    Number,
    /// Not 1 to 40 visible characters.
    Name,
    /// A tile is not one of the neighbourhood.
    Outside,
    /// The whole neighbourhood, or a tile that stands for it, is no part of it.
    Whole,
    /// More than 32 tiles.
    TooLarge,
}

contract::codes! { AreaRefusal::code {
    Self::Number => "NUMBER_OUT_OF_RANGE",
    Self::Name => "NAME_INVALID",
    Self::Outside => "OUTSIDE_NEIGHBOURHOOD",
    Self::Whole => "WHOLE_NEIGHBOURHOOD",
    Self::TooLarge => "TOO_MANY_TILES",
} }

impl AreaRefusal {
    /// The field it is about.
    pub const fn field(self) -> &'static str {
        match self {
            Self::Number => "number",
            Self::Name => "name",
            Self::Outside | Self::Whole | Self::TooLarge => "places",
        }
    }

    /// What was found and what to do, in French and in English.
    pub const fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Number => (
                "Vous suivez jusqu’à cinq endroits, numérotés de 1 à 5.",
                "You follow up to five areas, numbered 1 to 5.",
            ),
            Self::Name => (
                "Un endroit a un nom de 1 à 40 caractères visibles, dont une lettre ou un chiffre.",
                "An area has a name of 1 to 40 visible characters, one of them a letter or a digit.",
            ),
            Self::Outside => (
                "L’un de ces carreaux n’est pas de ce quartier. Choisissez-les sur sa carte.",
                "One of these tiles is not in this neighbourhood. Choose them on its map.",
            ),
            Self::Whole => (
                "Un endroit est une partie du quartier\u{a0}: choisissez-en les carreaux. Ce qui est affiché pour tout le quartier, et là où trop peu de gens habitent, se lit avec chaque endroit.",
                "An area is a part of the neighbourhood: choose its tiles. What hangs for the whole neighbourhood, and where too few people live, is read with every area.",
            ),
            Self::TooLarge => (
                "Un endroit a 32 carreaux au plus. Retirez-en, ou faites-en deux endroits.",
                "An area has at most 32 tiles. Leave some out, or make two areas of it.",
            ),
        }
    }
}

/// An area as a member follows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Area {
    /// Which of the five.
    pub number: i32,
    /// What its member calls it.
    pub name: String,
    /// Tiles of the map, and since a later map divided some of them, cells that stand for all tiles in them; never none.
    pub tiles: BTreeSet<CoarseCell>,
}

impl Area {
    /// The union of some places of the map, none finer than its tiles: a coarser one is all the tiles in it.
    ///
    /// # Errors
    /// [`AreaRefusal::Name`], and [`AreaRefusal::Outside`], [`AreaRefusal::Whole`] or [`AreaRefusal::TooLarge`].
    pub fn drawn(
        map: &LevelMap,
        number: i32,
        name: &str,
        places: &[Place],
    ) -> Result<Self, Vec<AreaRefusal>> {
        let name = neighbourhood::tile_name(name).ok_or(AreaRefusal::Name);
        match (name, union(map, places)) {
            (Ok(name), Ok(tiles)) => Ok(Self {
                number,
                name,
                tiles,
            }),
            (name, tiles) => Err([name.err(), tiles.err()].into_iter().flatten().collect()),
        }
    }

    /// This area under another name; none where `places` are not the very ones it has, so that it has to be drawn anew.
    pub fn renamed(&self, name: &str, places: &[Place]) -> Option<Result<Self, AreaRefusal>> {
        let cells: Option<BTreeSet<CoarseCell>> = places.iter().map(|place| place.cell()).collect();
        cells.filter(|cells| *cells == self.tiles)?;
        let name = neighbourhood::tile_name(name).ok_or(AreaRefusal::Name);
        Some(name.map(|name| Self {
            name,
            ..self.clone()
        }))
    }

    /// The tiles of the newest map that it stands for.
    pub fn tiles_on(&self, map: &LevelMap) -> BTreeSet<CoarseCell> {
        let tiles = self.tiles.iter().flat_map(|cell| map.tiles_at(*cell));
        tiles.collect()
    }
}

/// Which of the five areas is meant.
///
/// # Errors
/// [`AreaRefusal::Number`].
pub fn number(number: u32) -> Result<i32, AreaRefusal> {
    i32::try_from(number)
        .ok()
        .filter(|number| NUMBERS.contains(number))
        .ok_or(AreaRefusal::Number)
}

fn union(map: &LevelMap, places: &[Place]) -> Result<BTreeSet<CoarseCell>, AreaRefusal> {
    if places.len() > TILES_AT_MOST {
        return Err(AreaRefusal::TooLarge);
    }
    let mut tiles = BTreeSet::new();
    for place in places {
        match map.place_of(*place).ok_or(AreaRefusal::Outside)? {
            Place::Whole => return Err(AreaRefusal::Whole),
            Place::Cell(cell) => tiles.extend(map.tiles_at(cell)),
        }
    }
    if tiles.len() > TILES_AT_MOST {
        return Err(AreaRefusal::TooLarge);
    }
    Ok(tiles)
}

/// Where a cell of an area lies on the next map: itself where the map divides it, so that an area never has more cells than
/// it had, and stands for all tiles in it; else the tile that holds it. None where there is no tile.
pub fn moved(map: &LevelMap, cell: CoarseCell) -> Option<CoarseCell> {
    map.place_of(Place::Cell(cell))?.cell()
}

#[cfg(test)]
mod tests {
    use geo::{HouseholdCounts, K};
    use proptest::prelude::*;

    use super::*;

    fn root() -> CoarseCell {
        CoarseCell::at(60.18, 24.95, 11).unwrap()
    }

    fn finest(cell: CoarseCell) -> Vec<CoarseCell> {
        let mut cells = vec![cell];
        while cells[0].level() < 14 {
            cells = cells
                .iter()
                .flat_map(|cell| cell.children().unwrap())
                .collect();
        }
        cells
    }

    /// A map of a cell of level 11, here finer and there coarser, with leaves where too few live.
    fn map(grain: u8) -> impl Strategy<Value = LevelMap> {
        prop::collection::vec(0..300_u32, 64).prop_filter_map("too few households", move |counts| {
            let counts = finest(root()).into_iter().zip(counts);
            let counts = HouseholdCounts::from_cells(counts).unwrap();
            LevelMap::build(&counts, grain, K, 1).ok()
        })
    }

    /// Any place within or right beside the neighbourhood.
    fn place() -> impl Strategy<Value = Place> {
        let inside = (0..64_usize, 11..=14_u8)
            .prop_map(|(at, level)| Place::Cell(finest(root())[at].coarsened(level)));
        let beside = (0..64_usize).prop_map(|at| Place::Cell(finest(root().neighbours()[0])[at]));
        prop_oneof![8 => inside, 1 => beside, 1 => Just(Place::Whole)]
    }

    proptest! {
        /// Whatever is asked for: an area is tiles of the map, each of them asked for, and all that was asked for is in it.
        #[test]
        fn an_area_is_the_tiles_of_the_map_that_were_asked_for(map in map(14), places in prop::collection::vec(place(), 1..8)) {
            match Area::drawn(&map, 1, "Lavoir", &places) {
                Ok(area) => {
                    prop_assert!(!area.tiles.is_empty() && area.tiles.len() <= TILES_AT_MOST);
                    let cells: Vec<CoarseCell> = places.iter().filter_map(|place| place.cell()).collect();
                    for tile in &area.tiles {
                        prop_assert!(map.is_tile(*tile));
                        prop_assert!(cells.iter().any(|cell| cell.contains(*tile) || tile.contains(*cell)));
                    }
                    for cell in cells {
                        prop_assert!(map.tiles_at(cell).all(|tile| area.tiles.contains(&tile)));
                    }
                }
                Err(refusals) => {
                    let places: Vec<_> = places.iter().map(|place| map.place_of(*place)).collect();
                    let expected = match refusals[..] {
                        [AreaRefusal::Outside] => places.contains(&None),
                        [AreaRefusal::Whole] => places.contains(&Some(Place::Whole)),
                        [AreaRefusal::TooLarge] => map.tiles().count() > TILES_AT_MOST,
                        _ => false,
                    };
                    prop_assert!(expected, "{refusals:?}");
                }
            }
        }

        /// Whatever maps follow: an area has no more cells than it had, and every tile of the newest map where it lay is one
        /// of them or lies in one.
        #[test]
        fn an_area_is_no_larger_a_question_on_any_later_map_and_covers_what_it_covered(
            first in map(14),
            later in prop::collection::vec((11..=14_u8).prop_flat_map(map), 1..4),
            drawn in prop::collection::vec(0..64_usize, 1..=TILES_AT_MOST),
        ) {
            let drawn = drawn.into_iter().flat_map(|at| first.tiles_at(finest(root())[at]));
            let mut area: BTreeSet<CoarseCell> = drawn.collect();
            for next in later {
                let before = area;
                area = before.iter().filter_map(|cell| moved(&next, *cell)).collect();
                prop_assert!(area.len() <= before.len());
                for cell in &area {
                    prop_assert_eq!(next.place_of(Place::Cell(*cell)), Some(Place::Cell(*cell)));
                    prop_assert!(before.iter().any(|other| cell.contains(*other)));
                }
                for tile in before.iter().flat_map(|cell| next.tiles_at(*cell)) {
                    prop_assert!(area.iter().any(|cell| cell.contains(tile)));
                }
            }
        }

        #[test]
        fn there_are_five_areas(asked: u32) {
            prop_assert_eq!(number(asked).is_ok(), (1..=5).contains(&asked));
        }
    }

    #[test]
    fn every_reason_is_given_at_once() {
        let counts = finest(root()).into_iter().map(|cell| (cell, 200));
        let counts = HouseholdCounts::from_cells(counts).unwrap();
        let map = LevelMap::build(&counts, 14, K, 1).unwrap();
        let drawn = |name: &str, places: &[Place]| Area::drawn(&map, 1, name, places).unwrap_err();
        let all = finest(root()).into_iter().map(Place::Cell);
        let all: Vec<Place> = all.collect();
        assert_eq!(
            drawn(" \u{200b} ", &[Place::Whole]),
            [AreaRefusal::Name, AreaRefusal::Whole]
        );
        assert_eq!(drawn("Lavoir", &all), [AreaRefusal::TooLarge]);
        assert_eq!(
            drawn(&"é".repeat(41), &[Place::Cell(root())]),
            [AreaRefusal::Name, AreaRefusal::TooLarge]
        );
    }
}
