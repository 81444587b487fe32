//! Why something honest people try was not done: a stable code, and a sentence that says what to do.

use contract::Locale;

/// The codes of refusals, as clients know them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Code {
    /// Nothing is written there.
    Empty,
    /// Too much is written there.
    TooLong,
    /// A character that hides, reverses or breaks text.
    ForbiddenCharacter,
    /// The end is too near or too far.
    ExpiryOutOfRange,
    /// A time that cannot be.
    TimeOutOfRange,
    /// The place is not in this neighbourhood.
    OutsideNeighbourhood,
    /// This category shows no pictures, or fewer.
    MediaNotAllowed,
    /// Another notice shows one of the pictures.
    MediaInUse,
    /// Only an event has a time and a venue, and an event must.
    EventDetails,
    /// This category is not known here.
    NotYet,
    /// Only a notice about a person goes by the form, and must.
    BehaviourDetails,
    /// Somebody is in danger now: the emergency services are called, and nothing is written.
    DangerNow,
    /// Newcomers tell of nobody yet.
    Newcomer,
    /// No moderator is there to read it.
    Unattended,
    /// The account is paused.
    Suspended,
    /// The notice takes no comments.
    NoComments,
    /// The notice takes no answers about coming.
    NoRsvp,
    /// Every place of the event is taken.
    EventFull,
    /// Something in a text.
    Found(screening::Code),
}

contract::codes! { Code::as_str {
    Self::Empty => "EMPTY",
    Self::TooLong => "TOO_LONG",
    Self::ForbiddenCharacter => "FORBIDDEN_CHARACTER",
    Self::ExpiryOutOfRange => "EXPIRY_OUT_OF_RANGE",
    Self::TimeOutOfRange => "TIME_OUT_OF_RANGE",
    Self::OutsideNeighbourhood => "OUTSIDE_NEIGHBOURHOOD",
    Self::MediaNotAllowed => "MEDIA_NOT_ALLOWED",
    Self::MediaInUse => "MEDIA_IN_USE",
    Self::EventDetails => "EVENT_DETAILS",
    Self::NotYet => "NOT_YET",
    Self::BehaviourDetails => "BEHAVIOUR_DETAILS",
    Self::DangerNow => "DANGER_NOW",
    Self::Newcomer => "NEWCOMER",
    Self::Unattended => "UNATTENDED",
    Self::Suspended => "SUSPENDED",
    Self::NoComments => "NO_COMMENTS",
    Self::NoRsvp => "NO_RSVP",
    Self::EventFull => "EVENT_FULL",
} Self::Found(found) => found.as_str() }

/// One reason of a refusal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    /// Which.
    pub code: Code,
    /// What to do about it, in French and in English.
    pub sentence: (String, String),
    /// The field it is about.
    pub field: &'static str,
    /// Where in the field, in UTF-16 code units.
    pub range: Option<(u32, u32)>,
}

impl Reason {
    /// A reason about a whole field.
    pub fn new(
        code: Code,
        field: &'static str,
        french: impl Into<String>,
        english: impl Into<String>,
    ) -> Self {
        Self {
            code,
            sentence: (french.into(), english.into()),
            field,
            range: None,
        }
    }

    /// A picture is on another notice already: it would go with that one.
    pub fn media_in_use() -> Self {
        Self::new(
            Code::MediaInUse,
            "media",
            "Une de ces photos est déjà sur une autre annonce. Envoyez-la une deuxième fois pour celle-ci.",
            "One of these photos is on another notice already. Send it once more for this one.",
        )
    }

    /// Moderators took a picture out, and they alone give it back.
    pub fn media_taken_out() -> Self {
        Self::new(
            Code::MediaNotAllowed,
            "media",
            "Les modérateurs ont retiré une de ces photos. Elle revient si un recours aboutit.",
            "Moderators took one of these photos out. It comes back if an appeal succeeds.",
        )
    }

    /// As messages carry it, in the reader's language.
    pub fn wire(&self, locale: Locale) -> contract::common::Reason {
        contract::common::Reason {
            code: self.code.as_str().to_owned(),
            message: locale.pick(&self.sentence.0, &self.sentence.1).to_owned(),
            field: self.field.to_owned(),
            start: self.range.map(|range| range.0),
            end: self.range.map(|range| range.1),
        }
    }
}
