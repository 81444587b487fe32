//! Each trap of the s2 crate, shown where it can be shown, and that no one falls into it here.

use std::collections::BTreeSet;

use geo::{CellError, CoarseCell};
use s2::cellid::CellID;
use s2::latlng::LatLng;

use crate::given::cell;

#[test]
fn not_a_number_is_no_position() {
    assert!(
        CellID::from(LatLng::from_degrees(f64::NAN, f64::NAN)).is_valid(),
        "s2 makes a valid leaf of it"
    );
    for wrong in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
        assert_eq!(
            CoarseCell::at(wrong, 2.0, 13),
            Err(CellError::PositionNotFinite)
        );
        assert_eq!(
            CoarseCell::at(48.0, wrong, 13),
            Err(CellError::PositionNotFinite)
        );
        assert_eq!(
            CoarseCell::at(wrong, 400.0, 30),
            Err(CellError::PositionNotFinite),
            "looked at first"
        );
    }
}

#[test]
fn beyond_the_globe_is_no_position() {
    assert!(
        CellID::from(LatLng::from_degrees(91.0, 400.0)).is_valid(),
        "s2 makes a valid leaf of it"
    );
    for (latitude, longitude) in [
        (91.0, 2.0),
        (-90.000_001, 2.0),
        (48.0, 400.0),
        (48.0, -180.000_001),
        (1e300, -1e300),
    ] {
        assert_eq!(
            CoarseCell::at(latitude, longitude, 13),
            Err(CellError::PositionOutOfRange)
        );
    }
    for (latitude, longitude) in [(90.0, 0.0), (-90.0, 180.0), (0.0, -180.0), (-0.0, -0.0)] {
        assert!(CoarseCell::at(latitude, longitude, 13).is_ok());
    }
}

#[test]
fn a_level_without_coarse_cells_is_refused() {
    for level in [0, 10, 15, 30, 31, u8::MAX] {
        assert_eq!(
            CoarseCell::at(48.0, 2.0, level),
            Err(CellError::LevelOutOfRange)
        );
    }
}

#[test]
fn a_sign_is_no_digit() {
    assert!(
        CellID::from_token("+1").is_valid(),
        "s2 reads it as a valid cell"
    );
    for token in ["+1", "-1", "+47e66e1c", "47e66e1+"] {
        assert_eq!(CoarseCell::from_token(token), Err(CellError::Malformed));
    }
}

#[test]
fn a_bad_token_is_no_cell_without_a_level() {
    for token in [
        "",
        "X",
        "hello",
        "47e66e1c47e66e1c4",
        " 47e66e1c",
        "47e6 6e1c",
        "0x47e66e",
        "４７",
        "\0",
    ] {
        assert_eq!(
            CellID::from_token(token).0,
            0,
            "s2 makes the id 0 of it, whose level overflows: {token}"
        );
        assert_eq!(
            CoarseCell::from_token(token),
            Err(CellError::Malformed),
            "{token}"
        );
    }
    for token in ["0", "0000000000000000"] {
        assert_eq!(CoarseCell::from_token(token), Err(CellError::NotACell));
    }
    assert_eq!(CoarseCell::from_i64(0), Err(CellError::NotACell));
}

#[test]
fn a_face_or_a_lowest_bit_that_cannot_be_is_no_cell() {
    for token in [
        "c000000100000000",
        "e7e66e1c",
        "ffffffffffffffff",
        "47e66e1e",
        "8000000000000002",
    ] {
        assert!(!CellID::from_token(token).is_valid());
        assert_eq!(
            CoarseCell::from_token(token),
            Err(CellError::NotACell),
            "{token}"
        );
        let id = CellID::from_token(token).0.cast_signed();
        assert_eq!(
            CoarseCell::from_i64(id),
            Err(CellError::NotACell),
            "{token}"
        );
    }
}

#[test]
fn an_ancestor_is_never_finer_than_the_cell() {
    let coarse = CellID::from(LatLng::from_degrees(48.8566, 2.3522)).parent(10);
    let bogus = coarse.parent(20);
    assert!(
        bogus.is_valid() && bogus.level() == 20,
        "s2 makes a cell of level 20 of one of level 10"
    );
    assert_eq!(
        CoarseCell::from_token(&coarse.to_token()),
        Err(CellError::TooCoarse)
    );
    let eleven = cell("47e66e4");
    for finer in [11, 12, 14, 20, 30, 31, u8::MAX] {
        assert_eq!(eleven.coarsened(finer), eleven);
    }
    assert_eq!(
        cell("47e66e1d").coarsened(0),
        eleven,
        "and never coarser than level 11"
    );
}

#[test]
fn neighbours_of_any_cell_are_found_without_a_panic() {
    for face in 0..6 {
        for position in [0, 1 << 40, (1 << 60) - 1, 1 << 60, (1 << 61) - 1] {
            for level in 11..=14 {
                let id = CellID::from_face_pos_level(face, position, level);
                let around = cell(&id.to_token()).neighbours();
                assert!(
                    (7..=8).contains(&around.len()),
                    "no level but the cell's own is ever asked for"
                );
            }
        }
    }
}

#[test]
fn neighbours_are_told_once() {
    // The first cell of a face lies at a corner of the cube, where three cells meet.
    let id = CellID::from_face_pos_level(0, 0, 14);
    let theirs = id.all_neighbors(14);
    let distinct: BTreeSet<u64> = theirs.iter().map(|cell| cell.0).collect();
    assert!(distinct.len() < theirs.len(), "s2 tells one of them twice");
    let ours: BTreeSet<u64> = cell(&id.to_token())
        .neighbours()
        .iter()
        .map(|cell| cell.to_i64().cast_unsigned())
        .collect();
    assert_eq!(ours, distinct);
    assert_eq!(ours.len(), 7);
}
