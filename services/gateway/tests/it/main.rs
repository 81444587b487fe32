//! The real router over links to nowhere: whatever the edge decides by itself, before any role is asked.

mod access;
mod board;
mod limits;
mod over_http;
mod pages;
mod sessions;
mod sockets;
mod uploads;
