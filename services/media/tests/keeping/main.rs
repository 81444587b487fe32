//! What keeping pictures promises, on both databases and in a real folder, through the gRPC service.

#![allow(clippy::unwrap_used, reason = "a panic is how a test says no")]

mod bounds;
mod crash;
mod events;
mod own_data;
mod readers;
mod sweep;
mod world;
