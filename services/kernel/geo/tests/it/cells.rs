//! A cell reads back as it was, never gets finer, and never says where it is.

use geo::{COARSEST, CellError, CoarseCell, FINEST};
use proptest::prelude::*;
use s2::cellid::CellID;

use crate::given::{any_cell, any_id, cell};

proptest! {
    #[test]
    fn token_id_and_json_read_back_as_the_same_cell(cell in any_cell()) {
        prop_assert_eq!(CoarseCell::from_token(&cell.token()), Ok(cell));
        prop_assert_eq!(CoarseCell::from_token(&cell.token().to_uppercase()), Ok(cell));
        prop_assert_eq!(CoarseCell::from_i64(cell.to_i64()), Ok(cell));
        let json = serde_json::to_string(&cell).expect("a token is text");
        prop_assert_eq!(&json, &format!("\"{}\"", cell.token()));
        prop_assert_eq!(serde_json::from_str::<CoarseCell>(&json).ok(), Some(cell));
    }

    #[test]
    fn any_s2_cell_is_coarsened_or_refused(id in any_id()) {
        let s2 = CellID(id);
        let read = CoarseCell::from_token(&s2.to_token());
        if s2.level() < u64::from(COARSEST) {
            prop_assert_eq!(read, Err(CellError::TooCoarse));
        } else {
            let ours = read.expect("a cell of a fine enough level is read");
            prop_assert_eq!(u64::from(ours.level()), s2.level().min(FINEST.into()));
            prop_assert!(CellID(ours.to_i64().cast_unsigned()).contains(&s2));
        }
    }

    #[test]
    fn any_number_from_a_store_is_a_coarse_cell_or_refused(bits in any::<i64>(), id in any_id()) {
        for stored in [bits, id.cast_signed()] {
            if let Ok(cell) = CoarseCell::from_i64(stored) {
                prop_assert_eq!(cell.to_i64(), stored);
                prop_assert!((COARSEST..=FINEST).contains(&cell.level()));
                prop_assert!(CellID(stored.cast_unsigned()).is_valid());
            }
        }
        let level = CellID(id).level();
        let fits = (u64::from(COARSEST)..=u64::from(FINEST)).contains(&level);
        prop_assert_eq!(CoarseCell::from_i64(id.cast_signed()).is_ok(), fits);
    }

    #[test]
    fn any_text_is_refused_or_read_without_a_panic(text in ".{0,20}", hex in "[0-9a-fA-F]{0,18}") {
        for token in [text, hex] {
            if let Ok(cell) = CoarseCell::from_token(&token) {
                prop_assert!((COARSEST..=FINEST).contains(&cell.level()));
            }
        }
    }

    #[test]
    fn a_position_lies_in_its_cell(
        latitude in -90.0..=90.0_f64, longitude in -180.0..=180.0_f64, level in COARSEST..=FINEST,
    ) {
        let cell = CoarseCell::at(latitude, longitude, level).expect("a position in range");
        prop_assert_eq!(cell.level(), level);
        let leaf = CellID::from(s2::latlng::LatLng::from_degrees(latitude, longitude));
        prop_assert!(CellID(cell.to_i64().cast_unsigned()).contains(&leaf));
    }

    #[test]
    fn coarsening_never_refines_and_twice_is_once(cell in any_cell(), level in any::<u8>(), other in any::<u8>()) {
        let once = cell.coarsened(level);
        prop_assert!(once.level() <= cell.level());
        prop_assert!(once.contains(cell));
        prop_assert_eq!(once.coarsened(level), once);
        prop_assert_eq!(once.coarsened(other), cell.coarsened(level.min(other)));
    }

    #[test]
    fn the_family_of_a_cell_fits_together(cell in any_cell()) {
        prop_assert_eq!(cell.parent().is_none(), cell.level() == COARSEST);
        prop_assert_eq!(cell.children().is_none(), cell.level() == FINEST);
        let ancestors: Vec<CoarseCell> = cell.ancestors().collect();
        let levels: Vec<u8> = ancestors.iter().map(|ancestor| ancestor.level()).collect();
        prop_assert_eq!(levels, (COARSEST..cell.level()).rev().collect::<Vec<u8>>());
        for ancestor in ancestors {
            prop_assert!(ancestor.contains(cell) && !cell.contains(ancestor));
        }
        let s2 = CellID(cell.to_i64().cast_unsigned());
        for (child, theirs) in cell.children().into_iter().flatten().zip(s2.children()) {
            prop_assert_eq!(child.to_i64().cast_unsigned(), theirs.0);
            prop_assert_eq!(child.parent(), Some(cell));
        }
    }

    #[test]
    fn containing_is_as_s2_says(a in any_cell(), b in any_cell(), level in COARSEST..=FINEST) {
        for (a, b) in [(a, b), (a.coarsened(level), a), (a, a.coarsened(level))] {
            let theirs = CellID(a.to_i64().cast_unsigned()).contains(&CellID(b.to_i64().cast_unsigned()));
            prop_assert_eq!(a.contains(b), theirs);
        }
    }

    #[test]
    fn neighbours_are_distinct_of_one_level_and_mutual(cell in any_cell()) {
        let neighbours = cell.neighbours();
        prop_assert!((7..=8).contains(&neighbours.len()));
        prop_assert!(neighbours.is_sorted_by(|a, b| a < b));
        for neighbour in neighbours {
            prop_assert_ne!(neighbour, cell);
            prop_assert_eq!(neighbour.level(), cell.level());
            prop_assert!(neighbour.neighbours().contains(&cell));
        }
    }

    #[test]
    fn debug_says_the_level_and_no_more(cell in any_cell()) {
        prop_assert_eq!(format!("{cell:?}"), format!("CoarseCell(L{})", cell.level()));
        prop_assert_eq!(format!("{cell:#?}"), format!("CoarseCell(L{})", cell.level()));
    }
}

#[test]
fn paris_is_where_it_is() {
    let at = |level| CoarseCell::at(48.8566, 2.3522, level).map(CoarseCell::token);
    assert_eq!(at(13).as_deref(), Ok("47e66e1c"));
    assert_eq!(at(14).as_deref(), Ok("47e66e1d"));
}

#[test]
fn order_is_that_of_the_curve() {
    let (near, far) = (cell("47e66e1c"), cell("89c2594c"));
    assert!(
        near < far,
        "faces are in order though the second id is a negative number"
    );
    assert!(near.to_i64() > far.to_i64());
}

#[test]
fn an_error_has_a_code_and_never_quotes_what_was_given() {
    let finer = CellID::from(s2::latlng::LatLng::from_degrees(48.8566, 2.3522));
    for json in [
        format!("{}", finer.0),
        format!("[\"{}\"]", finer.to_token()),
        format!("\"+{}\"", finer.to_token()),
    ] {
        let error = serde_json::from_str::<CoarseCell>(&json)
            .expect_err("this is not a token")
            .to_string();
        assert!(
            !error.contains(&finer.to_token()) && !error.contains(&finer.0.to_string()),
            "{error}"
        );
    }
    let errors = [
        CellError::Malformed,
        CellError::NotACell,
        CellError::TooCoarse,
        CellError::TooFine,
        CellError::LevelOutOfRange,
        CellError::PositionNotFinite,
        CellError::PositionOutOfRange,
    ];
    let mut codes: Vec<&str> = errors.iter().map(|error| error.code()).collect();
    codes.sort_unstable();
    codes.dedup();
    assert_eq!(codes.len(), errors.len());
}
