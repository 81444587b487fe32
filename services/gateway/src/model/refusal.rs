//! What happens to honest people: refusals with their reasons, and limits.

use async_graphql::resolver_utils::EnumType;
use async_graphql::{Enum, SimpleObject};
use contract::{Fault, common};

use super::scalar::DateTime;

/// Why something was not done. New codes may be added: show the message of one you do not know.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub(crate) enum RefusalCode {
    /// Presence or looks are nothing that was done: not a matter for the board.
    NotPostable,
    /// The text says only that somebody was there.
    PresenceAlone,
    /// The text names where somebody comes from or what they believe.
    OriginNamed,
    /// The text has a number plate.
    PlateFound,
    /// The text has a phone number.
    PhoneFound,
    /// The text has an e-mail address.
    EmailFound,
    /// The text has coordinates.
    CoordinatesFound,
    /// The text has a street address.
    AddressFound,
    /// This belongs into the form for posts about people.
    UseTheForm,
    /// Gatherings are no subject of such a post.
    Gathering,
    /// This category shows no pictures, or fewer.
    MediaNotAllowed,
    /// Another notice shows one of the pictures.
    MediaInUse,
    /// New members may not do this yet.
    Newcomer,
    /// The tile is not in this neighbourhood.
    OutsideNeighbourhood,
    /// This is not known here yet.
    NotYet,
    /// Too much is written there.
    TooLong,
    /// Nothing is written there.
    Empty,
    /// The end is too near or too far.
    ExpiryOutOfRange,
    /// A character that hides, reverses or breaks text.
    ForbiddenCharacter,
    /// A time that cannot be.
    TimeOutOfRange,
    /// Only an event has a time and a venue, and an event must have them.
    EventDetails,
    /// Only a notice about a person goes by the form, and must.
    BehaviourDetails,
    /// Somebody is in danger now: call the emergency services.
    DangerNow,
    /// No moderator has been there for two days: what is about people waits.
    Unattended,
    /// May not take part for now.
    Suspended,
    /// The notice takes no comments.
    NoComments,
    /// The notice takes no answers about coming.
    NoRsvp,
    /// Every place of the event is taken.
    EventFull,
    /// Not an address that mail can be sent to.
    EmailInvalid,
    /// The code opens nothing.
    CodeUnknown,
    /// The link was used or is too old.
    TokenUnknown,
    /// Address and password do not belong together.
    WrongCredentials,
    /// Not the account's password.
    WrongPassword,
    /// The password is too easily guessed.
    WeakPassword,
    /// The password is too long.
    PasswordTooLong,
    /// A pseudonym has 2 to 32 characters.
    PseudonymLength,
    /// A character that a pseudonym may not have.
    PseudonymCharacters,
    /// The pseudonym speaks for others.
    PseudonymReserved,
    /// The name gives something away, or attacks somebody.
    PseudonymUnfit,
    /// The pseudonym is taken, or looks like one that is.
    PseudonymTaken,
    /// Already a member there.
    AlreadyMember,
    /// A resident is a member of at most so many neighbourhoods.
    TooManyNeighbourhoods,
    /// Two invites are open already.
    TooManyInvites,
    /// An invite is good for 1 to 10 people.
    UsesOutOfRange,
    /// An invite is good for 1 to 30 days.
    DaysOutOfRange,
    /// Members vouch after thirty days.
    MemberTooNew,
    /// One vouches for somebody once.
    AlreadyVouched,
    /// Neighbours are asked to vouch there already.
    VouchingOpen,
    /// A postcard is under way already.
    PostcardOpen,
    /// The moderators of this neighbourhood send no postcards.
    PostcardsOff,
    /// An address has 1 to 4 lines of at most 60 visible characters.
    AddressLines,
    /// Why is to be chosen from the list.
    DoubtMissing,
    /// There are areas 1 to 5.
    NumberOutOfRange,
    /// The name is empty, too long or not to be seen.
    NameInvalid,
    /// The whole neighbourhood, or a tile that stands for it, is meant where a part of it has to be.
    WholeNeighbourhood,
    /// An area has 32 tiles at most.
    TooManyTiles,
    /// What is wrong has to be chosen from the list.
    Reason,
    /// Whoever says that the law is broken has to say that they believe so in good faith.
    GoodFaith,
    /// A reason that has no name here yet; the message says it.
    Other,
}

impl RefusalCode {
    fn read(code: &str) -> Self {
        // The names of the schema are the codes of the roles.
        Self::items()
            .iter()
            .find(|item| item.name == code)
            .map_or(Self::Other, |item| item.value)
    }
}

/// A stretch of a text, in UTF-16 code units: what JavaScript counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, SimpleObject)]
pub(crate) struct TextRange {
    /// Where it begins.
    pub start: u32,
    /// Where it ends: the first unit after it.
    pub end: u32,
}

/// One reason why something was not done.
#[derive(Clone, Debug, PartialEq, Eq, SimpleObject)]
pub(crate) struct RefusalReason {
    /// For programs.
    pub code: RefusalCode,
    /// For people, in the caller's language: what was found and what to do.
    pub message: String,
    /// Which field of the input it is about.
    pub field: Option<String>,
    /// Where in that field; absent when the whole field is meant.
    pub range: Option<TextRange>,
}

impl From<common::Reason> for RefusalReason {
    fn from(reason: common::Reason) -> Self {
        Self {
            code: RefusalCode::read(&reason.code),
            message: reason.message,
            field: (!reason.field.is_empty()).then(|| field_name(&reason.field)),
            range: reason
                .start
                .zip(reason.end)
                .map(|(start, end)| TextRange { start, end }),
        }
    }
}

impl RefusalReason {
    /// What a role said as a fault and an honest person may well do.
    pub(crate) fn of(fault: Fault) -> Self {
        Self {
            code: RefusalCode::read(&fault.code),
            message: fault.message.into_owned(),
            field: fault.field.map(|field| field_name(&field)),
            range: None,
        }
    }
}

/// Too often. Nothing was done.
#[derive(Clone, Debug, PartialEq, Eq, SimpleObject)]
pub(crate) struct RateLimited {
    /// Which limit: stable, upper snake case.
    pub limit: String,
    /// When it can be done again.
    pub retry_after: DateTime,
    /// For people, in the caller's language: what was too much and when again.
    pub message: String,
}

impl RateLimited {
    /// What was said as a fault.
    pub(crate) fn of(limit: &str, fault: Fault) -> Self {
        Self {
            limit: limit.to_owned(),
            retry_after: DateTime(fault.retry_at_ms.unwrap_or_default()),
            message: fault.message.into_owned(),
        }
    }
}

impl From<common::RateLimited> for RateLimited {
    fn from(limited: common::RateLimited) -> Self {
        Self {
            limit: limited.limit,
            retry_after: DateTime(limited.retry_at_ms),
            message: limited.message,
        }
    }
}

/// Declares an outcome that consists of reasons.
macro_rules! refused {
    ($($(#[$meta:meta])* $name:ident)+) => {$(
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq, Eq, async_graphql::SimpleObject)]
        pub(crate) struct $name {
            /// Why; never empty.
            pub reasons: Vec<$crate::model::refusal::RefusalReason>,
        }
        impl From<contract::common::Refused> for $name {
            fn from(refused: contract::common::Refused) -> Self {
                Self {
                    reasons: refused.reasons.into_iter().map(Into::into).collect(),
                }
            }
        }
    )+};
}
pub(crate) use refused;

/// What clients call a field that roles call otherwise.
pub(crate) fn field_name(field: &str) -> String {
    match field {
        "home_place" => return "homeCell".to_owned(),
        "place" => return "cell".to_owned(),
        "places" => return "cells".to_owned(),
        "pictures" => return "media".to_owned(),
        _ => {}
    }
    let mut name = String::with_capacity(field.len());
    let mut raise = false;
    for character in field.chars() {
        if character == '_' {
            raise = true;
        } else if raise {
            name.extend(character.to_uppercase());
            raise = false;
        } else {
            name.push(character);
        }
    }
    name.strip_suffix("Ms").map_or(name.clone(), str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reasons_keep_their_code_and_fields_get_the_names_of_the_schema() {
        let reason = RefusalReason::from(common::Reason {
            code: "PLATE_FOUND".into(),
            message: "…".into(),
            field: "home_place".into(),
            start: Some(2),
            end: Some(9),
        });
        assert_eq!(reason.code, RefusalCode::PlateFound);
        assert_eq!(reason.field.as_deref(), Some("homeCell"));
        assert_eq!(reason.range, Some(TextRange { start: 2, end: 9 }));
        assert_eq!(RefusalCode::read("SOMETHING_NEW"), RefusalCode::Other);
        assert_eq!(field_name("expires_at_ms"), "expiresAt");
        assert_eq!(field_name("event.place_name"), "event.placeName");
        assert_eq!(field_name("title"), "title");
    }
}
