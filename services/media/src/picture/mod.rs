//! From a stranger's file to three fresh JPEGs, without I/O.
//!
//! ```text
//! sniff -> container -> header (bounds, cost) -> decode -> shrink -> colour -> orient -> encode
//!          where the    refused before anything            to sRGB   baked in  own tables
//!          pixels are   is allocated
//! ```
//! No container is ever copied. The decoders are shown the pixels' own data and nothing else, so what a file carries
//! besides (Exif, XMP, IPTC, profiles, comments, previews, whatever follows the end) reaches neither a decoder nor
//! the output. Orientation and colour are read from it, applied to the pixels, and forgotten.

mod colour;
mod container;
mod decode;
mod encode;
mod exif;
mod header;
mod orient;
mod placeholder;
mod raster;
mod refusal;
mod resize;
mod sniff;
mod splice;

pub use encode::Encoded;
pub use header::{Header, MEMORY_BUDGET, inspect};
pub use refusal::{Foreign, MAX_BYTES, MAX_PIXELS, MAX_SIDE, Refusal};
pub use resize::Variant;
pub use sniff::{Kind, sniff};

use header::Anatomy;
use orient::Orientation;

/// A picture as it is kept: fresh encodings in sRGB, upright, saying nothing but their pixels.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// Width of the large variant, in pixels.
    pub width: u32,
    /// Height of the large variant, in pixels.
    pub height: u32,
    /// Stands in while the picture loads: 4 x 3 components, 28 characters.
    pub blurhash: String,
    /// In the order of [`Variant::ALL`]. A picture smaller than a variant's bound keeps its size.
    pub variants: [Encoded; 3],
}

/// Prepares a picture, however long it takes. Same bytes in, same bytes out.
///
/// Blocks a thread for up to a second or so and holds up to [`Header::cost_bytes`] besides `bytes`.
pub fn prepare(bytes: &[u8]) -> Result<Picture, Refusal> {
    prepare_while(bytes, || true)
}

/// Like [`prepare`], asking `may_go_on` between the stages and giving up with [`Refusal::TookTooLong`] once it says
/// no. Every stage by itself is bounded by the bounds on the picture.
pub fn prepare_while(bytes: &[u8], may_go_on: impl Fn() -> bool) -> Result<Picture, Refusal> {
    let checkpoint = || {
        if may_go_on() {
            Ok(())
        } else {
            Err(Refusal::TookTooLong)
        }
    };
    let anatomy = Anatomy::read(bytes)?;
    checkpoint()?;
    let decoded = decode::decode(&anatomy.body)?;
    checkpoint()?;
    // Scaled first: colour and orientation then cost a quarter or less, and the full size is let go early.
    let shrunk = resize::shrink(&decoded, Variant::Large.longest_side())?.unwrap_or(decoded);
    checkpoint()?;
    let srgb = colour::to_srgb(shrunk, anatomy.body.profile());
    let large = orient::bake(srgb, Orientation::read(anatomy.body.exif()));
    checkpoint()?;
    let encoded_large = encode::encode(&large, Variant::Large)?;
    checkpoint()?;
    let small = resize::shrink(&large, Variant::Small.longest_side())?.unwrap_or(large);
    let encoded_small = encode::encode(&small, Variant::Small)?;
    let thumb = resize::shrink(&small, Variant::Thumb.longest_side())?.unwrap_or(small);
    let encoded_thumb = encode::encode(&thumb, Variant::Thumb)?;
    Ok(Picture {
        width: encoded_large.width,
        height: encoded_large.height,
        blurhash: placeholder::blurhash(&thumb)?,
        variants: [encoded_large, encoded_small, encoded_thumb],
    })
}
