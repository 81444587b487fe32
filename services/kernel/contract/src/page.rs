//! Lists in pages: how many at a time, and what is said of a cursor that is none.

use crate::Fault;

/// Most of anything in one answer, unless a role says otherwise of its own.
pub const PAGE_AT_MOST: u32 = 50;

/// A page size within bounds.
///
/// # Errors
/// `FIRST_OUT_OF_RANGE` unless it is from 1 to `at_most`.
pub fn page_size(first: u32, at_most: u32) -> Result<usize, Fault> {
    if (1..=at_most).contains(&first) {
        return Ok(first as usize);
    }
    let message = format!("Ask for 1 to {at_most} at a time.");
    Err(Fault::invalid("FIRST_OUT_OF_RANGE", message).at("first"))
}

/// Cuts a list, of which one more was read than asked for, to what was asked for. Answers whether there is more.
pub fn cut<T>(rows: &mut Vec<T>, first: usize) -> bool {
    let has_next = rows.len() > first;
    rows.truncate(first);
    has_next
}

impl Fault {
    /// A cursor that was not given out for this list.
    pub fn cursor_unknown() -> Self {
        Self::invalid(
            "CURSOR_UNKNOWN",
            "This cursor is not of this list. Start again without one.",
        )
        .at("after")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_has_something_and_not_too_much() {
        assert_eq!(page_size(1, 30), Ok(1));
        assert_eq!(page_size(30, 30), Ok(30));
        for first in [0, 31, u32::MAX] {
            let fault = page_size(first, 30).unwrap_err();
            assert_eq!(fault.code, "FIRST_OUT_OF_RANGE");
            assert_eq!(fault.message, "Ask for 1 to 30 at a time.");
            assert_eq!(fault.field.as_deref(), Some("first"));
        }
    }

    #[test]
    fn one_more_than_asked_for_says_that_there_is_more() {
        for (read, first, more) in [(0, 2, false), (2, 2, false), (3, 2, true)] {
            let mut rows = vec![(); read];
            assert_eq!(cut(&mut rows, first), more);
            assert_eq!(rows.len(), read.min(first));
        }
    }
}
