//! The binary's inside: configuration, wiring, and what each command does. [`wiring`] is the only place that chooses
//! where a role runs and what stands behind its store, its bus, its pictures and its mail.

pub mod backup;
pub mod cli;
mod commands;
pub mod config;
pub mod demo;
mod examine;
mod kept;
mod key_folder;
mod rotation;
pub mod secrets;
mod settle;
pub mod shapes;
pub mod wiring;
