//! Every picture becomes sRGB and its profile is dropped: a profile names the camera, the screen or the press.

use moxcms::{ColorProfile, DataColorSpace, Layout, ParsingOptions, TransformOptions};

use super::container::Profile;
use super::raster::{Inks, Raster, Samples};

/// Turns samples of any meaning into red, green and blue as sRGB has them. A profile that is broken, or meant for
/// other samples than these, is ignored.
pub(super) fn to_srgb(raster: Raster, profile: Option<&Profile<'_>>) -> Raster {
    let raster = match raster.samples {
        Samples::Inks(inks) => plain_inks(raster, inks),
        _ => raster,
    };
    let icc = profile.and_then(Profile::assemble);
    // A profile is hostile input to the one library that reads it: a panic there is a broken profile.
    let converted = icc.and_then(|icc| {
        std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| convert(&raster, &icc)))
            .ok()
            .flatten()
    });
    let data = match converted {
        Some(data) => data,
        None => match raster.samples {
            Samples::Rgb => return raster,
            Samples::Grey => raster.data.iter().flat_map(|&v| [v; 3]).collect(),
            Samples::Inks(_) => raster.data.chunks_exact(4).flat_map(on_paper).collect(),
        },
    };
    Raster {
        samples: Samples::Rgb,
        data,
        ..raster
    }
}

/// Converts through a profile; none if it cannot be used for these samples.
fn convert(raster: &Raster, icc: &[u8]) -> Option<Vec<u8>> {
    let bounds = ParsingOptions {
        max_profile_size: Profile::MAX_BYTES,
        ..ParsingOptions::default()
    };
    let profile = ColorProfile::new_from_slice_with_options(icc, bounds).ok()?;
    let layout = match (raster.samples, profile.color_space) {
        (Samples::Grey, DataColorSpace::Gray) => Layout::Gray,
        (Samples::Rgb, DataColorSpace::Rgb) => Layout::Rgb,
        (Samples::Inks(_), DataColorSpace::Cmyk) => Layout::Rgba,
        _ => return None,
    };
    let srgb = ColorProfile::new_srgb();
    let transform = profile
        .create_transform_8bit(layout, &srgb, Layout::Rgb, TransformOptions::default())
        .ok()?;
    let mut out = vec![0; raster.width as usize * raster.height as usize * 3];
    transform.transform(&raster.data, &mut out).ok()?;
    Some(out)
}

/// Brings the ways of storing inks to one: 0 is no ink, 255 all of it.
fn plain_inks(mut raster: Raster, inks: Inks) -> Raster {
    for pixel in raster.data.chunks_exact_mut(4) {
        if inks.ycck {
            let rgb = from_ycc([pixel[0], pixel[1], pixel[2]]);
            pixel[..3].copy_from_slice(&rgb.map(|v| 255 - v));
        }
        if inks.inverted {
            for ink in pixel.iter_mut() {
                *ink = 255 - *ink;
            }
        }
    }
    raster.samples = Samples::Inks(Inks {
        ycck: false,
        inverted: false,
    });
    raster
}

/// Red, green and blue of full-range YCbCr (JFIF), in 16-bit fixed point.
fn from_ycc([y, cb, cr]: [u8; 3]) -> [u8; 3] {
    let y = i32::from(y) << 16;
    let (cb, cr) = (i32::from(cb) - 128, i32::from(cr) - 128);
    let byte = |v: i32| u8::try_from(((v + (1 << 15)) >> 16).clamp(0, 255)).unwrap_or(u8::MAX);
    [
        byte(y + 91_881 * cr),
        byte(y - 22_554 * cb - 46_802 * cr),
        byte(y + 116_130 * cb),
    ]
}

/// What remains of white paper under inks, without knowing the press.
fn on_paper(inks: &[u8]) -> [u8; 3] {
    let left = |ink: u8| u16::from(255 - ink);
    let black = left(inks[3]);
    [0, 1, 2].map(|i| u8::try_from((left(inks[i]) * black + 127) / 255).unwrap_or(u8::MAX))
}
