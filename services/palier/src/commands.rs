//! What each command does.

pub mod all;
pub mod doctor;
pub mod invite;
pub mod migrate;
pub mod neighbourhood;
pub mod schema;
pub mod seed;
