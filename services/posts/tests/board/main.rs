//! What the board promises, on both databases, through its gRPC service.

#![allow(clippy::unwrap_used, reason = "a test that meets a fault fails")]

mod comments;
mod events;
mod expiry;
mod held;
mod own_data;
mod public;
mod publishing;
mod rsvps;
mod screening;
mod signals;
mod world;
