//! A place is a cell or the whole neighbourhood, in every spelling.

use geo::{CellError, CoarseCell, Place};
use proptest::prelude::*;

use crate::given::{any_cell, any_id};

proptest! {
    #[test]
    fn every_spelling_of_a_cell_reads_back(cell in any_cell()) {
        let place = Place::from(cell);
        prop_assert_eq!(place.cell(), Some(cell));
        prop_assert_eq!(place.level(), Some(cell.level()));
        prop_assert_eq!(Place::from_token(&place.token()), Ok(place));
        prop_assert_eq!(Place::from_i64(place.to_i64()), Ok(place));
        let json = serde_json::to_string(&place).expect("a token is text");
        prop_assert_eq!(serde_json::from_str::<Place>(&json).ok(), Some(place));
        prop_assert_ne!(place.to_i64(), 0);
    }

    #[test]
    fn a_place_is_read_where_its_cell_is(bits in any::<i64>(), id in any_id()) {
        for stored in [bits, id.cast_signed()] {
            prop_assert_eq!(Place::from_i64(stored).is_ok(), stored == 0 || CoarseCell::from_i64(stored).is_ok());
        }
    }

    #[test]
    fn the_whole_holds_everything_and_stays_the_whole(cell in any_cell(), level in any::<u8>()) {
        let place = Place::Cell(cell);
        prop_assert!(Place::Whole.contains(place) && !place.contains(Place::Whole));
        prop_assert!(Place::Whole < place);
        prop_assert_eq!(Place::Whole.coarsened(level), Place::Whole);
        prop_assert_eq!(place.coarsened(level), Place::Cell(cell.coarsened(level)));
        prop_assert!(place.coarsened(level).contains(place));
    }

    #[test]
    fn debug_says_the_level_and_no_more(cell in any_cell()) {
        prop_assert_eq!(format!("{:?}", Place::Cell(cell)), format!("Cell(CoarseCell(L{}))", cell.level()));
    }
}

#[test]
fn the_whole_has_its_own_spelling() {
    assert_eq!(Place::Whole.token(), "X");
    assert_eq!(Place::Whole.to_i64(), 0);
    assert_eq!(Place::Whole.level(), None);
    assert_eq!(Place::from_token("X"), Ok(Place::Whole));
    assert_eq!(Place::from_i64(0), Ok(Place::Whole));
    assert_eq!(
        serde_json::to_string(&Place::Whole).ok().as_deref(),
        Some("\"X\"")
    );
    assert_eq!(
        serde_json::from_str::<Place>("\"X\"").ok(),
        Some(Place::Whole)
    );
    for token in ["x", "XX", "X ", "", "0"] {
        assert!(Place::from_token(token).is_err(), "{token}");
    }
    assert_eq!(Place::from_i64(1), Err(CellError::TooFine));
}
