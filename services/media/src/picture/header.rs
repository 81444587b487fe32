//! What a file promises to be, read before anything is decoded or allocated, and what reading it will cost.

use super::container::Profile;
use super::container::gif::Gif;
use super::container::jpeg::{Jpeg, Order};
use super::container::png::Png;
use super::container::webp::Webp;
use super::refusal::{MAX_BYTES, MAX_PIXELS, MAX_SIDE, Refusal};
use super::resize::{Variant, fit};
use super::sniff::{Kind, sniff};

/// What decoding and password hashing may hold together, in bytes (privacy.md: 192 MB). A picture that would take
/// more by itself is refused.
pub const MEMORY_BUDGET: u64 = 192 << 20;

/// Decoders' tables, a colour transform and what an allocator rounds up, in bytes.
const OVERHEAD: u64 = 4 << 20;

/// What a file promises to be. Small and owned: the bytes need not be kept for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Header {
    /// The kind of picture, by its first bytes.
    pub kind: Kind,
    /// Width as stored, in pixels; a sideways photo is turned later.
    pub width: u32,
    /// Height as stored, in pixels.
    pub height: u32,
    cost: u64,
}

impl Header {
    /// The most bytes that [`prepare`](super::prepare) holds at once beside the file itself: what to ask of a
    /// semaphore weighted by bytes before decoding. Never more than [`MEMORY_BUDGET`].
    pub fn cost_bytes(&self) -> u64 {
        self.cost
    }
}

/// Tells what a file promises to be: its kind, its dimensions and the memory it will take, or why it is refused.
///
/// Nothing is decoded, inflated or allocated in proportion to what the file claims.
pub fn inspect(bytes: &[u8]) -> Result<Header, Refusal> {
    Anatomy::read(bytes).map(|anatomy| anatomy.header)
}

/// A file taken apart along its container's structure.
pub(super) struct Anatomy<'a> {
    pub(super) header: Header,
    pub(super) body: Body<'a>,
}

/// The parts of a file, by its kind.
pub(super) enum Body<'a> {
    Jpeg(Jpeg<'a>),
    Png(Png<'a>),
    Webp(Webp<'a>),
    Gif(Gif<'a>),
}

impl<'a> Anatomy<'a> {
    pub(super) fn read(bytes: &'a [u8]) -> Result<Self, Refusal> {
        if bytes.len() > MAX_BYTES {
            return Err(Refusal::TooLarge);
        }
        let kind = sniff(bytes)?;
        let body = match kind {
            Kind::Jpeg => Body::Jpeg(Jpeg::read(bytes)?),
            Kind::Png => Body::Png(Png::read(bytes)?),
            Kind::Webp => Body::Webp(Webp::read(bytes)?),
            Kind::Gif => Body::Gif(Gif::read(bytes)?),
        };
        let (width, height) = body.size();
        if width > MAX_SIDE
            || height > MAX_SIDE
            || u64::from(width) * u64::from(height) > MAX_PIXELS
        {
            return Err(Refusal::TooManyPixels { width, height });
        }
        let cost = body.cost()?;
        if cost > MEMORY_BUDGET {
            return Err(Refusal::TooHeavy { width, height });
        }
        Ok(Self {
            header: Header {
                kind,
                width,
                height,
                cost,
            },
            body,
        })
    }
}

impl Body<'_> {
    fn size(&self) -> (u32, u32) {
        match self {
            Self::Jpeg(jpeg) => (jpeg.width, jpeg.height),
            Self::Png(png) => (png.width, png.height),
            Self::Webp(webp) => (webp.width, webp.height),
            Self::Gif(gif) => (gif.width, gif.height),
        }
    }

    /// The Exif block, where the container has one.
    pub(super) fn exif(&self) -> Option<&[u8]> {
        match self {
            Self::Jpeg(jpeg) => jpeg.exif,
            Self::Png(png) => png.exif,
            Self::Webp(webp) => webp.exif,
            Self::Gif(_) => None,
        }
    }

    /// The colour profile, where the container has one.
    pub(super) fn profile(&self) -> Option<&Profile<'_>> {
        match self {
            Self::Jpeg(jpeg) => jpeg.profile.as_ref(),
            Self::Png(png) => png.profile.as_ref(),
            Self::Webp(webp) => webp.profile.as_ref(),
            Self::Gif(_) => None,
        }
    }

    /// Samples a pixel has once decoded and laid on white.
    fn channels(&self) -> u64 {
        match self {
            Self::Jpeg(jpeg) => jpeg.components.into(),
            Self::Png(png) if png.channels <= 2 => 1,
            Self::Png(_) | Self::Webp(_) | Self::Gif(_) => 3,
        }
    }

    /// The most bytes held while decoding.
    fn decoding(&self) -> Result<u64, Refusal> {
        let (width, height) = self.size();
        let pixels = u64::from(width) * u64::from(height);
        Ok(match self {
            Self::Jpeg(jpeg) => {
                let input: u64 = jpeg.pieces.iter().map(|p| p.len() as u64).sum();
                let buffered = match jpeg.order {
                    Order::Whole => 0,
                    // Every coefficient or sample in 16 bits until the last scan is read.
                    Order::Progressive => jpeg.coefficients * 2,
                    // At worst as coefficients waiting and as samples done.
                    Order::ScanByScan => jpeg.coefficients * 3,
                };
                // A row of units is kept as 16-bit samples: as decoded, widened to full size, and the seams.
                pixels * self.channels() + input + buffered + jpeg.row * 2 * 6
            }
            Self::Png(png) => pixels * u64::from(png.channels),
            Self::Webp(webp) => {
                let frame = u64::from(webp.frame_width.next_multiple_of(16))
                    * u64::from(webp.frame_height.next_multiple_of(16));
                let canvas = if frame < pixels { pixels * 3 } else { 0 };
                frame * webp.bytes_for_ten_pixels() / 10 + webp.table_bytes()? + canvas
            }
            Self::Gif(gif) => pixels * 3 + gif.frame_pixels,
        })
    }

    /// The most bytes held at any moment: while decoding, while scaling down, or while encoding.
    fn cost(&self) -> Result<u64, Refusal> {
        let (width, height) = self.size();
        let pixels = u64::from(width) * u64::from(height);
        let (large_width, large_height) = fit(width, height, Variant::Large.longest_side());
        let large = u64::from(large_width) * u64::from(large_height);
        // One pass of scaling is kept whole: full width by final height.
        let halfway = if large < pixels {
            u64::from(width) * u64::from(large_height)
        } else {
            0
        };
        let scaling = (pixels + halfway + large) * self.channels();
        // The large picture before and after a change of colour or orientation, then its encodings and smaller ones.
        let finishing = large * 3 * 4;
        let profile = if self.profile().is_some() {
            3 * Profile::MAX_BYTES as u64
        } else {
            0
        };
        Ok(self.decoding()?.max(scaling).max(finishing + profile) + OVERHEAD)
    }
}
