//! The closed lists of the schema, and what each value is on the wire.

use async_graphql::Enum;
use contract::{common, media, posts};

/// Declares a closed list whose values are those of a list on the wire, which says besides that there is none.
macro_rules! mirrored {
    ($($(#[$meta:meta])* $name:ident is $module:ident::$wire:ident {
        $($(#[$value_meta:meta])* $value:ident,)+
    })+) => {$(
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, async_graphql::Enum)]
        pub(crate) enum $name {
            $($(#[$value_meta])* $value,)+
        }

        impl serde::Serialize for $name {
            /// By its name in the schema.
            fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                async_graphql::Value::from(*self).serialize(to)
            }
        }

        impl $name {
            /// On the wire.
            #[allow(dead_code, reason = "some lists are only told, some only taken")]
            pub(crate) const fn wire(self) -> $module::$wire {
                match self {
                    $(Self::$value => $module::$wire::$value,)+
                }
            }

            /// From the wire; none where it says none.
            #[allow(dead_code, reason = "some lists are only told, some only taken")]
            pub(crate) const fn read(wire: $module::$wire) -> Option<Self> {
                match wire {
                    $($module::$wire::$value => Some(Self::$value),)+
                    #[allow(unreachable_patterns, reason = "a list may have no such value")]
                    _ => None,
                }
            }
        }
    )+};
}
pub(crate) use mirrored;

mirrored! {
    /// What a notice is about.
    Category is common::Category {
        /// A party, a market, a meeting.
        Event,
        /// A hand wanted or offered.
        Help,
        /// A thing given away or lent.
        GiveLend,
        /// Something or an animal lost or found.
        LostFound,
        /// Something dangerous: ice, a fallen tree, a broken light.
        Hazard,
        /// Something broken in the street.
        Fault,
        /// A question to the neighbours.
        Question,
        /// Something that happened: a theft, a break-in, a crash. Read by a moderator first.
        Incident,
        /// What somebody did that gives concern: with a form, confirmed after twenty minutes, and read by a moderator first.
        ConcerningBehaviour,
    }
    /// What moderators decided about a notice or an answer.
    Measure is common::Measure {
        /// It is shown, now or again.
        Keep,
        /// Nobody sees it until its author has changed it and it was read again.
        AskForEdit,
        /// It is shown, without answers.
        Limit,
        /// Nobody but its author sees it any more.
        Remove,
    }
}

/// Where a notice stands in its life.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub(crate) enum PostState {
    /// Written, not confirmed.
    Draft,
    /// Waits until its author may confirm it.
    CoolingDown,
    /// Waits until a moderator has read it.
    InReview,
    /// On the board.
    Published,
    /// On the board, the matter settled.
    Resolved,
    /// Taken down by its author.
    Withdrawn,
    /// Taken down by a moderator.
    Removed,
    /// Its time is over.
    Expired,
    /// Nobody read it in time; it never was on the board.
    Lapsed,
}

impl PostState {
    /// From the wire; none where it says none.
    pub(crate) const fn read(wire: posts::State) -> Option<Self> {
        match wire {
            posts::State::Unspecified => None,
            posts::State::InReview => Some(Self::InReview),
            posts::State::Published => Some(Self::Published),
            posts::State::Resolved => Some(Self::Resolved),
            posts::State::CoolingDown => Some(Self::CoolingDown),
            posts::State::Lapsed => Some(Self::Lapsed),
            posts::State::Removed => Some(Self::Removed),
        }
    }
}

/// How a notice or an answer is signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub(crate) enum Signature {
    /// With the author's pseudonym.
    Pseudonym,
    /// "A neighbour".
    Neighbour,
}

impl Signature {
    /// On the wire: without a choice, the pseudonym at home and "a neighbour" elsewhere.
    pub(crate) const fn wire(chosen: Option<Self>) -> posts::Signature {
        match chosen {
            None => posts::Signature::Default,
            Some(Self::Pseudonym) => posts::Signature::Pseudonym,
            Some(Self::Neighbour) => posts::Signature::Neighbour,
        }
    }

    /// How something is signed that has this name under it; none stands for "a neighbour".
    pub(crate) const fn read(signed_by: &str) -> Self {
        if signed_by.is_empty() {
            Self::Neighbour
        } else {
            Self::Pseudonym
        }
    }
}

/// Whether somebody comes to an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub(crate) enum Rsvp {
    /// Comes, and takes a place.
    Going,
    /// May come; takes no place.
    Maybe,
    /// Does not come.
    NotGoing,
}

impl Rsvp {
    /// On the wire; none takes an answer back.
    pub(crate) const fn wire(answer: Option<Self>) -> posts::Rsvp {
        match answer {
            None => posts::Rsvp::Unanswered,
            Some(Self::Going) => posts::Rsvp::Going,
            Some(Self::Maybe) => posts::Rsvp::Maybe,
            Some(Self::NotGoing) => posts::Rsvp::NotGoing,
        }
    }

    /// From the wire; none where nothing was answered.
    pub(crate) const fn read(wire: posts::Rsvp) -> Option<Self> {
        match wire {
            posts::Rsvp::Unanswered => None,
            posts::Rsvp::Going => Some(Self::Going),
            posts::Rsvp::Maybe => Some(Self::Maybe),
            posts::Rsvp::NotGoing => Some(Self::NotGoing),
        }
    }
}

/// Who may read about an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub(crate) enum Audience {
    /// Members of the neighbourhood.
    Neighbourhood,
    /// Everybody, signed out too.
    Public,
}

impl Audience {
    /// On the wire.
    pub(crate) const fn wire(self) -> posts::Audience {
        match self {
            Self::Neighbourhood => posts::Audience::Neighbourhood,
            Self::Public => posts::Audience::Public,
        }
    }

    /// From the wire.
    pub(crate) const fn read(wire: posts::Audience) -> Self {
        match wire {
            posts::Audience::Neighbourhood => Self::Neighbourhood,
            posts::Audience::Public => Self::Public,
        }
    }
}

/// How large a picture is fetched.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub(crate) enum MediaVariant {
    /// For lists.
    Thumb,
    /// For small screens.
    Small,
    /// As large as it is kept: at most 2048 pixels a side.
    Large,
}

impl MediaVariant {
    /// Every variant.
    pub(crate) const ALL: [Self; 3] = [Self::Thumb, Self::Small, Self::Large];

    /// As addresses spell it.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Thumb => "thumb",
            Self::Small => "small",
            Self::Large => "large",
        }
    }

    /// On the wire.
    pub(crate) const fn wire(self) -> media::Variant {
        match self {
            Self::Thumb => media::Variant::Thumb,
            Self::Small => media::Variant::Small,
            Self::Large => media::Variant::Large,
        }
    }
}

/// A language that Palier speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub(crate) enum Locale {
    /// French.
    Fr,
    /// English.
    En,
}

impl From<contract::Locale> for Locale {
    fn from(locale: contract::Locale) -> Self {
        match locale {
            contract::Locale::French => Self::Fr,
            contract::Locale::English => Self::En,
        }
    }
}

impl From<Locale> for contract::Locale {
    fn from(locale: Locale) -> Self {
        match locale {
            Locale::Fr => Self::French,
            Locale::En => Self::English,
        }
    }
}
