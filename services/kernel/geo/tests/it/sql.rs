//! The database lets in what the crate reads, bit for bit.

use geo::Place;
use geo::sql::cell_check;
use proptest::prelude::*;
use s2::cellid::CellID;

use crate::given::any_id;

/// The expression, as a database with 64-bit numbers evaluates it.
#[expect(clippy::manual_range_contains, reason = "written as the text is")]
fn admits(c: i64) -> bool {
    let lowest = [
        274_877_906_944,
        68_719_476_736,
        17_179_869_184,
        4_294_967_296,
    ];
    c == 0
        || ((c > 0 || c < -4_611_686_018_427_387_904) && lowest.contains(&(c & c.wrapping_neg())))
}

#[test]
fn the_text_is_the_expression() {
    assert_eq!(
        cell_check("cell"),
        "(cell = 0 OR ((cell > 0 OR cell < -4611686018427387904) AND (cell & -cell) IN \
         (274877906944, 68719476736, 17179869184, 4294967296)))"
    );
}

proptest! {
    #[test]
    fn the_database_admits_what_is_a_place(bits in any::<i64>(), id in any_id(), low in 0..64_u32) {
        for stored in [bits, id.cast_signed(), bits << low, id.cast_signed().wrapping_add(1), id.cast_signed() ^ i64::MIN] {
            prop_assert_eq!(admits(stored), Place::from_i64(stored).is_ok());
        }
    }
}

#[test]
fn the_ends_and_every_level_are_as_they_should() {
    for stored in [
        i64::MIN,
        i64::MIN + 1,
        -1,
        0,
        1,
        i64::MAX,
        -(1 << 62),
        -(1 << 62) - 1,
        (-(1 << 62)) | (1 << 32),
    ] {
        assert_eq!(admits(stored), Place::from_i64(stored).is_ok(), "{stored}");
    }
    for face in 0..8 {
        for level in 0..=30 {
            let stored = CellID::from_face_pos_level(face, 0x0123_4567_89ab_cdef, level)
                .0
                .cast_signed();
            assert_eq!(
                admits(stored),
                face < 6 && (11..=14).contains(&level),
                "face {face}, level {level}"
            );
            assert_eq!(
                admits(stored),
                Place::from_i64(stored).is_ok(),
                "face {face}, level {level}"
            );
        }
    }
}

#[test]
#[should_panic(expected = "plain lowercase name")]
fn a_column_is_a_plain_name() {
    cell_check("cell; DROP TABLE post");
}
