//! What a member asks for, in the one form in which equal questions are equal.

use std::collections::BTreeSet;

use contract::common::Category;
use geo::{COARSEST, CellError, CoarseCell, FINEST, LevelMap, Place};

/// The most places one question may name: home, and five followed areas of 32.
pub const PLACES_AT_MOST: usize = 161;

/// The most categories one question may name; there are nine.
pub const CATEGORIES_AT_MOST: usize = 64;

const EVERY_CATEGORY: [Category; 9] = [
    Category::Event,
    Category::Help,
    Category::GiveLend,
    Category::LostFound,
    Category::Hazard,
    Category::Fault,
    Category::Question,
    Category::Incident,
    Category::ConcerningBehaviour,
];

/// Why a question cannot be answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AskFault {
    /// More than [`PLACES_AT_MOST`] places.
    #[error("more than {PLACES_AT_MOST} places")]
    TooManyPlaces,
    /// A number that is neither 0 nor a cell of level 11 to 14.
    #[error("{0}")]
    Place(CellError),
    /// More than [`CATEGORIES_AT_MOST`] categories.
    #[error("more than {CATEGORIES_AT_MOST} categories")]
    TooManyCategories,
    /// A number that stands for no category.
    #[error("a category that does not exist")]
    CategoryUnknown,
}

/// Places and categories: sorted, without repetition, and without what another one of them already says.
///
/// No cells: every place of the neighbourhood. No categories: every category.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    cells: BTreeSet<CoarseCell>,
    categories: BTreeSet<i32>,
}

impl Asked {
    /// Reads a question as messages carry it. The whole neighbourhood (0) among the places asks for all of it, naming
    /// all categories is naming none.
    ///
    /// # Errors
    /// [`AskFault`] for too many or unknown places or categories.
    pub fn read(places: &[i64], categories: &[i32]) -> Result<Self, AskFault> {
        if places.len() > PLACES_AT_MOST {
            return Err(AskFault::TooManyPlaces);
        }
        if categories.len() > CATEGORIES_AT_MOST {
            return Err(AskFault::TooManyCategories);
        }
        let places = places
            .iter()
            .map(|place| Place::from_i64(*place).map_err(AskFault::Place))
            .collect::<Result<BTreeSet<_>, _>>()?;
        let whole = places.contains(&Place::Whole);
        let cells = places.into_iter().filter_map(Place::cell);
        let mut categories = categories
            .iter()
            .map(|number| match Category::try_from(*number) {
                Ok(Category::Unspecified) | Err(_) => Err(AskFault::CategoryUnknown),
                Ok(category) => Ok(i32::from(category)),
            })
            .collect::<Result<BTreeSet<_>, _>>()?;
        if categories.len() == EVERY_CATEGORY.len() {
            categories.clear();
        }
        Ok(Self {
            cells: if whole {
                BTreeSet::new()
            } else {
                simplest(cells.collect())
            },
            categories,
        })
    }

    /// The same question where a map is in use: a cell finer than the map's is the map's cell. The posts that are shown
    /// for it are placed no finer, so this asks for the same and says so in the same words.
    #[must_use]
    pub fn on(self, map: &LevelMap) -> Self {
        let coarsened = |cell: CoarseCell| {
            map.leaves()
                .find(|leaf| leaf.cell.contains(cell))
                .map_or(cell, |leaf| leaf.cell)
        };
        Self {
            cells: simplest(self.cells.into_iter().map(coarsened).collect()),
            categories: self.categories,
        }
    }

    /// Whether particular places are asked for.
    pub fn names_places(&self) -> bool {
        !self.cells.is_empty()
    }

    /// The categories asked for, sorted; none means all.
    pub fn categories(&self) -> impl ExactSizeIterator<Item = i32> {
        self.categories.iter().copied()
    }

    /// Which of the places where something is must be read for this: see [`geo::reading`]. Sorted.
    pub fn places(&self, present: &BTreeSet<Place>) -> Vec<Place> {
        if self.cells.is_empty() {
            return present.iter().copied().collect();
        }
        let cells: Vec<CoarseCell> = self.cells.iter().copied().collect();
        let mut places = geo::reading(&cells, present.iter().copied());
        places.retain(|place| present.contains(place));
        places
    }

    /// Whether a category is asked for.
    pub fn wants_category(&self, category: i32) -> bool {
        self.categories.is_empty() || self.categories.contains(&category)
    }

    /// The question as bytes, to bind a cursor to it. Different questions have different bytes.
    pub fn bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(2 + 8 * self.cells.len() + self.categories.len());
        // Both lengths fit into a byte.
        bytes.push(u8::try_from(self.cells.len()).unwrap_or(u8::MAX));
        for cell in &self.cells {
            bytes.extend_from_slice(&cell.to_i64().to_be_bytes());
        }
        for category in &self.categories {
            bytes.extend_from_slice(&category.to_be_bytes());
        }
        bytes
    }
}

/// The fewest cells that say the same: four quarters are their parent, and what lies in another cell says nothing more.
fn simplest(mut cells: BTreeSet<CoarseCell>) -> BTreeSet<CoarseCell> {
    for level in (COARSEST..FINEST).rev() {
        let parents: BTreeSet<CoarseCell> = cells
            .iter()
            .filter(|cell| cell.level() == level + 1)
            .filter_map(|cell| cell.parent())
            .collect();
        let whole = parents.into_iter().filter(|parent| {
            parent
                .children()
                .is_some_and(|quarters| quarters.iter().all(|quarter| cells.contains(quarter)))
        });
        let whole: Vec<CoarseCell> = whole.collect();
        cells.extend(whole);
    }
    cells
        .iter()
        .filter(|cell| !cell.ancestors().any(|outer| cells.contains(&outer)))
        .copied()
        .collect()
}

#[cfg(test)]
mod tests {
    use geo::Leaf;
    use proptest::prelude::*;

    use super::*;

    fn root() -> CoarseCell {
        CoarseCell::at(60.18, 24.95, 11).unwrap()
    }

    /// Any of the 85 cells under one of level 11.
    fn cell() -> impl Strategy<Value = CoarseCell> {
        prop::collection::vec(0..4_usize, 0..4).prop_map(|path| {
            path.into_iter().fold(root(), |cell, quarter| {
                cell.children().map_or(cell, |quarters| quarters[quarter])
            })
        })
    }

    fn asked(cells: &[CoarseCell]) -> Asked {
        let places: Vec<i64> = cells.iter().map(|cell| cell.to_i64()).collect();
        Asked::read(&places, &[]).unwrap()
    }

    proptest! {
        #[test]
        fn order_and_repetition_change_nothing(
            cells in prop::collection::vec(cell(), 1..12),
            twice in prop::collection::vec(any::<prop::sample::Index>(), 0..12),
        ) {
            let mut other: Vec<CoarseCell> = cells.iter().rev().copied().collect();
            other.extend(twice.iter().map(|index| *index.get(&cells)));
            prop_assert_eq!(asked(&cells), asked(&other));
            prop_assert_eq!(asked(&cells).bytes(), asked(&other).bytes());
        }

        #[test]
        fn the_simplest_form_reads_the_same_places(
            cells in prop::collection::vec(cell(), 1..24),
            present in prop::collection::btree_set(cell().prop_map(Place::Cell), 0..24),
            whole: bool,
        ) {
            let mut present = present;
            if whole {
                present.insert(Place::Whole);
            }
            let mut expected = geo::reading(&cells, present.iter().copied());
            expected.retain(|place| present.contains(place));
            prop_assert_eq!(asked(&cells).places(&present), expected);
        }

        #[test]
        fn a_finer_cell_asks_what_the_cell_of_the_map_asks(
            fine in prop::collection::vec(cell(), 1..12),
        ) {
            let leaves = root().children().unwrap();
            let map = LevelMap::from_parts(
                1,
                12,
                leaves.map(|cell| Leaf { cell, selectable: true }),
            ).unwrap();
            let coarse: Vec<CoarseCell> = fine.iter().map(|cell| cell.coarsened(12)).collect();
            prop_assert_eq!(asked(&fine).on(&map), asked(&coarse).on(&map));
        }
    }

    #[test]
    fn four_quarters_are_their_parent_at_every_level() {
        let quarters = root().children().unwrap();
        let mut cells = quarters[1..].to_vec();
        cells.extend(quarters[0].children().unwrap());
        assert_eq!(asked(&cells), asked(&[root()]));
    }

    #[test]
    fn the_whole_neighbourhood_asks_for_all_of_it_and_all_categories_for_none() {
        let with_whole = Asked::read(&[root().to_i64(), 0], &[]).unwrap();
        assert_eq!(with_whole, Asked::default());
        let all: Vec<i32> = EVERY_CATEGORY.map(i32::from).to_vec();
        assert_eq!(Asked::read(&[], &all).unwrap(), Asked::default());
    }

    #[test]
    fn different_questions_have_different_bytes() {
        let questions = [
            Asked::default(),
            asked(&[root()]),
            Asked::read(&[], &[1]).unwrap(),
            Asked::read(&[], &[1, 2]).unwrap(),
            Asked::read(&[root().to_i64()], &[1]).unwrap(),
        ];
        let bytes: BTreeSet<Vec<u8>> = questions.iter().map(Asked::bytes).collect();
        assert_eq!(bytes.len(), questions.len());
    }

    #[test]
    fn what_cannot_be_asked_is_refused() {
        assert_eq!(Asked::read(&[0; 162], &[]), Err(AskFault::TooManyPlaces));
        assert_eq!(Asked::read(&[], &[1; 65]), Err(AskFault::TooManyCategories));
        for category in [0, 10, -1, i32::MAX] {
            assert_eq!(
                Asked::read(&[], &[category]),
                Err(AskFault::CategoryUnknown)
            );
        }
        for place in [1, -1, i64::MIN, i64::MAX] {
            assert!(matches!(
                Asked::read(&[place], &[]),
                Err(AskFault::Place(_))
            ));
        }
    }
}
