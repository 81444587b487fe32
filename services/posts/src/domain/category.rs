//! What each category allows and how long it stays up.

use contract::common::Category;
use runtime::{DAY_MS, HOUR_MS, QUARTER_MS};

/// Whether pictures go with a category.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PhotoRule {
    /// Yes.
    Allowed,
    /// Of things; a newcomer's are looked at before they are shown.
    ThingsOnly,
    /// No.
    Never,
}

/// Whose notices are read before they are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReadFirst {
    /// Nobody's; a newcomer's pictures are.
    Nobody,
    /// A newcomer's.
    Newcomers,
    /// Everybody's.
    All,
}

/// The rules of one category.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CategoryRules {
    /// How long it stays up if the author does not say; for an event: after its end.
    pub stays_ms: i64,
    /// How long it stays up at least.
    pub shortest_ms: i64,
    /// How long it may stay up; for an event: how far ahead it may end.
    pub longest_ms: i64,
    /// The finest cell a place may have.
    pub finest_level: u8,
    /// Whether pictures go with it.
    pub photos: PhotoRule,
    /// Whose are read before they are shown.
    pub read_first: ReadFirst,
    /// Whether neighbours may answer.
    pub comments: bool,
    /// By which steps its times are shown.
    pub step_ms: i64,
    /// Whether it tells what a person did: with the form, after a while, seldom, and for no longer than somebody reads it.
    pub about_person: bool,
    /// Whether police may read it, where its author said yes and the neighbourhood decided so.
    pub police: bool,
}

impl CategoryRules {
    /// The rules of a category; none where none is named that is known here.
    pub const fn of(category: Category) -> Option<Self> {
        let usual = Self {
            stays_ms: 14 * DAY_MS,
            shortest_ms: HOUR_MS,
            longest_ms: 30 * DAY_MS,
            finest_level: geo::FINEST,
            photos: PhotoRule::Allowed,
            read_first: ReadFirst::Newcomers,
            comments: true,
            step_ms: QUARTER_MS,
            about_person: false,
            police: false,
        };
        Some(match category {
            Category::Event => Self {
                stays_ms: DAY_MS,
                longest_ms: 180 * DAY_MS,
                ..usual
            },
            Category::Help => Self {
                photos: PhotoRule::Never,
                ..usual
            },
            Category::GiveLend => usual,
            Category::LostFound => Self {
                stays_ms: 21 * DAY_MS,
                longest_ms: 60 * DAY_MS,
                ..usual
            },
            Category::Hazard => Self {
                stays_ms: 72 * HOUR_MS,
                longest_ms: 14 * DAY_MS,
                photos: PhotoRule::ThingsOnly,
                read_first: ReadFirst::Nobody,
                ..usual
            },
            Category::Fault => Self {
                stays_ms: 30 * DAY_MS,
                longest_ms: 60 * DAY_MS,
                photos: PhotoRule::ThingsOnly,
                read_first: ReadFirst::Nobody,
                ..usual
            },
            Category::Question => Self {
                finest_level: 13,
                ..usual
            },
            Category::Incident => Self {
                stays_ms: 7 * DAY_MS,
                photos: PhotoRule::ThingsOnly,
                read_first: ReadFirst::All,
                comments: false,
                step_ms: HOUR_MS,
                police: true,
                ..usual
            },
            Category::ConcerningBehaviour => Self {
                stays_ms: 72 * HOUR_MS,
                // As long as it may take until somebody reads it.
                shortest_ms: DAY_MS,
                longest_ms: 7 * DAY_MS,
                finest_level: 13,
                photos: PhotoRule::Never,
                read_first: ReadFirst::All,
                comments: false,
                step_ms: HOUR_MS,
                about_person: true,
                police: false,
            },
            Category::Unspecified => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Moderators may have to give back what they took out of a notice: it waits for that with its notice, which never outlasts it.
    #[test]
    fn nothing_stays_up_for_as_long_as_one_may_appeal() {
        const APPEAL_WITHIN_MS: i64 = 183 * DAY_MS;
        let every = (0..i32::MAX).map_while(|number| Category::try_from(number).ok());
        let rules: Vec<_> = every.filter_map(CategoryRules::of).collect();
        assert_eq!(rules.len(), 9);
        for rules in rules {
            // An event stays for a while after its end; ends are rounded up to the day.
            let stays_ms = rules.longest_ms + rules.stays_ms.min(DAY_MS) + DAY_MS;
            assert!(stays_ms < APPEAL_WITHIN_MS, "{rules:?}");
        }
    }
}
