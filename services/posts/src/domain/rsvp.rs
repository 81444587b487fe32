//! Coming to an event.

use contract::posts::{Rsvp, State};

use super::draft::{Author, paused};
use super::event::EventDetails;
use super::reason::{Code, Reason};

/// The event that somebody answers, and who comes already.
#[derive(Clone, Copy, Debug)]
pub struct Coming<'a> {
    /// Held, shown or settled.
    pub state: State,
    /// When it is and for how many; none: the notice is no event.
    pub event: Option<&'a EventDetails>,
    /// How many others have a place.
    pub others_going: u64,
    /// What the one who answers said before.
    pub before: Rsvp,
}

/// Decides about an answer. Going takes a place, and keeps the one it has; nothing else takes any. Taking an answer back
/// is always possible.
///
/// # Errors
/// Why not, and what to do instead.
pub fn decide_rsvp(
    answer: Rsvp,
    about: Coming<'_>,
    who: &Author,
    now_ms: i64,
) -> Result<(), Reason> {
    let Some(event) = about.event else {
        return Err(closed(
            "Cette annonce n’est pas un événement : répondez-y par un commentaire.",
            "This notice is no event: answer it with a comment.",
        ));
    };
    if answer == Rsvp::Unanswered {
        return Ok(());
    }
    if let Some(reason) = paused(who, now_ms) {
        return Err(reason);
    }
    if about.state != State::Published {
        return Err(closed(
            "Cet événement ne prend pas de réponses : il est réglé, ou attend d’être lu.",
            "This event takes no answers: it is settled, or waits to be read.",
        ));
    }
    if event.ends_at_ms <= now_ms {
        return Err(closed(
            "Cet événement est passé : il ne prend plus de réponses.",
            "This event is over: it takes no more answers.",
        ));
    }
    let needs_a_place = answer == Rsvp::Going && about.before != Rsvp::Going;
    if needs_a_place && places_left(event.capacity, about.others_going) == Some(0) {
        return Err(Reason::new(
            Code::EventFull,
            "answer",
            "Toutes les places sont prises. Répondez « peut-être », ou demandez à l’organisateur s’il peut en ajouter.",
            "Every place is taken. Answer “maybe”, or ask the organiser whether there can be more.",
        ));
    }
    Ok(())
}

/// How many may still come; none where there is no limit. An event that was made smaller has none left, never fewer.
pub fn places_left(capacity: u32, going: u64) -> Option<u32> {
    let taken = u32::try_from(going).unwrap_or(u32::MAX);
    (capacity != 0).then(|| capacity.saturating_sub(taken))
}

fn closed(french: &str, english: &str) -> Reason {
    Reason::new(Code::NoRsvp, "post", french, english)
}

#[cfg(test)]
mod tests {
    use geo::Place;
    use proptest::prelude::*;

    use super::*;

    const END_MS: i64 = 1_000;
    const ANSWERS: [Rsvp; 4] = [Rsvp::Unanswered, Rsvp::Going, Rsvp::Maybe, Rsvp::NotGoing];

    fn event(capacity: u32) -> EventDetails {
        EventDetails {
            starts_at_ms: 0,
            ends_at_ms: END_MS,
            venue: "The library".into(),
            capacity,
            public: false,
        }
    }

    fn who(suspended_until_ms: Option<i64>) -> Author {
        Author {
            pseudonym: "Merle".into(),
            home: Place::Whole,
            founder: false,
            newcomer_until_ms: i64::MAX,
            published: 0,
            suspended_until_ms,
        }
    }

    fn codes(outcome: Result<(), Reason>) -> Option<Code> {
        outcome.err().map(|reason| reason.code)
    }

    #[test]
    fn an_answer_counts_while_the_event_is_on_the_board_and_not_over() {
        let event = event(0);
        for answer in ANSWERS {
            let says = |state, event, now_ms| {
                let about = Coming {
                    state,
                    event,
                    others_going: 0,
                    before: Rsvp::Unanswered,
                };
                codes(decide_rsvp(answer, about, &who(None), now_ms))
            };
            let closed = (answer != Rsvp::Unanswered).then_some(Code::NoRsvp);
            assert_eq!(says(State::Published, Some(&event), END_MS - 1), None);
            assert_eq!(says(State::Published, Some(&event), END_MS), closed);
            assert_eq!(says(State::Resolved, Some(&event), 1), closed);
            assert_eq!(says(State::InReview, Some(&event), 1), closed);
            assert_eq!(
                says(State::Published, None, 1),
                Some(Code::NoRsvp),
                "no event"
            );
        }
    }

    #[test]
    fn who_is_paused_takes_back_and_says_nothing_else() {
        let event = event(0);
        for answer in ANSWERS {
            let about = Coming {
                state: State::Published,
                event: Some(&event),
                others_going: 0,
                before: Rsvp::Going,
            };
            let refused = (answer != Rsvp::Unanswered).then_some(Code::Suspended);
            assert_eq!(codes(decide_rsvp(answer, about, &who(Some(2)), 1)), refused);
            assert_eq!(
                codes(decide_rsvp(answer, about, &who(Some(1)), 1)),
                None,
                "over"
            );
        }
    }

    proptest! {
        /// Whatever people answer in whatever order, and however the author changes the size: nobody gets a place that is
        /// not there, and nobody is told that there is none while there is one.
        #[test]
        fn places_are_given_exactly(
            mut capacity in 0..6_u32,
            steps in prop::collection::vec((0..8_usize, 0..4_usize, prop::option::weighted(0.1, 0..6_u32)), 0..60),
        ) {
            let mut said = [Rsvp::Unanswered; 8];
            for (person, answer, resized) in steps {
                capacity = resized.unwrap_or(capacity);
                let answer = ANSWERS[answer];
                let going = |said: &[Rsvp]| said.iter().filter(|answer| **answer == Rsvp::Going).count() as u64;
                let before = said[person];
                let others_going = going(&said) - u64::from(before == Rsvp::Going);
                let details = event(capacity);
                let about = Coming { state: State::Published, event: Some(&details), others_going, before };
                let room = capacity == 0 || others_going < u64::from(capacity);
                let outcome = codes(decide_rsvp(answer, about, &who(None), 1));
                let takes_a_place = answer == Rsvp::Going && before != Rsvp::Going;
                prop_assert_eq!(outcome, (takes_a_place && !room).then_some(Code::EventFull));
                let went_before = going(&said);
                if outcome.is_none() {
                    said[person] = answer;
                }
                let goes_now = going(&said);
                prop_assert!(goes_now <= went_before || capacity == 0 || goes_now <= u64::from(capacity));
                let left = places_left(capacity, goes_now);
                prop_assert_eq!(left.is_none(), capacity == 0);
                prop_assert!(left.is_none_or(|left| u64::from(left) == u64::from(capacity).saturating_sub(goes_now)));
            }
        }
    }
}
