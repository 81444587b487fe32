//! What moderation promises, on both databases, through its gRPC service.

#![allow(clippy::unwrap_used, reason = "a test that meets a fault fails")]

mod account;
mod appeals;
mod cases;
mod constraints;
mod deciding;
mod depictions;
mod lapsing;
mod limits;
mod many;
mod own_data;
mod proposals;
mod reports;
mod restored;
mod rights;
mod together;
mod world;
