//! What the bus promises, within one process and over Redis.

#![allow(clippy::unwrap_used, reason = "a test that meets a fault fails")]

mod away;
mod buckets;
mod loss;
mod over;
mod signals;
mod within;
mod world;
