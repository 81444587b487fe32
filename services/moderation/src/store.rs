//! The only SQL of moderation.

pub mod activity;
pub mod appeal;
pub mod case_file;
pub mod client_key;
pub mod content;
pub mod copy;
pub mod decision;
mod ids;
pub mod logged;
#[cfg(test)]
mod plans;
pub mod proposal;
pub mod recusal;
pub mod report;
pub mod reporter;
pub mod restraint;
pub mod statement;
pub mod tally;
pub mod viewing;
