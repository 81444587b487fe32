//! A feed reads the same places however it is asked.

use geo::{CoarseCell, Place, reading};
use proptest::collection::vec;
use proptest::prelude::*;

use crate::given::{any_cell, cell, finest_in};

/// Cells that are likely to have something to do with each other: those around one of level 11.
fn related() -> impl Strategy<Value = Vec<CoarseCell>> {
    let inside = any_cell().prop_map(|cell| finest_in(cell.coarsened(11)));
    inside.prop_flat_map(|finest| {
        vec(
            (0..finest.len(), 11..=14_u8).prop_map(move |(at, level)| finest[at].coarsened(level)),
            0..40,
        )
    })
}

proptest! {
    #[test]
    fn order_and_repetition_change_nothing(cells in related(), split in 0..40_usize, whole in any::<bool>()) {
        let (asked, present) = cells.split_at(split.min(cells.len()));
        let mut places: Vec<Place> = present.iter().copied().map(Place::Cell).collect();
        if whole {
            places.push(Place::Whole);
        }
        let once = reading(asked, places.clone());
        let mut turned = asked.to_vec();
        turned.reverse();
        turned.extend_from_slice(asked);
        places.reverse();
        places.extend(places.clone());
        prop_assert_eq!(&reading(&turned, places), &once);
        prop_assert_eq!(&reading(asked, once.clone()), &once);
        prop_assert!(once.is_sorted_by(|a, b| a < b));
        prop_assert_eq!(once.first(), Some(&Place::Whole));
    }

    #[test]
    fn a_place_is_read_if_and_only_if_it_may_be_in_an_asked_cell(cells in related(), split in 0..40_usize) {
        let (asked, present) = cells.split_at(split.min(cells.len()));
        let read = reading(asked, present.iter().copied().map(Place::Cell));
        for cell in present {
            let overlaps = finest_in(*cell).iter().any(|part| asked.iter().any(|ask| ask.contains(*part)));
            prop_assert_eq!(read.contains(&Place::Cell(*cell)), overlaps);
        }
        prop_assert!(read.iter().all(|place| place.cell().is_none_or(|cell| present.contains(&cell))));
    }
}

#[test]
fn the_whole_neighbourhood_is_always_read() {
    assert_eq!(reading(&[], []), [Place::Whole]);
    assert_eq!(reading(&[cell("47e66e1c")], []), [Place::Whole]);
    let present = ["47e66e1d", "47e66e1", "47e66e04"].map(|token| Place::Cell(cell(token)));
    let expected = [
        Place::Whole,
        Place::Cell(cell("47e66e1")),
        Place::Cell(cell("47e66e1d")),
    ];
    assert_eq!(reading(&[cell("47e66e1c")], present), expected);
}
