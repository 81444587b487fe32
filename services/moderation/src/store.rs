//! The only SQL of moderation.

pub mod activity;
pub mod appeal;
pub mod case_file;
pub mod concerning;
pub mod content;
pub mod copy;
pub mod decision;
mod ids;
mod keyed;
pub mod logged;
#[cfg(test)]
mod plans;
pub mod proposal;
pub mod raised_limit;
pub mod recusal;
pub mod report;
pub mod reporter;
pub mod restraint;
pub mod statement;
pub mod tally;
pub mod viewing;

pub use keyed::Keyed;

/// In place of words that were forgotten. Nobody writes this: what is kept is trimmed.
const FORGOTTEN: &str = "                    ";

/// Words as they were written; nothing where they were forgotten.
fn words(kept: &str) -> String {
    kept.trim().to_owned()
}

/// The keys by which a retry is recognised: as in `reporter`.
pub const CLIENT_KEYS: store::ClientKeys = store::ClientKeys::of("who");
