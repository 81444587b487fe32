//! Saying what is wrong.

use contract::moderation::Reason;

use super::text::{EXPLANATION_AT_MOST, TextFault, words};

/// So many reports of a case are read, the first ones: what many say of one thing, they say alike.
pub const READ_AT_MOST: u64 = 50;

/// How much there is to read where so many reported and so many pictures are hidden. It grows with whatever is new to who
/// decides, and no further than they can read: many who report go on for as long as they please, and keep nobody from deciding.
pub const fn to_read(reports: u64, hidden: usize) -> u64 {
    let read = if reports < READ_AT_MOST {
        reports
    } else {
        READ_AT_MOST
    };
    read + hidden as u64
}

/// Why a report is not taken as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// The explanation is missing, too long, or hides something.
    Explanation(TextFault),
    /// Whoever says that the law is broken says so in good faith.
    GoodFaith,
    /// It names no reason of the list.
    Reason,
}

contract::codes! { Refusal::code {
    Self::GoodFaith => "GOOD_FAITH",
    Self::Reason => "REASON",
} Self::Explanation(fault) => fault.code() }

/// The explanation as it will be kept, where there is one.
///
/// # Errors
/// Why it is not taken.
pub fn complete(
    reason: Reason,
    explanation: &str,
    good_faith: bool,
) -> Result<Option<String>, Refusal> {
    let asks = match reason {
        Reason::Unspecified => return Err(Refusal::Reason),
        Reason::IllegalContent | Reason::SomethingElse => true,
        _ => false,
    };
    if reason == Reason::IllegalContent && !good_faith {
        return Err(Refusal::GoodFaith);
    }
    match words(explanation, EXPLANATION_AT_MOST) {
        Ok(kept) => Ok(Some(kept)),
        Err(TextFault::Empty) if !asks => Ok(None),
        Err(fault) => Err(Refusal::Explanation(fault)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_law_forbids_is_said_in_good_faith_and_explained() {
        let illegal = Reason::IllegalContent;
        assert_eq!(complete(illegal, "Why", false), Err(Refusal::GoodFaith));
        assert_eq!(
            complete(illegal, " ", true),
            Err(Refusal::Explanation(TextFault::Empty))
        );
        assert_eq!(complete(illegal, " Why ", true), Ok(Some("Why".into())));
    }

    #[test]
    fn other_reasons_stand_alone_and_no_reason_does_not() {
        assert_eq!(complete(Reason::Harassment, "", false), Ok(None));
        assert_eq!(
            complete(Reason::Unspecified, "Why", true),
            Err(Refusal::Reason)
        );
        assert_eq!(
            complete(Reason::SomethingElse, "", true),
            Err(Refusal::Explanation(TextFault::Empty))
        );
        let long = "a".repeat(EXPLANATION_AT_MOST + 1);
        assert_eq!(
            complete(Reason::Danger, &long, true),
            Err(Refusal::Explanation(TextFault::TooLong))
        );
    }
}
