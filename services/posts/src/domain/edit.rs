//! Changing what is up.

use contract::common::{Category, Picture};
use contract::events::Cause;
use contract::posts::{Behaviour, Event, State};
use contract::text::Lines;

use super::about_people::{Barred, may_tell};
use super::behaviour::BehaviourDetails;
use super::category::{CategoryRules, ReadFirst};
use super::draft::{Author, Telling, causes, event, expiry, paused, pictures};
use super::event::EventDetails;
use super::reason::{Code, Reason};
use super::screen::{Written, screen};
use super::text::{BODY_AT_MOST, TITLE_AT_MOST, clean};

/// What is to change; what is absent stays.
#[derive(Clone, Debug, Default)]
pub struct Edit {
    /// Another title.
    pub title: Option<String>,
    /// Another body.
    pub body: Option<String>,
    /// Other pictures.
    pub pictures: Option<Vec<Picture>>,
    /// Another time or venue.
    pub event: Option<Event>,
    /// The form, filled in otherwise.
    pub behaviour: Option<Behaviour>,
    /// Another end.
    pub expires_at_ms: Option<i64>,
}

/// How the notice stands.
#[derive(Clone, Debug)]
pub struct Standing {
    /// Its kind; never changes.
    pub category: Category,
    /// Held, shown or settled.
    pub state: State,
    /// Its title as it is.
    pub title: String,
    /// Its text as it is.
    pub body: String,
    /// Its pictures as they are.
    pub pictures: Vec<Picture>,
    /// Time and venue as they are.
    pub event: Option<EventDetails>,
    /// The form as it is.
    pub behaviour: Option<BehaviourDetails>,
    /// When it went up.
    pub published_at_ms: i64,
    /// When it comes down as things are.
    pub expires_at_ms: i64,
}

/// The changes, checked.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Changes {
    /// As it will be kept.
    pub title: Option<String>,
    /// As it will be kept.
    pub body: Option<String>,
    /// As they will be kept.
    pub pictures: Option<Vec<Picture>>,
    /// As it will be kept.
    pub event: Option<EventDetails>,
    /// As it will be kept.
    pub behaviour: Option<BehaviourDetails>,
    /// When it will come down.
    pub expires_at_ms: Option<i64>,
    /// Why it is read once more before it is shown; empty: it is not.
    pub causes: Vec<Cause>,
    /// Its pictures are looked at before they are shown.
    pub pictures_held: bool,
}

impl Standing {
    fn written(&self) -> Written<'_> {
        Written {
            title: &self.title,
            body: &self.body,
            venue: self.event.as_ref().map(|event| event.venue.as_str()),
            pictures: &self.pictures,
            behaviour: self.behaviour.as_ref(),
        }
    }
}

impl Edit {
    /// Everything that is written in the notice once it is changed.
    fn written<'a>(&'a self, post: &'a Standing, changes: &'a Changes) -> Written<'a> {
        let before = post.written();
        let venue = self.event.as_ref().map(|event| event.place_name.as_str());
        Written {
            title: self.title.as_deref().unwrap_or(before.title),
            body: self.body.as_deref().unwrap_or(before.body),
            venue: venue.or(before.venue),
            pictures: self.pictures.as_deref().unwrap_or(before.pictures),
            behaviour: changes.behaviour.as_ref().or(before.behaviour),
        }
    }
}

/// Whether an author may change so what a notice tells of a person: as they might tell of one anew. It counts as none of the week,
/// and a draft that rests is asked about when it is confirmed.
///
/// # Errors
/// Why not, and when or after what again.
pub fn may_retell(
    changes: &Changes,
    post: &Standing,
    author: &Author,
    telling: &Telling,
    now_ms: i64,
) -> Result<(), Barred> {
    let tells = CategoryRules::of(post.category).is_some_and(|rules| rules.about_person);
    let form = changes.behaviour.as_ref();
    let says_otherwise = form.is_some_and(|form| Some(form) != post.behaviour.as_ref())
        || changes.body.as_ref().is_some_and(|body| *body != post.body);
    if tells && says_otherwise && post.state != State::CoolingDown {
        may_tell(author, &telling.without_week(), now_ms)
    } else {
        Ok(())
    }
}

/// The changes that follow. What was read before it was shown is read again.
///
/// # Errors
/// Every reason against it.
pub fn decide_edit(
    edit: &Edit,
    post: &Standing,
    author: &Author,
    now_ms: i64,
) -> Result<Changes, Vec<Reason>> {
    if let Some(reason) = paused(author, now_ms) {
        return Err(vec![reason]);
    }
    let Some(rules) = CategoryRules::of(post.category) else {
        return Err(Vec::new());
    };
    let mut reasons = Vec::new();
    let mut changes = Changes::default();
    let mut take = |result: Result<String, Reason>, into: &mut Option<String>| match result {
        Ok(text) => *into = Some(text),
        Err(reason) => reasons.push(reason),
    };
    // The headline of a notice about a person is made of the act.
    if let Some(title) = edit.title.as_ref().filter(|_| !rules.about_person) {
        take(
            clean(title, "title", TITLE_AT_MOST, Lines::One),
            &mut changes.title,
        );
    }
    if let Some(body) = &edit.body {
        take(
            clean(body, "body", BODY_AT_MOST, Lines::Many),
            &mut changes.body,
        );
    }
    if let Some(wanted) = &edit.pictures {
        match pictures(wanted, rules.photos) {
            Ok(kept) => changes.pictures = Some(kept),
            Err(reason) => reasons.push(reason),
        }
    }
    if edit.event.is_some() {
        let ahead_ms = post.published_at_ms + rules.longest_ms - now_ms;
        match event(post.category, edit.event.as_ref(), now_ms, ahead_ms) {
            Ok(details) => changes.event = details,
            Err(more) => reasons.extend(more),
        }
    }
    if edit.behaviour.is_some() || rules.about_person && edit.title.is_some() {
        let title = edit.title.as_deref().unwrap_or_default();
        let as_it_is = post.behaviour.as_ref().map(BehaviourDetails::wire);
        let form = edit.behaviour.as_ref().or(as_it_is.as_ref());
        match BehaviourDetails::check(post.category, form, title) {
            Ok(details) => changes.behaviour = details,
            Err(more) => reasons.extend(more),
        }
    }
    let details = changes.event.as_ref().or(post.event.as_ref());
    if edit.expires_at_ms.is_some() || changes.event.is_some() {
        // The longest stay counts from when it went up: changing a notice does not keep it for ever.
        match expiry(edit.expires_at_ms, details, &rules, post.published_at_ms) {
            Ok(at_ms) if at_ms > now_ms => changes.expires_at_ms = Some(at_ms),
            Ok(_) => reasons.push(Reason::new(
                Code::ExpiryOutOfRange,
                "expiresAt",
                "Ce moment est passé. Pour décrocher l’annonce tout de suite, retirez-la.",
                "That time has passed. To take the notice down at once, withdraw it.",
            )),
            Err(reason) => reasons.push(reason),
        }
    }
    if !reasons.is_empty() {
        return Err(reasons);
    }
    let before = post.written().passages();
    let after = edit.written(post, &changes).passages();
    let mut is_found = false;
    if before != after {
        let screened = screen(Some(post.category), &after);
        is_found = screened.waits;
        if !screened.reasons.is_empty() {
            // What was found in it as it stands was read by a person, or will be: it stops no change.
            let reasons = screened.reasons_beyond(&screen(Some(post.category), &before));
            if !reasons.is_empty() {
                return Err(reasons);
            }
        }
    }
    let says_something_new = changes.title.is_some()
        || changes.body.is_some()
        || changes.event.is_some()
        || changes.behaviour.is_some();
    let shows_something_new = changes.pictures.as_ref().is_some_and(|p| !p.is_empty());
    let is_new = says_something_new || shows_something_new;
    let newcomer = author.is_newcomer(now_ms);
    changes.causes = causes([
        (
            Cause::AboutPeople,
            is_new && rules.read_first == ReadFirst::All,
        ),
        (
            Cause::Newcomer,
            is_new && newcomer && rules.read_first != ReadFirst::Nobody,
        ),
        (Cause::Found, is_found),
    ]);
    changes.pictures_held =
        newcomer && rules.read_first == ReadFirst::Nobody && shows_something_new;
    Ok(changes)
}

#[cfg(test)]
mod tests {
    use contract::common::Category;
    use geo::Place;
    use proptest::prelude::*;
    use runtime::DAY_MS;

    use super::super::about_people::Teller;
    use super::*;

    const NOW_MS: i64 = 1_790_000_000_000;
    const STATES: [State; 5] = [
        State::CoolingDown,
        State::InReview,
        State::Published,
        State::Resolved,
        State::Unspecified,
    ];

    fn standing(category: Category, state: State) -> Standing {
        Standing {
            category,
            state,
            title: String::new(),
            body: "Somebody pulled three handles.".to_owned(),
            pictures: Vec::new(),
            event: None,
            behaviour: None,
            published_at_ms: NOW_MS - DAY_MS,
            expires_at_ms: NOW_MS + DAY_MS,
        }
    }

    proptest! {
        #[test]
        fn who_may_not_tell_of_a_person_now_says_nothing_else_of_one(
            state in prop::sample::select(&STATES),
            other_words: bool,
            newcomer: bool,
            paused: bool,
            unattended: bool,
            told_this_week: bool,
        ) {
            let author = Author {
                pseudonym: "Merle".into(),
                home: Place::Whole,
                founder: false,
                newcomer_until_ms: if newcomer { NOW_MS + DAY_MS } else { NOW_MS },
                published: 3,
                suspended_until_ms: None,
            };
            let telling = Telling {
                teller: Teller {
                    confirmed_at_ms: told_this_week.then_some(NOW_MS - DAY_MS),
                    paused_until_ms: if paused { NOW_MS + DAY_MS } else { 0 },
                },
                attended_at_ms: (!unattended).then_some(NOW_MS),
            };
            let post = standing(Category::ConcerningBehaviour, state);
            let changes = Changes {
                body: Some(if other_words { "She took a bicycle.".to_owned() } else { post.body.clone() }),
                expires_at_ms: Some(NOW_MS),
                ..Changes::default()
            };
            let barred = (newcomer || paused || unattended)
                && other_words
                && state != State::CoolingDown;
            let done = may_retell(&changes, &post, &author, &telling, NOW_MS);
            prop_assert_eq!(done.is_err(), barred);
            // What tells of nobody is its author's to change.
            let question = standing(Category::Question, state);
            prop_assert!(may_retell(&changes, &question, &author, &telling, NOW_MS).is_ok());
        }
    }
}
