//! Changing what is up.

use contract::common::{Category, Picture};
use contract::posts::{Event, State};
use screening::Passage;

use super::category::CategoryRules;
use super::draft::{Author, event, expiry, paused, pictures};
use super::event::EventDetails;
use super::reason::{Code, Reason};
use super::screen::{passages, screen};
use super::text::{BODY_AT_MOST, Lines, TITLE_AT_MOST, clean};

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
    /// When it will come down.
    pub expires_at_ms: Option<i64>,
    /// It is read once more before it is shown.
    pub held: bool,
    /// Its pictures are looked at before they are shown.
    pub pictures_held: bool,
}

/// What the board says to a change.
#[derive(Clone, Debug, PartialEq)]
pub enum EditVerdict {
    /// It is done.
    Change(Changes),
    /// It cannot be done as it is.
    Refuse(Vec<Reason>),
}

impl Standing {
    fn passages(&self) -> Vec<Passage<'_>> {
        let venue = self.event.as_ref().map(|event| event.venue.as_str());
        passages(&self.title, &self.body, venue, &self.pictures)
    }
}

impl Edit {
    /// Everything that is written in the notice once it is changed.
    fn passages<'a>(&'a self, post: &'a Standing) -> Vec<Passage<'a>> {
        let venue = self.event.as_ref().map(|event| event.place_name.as_str());
        let as_it_is = post.event.as_ref().map(|event| event.venue.as_str());
        passages(
            self.title.as_deref().unwrap_or(&post.title),
            self.body.as_deref().unwrap_or(&post.body),
            venue.or(as_it_is),
            self.pictures.as_deref().unwrap_or(&post.pictures),
        )
    }
}

/// Decides about a change. A newcomer's changed text is read again, as the text was.
pub fn decide_edit(edit: &Edit, post: &Standing, author: &Author, now_ms: i64) -> EditVerdict {
    if let Some(reason) = paused(author, now_ms) {
        return EditVerdict::Refuse(vec![reason]);
    }
    let Some(rules) = CategoryRules::of(post.category) else {
        return EditVerdict::Refuse(Vec::new());
    };
    let mut reasons = Vec::new();
    let mut changes = Changes::default();
    let mut take = |result: Result<String, Reason>, into: &mut Option<String>| match result {
        Ok(text) => *into = Some(text),
        Err(reason) => reasons.push(reason),
    };
    if let Some(title) = &edit.title {
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
        return EditVerdict::Refuse(reasons);
    }
    let (before, after) = (post.passages(), edit.passages(post));
    let mut is_found = false;
    if before != after {
        let screened = screen(Some(post.category), &after);
        is_found = screened.waits;
        if !screened.reasons.is_empty() {
            // What was found in it as it stands was read by a person, or will be: it stops no change.
            let reasons = screened.reasons_beyond(&screen(Some(post.category), &before));
            if !reasons.is_empty() {
                return EditVerdict::Refuse(reasons);
            }
        }
    }
    let says_something_new =
        changes.title.is_some() || changes.body.is_some() || changes.event.is_some();
    let shows_something_new = changes.pictures.as_ref().is_some_and(|p| !p.is_empty());
    let newcomer = author.is_newcomer(now_ms);
    changes.held = post.state == State::InReview
        || is_found
        || newcomer && rules.newcomers_wait && (says_something_new || shows_something_new);
    changes.pictures_held = newcomer && !rules.newcomers_wait && shows_something_new;
    EditVerdict::Change(changes)
}
