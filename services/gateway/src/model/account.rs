//! The account that is given of moderating: a log for everybody, the numbers of a month, and who was looked at.

use async_graphql::{ID, SimpleObject};
use contract::moderation::view;
use contract::{Fault, NeighbourhoodId, moderation};
use serde::Serialize;

use super::choice::{Category, Measure, mirrored};
use super::id::Opaque;
use super::page::connections;
use super::reasons::{AppealOutcome, ContentKind, Ground, HouseRule, ReportReason};
use super::scalar::DateTime;

/// A decision as everybody may read of it: no word of what was written, nor of who wrote, reported or decided.
#[derive(SimpleObject)]
pub(crate) struct LoggedDecision {
    /// On which day.
    day: DateTime,
    /// About a notice or an answer.
    kind: ContentKind,
    /// What the notice was about.
    category: Option<Category>,
    /// What became of it; null where it is about its author only.
    measure: Option<Measure>,
    /// Which rule.
    rule: HouseRule,
    /// On what it stands.
    ground: Ground,
    /// Whether its author may not write for a while.
    paused: bool,
    /// What came of an appeal; null: none was made, or it is open.
    appeal_outcome: Option<AppealOutcome>,
}

impl LoggedDecision {
    /// As moderation tells it.
    ///
    /// # Errors
    /// `INTERNAL` when it is not readable.
    pub(crate) fn read(wire: &moderation::Logged) -> Result<Self, Fault> {
        Ok(Self {
            day: DateTime(wire.day_ms),
            kind: ContentKind::read(wire.kind()).ok_or_else(Fault::internal)?,
            category: Category::read(wire.category()),
            measure: Measure::read(wire.measure()),
            rule: HouseRule::read(wire.rule()).ok_or_else(Fault::internal)?,
            ground: Ground::read(wire.ground()).ok_or_else(Fault::internal)?,
            paused: wire.paused,
            appeal_outcome: AppealOutcome::read(wire.appeal()),
        })
    }
}

/// For some days a neighbourhood was, or is, shown more notices that tell of people than usual: two moderators decided so.
#[derive(SimpleObject)]
pub(crate) struct RaisedLimit {
    /// As many in a day.
    a_day: u32,
    /// From this day.
    since: DateTime,
    /// Up to and with this day, or the one on which it ended.
    until: DateTime,
    /// Whether a moderator ended it before its time.
    ended: bool,
}

impl RaisedLimit {
    /// As moderation tells it.
    pub(crate) const fn read(wire: &moderation::RaisedLimit) -> Self {
        Self {
            a_day: wire.a_day,
            since: DateTime(wire.from_day_ms),
            until: DateTime(wire.until_day_ms),
            ended: wire.ended,
        }
    }
}

connections! {
    /// Decisions, newest day first.
    DecisionConnection of
    /// A decision in the log.
    DecisionEdge: LoggedDecision;
}

/// A number of people or of what they did. From 1 to 4 it is not told, so that it points at nobody.
#[derive(SimpleObject, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct BandedNumber {
    /// 0, or 5 and more; null: few.
    exactly: Option<u32>,
    /// 1 to 4.
    few: bool,
}

impl BandedNumber {
    fn read(wire: Option<&moderation::Number>) -> Self {
        let exactly = match wire.and_then(|number| number.is.as_ref()) {
            Some(moderation::number::Is::Few(_)) => None,
            Some(moderation::number::Is::Exactly(number)) => Some(*number),
            None => Some(0),
        };
        Self {
            few: exactly.is_none(),
            exactly,
        }
    }
}

/// How many notices of what is wrong came in.
#[derive(SimpleObject, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct NoticesReceived {
    /// For this reason.
    reason: ReportReason,
    /// So many.
    number: BandedNumber,
}

/// How many decisions were made.
#[derive(SimpleObject, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct DecisionsMade {
    /// By this rule.
    rule: HouseRule,
    /// With this measure; null: about an author only.
    measure: Option<Measure>,
    /// So many.
    number: BandedNumber,
}

mirrored! {
    /// A step of the form for what somebody did, in their order.
    FormStep is moderation::FormStep {
        /// What was done.
        Act,
        /// When and where.
        When,
        /// What harm it did, or could have done.
        Harm,
        /// That nobody is in danger now.
        Danger,
        /// The ordinary explanations, and why none of them will do.
        Ordinary,
        /// Written out and sent: it rests.
        Sent,
        /// Confirmed after it rested: it waits for a reader.
        Confirmed,
    }
    /// An authority that asks for data.
    Authority is moderation::Authority {
        /// A court.
        Court,
        /// A prosecutor.
        Prosecutor,
        /// Police or gendarmerie.
        Police,
        /// An administration.
        Administration,
        /// Another one.
        Other,
    }
    /// What an authority was given.
    Given is moderation::Given {
        /// Nothing: it was refused.
        Refused,
        /// Nothing: there is nothing of the kind.
        NothingHeld,
        /// Data.
        Disclosed,
    }
}

/// How many got so far in the form.
#[derive(SimpleObject, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct FormReached {
    /// Which step.
    step: FormStep,
    /// How many reached it, those among them who went on.
    number: BandedNumber,
}

/// What became of notices about people.
#[derive(SimpleObject, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct PeopleDecided {
    /// Of which kind.
    category: Category,
    /// With this measure; null: nobody read them in time, and they lapsed.
    measure: Option<Measure>,
    /// So many.
    number: BandedNumber,
}

/// What authorities asked for.
#[derive(SimpleObject, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct LegalRequests {
    /// Which.
    authority: Authority,
    /// What it was given.
    given: Given,
    /// So often.
    number: BandedNumber,
}

/// What was done in a neighbourhood in a month (EU DSA, article 24).
#[derive(SimpleObject, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct TransparencyReport {
    /// Which month, such as `2026-10`.
    month: String,
    /// What was reported.
    notices: Vec<NoticesReceived>,
    /// What was decided.
    decisions: Vec<DecisionsMade>,
    /// Within how many hours half of the decisions were made; null: too few to say.
    half_decided_within_hours: Option<u32>,
    /// Appeals made.
    appeals: BandedNumber,
    /// Appeals that succeeded.
    reversals: BandedNumber,
    /// Decisions by people.
    human: BandedNumber,
    /// Decisions by machines: always 0.
    automated: BandedNumber,
    /// What was not read, or not decided, in time.
    lapses: BandedNumber,
    /// How far people got in the form for what somebody did, step by step: who stopped is between two of them.
    form: Vec<FormReached>,
    /// What became of what tells of people.
    about_people: Vec<PeopleDecided>,
    /// What authorities asked for, and were given.
    legal_requests: Vec<LegalRequests>,
}

impl TransparencyReport {
    /// As moderation tells it.
    pub(crate) fn read(month: String, wire: &moderation::Month) -> Self {
        let number = |number: &Option<moderation::Number>| BandedNumber::read(number.as_ref());
        let notices = wire.notices.iter().filter_map(|notices| {
            Some(NoticesReceived {
                reason: ReportReason::read(notices.reason())?,
                number: number(&notices.number),
            })
        });
        let decisions = wire.decisions.iter().filter_map(|decided| {
            Some(DecisionsMade {
                rule: HouseRule::read(decided.rule())?,
                measure: Measure::read(decided.measure()),
                number: number(&decided.number),
            })
        });
        let form = wire.form.iter().filter_map(|reached| {
            Some(FormReached {
                step: FormStep::read(reached.step())?,
                number: number(&reached.number),
            })
        });
        let about_people = wire.people.iter().filter_map(|decided| {
            Some(PeopleDecided {
                category: Category::read(decided.category())?,
                measure: Measure::read(decided.measure()),
                number: number(&decided.number),
            })
        });
        let legal_requests = wire.legal.iter().filter_map(|asked| {
            Some(LegalRequests {
                authority: Authority::read(asked.authority())?,
                given: Given::read(asked.given())?,
                number: number(&asked.number),
            })
        });
        Self {
            month,
            form: form.collect(),
            about_people: about_people.collect(),
            legal_requests: legal_requests.collect(),
            notices: notices.collect(),
            decisions: decisions.collect(),
            half_decided_within_hours: Some(wire.half_within_hours).filter(|hours| *hours != 0),
            appeals: number(&wire.appeals),
            reversals: number(&wire.reversals),
            human: number(&wire.human),
            automated: number(&wire.automated),
            lapses: number(&wire.lapses),
        }
    }
}

mirrored! {
    /// What a moderator looked at.
    ViewedWhat is view::What {
        /// A case about what one wrote.
        Written,
        /// What one reported.
        Reported,
        /// An appeal, with what it is about.
        Appealed,
    }
}

/// That a moderator looked at what is not everybody's. Without who.
#[derive(SimpleObject)]
pub(crate) struct StaffView {
    /// Where.
    neighbourhood: ID,
    /// At what.
    what: ViewedWhat,
    /// On which day.
    day: DateTime,
}

impl StaffView {
    /// As moderation tells it.
    ///
    /// # Errors
    /// `INTERNAL` when it is not readable.
    pub(crate) fn read(wire: &moderation::View) -> Result<Self, Fault> {
        let neighbourhood = NeighbourhoodId::from_bytes(&wire.neighbourhood);
        Ok(Self {
            neighbourhood: neighbourhood.map_err(|_| Fault::internal())?.opaque(),
            what: ViewedWhat::read(wire.what()).ok_or_else(Fault::internal)?,
            day: DateTime(wire.day_ms),
        })
    }
}
