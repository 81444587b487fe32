//! The only SQL of posts.

pub mod author;
pub mod comment;
pub mod level_map;
pub mod oversight;
pub mod picture;
#[cfg(test)]
mod plans;
pub mod post;
pub mod raised_limit;
pub mod rsvp;
pub mod shown_day;
pub mod teller;

/// The keys by which a retry of a resident is recognised.
pub const CLIENT_KEYS: store::ClientKeys = store::ClientKeys::of("resident");
