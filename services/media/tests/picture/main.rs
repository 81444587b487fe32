//! The picture pipeline from outside: what goes in, what comes out, and what must never.

#![allow(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    clippy::unwrap_used,
    clippy::print_stdout
)]

#[path = "../support/mod.rs"]
mod support;

mod bounds;
mod carriers;
mod colour;
mod damage;
mod formats;
mod orientation;
mod planted;
mod samples;
mod similarity;
mod stripped;
