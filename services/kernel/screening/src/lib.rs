//! What reads a text before neighbours do: an open lexicon of rules, in French and English. No model, no profile of anyone.
//!
//! The rules are data (`lexicon/*.toml`), for a community to read and amend: patterns with what has to be, and what must not be,
//! beside them. Each carries texts it finds something in, and texts that it must not. Nothing here does I/O or looks at a clock.
//! The web app reads while somebody types, with the same data: a [`Lexicon`] can be written down for it.
//!
//! In the order in which they stand on each other:
//! - `Folded`: a text as small ASCII letters, with where each came from: accents, look-alikes and fancy digits are read as what they
//!   look like.
//! - [`Lexicon`]: the rules, read from the data.
//! - [`Reading`]: what was found, where, and how strict to be about it.

#[cfg(test)]
mod examples;
mod fold;
mod lexicon;
mod pattern;
mod reading;
mod rule;
mod spelled;

pub use lexicon::{Lexicon, lexicon};
pub use reading::{Asked, Finding, Passage, Reading};
pub use rule::{Code, Outcome, Rule};
