//! The real router over links to nowhere: whatever the edge decides by itself, before any role is asked.

#![allow(clippy::unwrap_used, reason = "a panic is how a test says no")]

mod access;
mod answers;
mod board;
mod connections;
mod described;
mod limits;
mod over_http;
mod sessions;
mod sockets;
mod uploads;
mod web;
