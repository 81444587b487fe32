//! What the board promises, on both databases, through its gRPC service.

#![allow(clippy::unwrap_used, reason = "a test that meets a fault fails")]

mod about_people;
mod comments;
mod events;
mod expiry;
mod held;
mod limits;
mod limits_together;
mod own_data;
mod public;
mod publishing;
mod rsvps;
mod rulings;
mod screening;
mod signals;
mod world;
