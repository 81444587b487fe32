//! Where a post that is told lands among the rows.

use geo::Place;

/// What is known of a row that is there already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Before {
    /// Where it is shown.
    pub place: Place,
    /// Under which category.
    pub category: i32,
    /// At which change it appeared there.
    pub appeared_seq: i64,
    /// Until when it is shown, in milliseconds since 1970.
    pub expires_at_ms: i64,
}

/// What a told post does to the feed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Landing {
    /// It was not there.
    Arrives,
    /// It was there and readable, and is where it was.
    Stays {
        /// At which change it appeared.
        appeared_seq: i64,
    },
    /// It was there, but elsewhere or past its time: gone from there first, then it appears.
    Returns,
}

/// What happens when a post is told with a place and a category at `now_ms`.
///
/// A post that leaves a place or a category is gone for those who look only there, and new for those who look only at
/// the other; both are told so. One whose time had passed was no longer read by anybody, so it is new for all.
pub fn landing(before: Option<Before>, place: Place, category: i32, now_ms: i64) -> Landing {
    match before {
        None => Landing::Arrives,
        Some(row)
            if row.place == place && row.category == category && row.expires_at_ms > now_ms =>
        {
            Landing::Stays {
                appeared_seq: row.appeared_seq,
            }
        }
        Some(_) => Landing::Returns,
    }
}

#[cfg(test)]
mod tests {
    use geo::CoarseCell;

    use super::*;

    #[test]
    fn only_what_is_where_it_was_and_still_read_has_changed() {
        let place = Place::Cell(CoarseCell::at(60.18, 24.95, 13).unwrap());
        let row = Before {
            place,
            category: 2,
            appeared_seq: 7,
            expires_at_ms: 100,
        };
        assert_eq!(landing(None, place, 2, 50), Landing::Arrives);
        assert_eq!(
            landing(Some(row), place, 2, 99),
            Landing::Stays { appeared_seq: 7 }
        );
        assert_eq!(landing(Some(row), place, 2, 100), Landing::Returns);
        assert_eq!(landing(Some(row), place, 3, 50), Landing::Returns);
        assert_eq!(landing(Some(row), Place::Whole, 2, 50), Landing::Returns);
    }
}
