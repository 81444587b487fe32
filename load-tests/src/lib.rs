//! What the measures share: processes and what they cost, residents of a seeded board, and the servers that Palier is
//! compared with.
//!
//! Everything happens on the loopback interface and is bounded. Client and servers share the machine, so only ratios within
//! one run count.

#![allow(
    clippy::disallowed_methods,
    reason = "what is measured is the machine's own time"
)]

pub mod anchors;
pub mod figures;
pub mod process;
pub mod resident;
pub mod sockets;
