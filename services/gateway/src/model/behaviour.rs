//! What the form for notices about people asks, and the headline that is made of it.

use async_graphql::{Enum, InputObject, SimpleObject};
use contract::{Locale, posts};

/// What somebody did. Being there, walking, waiting, looking or ringing a bell is not among it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub(crate) enum Act {
    /// Tried to open a door, a garage or a car.
    TriedToOpen,
    /// Took or damaged a thing.
    TookOrDamaged,
    /// Followed, threatened or insulted somebody.
    FollowedOrThreatened,
    /// Went in uninvited.
    WentIn,
    /// Passed themselves off as an official or a tradesperson.
    Pretended,
    /// Did something else.
    DidElse,
}

impl Act {
    /// On the wire.
    const fn wire(self) -> posts::Act {
        match self {
            Self::TriedToOpen => posts::Act::TriedToOpen,
            Self::TookOrDamaged => posts::Act::TookOrDamaged,
            Self::FollowedOrThreatened => posts::Act::FollowedOrThreatened,
            Self::WentIn => posts::Act::WentIn,
            Self::Pretended => posts::Act::Pretended,
            Self::DidElse => posts::Act::DidElse,
        }
    }

    /// From the wire; what is not known here is something else.
    const fn read(wire: posts::Act) -> Self {
        match wire {
            posts::Act::TriedToOpen => Self::TriedToOpen,
            posts::Act::TookOrDamaged => Self::TookOrDamaged,
            posts::Act::FollowedOrThreatened => Self::FollowedOrThreatened,
            posts::Act::WentIn => Self::WentIn,
            posts::Act::Pretended => Self::Pretended,
            posts::Act::DidElse | posts::Act::Unspecified => Self::DidElse,
        }
    }

    /// The headline: what was done, to nobody's shame.
    const fn headline(self, locale: Locale) -> &'static str {
        match self {
            Self::TriedToOpen => locale.pick(
                "On a essayé d’ouvrir une porte, un garage ou une voiture",
                "Somebody tried to open a door, a garage or a car",
            ),
            Self::TookOrDamaged => locale.pick(
                "Une chose a été prise ou abîmée",
                "Something was taken or damaged",
            ),
            Self::FollowedOrThreatened => locale.pick(
                "Quelqu’un a été suivi, menacé ou insulté",
                "Somebody was followed, threatened or insulted",
            ),
            Self::WentIn => locale.pick(
                "On est entré sans y être invité",
                "Somebody went in uninvited",
            ),
            Self::Pretended => locale.pick(
                "On s’est fait passer pour un agent ou un artisan",
                "Somebody passed themselves off as an official or a tradesperson",
            ),
            Self::DidElse => locale.pick("Autre chose a été fait", "Something else was done"),
        }
    }
}

/// An ordinary explanation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub(crate) enum OrdinaryExplanation {
    /// A delivery, the wrong door.
    Delivery,
    /// A canvasser, a collection.
    Canvasser,
    /// A meter reading, a tradesperson.
    MeterReader,
    /// A visit to somebody.
    Visitor,
    /// A resident who is looking for something.
    Resident,
}

impl OrdinaryExplanation {
    const fn wire(self) -> posts::Ordinary {
        match self {
            Self::Delivery => posts::Ordinary::Delivery,
            Self::Canvasser => posts::Ordinary::Canvasser,
            Self::MeterReader => posts::Ordinary::MeterReader,
            Self::Visitor => posts::Ordinary::Visitor,
            Self::Resident => posts::Ordinary::Resident,
        }
    }

    const fn read(wire: posts::Ordinary) -> Option<Self> {
        Some(match wire {
            posts::Ordinary::Unspecified => return None,
            posts::Ordinary::Delivery => Self::Delivery,
            posts::Ordinary::Canvasser => Self::Canvasser,
            posts::Ordinary::MeterReader => Self::MeterReader,
            posts::Ordinary::Visitor => Self::Visitor,
            posts::Ordinary::Resident => Self::Resident,
        })
    }
}

/// The form for notices about people, in its order; what was done in words is the notice's text, and when is `occurredAt`.
/// Nothing asks who or what somebody is.
#[derive(InputObject)]
pub(crate) struct BehaviourInput {
    /// What was done.
    act: Act,
    /// What harm there was, or could have been.
    harm: String,
    /// Whether somebody is in danger now: then call 17 or 112, and write nothing.
    danger_now: bool,
    /// Which ordinary explanations were thought of; at least one.
    considered: Vec<OrdinaryExplanation>,
    /// Why none of them is enough.
    why_not: String,
    /// Clothing, or what kind of vehicle.
    clothing: Option<String>,
}

impl BehaviourInput {
    /// On the wire.
    pub(crate) fn wire(self) -> posts::Behaviour {
        let considered = self.considered.into_iter();
        posts::Behaviour {
            act: self.act.wire().into(),
            harm: self.harm,
            considered: considered.map(|one| one.wire().into()).collect(),
            why_not: self.why_not,
            clothing: self.clothing.unwrap_or_default(),
            danger_now: self.danger_now,
        }
    }
}

/// What the form said.
#[derive(SimpleObject)]
pub(crate) struct BehaviourDetails {
    /// What was done.
    act: Act,
    /// What harm there was, or could have been.
    harm: String,
    /// Which ordinary explanations were thought of.
    considered: Vec<OrdinaryExplanation>,
    /// Why none of them is enough.
    why_not: String,
    /// Clothing, or what kind of vehicle; absent: not said.
    clothing: Option<String>,
}

impl BehaviourDetails {
    /// From the wire.
    pub(crate) fn read(wire: &posts::Behaviour) -> Self {
        let considered = wire.considered();
        Self {
            act: Act::read(wire.act()),
            harm: wire.harm.clone(),
            considered: considered.filter_map(OrdinaryExplanation::read).collect(),
            why_not: wire.why_not.clone(),
            clothing: (!wire.clothing.is_empty()).then(|| wire.clothing.clone()),
        }
    }
}

/// The headline of a notice about a person.
pub(crate) fn headline(form: &posts::Behaviour, locale: Locale) -> &'static str {
    Act::read(form.act()).headline(locale)
}
