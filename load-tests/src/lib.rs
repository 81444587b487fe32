//! What the measures share, and the scenarios of a busy day.
//!
//! - [`process`], [`watch`]: a server, what it used and what it holds;
//! - [`board`], [`resident`], [`sockets`], [`pace`]: a seeded board, those who live there and what they ask;
//! - [`anchors`], [`goals`]: what Palier is compared with, and the table of ratios;
//! - [`scenarios`], [`promise`], [`soak`]: what happens on a busy day, and what has to be kept;
//! - [`figures`], [`report`]: what was seen.
//!
//! Everything happens on the loopback interface and is bounded. Client and servers share the machine, so only ratios within
//! one run count.

#![allow(
    clippy::disallowed_methods,
    reason = "what is measured is the machine's own time"
)]

pub mod anchors;
pub mod board;
pub mod figures;
pub mod goals;
pub mod http;
pub mod pace;
pub mod process;
pub mod promise;
pub mod report;
pub mod resident;
pub mod scenarios;
pub mod soak;
pub mod sockets;
pub mod watch;
