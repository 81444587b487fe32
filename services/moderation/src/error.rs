//! What goes wrong in moderation, and its one mapping to faults.

use contract::{Fault, Locale};
use runtime::CursorUnknown;
use store::{NoClientKey, StoreFault};
use tonic::Status;

use crate::domain::{Conflict, Flaw, RaiseFlaw, TextFault};

/// A call that moderation did not carry out.
#[derive(Debug, thiserror::Error)]
pub enum ModerationFault {
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreFault),
    /// Nobody signed in, a malformed id.
    #[error(transparent)]
    Caller(#[from] Fault),
    /// Not there, or not the caller's.
    #[error("no such thing")]
    NotFound,
    /// Moderators only.
    #[error("for moderators only")]
    ModeratorsOnly,
    /// It contradicts how things stand.
    #[error("it contradicts how things stand")]
    Conflict(Conflict),
    /// A decision that is none.
    #[error("a decision that is none")]
    Flawed(Flaw),
    /// The month is not over, or there is no such one.
    #[error("no month that is over")]
    NoMonth,
    /// A suspension is longer than one moderator may say, and no longer than a year.
    #[error("no suspension of so many days")]
    SuspensionDays,
    /// A limit is not to be raised like this.
    #[error("a limit is not raised like this")]
    Raise(RaiseFlaw),
}

impl From<NoClientKey> for ModerationFault {
    fn from(_: NoClientKey) -> Self {
        Self::Caller(Fault::no_client_key())
    }
}

impl From<CursorUnknown> for ModerationFault {
    fn from(_: CursorUnknown) -> Self {
        Self::Caller(Fault::cursor_unknown())
    }
}

impl From<Conflict> for ModerationFault {
    fn from(conflict: Conflict) -> Self {
        Self::Conflict(conflict)
    }
}

impl From<Flaw> for ModerationFault {
    fn from(flaw: Flaw) -> Self {
        match flaw {
            Flaw::Conflict(conflict) => Self::Conflict(conflict),
            flaw => Self::Flawed(flaw),
        }
    }
}

impl From<RaiseFlaw> for ModerationFault {
    fn from(flaw: RaiseFlaw) -> Self {
        Self::Raise(flaw)
    }
}

impl ModerationFault {
    /// As the caller sees it, in their language.
    pub fn status(self, locale: Locale) -> Status {
        let fault = match self {
            Self::Store(fault) if fault.passes() => Fault::unavailable(locale.pick(
                "Palier est très occupé. Réessayez dans un instant.",
                "Palier is busy. Please try again in a moment.",
            )),
            Self::Store(fault) => {
                tracing::error!(role = "moderation", reason = %fault, "the store failed");
                Fault::internal()
            }
            Self::Caller(fault) => fault,
            Self::NotFound => Fault::not_found(),
            Self::ModeratorsOnly => Fault::forbidden(locale.pick(
                "Seuls les modérateurs du voisinage peuvent faire cela.",
                "Only moderators of the neighbourhood can do this.",
            )),
            Self::Conflict(conflict) => conflict.fault(locale),
            Self::Flawed(flaw) => flawed(flaw, locale),
            Self::NoMonth => Fault::invalid(
                "MONTH_NOT_OVER",
                locale.pick(
                    "Les chiffres d’un mois se lisent une fois le mois fini.",
                    "The numbers of a month are there once the month is over.",
                ),
            )
            .at("month"),
            Self::SuspensionDays => Fault::invalid(
                "DAYS_OUT_OF_RANGE",
                locale.pick(
                    "Une suspension dure de 8 à 365 jours.",
                    "A suspension lasts 8 to 365 days.",
                ),
            )
            .at("days"),
            Self::Raise(flaw) => not_raised(flaw, locale),
        };
        fault.into()
    }
}

fn flawed(flaw: Flaw, locale: Locale) -> Fault {
    let (code, field, french, english) = match flaw {
        Flaw::Conflict(conflict) => return conflict.fault(locale),
        Flaw::Measure => (
            "MEASURE",
            "measure",
            "Dites ce qu’il en advient. Une réponse se garde ou se retire.",
            "Say what becomes of it. An answer is kept or removed.",
        ),
        Flaw::Pictures => (
            "PICTURES",
            "picturesRemoved",
            "Une de ces photos n’est pas sur cette annonce.",
            "One of these pictures is not on this notice.",
        ),
        Flaw::PauseDays => (
            "DAYS_OUT_OF_RANGE",
            "pauseDays",
            "Une pause dure 7 jours au plus ; au-delà, proposez une suspension.",
            "A pause lasts 7 days at most; beyond that, propose a suspension.",
        ),
        Flaw::Rule => (
            "RULE",
            "rule",
            "Nommez la règle enfreinte, ou aucune si tout reste.",
            "Name the rule that was broken, or none where everything stays.",
        ),
        Flaw::Ground => (
            "GROUND",
            "ground",
            "Dites sur quoi se fonde la décision : la loi pour ce qu’elle interdit, sinon les règles de la maison.",
            "Say on what the decision stands: the law for what it forbids, else the rules of the house.",
        ),
        Flaw::Facts(fault) => facts(fault),
        Flaw::Read => (
            "READ",
            "read",
            "Il manque ce qui a été lu, ou c’est trop long.",
            "What was read is missing, or too long.",
        ),
    };
    Fault::invalid(code, locale.pick(french, english).to_owned()).at(field)
}

fn not_raised(flaw: RaiseFlaw, locale: Locale) -> Fault {
    let (code, field, french, english) = match flaw {
        RaiseFlaw::ADay => (
            "A_DAY_OUT_OF_RANGE",
            "aDay",
            "Une limite se relève à 4 par jour au moins, à 10 au plus.",
            "A limit is raised to 4 a day at least, to 10 at most.",
        ),
        RaiseFlaw::Days => (
            "DAYS_OUT_OF_RANGE",
            "days",
            "Pour 1 à 14 jours.",
            "For 1 to 14 days.",
        ),
        RaiseFlaw::Facts(TextFault::Empty | TextFault::TooShort) => (
            "TOO_SHORT",
            "facts",
            "Dites pourquoi, en 20 caractères au moins : l’autre modérateur le lira.",
            "Say why, in 20 characters at least: the other moderator will read it.",
        ),
        RaiseFlaw::Facts(fault) => facts(fault),
    };
    Fault::invalid(code, locale.pick(french, english).to_owned()).at(field)
}

const fn facts(fault: TextFault) -> (&'static str, &'static str, &'static str, &'static str) {
    match fault {
        TextFault::Empty | TextFault::TooShort => (
            "TOO_SHORT",
            "facts",
            "Dites ce qui s’est passé, en 20 caractères au moins : l’auteur le lira.",
            "Say what happened, in 20 characters at least: its author will read it.",
        ),
        TextFault::TooLong => (
            "TOO_LONG",
            "facts",
            "2000 caractères au plus.",
            "At most 2,000 characters.",
        ),
        TextFault::ForbiddenCharacter => (
            "FORBIDDEN_CHARACTER",
            "facts",
            "Un caractère invisible ou qui renverse le texte s’est glissé ici.",
            "An invisible character, or one that reverses text, slipped in here.",
        ),
    }
}
