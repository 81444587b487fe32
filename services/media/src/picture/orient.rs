//! The eight ways a camera can be held (Exif 2.32, tag 0x0112), baked into the pixels.

use super::exif;
use super::raster::Raster;

/// How the stored rows and columns are to be shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Orientation {
    /// 1: as stored.
    #[default]
    Upright,
    /// 2: mirrored left to right.
    Mirrored,
    /// 3: turned by 180 degrees.
    HalfTurn,
    /// 4: mirrored top to bottom.
    Flipped,
    /// 5: mirrored along the falling diagonal.
    Transposed,
    /// 6: turned by 90 degrees clockwise to be upright.
    QuarterTurn,
    /// 7: mirrored along the rising diagonal.
    Transversed,
    /// 8: turned by 270 degrees clockwise to be upright.
    ThreeQuarterTurn,
}

impl Orientation {
    /// Reads the tag out of an Exif block; what is absent, broken or out of range reads as upright.
    pub(super) fn read(block: Option<&[u8]>) -> Self {
        match block.and_then(exif::orientation) {
            Some(2) => Self::Mirrored,
            Some(3) => Self::HalfTurn,
            Some(4) => Self::Flipped,
            Some(5) => Self::Transposed,
            Some(6) => Self::QuarterTurn,
            Some(7) => Self::Transversed,
            Some(8) => Self::ThreeQuarterTurn,
            _ => Self::Upright,
        }
    }

    /// Whether width and height change places.
    fn turns_sideways(self) -> bool {
        matches!(
            self,
            Self::Transposed | Self::QuarterTurn | Self::Transversed | Self::ThreeQuarterTurn
        )
    }

    /// Where the pixel shown at (x, y) is stored, in a picture stored as `w` by `h`.
    fn source(self, x: usize, y: usize, w: usize, h: usize) -> (usize, usize) {
        match self {
            Self::Upright => (x, y),
            Self::Mirrored => (w - 1 - x, y),
            Self::HalfTurn => (w - 1 - x, h - 1 - y),
            Self::Flipped => (x, h - 1 - y),
            Self::Transposed => (y, x),
            Self::QuarterTurn => (y, h - 1 - x),
            Self::Transversed => (w - 1 - y, h - 1 - x),
            Self::ThreeQuarterTurn => (w - 1 - y, x),
        }
    }
}

/// Pixels are moved in squares of this side, so that neither the rows read nor those written fall out of the
/// processor's cache.
const TILE: usize = 32;

/// Moves every pixel to where it is to be shown.
pub(super) fn bake(raster: Raster, orientation: Orientation) -> Raster {
    if orientation == Orientation::Upright {
        return raster;
    }
    let bytes = raster.samples.per_pixel();
    let (w, h) = (raster.width as usize, raster.height as usize);
    let (width, height) = if orientation.turns_sideways() {
        (raster.height, raster.width)
    } else {
        (raster.width, raster.height)
    };
    let (out_w, out_h) = (width as usize, height as usize);
    let mut data = vec![0; raster.data.len()];
    for top in (0..out_h).step_by(TILE) {
        for left in (0..out_w).step_by(TILE) {
            for y in top..(top + TILE).min(out_h) {
                for x in left..(left + TILE).min(out_w) {
                    let (from_x, from_y) = orientation.source(x, y, w, h);
                    let from = (from_y * w + from_x) * bytes;
                    let to = (y * out_w + x) * bytes;
                    data[to..to + bytes].copy_from_slice(&raster.data[from..from + bytes]);
                }
            }
        }
    }
    Raster {
        width,
        height,
        data,
        ..raster
    }
}
