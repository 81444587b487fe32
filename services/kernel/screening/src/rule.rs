//! One rule: what it looks for, and what follows.

use serde::{Deserialize, Serialize};

use crate::pattern::Pattern;

/// What was found, as clients know it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Code {
    /// A number plate.
    PlateFound,
    /// A telephone number.
    PhoneFound,
    /// An e-mail address.
    EmailFound,
    /// A point on a map.
    CoordinatesFound,
    /// Where somebody lives.
    AddressFound,
    /// That somebody is there, and nothing more.
    PresenceAlone,
    /// Where somebody comes from, what they look like or believe.
    OriginNamed,
    /// What somebody did: there is a form for it.
    UseTheForm,
    /// That people gather.
    Gathering,
    /// Violence, shaming, tracing.
    NotPostable,
}

impl Code {
    /// All of them.
    pub const ALL: [Self; 10] = [
        Self::PlateFound,
        Self::PhoneFound,
        Self::EmailFound,
        Self::CoordinatesFound,
        Self::AddressFound,
        Self::PresenceAlone,
        Self::OriginNamed,
        Self::UseTheForm,
        Self::Gathering,
        Self::NotPostable,
    ];

    /// The stable code, as the data have it too.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::PlateFound => "PLATE_FOUND",
            Self::PhoneFound => "PHONE_FOUND",
            Self::EmailFound => "EMAIL_FOUND",
            Self::CoordinatesFound => "COORDINATES_FOUND",
            Self::AddressFound => "ADDRESS_FOUND",
            Self::PresenceAlone => "PRESENCE_ALONE",
            Self::OriginNamed => "ORIGIN_NAMED",
            Self::UseTheForm => "USE_THE_FORM",
            Self::Gathering => "GATHERING",
            Self::NotPostable => "NOT_POSTABLE",
        }
    }
}

/// How strict to be; the strictest decides.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize, Serialize,
)]
#[serde(rename_all = "lowercase")]
pub enum Outcome {
    /// Nothing stands against it.
    #[default]
    Publish,
    /// A person reads it first.
    Review,
    /// It belongs into the form.
    Form,
    /// It has to be changed first.
    Refuse,
}

/// Which text a rule reads.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum View {
    /// As it is written.
    #[default]
    Plain,
    /// With what is spelled out put in.
    Spelled,
}

/// A rule as the data say it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Written {
    pub id: String,
    pub code: Option<Code>,
    pub outcome: Outcome,
    #[serde(default)]
    pub view: View,
    pub pattern: String,
    pub then: Option<String>,
    #[serde(default)]
    pub within: usize,
    pub but: Option<String>,
    pub needs: Option<String>,
    pub unless: Option<String>,
    pub unless_before: Option<String>,
    pub unless_after: Option<String>,
    #[serde(default)]
    pub only: Vec<String>,
    #[serde(default)]
    pub not: Vec<String>,
    pub finds: Vec<String>,
    pub passes: Vec<String>,
    pub nearly: Vec<String>,
}

/// A rule. Written down it is without its examples.
#[derive(Debug, Serialize)]
pub struct Rule {
    /// Its name, as the data say it.
    pub id: String,
    /// What is found; none: nothing that the author could change.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<Code>,
    /// What follows.
    pub outcome: Outcome,
    pub(crate) view: View,
    /// What is looked for: what the group `found` holds, or all of it.
    pub(crate) pattern: Pattern,
    /// What has to follow in the same sentence: found is what stands from the one to the end of the other. Two small patterns cost
    /// less than a large one with a gap in it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) then: Option<Pattern>,
    /// So many letters may stand between the two.
    #[serde(skip_serializing_if = "is_none")]
    pub(crate) within: usize,
    /// What matches this is nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) but: Option<Pattern>,
    /// Nothing is found where this is nowhere in the text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) needs: Option<Pattern>,
    /// Nothing is found where this is anywhere in the text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) unless: Option<Pattern>,
    /// Nothing is found behind this.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) unless_before: Option<Pattern>,
    /// Nothing is found before this.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) unless_after: Option<Pattern>,
    /// In these categories alone; empty: in all.
    pub(crate) only: Vec<String>,
    /// Not in these.
    pub(crate) not: Vec<String>,
    /// Texts in which it finds what stands between « and ».
    #[serde(skip)]
    pub finds: Vec<String>,
    /// Texts in which it finds nothing.
    #[serde(skip)]
    pub passes: Vec<String>,
    /// Texts in which it finds nothing though it nearly does.
    #[serde(skip)]
    pub nearly: Vec<String>,
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde passes by reference"
)]
const fn is_none(letters: &usize) -> bool {
    *letters == 0
}

impl Rule {
    /// Whether it is for a text of that category; a text of none is read by those that are for all.
    #[must_use]
    pub fn is_for(&self, category: Option<&str>) -> bool {
        let among = |those: &[String]| category.is_some_and(|one| those.iter().any(|of| of == one));
        (self.only.is_empty() || among(&self.only)) && !among(&self.not)
    }

    /// All of its patterns.
    #[cfg(test)]
    pub(crate) fn patterns(&self) -> impl Iterator<Item = &Pattern> {
        let optional = [
            &self.then,
            &self.but,
            &self.needs,
            &self.unless,
            &self.unless_before,
            &self.unless_after,
        ];
        let optional = optional.into_iter().flatten();
        optional.chain([&self.pattern])
    }
}
