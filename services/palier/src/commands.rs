//! What each command does.

pub mod backup;
pub mod doctor;
pub mod invite;
pub mod keys;
pub mod migrate;
pub mod neighbourhood;
pub mod restore;
pub mod schema;
pub mod secrets;
pub mod seed;
pub mod serve;
