//! The promise of [`CoarseCell`](crate::CoarseCell), kept by a database too.

use crate::cell::{COARSEST, FINEST, lsb_of_level};

/// The least id that is not on one of S2's six faces, as a signed number: the top three bits are 6.
const BEYOND_FACES: i64 = -(1 << 62);

/// A CHECK expression that lets into a 64-bit integer column what [`Place::from_i64`](crate::Place::from_i64) reads and
/// nothing else: 0, or a cell of level 11 to 14. The same text is valid on SQLite and on PostgreSQL.
///
/// An id tells its level by its lowest set bit, `c & -c`. Ids of the faces 0 to 3 are positive numbers, those of 4 and 5
/// the least negative ones; what lies between is on no face.
///
/// # Panics
/// When `column` is not a plain name (a lowercase letter, then lowercase letters, digits and underscores). Names are
/// written in migrations and never come from outside.
pub fn cell_check(column: &str) -> String {
    let plain = column.starts_with(|first: char| first.is_ascii_lowercase())
        && column
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_');
    assert!(plain, "a column has a plain lowercase name");
    let lowest: Vec<String> = (COARSEST..=FINEST)
        .map(|level| lsb_of_level(level).to_string())
        .collect();
    let lowest = lowest.join(", ");
    format!(
        "({column} = 0 OR (({column} > 0 OR {column} < {BEYOND_FACES}) AND ({column} & -{column}) IN ({lowest})))"
    )
}
