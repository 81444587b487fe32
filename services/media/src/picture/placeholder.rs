//! The blur-hash that stands in for a picture while it loads.

use super::raster::Raster;
use super::refusal::Refusal;
use super::resize::shrink;

/// Cosines across and down: 28 characters, about what a face-sized blur of the whole can tell.
const COMPONENTS: (u32, u32) = (4, 3);
/// Four cosines do not see more pixels than these.
const SIDE: u32 = 64;

/// The blur-hash of a picture in red, green and blue, best taken of its smallest size.
pub(super) fn blurhash(raster: &Raster) -> Result<String, Refusal> {
    let small = shrink(raster, SIDE)?;
    let raster = small.as_ref().unwrap_or(raster);
    let opaque: Vec<u8> = raster
        .data
        .chunks_exact(3)
        .flat_map(|p| [p[0], p[1], p[2], 255])
        .collect();
    blurhash::encode(
        COMPONENTS.0,
        COMPONENTS.1,
        raster.width,
        raster.height,
        &opaque,
    )
    .map_err(|_| Refusal::Undecodable)
}
