//! The rules of moderating: data in, decision out. No clock, no store, no network.

mod agenda;
mod appeal;
mod case;
mod conflict;
mod counts;
mod decision;
mod form;
mod month;
mod proposal;
mod raise;
mod report;
mod restraint;
mod ruling;
mod text;

pub use agenda::{Agenda, Causes, READ_WITHIN_MS, TOLD_WITHIN_MS};
pub use appeal::{APPEAL_WITHIN_MS, APPEALED_WITHIN_MS, Appeal, Verdict, may_appeal};
pub use case::{CLAIM_MS, Case, Claim, Ties};
pub use conflict::Conflict;
pub use counts::{Number, Times};
pub use decision::{Asked, COPY_AT_MOST, Decided, Flaw, Subject, decide, restrained_until};
pub use form::{is_about_people, steps_between};
pub use month::Month;
pub use proposal::{PROPOSED_WITHIN_MS, Proposal, SUSPENSION_DAYS, Stage};
pub use raise::{RaiseFlaw, Raised, raise, shown_today};
pub use report::{READ_AT_MOST, Refusal, complete, to_read};
pub use restraint::Restraint;
pub use ruling::Ruling;
pub use text::{APPEAL_AT_MOST, EXPLANATION_AT_MOST, FACTS, TextFault, facts, words};
