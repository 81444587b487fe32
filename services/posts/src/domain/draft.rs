//! Whether a notice goes up, waits for a reader, or cannot go up as it is.

use contract::common::{Category, Picture};
use contract::events::Cause;
use contract::posts::{Behaviour, Event, Signature};
use contract::text::Lines;
use geo::{LevelMap, Place};
use runtime::{HOUR_MS, MINUTE_MS, rounded_down};

use super::about_people::{Barred, Teller, may_tell};
use super::behaviour::BehaviourDetails;
use super::category::{CategoryRules, PhotoRule, ReadFirst};
use super::event::EventDetails;
use super::limit::Limited;
use super::place::{settle, signed_by};
use super::reason::{Code, Reason};
use super::screen::{ALT, Written, screen};
use super::text::{BODY_AT_MOST, TITLE_AT_MOST, clean};
use super::time::rounded_end;

/// Most pictures of one notice.
pub const PICTURES_AT_MOST: usize = 4;
/// Three published notices, and the time identity says, make a newcomer a neighbour.
const NEWCOMER_POSTS: u32 = 3;
/// How long ago what is told may have happened.
const OCCURRED_AT_MOST_MS: i64 = 30 * 24 * HOUR_MS;
/// Clocks of browsers run ahead a little.
const CLOCK_SLACK_MS: i64 = 10 * MINUTE_MS;
const ALT_AT_MOST: usize = 300;

/// What an author wants to put up.
#[derive(Clone, Debug)]
pub struct Draft {
    /// Which kind of notice.
    pub category: Category,
    /// One line.
    pub title: String,
    /// Several lines.
    pub body: String,
    /// A place picked; else the home tile.
    pub place: Option<Place>,
    /// The author's own pictures.
    pub pictures: Vec<Picture>,
    /// For an event, and only then.
    pub event: Option<Event>,
    /// For a notice about a person, and only then.
    pub behaviour: Option<Behaviour>,
    /// When what it tells happened.
    pub occurred_at_ms: Option<i64>,
    /// When it comes down, if not at the usual time.
    pub expires_at_ms: Option<i64>,
    /// Under which name.
    pub signature: Signature,
    /// What is found in its text is wrong, says the author: somebody reads it.
    pub contests_findings: bool,
}

/// What is known about its author.
#[derive(Clone, Debug)]
pub struct Author {
    /// The name the neighbours know.
    pub pseudonym: String,
    /// The home tile.
    pub home: Place,
    /// Never a newcomer.
    pub founder: bool,
    /// A newcomer at least until then.
    pub newcomer_until_ms: i64,
    /// How many of the author's notices were shown so far.
    pub published: u32,
    /// Paused until then.
    pub suspended_until_ms: Option<i64>,
}

/// What else counts for who tells of a person.
#[derive(Clone, Copy, Debug, Default)]
pub struct Telling {
    /// What their account told of people before.
    pub teller: Teller,
    /// When a moderator last looked after the neighbourhood, in milliseconds since 1970.
    pub attended_at_ms: Option<i64>,
}

impl Telling {
    /// As if the account had told of nobody before.
    pub(super) const fn without_week(&self) -> Self {
        Self {
            teller: Teller {
                confirmed_at_ms: None,
                ..self.teller
            },
            ..*self
        }
    }
}

impl Author {
    /// A newcomer's notices are read before they are shown.
    pub const fn is_newcomer(&self, now_ms: i64) -> bool {
        !self.founder && (now_ms < self.newcomer_until_ms || self.published < NEWCOMER_POSTS)
    }
}

/// A notice that can be kept.
#[derive(Clone, Debug, PartialEq)]
pub struct Accepted {
    /// As kept.
    pub title: String,
    /// As kept.
    pub body: String,
    /// Never finer than map and category.
    pub place: Place,
    /// Empty: "a neighbour".
    pub signed_by: String,
    /// When it comes down.
    pub expires_at_ms: i64,
    /// When it happened.
    pub occurred_at_ms: Option<i64>,
    /// Time and venue.
    pub event: Option<EventDetails>,
    /// The form.
    pub behaviour: Option<BehaviourDetails>,
    /// Why it is read before it is shown; empty: it is not.
    pub causes: Vec<Cause>,
    /// The author's pictures, with clean alternative texts.
    pub pictures: Vec<Picture>,
    /// The pictures wait to be looked at though the text is shown.
    pub pictures_held: bool,
}

/// What the board says to a draft.
#[derive(Clone, Debug, PartialEq)]
pub enum Verdict {
    /// It goes up.
    Publish(Accepted),
    /// It waits for a moderator to read it.
    Hold(Accepted),
    /// It waits for its author to read it again.
    CoolDown(Accepted),
    /// It cannot go up as it is.
    Refuse(Vec<Reason>),
    /// It cannot go up now.
    Limit(Limited),
}

impl From<Barred> for Verdict {
    fn from(barred: Barred) -> Self {
        match barred {
            Barred::Refused(reason) => Self::Refuse(vec![reason]),
            Barred::Limited(limited) => Self::Limit(limited),
        }
    }
}

/// Decides about a draft.
pub fn decide(
    draft: &Draft,
    author: &Author,
    telling: &Telling,
    map: &LevelMap,
    now_ms: i64,
) -> Verdict {
    if let Some(reason) = paused(author, now_ms) {
        return Verdict::Refuse(vec![reason]);
    }
    let Some(rules) = CategoryRules::of(draft.category) else {
        return Verdict::Refuse(vec![Reason::new(
            Code::NotYet,
            "category",
            "Cette rubrique n’est pas encore connue ici. Rechargez la page, et choisissez-en une autre.",
            "This category is not known here yet. Reload the page, and choose another one.",
        )]);
    };
    if rules.about_person
        && let Err(barred) = may_tell(author, telling, now_ms)
    {
        return barred.into();
    }
    let mut accepted = match fit(draft, author, &rules, map, now_ms) {
        Ok(accepted) => accepted,
        Err(reasons) => return Verdict::Refuse(reasons),
    };
    let written = Written {
        title: &draft.title,
        body: &draft.body,
        venue: draft.event.as_ref().map(|event| event.place_name.as_str()),
        pictures: &draft.pictures,
        behaviour: accepted.behaviour.as_ref(),
    };
    let screened = screen(Some(draft.category), &written.passages());
    let is_contested = draft.contests_findings && !screened.reasons.is_empty();
    if !is_contested && !screened.reasons.is_empty() {
        return Verdict::Refuse(screened.reasons);
    }
    let newcomer = author.is_newcomer(now_ms);
    accepted.causes = causes([
        (Cause::AboutPeople, rules.read_first == ReadFirst::All),
        (
            Cause::Newcomer,
            newcomer && rules.read_first != ReadFirst::Nobody,
        ),
        (Cause::Contested, is_contested),
        (Cause::Found, screened.waits && !is_contested),
    ]);
    if rules.about_person {
        Verdict::CoolDown(accepted)
    } else if accepted.causes.is_empty() {
        Verdict::Publish(accepted)
    } else {
        Verdict::Hold(accepted)
    }
}

/// Those that apply.
pub(super) fn causes<const N: usize>(each: [(Cause, bool); N]) -> Vec<Cause> {
    let those = each.into_iter().filter(|(_, applies)| *applies);
    those.map(|(cause, _)| cause).collect()
}

/// A draft as it can be kept, whatever it says.
fn fit(
    draft: &Draft,
    author: &Author,
    rules: &CategoryRules,
    map: &LevelMap,
    now_ms: i64,
) -> Result<Accepted, Vec<Reason>> {
    let mut reasons = Vec::new();
    let title = if rules.about_person {
        Ok(String::new())
    } else {
        clean(&draft.title, "title", TITLE_AT_MOST, Lines::One)
    };
    let body = clean(&draft.body, "body", BODY_AT_MOST, Lines::Many);
    let place = settle(draft.place, author.home, map, rules.finest_level);
    let pictures = pictures(&draft.pictures, rules.photos);
    let event = event(
        draft.category,
        draft.event.as_ref(),
        now_ms,
        rules.longest_ms,
    );
    let behaviour = BehaviourDetails::check(draft.category, draft.behaviour.as_ref(), &draft.title);
    let occurred = occurred(draft.occurred_at_ms, draft.category, rules, now_ms);
    let expires = match &event {
        Ok(event) => expiry(draft.expires_at_ms, event.as_ref(), rules, now_ms),
        Err(_) => Ok(now_ms),
    };
    let one = [
        title.as_ref().err(),
        body.as_ref().err(),
        place.as_ref().err(),
        pictures.as_ref().err(),
        occurred.as_ref().err(),
        expires.as_ref().err(),
    ];
    reasons.extend(one.into_iter().flatten().cloned());
    let several = [event.as_ref().err(), behaviour.as_ref().err()];
    reasons.extend(several.into_iter().flatten().flatten().cloned());
    let (Ok(title), Ok(body), Ok((place, at_home)), Ok(pictures)) = (title, body, place, pictures)
    else {
        return Err(reasons);
    };
    let (Ok(event), Ok(behaviour), Ok(occurred_at_ms), Ok(expires_at_ms)) =
        (event, behaviour, occurred, expires)
    else {
        return Err(reasons);
    };
    let waits_apart = author.is_newcomer(now_ms) && rules.read_first == ReadFirst::Nobody;
    Ok(Accepted {
        title,
        body,
        place,
        signed_by: signed_by(draft.signature, at_home, &author.pseudonym),
        expires_at_ms,
        occurred_at_ms,
        event,
        behaviour,
        causes: Vec::new(),
        pictures_held: waits_apart && !pictures.is_empty(),
        pictures,
    })
}

/// The reason of an author who may not write for now.
pub fn paused(author: &Author, now_ms: i64) -> Option<Reason> {
    author
        .suspended_until_ms
        .filter(|until_ms| *until_ms > now_ms)
        .map(|_| {
            Reason::new(
                Code::Suspended,
                "",
                "Votre compte est en pause. Le courrier que vous avez reçu dit pourquoi, jusqu’à quand, et comment contester.",
                "Your account is paused. The mail you received says why, until when, and how to appeal.",
            )
        })
}

pub(super) fn pictures(pictures: &[Picture], rule: PhotoRule) -> Result<Vec<Picture>, Reason> {
    if !pictures.is_empty() && rule == PhotoRule::Never {
        return Err(Reason::new(
            Code::MediaNotAllowed,
            "media",
            "Cette rubrique ne montre pas de photos. Décrivez plutôt avec des mots.",
            "This category shows no photos. Describe it in words instead.",
        ));
    }
    if pictures.len() > PICTURES_AT_MOST {
        return Err(Reason::new(
            Code::MediaNotAllowed,
            "media",
            "Quatre photos au plus. Retirez-en.",
            "Four photos at most. Take some away.",
        ));
    }
    let mut kept: Vec<Picture> = Vec::with_capacity(pictures.len());
    for picture in pictures {
        if kept.iter().any(|other| other.id == picture.id) {
            continue;
        }
        let alt = if picture.alt.trim().is_empty() {
            String::new()
        } else {
            clean(&picture.alt, ALT, ALT_AT_MOST, Lines::One)?
        };
        kept.push(Picture {
            alt,
            ..picture.clone()
        });
    }
    Ok(kept)
}

pub(super) fn event(
    category: Category,
    event: Option<&Event>,
    now_ms: i64,
    ahead_ms: i64,
) -> Result<Option<EventDetails>, Vec<Reason>> {
    match (category, event) {
        (Category::Event, Some(event)) => EventDetails::check(event, now_ms, ahead_ms).map(Some),
        (Category::Event, None) => Err(vec![Reason::new(
            Code::EventDetails,
            "event",
            "Un événement a un début, une fin et un lieu. Indiquez-les.",
            "An event has a start, an end and a venue. Please give them.",
        )]),
        (_, Some(_)) => Err(vec![Reason::new(
            Code::EventDetails,
            "event",
            "Seul un événement a un début et une fin. Choisissez la rubrique « Événement ».",
            "Only an event has a start and an end. Choose the category “Event”.",
        )]),
        (_, None) => Ok(None),
    }
}

/// When it happened, as finely as it is shown.
fn occurred(
    at_ms: Option<i64>,
    category: Category,
    rules: &CategoryRules,
    now_ms: i64,
) -> Result<Option<i64>, Reason> {
    let reason = |french: &str, english: &str| {
        Reason::new(Code::TimeOutOfRange, "occurredAt", french, english)
    };
    let possible = now_ms - OCCURRED_AT_MOST_MS..=now_ms + CLOCK_SLACK_MS;
    match at_ms {
        None if rules.about_person => Err(reason(
            "Dites quand cela s’est passé : le jour, et vers quelle heure.",
            "Say when it happened: the day, and about which hour.",
        )),
        None => Ok(None),
        Some(at_ms) if category != Category::Event && possible.contains(&at_ms) => {
            Ok(Some(rounded_down(at_ms, rules.step_ms)))
        }
        Some(_) => Err(reason(
            "Indiquez un moment passé, de trente jours au plus ; pour un événement, son début et sa fin.",
            "Give a time in the past, thirty days ago at most; for an event, its start and end.",
        )),
    }
}

pub(super) fn expiry(
    asked_ms: Option<i64>,
    event: Option<&EventDetails>,
    rules: &CategoryRules,
    now_ms: i64,
) -> Result<i64, Reason> {
    let longest = now_ms + rules.longest_ms;
    let (usual, latest) = event.map_or(
        (
            rounded_end(now_ms + rules.stays_ms, now_ms, rules.step_ms),
            // A client that rounds as this does asks for the end of the longest stay.
            rounded_end(longest + CLOCK_SLACK_MS, now_ms, rules.step_ms),
        ),
        |event| {
            let after = event.ends_at_ms.saturating_add(rules.stays_ms);
            (after, after)
        },
    );
    match asked_ms {
        None => Ok(usual),
        Some(asked) if (now_ms + rules.shortest_ms..=latest).contains(&asked) => Ok(match event {
            // Where an event ends it tells itself.
            Some(_) => rounded_end(asked, now_ms, rules.step_ms).min(latest),
            // Rounded afterwards, so that the longest stay is longer by no more than the rounding.
            None => rounded_end(asked.min(longest), now_ms, rules.step_ms),
        }),
        Some(_) => {
            let days = rules.longest_ms / (24 * HOUR_MS);
            let (from_fr, from_en) = if rules.shortest_ms > HOUR_MS {
                ("d’un jour", "one day")
            } else {
                ("d’une heure", "one hour")
            };
            Err(Reason::new(
                Code::ExpiryOutOfRange,
                "expiresAt",
                format!(
                    "L’annonce peut rester {from_fr} à {days} jours ; un événement, jusqu’au lendemain de sa fin."
                ),
                format!(
                    "A notice may stay up for {from_en} to {days} days; an event, until the day after its end."
                ),
            ))
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use runtime::DAY_MS;

    use super::super::time::moved_end;
    use super::*;

    const CATEGORIES: [Category; 8] = [
        Category::Help,
        Category::GiveLend,
        Category::LostFound,
        Category::Hazard,
        Category::Fault,
        Category::Question,
        Category::Incident,
        Category::ConcerningBehaviour,
    ];

    proptest! {
        /// Whatever end is asked for, by whatever clock, and however long the notice waits to be read: it stays no longer
        /// than its category may, but for the rounding, which is less than a day.
        #[test]
        fn the_longest_stay_is_longer_by_the_rounding_alone(
            category in prop::sample::select(&CATEGORIES),
            now_ms in 0..400 * DAY_MS,
            asked_ms in 0..63 * DAY_MS,
            slack_ms in 0..=CLOCK_SLACK_MS,
            at_the_end: bool,
            waited_ms in 0..30 * DAY_MS,
        ) {
            let rules = CategoryRules::of(category).unwrap();
            let asked_ms = if at_the_end {
                rounded_end(now_ms + slack_ms + rules.longest_ms, now_ms + slack_ms, rules.step_ms)
            } else {
                now_ms + asked_ms
            };
            let end = expiry(Some(asked_ms), None, &rules, now_ms);
            prop_assert!(end.is_ok() || !at_the_end, "the longest stay can be asked for");
            if let Ok(end_ms) = end {
                let most_ms = rules.longest_ms + DAY_MS;
                prop_assert!(end_ms - now_ms < most_ms);
                let shown_ms = now_ms + waited_ms;
                let moved_ms = moved_end(end_ms, now_ms, shown_ms, &rules);
                prop_assert!(moved_ms - shown_ms < most_ms);
            }
        }

        #[test]
        fn an_event_never_stays_longer_than_a_day_after_its_end(
            now_ms in 0..400 * DAY_MS,
            ends_ms in HOUR_MS..180 * DAY_MS,
            asked_ms in 0..182 * DAY_MS,
        ) {
            let rules = CategoryRules::of(Category::Event).unwrap();
            let event = EventDetails {
                starts_at_ms: now_ms,
                ends_at_ms: now_ms + ends_ms,
                venue: String::new(),
                capacity: 0,
                public: false,
            };
            if let Ok(end_ms) = expiry(Some(now_ms + asked_ms), Some(&event), &rules, now_ms) {
                prop_assert!(end_ms <= event.ends_at_ms + DAY_MS);
            }
        }
    }
}
