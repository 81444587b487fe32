//! The only SQL of identity.

pub mod account;
pub mod area;
pub mod invite;
pub mod mail;
pub mod membership;
pub mod neighbourhood;
pub mod own_data;
pub mod postcard;
pub mod pseudonym;
pub mod questioned;
pub mod recovery;
pub mod reply_address;
pub mod reserve;
pub mod restraint;
pub mod seen;
pub mod session;
pub mod sign_up;
pub mod throttle;
pub mod vouching;
