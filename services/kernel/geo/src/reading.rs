//! What to read in order to answer "what is in these cells?".

use std::collections::BTreeSet;

use crate::cell::CoarseCell;
use crate::place::Place;

/// The stored places that a feed for the cells `asked` must read, out of those where something is `present`.
///
/// That is the whole neighbourhood always, and each present cell that is an asked one, holds one or lies inside one. A
/// post that is placed coarsely may be in the asked cell, so it is shown: leaving it out would tell where it is not.
///
/// Sorted and without duplicates, whatever the order and the repetitions of what was given: who asks for the same
/// cells reads the same rows in the same way.
pub fn reading(asked: &[CoarseCell], present: impl IntoIterator<Item = Place>) -> Vec<Place> {
    let concerns = |cell: CoarseCell| {
        asked
            .iter()
            .any(|ask| ask.contains(cell) || cell.contains(*ask))
    };
    let cells = present
        .into_iter()
        .filter(|place| place.cell().is_some_and(concerns));
    let places: BTreeSet<Place> = cells.chain([Place::Whole]).collect();
    places.into_iter().collect()
}
