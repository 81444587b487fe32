//! Feeds as those who call it and those who tell it meet it, on SQLite and on PostgreSQL.

#![allow(clippy::unwrap_used, reason = "a panic is how a test says no")]

mod asking;
mod changes;
mod hearing;
mod held;
mod order;
mod pages;
mod residents;
mod support;
mod sweeping;
