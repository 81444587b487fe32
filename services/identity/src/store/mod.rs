//! The only SQL of identity.

pub mod account;
pub mod area;
pub mod invite;
pub mod mail;
pub mod membership;
pub mod neighbourhood;
pub mod own_data;
pub mod pseudonym;
pub mod recovery;
pub mod session;
pub mod sign_up;
pub mod throttle;
