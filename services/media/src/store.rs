//! The only SQL of media.

pub mod doomed;
pub mod owner;
pub mod picture;
#[cfg(test)]
mod plans;
