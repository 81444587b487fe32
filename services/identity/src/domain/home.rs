//! The home tile: chosen once, kept for a season.

use geo::{LevelMap, Place};

use super::day::{self, Day};
use super::refusal::Refusal;

/// How many days a home tile stays before another may be chosen (90 days: a tile per season tells no path).
const KEPT_DAYS: Day = 90;

/// The place of the map that somebody gets who asks for `place`, never finer than the map.
///
/// # Errors
/// [`Refusal::OutsideNeighbourhood`].
pub fn placed(map: &LevelMap, place: Place) -> Result<Place, Refusal> {
    map.place_of(place).ok_or(Refusal::OutsideNeighbourhood)
}

/// From when on another home may be chosen, in milliseconds since 1970; 0 when none was chosen yet.
pub fn changeable_at_ms(chosen: Option<Day>) -> i64 {
    chosen.map_or(0, |chosen| day::start_ms(chosen + KEPT_DAYS))
}

#[cfg(test)]
mod tests {
    use geo::{CoarseCell, HouseholdCounts, K};
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_first_choice_is_free_and_the_next_waits_for_a_season() {
        assert_eq!(changeable_at_ms(None), 0);
        assert_eq!(changeable_at_ms(Some(10)), day::start_ms(100));
    }

    proptest! {
        #[test]
        fn a_home_is_a_place_of_the_map_or_refused(seed in 0..4_000_u32, other in any::<bool>(), level in 11..=14_u8) {
            let here = CoarseCell::at(60.18, 24.95, 11).unwrap();
            let cells = |cell: CoarseCell| {
                let mut cells = vec![cell];
                while cells[0].level() < 14 {
                    cells = cells.iter().flat_map(|cell| cell.children().unwrap()).collect();
                }
                cells
            };
            let counts = cells(here).into_iter().enumerate().map(|(n, cell)| (cell, (seed * (u32::try_from(n).unwrap() + 7)) % 400));
            let counts = HouseholdCounts::from_cells(counts).unwrap();
            if let Ok(map) = LevelMap::build(&counts, 14, K, 1) {
                let asked = if other { here.neighbours()[0] } else { here };
                let asked = cells(asked)[seed as usize % 64].coarsened(level);
                match placed(&map, Place::Cell(asked)) {
                    Ok(Place::Cell(home)) => {
                        prop_assert!(home.contains(asked));
                        prop_assert!(!map.tiles().any(|tile| tile.contains(home) && tile != home));
                    }
                    Ok(Place::Whole) => {}
                    Err(refusal) => {
                        prop_assert!(other);
                        prop_assert_eq!(refusal, Refusal::OutsideNeighbourhood);
                    }
                }
            }
        }
    }
}
