//! What each category allows and how long it stays up.

use contract::common::Category;
use runtime::{DAY_MS, HOUR_MS};

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

/// The rules of one category.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CategoryRules {
    /// How long it stays up if the author does not say; for an event: after its end.
    pub stays_ms: i64,
    /// How long it may stay up; for an event: how far ahead it may end.
    pub longest_ms: i64,
    /// The finest cell a place may have.
    pub finest_level: u8,
    /// Whether pictures go with it.
    pub photos: PhotoRule,
    /// Whether a newcomer's is read before it is shown.
    pub newcomers_wait: bool,
    /// Whether neighbours may answer.
    pub comments: bool,
}

impl CategoryRules {
    /// The rules of a category; none for those that have no form here yet.
    pub const fn of(category: Category) -> Option<Self> {
        let usual = Self {
            stays_ms: 14 * DAY_MS,
            longest_ms: 30 * DAY_MS,
            finest_level: geo::FINEST,
            photos: PhotoRule::Allowed,
            newcomers_wait: true,
            comments: true,
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
                newcomers_wait: false,
                ..usual
            },
            Category::Fault => Self {
                stays_ms: 30 * DAY_MS,
                longest_ms: 60 * DAY_MS,
                photos: PhotoRule::ThingsOnly,
                newcomers_wait: false,
                ..usual
            },
            Category::Question => Self {
                finest_level: 13,
                ..usual
            },
            Category::Incident | Category::ConcerningBehaviour | Category::Unspecified => {
                return None;
            }
        })
    }
}
