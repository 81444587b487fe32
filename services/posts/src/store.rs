//! The only SQL of posts.

pub mod author;
pub mod client_key;
pub mod comment;
pub mod level_map;
#[cfg(test)]
mod plans;
pub mod post;
pub mod rsvp;
