//! The only SQL of posts.

pub mod author;
pub mod client_key;
pub mod comment;
pub mod level_map;
pub mod oversight;
pub mod picture;
#[cfg(test)]
mod plans;
pub mod post;
pub mod rsvp;
pub mod shown_day;
pub mod teller;
