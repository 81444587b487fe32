//! The time and venue of an event.

use contract::posts::{Audience, Event, State};
use contract::text::Lines;
use runtime::{DAY_MS, HOUR_MS};

use super::reason::{Code, Reason};
use super::text::{VENUE_AT_MOST, clean};

/// An event longer than this is several.
const LONGEST_MS: i64 = 30 * DAY_MS;
const CAPACITY_AT_MOST: u32 = 10_000;

// The fields of an event's input, as a refusal names them.
const STARTS: &str = "event.startsAt";
const ENDS: &str = "event.endsAt";
pub(super) const VENUE: &str = "event.placeName";
const CAPACITY: &str = "event.capacity";

/// When and where an event is, checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EventDetails {
    /// Its start, in milliseconds since 1970.
    pub starts_at_ms: i64,
    /// Its end.
    pub ends_at_ms: i64,
    /// The venue as people call it.
    pub venue: String,
    /// Places; 0 for no limit.
    pub capacity: u32,
    /// Whether it may be read without an account.
    pub public: bool,
}

impl EventDetails {
    /// Checks what the author wrote.
    ///
    /// # Errors
    /// Every reason against it.
    pub fn check(event: &Event, now_ms: i64, ahead_ms: i64) -> Result<Self, Vec<Reason>> {
        let mut reasons = Vec::new();
        let time = |field: &'static str, french: &str, english: &str| {
            Reason::new(Code::TimeOutOfRange, field, french, english)
        };
        let length_ms = event.ends_at_ms.checked_sub(event.starts_at_ms);
        if !length_ms.is_some_and(|length| (1..=LONGEST_MS).contains(&length)) {
            reasons.push(time(
                ENDS,
                "La fin doit suivre le début, de trente jours au plus.",
                "The end must come after the start, by thirty days at most.",
            ));
        } else if event.ends_at_ms <= now_ms {
            reasons.push(time(
                STARTS,
                "Cet événement est déjà passé. Choisissez une date à venir.",
                "This event is already over. Choose a date to come.",
            ));
        } else if event.starts_at_ms < now_ms - LONGEST_MS - HOUR_MS
            || event.ends_at_ms > now_ms.saturating_add(ahead_ms)
        {
            reasons.push(time(
                STARTS,
                "Cet événement est trop loin : 180 jours au plus.",
                "This event is too far ahead: 180 days at most.",
            ));
        }
        if event.capacity > CAPACITY_AT_MOST {
            reasons.push(Reason::new(
                Code::EventDetails,
                CAPACITY,
                "Dix mille places au plus ; laissez vide pour ne pas limiter.",
                "Ten thousand places at most; leave it empty for no limit.",
            ));
        }
        let venue = clean(&event.place_name, VENUE, VENUE_AT_MOST, Lines::One);
        match venue {
            Ok(venue) if reasons.is_empty() => Ok(Self {
                starts_at_ms: event.starts_at_ms,
                ends_at_ms: event.ends_at_ms,
                venue,
                capacity: event.capacity,
                public: event.audience() == Audience::Public,
            }),
            Ok(_) => Err(reasons),
            Err(reason) => {
                reasons.push(reason);
                Err(reasons)
            }
        }
    }

    /// As it was kept: it was checked before.
    pub fn kept(event: Event) -> Self {
        Self {
            starts_at_ms: event.starts_at_ms,
            ends_at_ms: event.ends_at_ms,
            public: event.audience() == Audience::Public,
            capacity: event.capacity,
            venue: event.place_name,
        }
    }

    /// Until when everybody may read of it, signed out too, in milliseconds since 1970: for as long as it is on the board
    /// and not over. None: it is for members, or waits, or is settled.
    pub fn open_until_ms(&self, state: State, expires_at_ms: i64) -> Option<i64> {
        let open = self.public && state == State::Published;
        open.then(|| self.ends_at_ms.min(expires_at_ms))
    }

    /// As messages carry it.
    pub fn wire(&self) -> Event {
        let audience = if self.public {
            Audience::Public
        } else {
            Audience::Neighbourhood
        };
        Event {
            starts_at_ms: self.starts_at_ms,
            ends_at_ms: self.ends_at_ms,
            place_name: self.venue.clone(),
            capacity: self.capacity,
            audience: audience.into(),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn only_what_is_for_everybody_up_and_not_over_is_open(
            public: bool,
            state in 0..4_i32,
            ends_at_ms in 0..100_i64,
            expires_at_ms in 0..100_i64,
            now_ms in 0..100_i64,
        ) {
            let state = State::try_from(state).unwrap();
            let event = EventDetails {
                starts_at_ms: 0,
                ends_at_ms,
                venue: "The library".into(),
                capacity: 0,
                public,
            };
            let open = event.open_until_ms(state, expires_at_ms).is_some_and(|until_ms| now_ms < until_ms);
            let expected = public && state == State::Published && now_ms < ends_at_ms && now_ms < expires_at_ms;
            prop_assert_eq!(open, expected);
            prop_assert_eq!(EventDetails::kept(event.wire()), event);
        }
    }
}
