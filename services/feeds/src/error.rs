//! What can go wrong, and what the caller is told of it.

use contract::Fault;
use runtime::CursorUnknown;
use store::StoreFault;

use crate::domain::AskFault;

/// A call, an event or a sweep that did not succeed.
#[derive(Debug, thiserror::Error)]
pub enum FeedsFault {
    /// The caller may not, or did not say who they are.
    #[error(transparent)]
    Caller(#[from] Fault),
    /// The question cannot be answered.
    #[error(transparent)]
    Ask(#[from] AskFault),
    /// The cursor is not one of this question.
    #[error(transparent)]
    Cursor(#[from] CursorUnknown),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreFault),
    /// An event that is not what its contract says.
    #[error("an event cannot be read: {0}")]
    Event(&'static str),
}

impl From<FeedsFault> for Fault {
    fn from(fault: FeedsFault) -> Self {
        match fault {
            FeedsFault::Caller(fault) => fault,
            FeedsFault::Ask(ask) => refusal(ask),
            FeedsFault::Cursor(CursorUnknown) => Fault::cursor_unknown(),
            FeedsFault::Store(ref store) if store.passes() => {
                Fault::unavailable("Palier is busy. Please try again in a moment.")
            }
            FeedsFault::Store(_) | FeedsFault::Event(_) => {
                tracing::error!(role = "feeds", reason = %fault, "a call failed");
                Fault::internal()
            }
        }
    }
}

fn refusal(ask: AskFault) -> Fault {
    match ask {
        AskFault::TooManyPlaces => Fault::invalid(
            "TOO_MANY_PLACES",
            "At most 161 places at once. Ask for larger cells, or for none to get the whole neighbourhood.",
        )
        .at("places"),
        AskFault::Place(cell) => Fault::invalid(
            cell.code(),
            "One of the places is not a cell of level 11 to 14.",
        )
        .at("places"),
        AskFault::TooManyCategories => Fault::invalid(
            "TOO_MANY_CATEGORIES",
            "Name each category once, or none to get all of them.",
        )
        .at("categories"),
        AskFault::CategoryUnknown => Fault::invalid(
            "CATEGORY_UNKNOWN",
            "One of the categories does not exist. Name none to get all of them.",
        )
        .at("categories"),
    }
}

#[cfg(test)]
mod tests {
    use contract::FaultKind;

    use super::*;

    #[test]
    fn a_fault_of_ours_is_masked_and_one_of_the_caller_says_what_to_do() {
        let ours = Fault::from(FeedsFault::Store(StoreFault::Address));
        assert_eq!(
            (ours.kind, ours.code.as_ref()),
            (FaultKind::Internal, "INTERNAL")
        );
        let places = Fault::from(FeedsFault::Ask(AskFault::TooManyPlaces));
        assert_eq!(places.code, "TOO_MANY_PLACES");
        assert_eq!(places.field.as_deref(), Some("places"));
        let cursor = Fault::from(FeedsFault::Cursor(CursorUnknown));
        assert_eq!(
            (cursor.kind, cursor.code.as_ref()),
            (FaultKind::Invalid, "CURSOR_UNKNOWN")
        );
    }
}
