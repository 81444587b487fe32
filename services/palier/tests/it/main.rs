//! The whole of Palier, over real HTTP and real stores.

#![allow(clippy::unwrap_used, reason = "a test that meets a fault fails")]
#![allow(
    clippy::too_many_lines,
    clippy::match_same_arms,
    clippy::format_collect,
    clippy::cast_possible_truncation,
    reason = "a journey reads best in one piece, a table row by row"
)]

mod access;
mod apart;
mod bad_input;
mod bucket;
mod demo;
mod descriptors;
mod doctor;
mod faults;
mod figures;
mod harness;
mod journeys;
mod keys;
mod privacy;
mod readiness;
mod revocation;
mod rolling;
mod shapes;
mod sudden_end;
mod telemetry;
mod wrong_configuration;
