//! What the tests make their pictures with.

#![allow(
    dead_code,
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    clippy::many_single_char_names,
    clippy::trivially_copy_pass_by_ref,
    clippy::unwrap_used,
    missing_docs
)]

pub mod encode;
pub mod exiftool;
pub mod plant;
pub mod scene;
pub mod ssim;
pub mod vp8l;
