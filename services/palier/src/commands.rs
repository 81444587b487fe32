//! What each command does.

pub mod doctor;
pub mod invite;
pub mod migrate;
pub mod neighbourhood;
pub mod schema;
pub mod secrets;
pub mod seed;
pub mod serve;
