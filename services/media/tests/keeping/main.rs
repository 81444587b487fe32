//! What keeping pictures promises, on both databases, in a real folder and in a bucket of a real server, through the gRPC service.

#![allow(clippy::unwrap_used, reason = "a panic is how a test says no")]

mod bounds;
mod bucket;
mod crash;
mod events;
mod own_data;
mod readers;
mod sweep;
mod world;
