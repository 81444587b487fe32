//! The three sizes a picture is kept in, and the way down to them.

use fast_image_resize::images::{Image, ImageRef};
use fast_image_resize::{FilterType, PixelType, ResizeAlg, ResizeOptions, Resizer};

use super::raster::{Raster, Samples};
use super::refusal::Refusal;

/// The sizes a picture is kept and served in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Variant {
    /// For a full screen.
    Large,
    /// For a post in the feed.
    Small,
    /// For lists and digests.
    Thumb,
}

impl Variant {
    /// All of them, the largest first.
    pub const ALL: [Self; 3] = [Self::Large, Self::Small, Self::Thumb];

    /// The most pixels of the longer side.
    pub fn longest_side(self) -> u32 {
        match self {
            Self::Large => 2048,
            Self::Small => 960,
            Self::Thumb => 320,
        }
    }

    /// The name in addresses: `GET /media/{id}/{variant}`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Large => "large",
            Self::Small => "small",
            Self::Thumb => "thumb",
        }
    }
}

/// Width and height scaled so that neither exceeds `longest`, never up, never below one pixel.
pub(super) fn fit(width: u32, height: u32, longest: u32) -> (u32, u32) {
    let side = width.max(height);
    if side <= longest {
        return (width, height);
    }
    let scaled = |v: u32| {
        let rounded = (u64::from(v) * u64::from(longest) + u64::from(side) / 2) / u64::from(side);
        u32::try_from(rounded).map_or(longest, |v| v.clamp(1, longest))
    };
    (scaled(width), scaled(height))
}

/// Scales a raster down to fit `longest`; none if it fits already.
pub(super) fn shrink(raster: &Raster, longest: u32) -> Result<Option<Raster>, Refusal> {
    let (width, height) = fit(raster.width, raster.height, longest);
    if (width, height) == (raster.width, raster.height) {
        return Ok(None);
    }
    let pixel = match raster.samples {
        Samples::Grey => PixelType::U8,
        Samples::Rgb => PixelType::U8x3,
        Samples::Inks(_) => PixelType::U8x4,
    };
    let from = ImageRef::new(raster.width, raster.height, &raster.data, pixel)
        .map_err(|_| Refusal::Undecodable)?;
    let mut to = Image::new(width, height, pixel);
    // Of four samples the last is ink, not transparency.
    let lanczos = ResizeOptions::new()
        .resize_alg(ResizeAlg::Convolution(FilterType::Lanczos3))
        .use_alpha(false);
    Resizer::new()
        .resize(&from, &mut to, &lanczos)
        .map_err(|_| Refusal::Undecodable)?;
    Ok(Some(Raster {
        width,
        height,
        samples: raster.samples,
        data: to.into_vec(),
    }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn fitting_bounds_both_sides_and_never_enlarges(w in 1u32..=16_384, h in 1u32..=16_384, longest in 1u32..4096) {
            let (a, b) = fit(w, h, longest);
            prop_assert!(a >= 1 && b >= 1 && a <= w && b <= h);
            prop_assert!(a.max(b) <= longest.max(1));
            prop_assert_eq!(a.max(b), w.max(h).min(longest));
        }
    }
}
