//! Pictures: strip, bake, encode, keep, who may see them.
//!
//! [`picture`] turns whatever a resident sends into three fresh JPEGs that say nothing but their pixels.

pub mod picture;
