//! The rules: data in, decision out. No store, no clock, no randomness of their own.

pub mod address;
pub mod area;
pub mod code;
pub mod day;
pub mod home;
pub mod invite;
pub mod joining;
pub mod label;
pub mod limit;
pub mod neighbourhood;
pub mod pace;
pub mod password;
pub mod pseudonym;
pub mod refusal;
pub mod reply;
pub mod session;
pub mod suggestion;
pub mod ties;
pub mod token;
pub mod unfit;
