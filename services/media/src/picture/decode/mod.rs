//! From coded to plain pixels. The libraries that do it are shown the pixels' own data only, and a panic in one of
//! them is a damaged picture, not an outage.

mod gif;
mod jpeg;
mod png;
mod webp;

use std::panic::{AssertUnwindSafe, catch_unwind};

use super::header::Body;
use super::raster::{Raster, Samples};
use super::refusal::Refusal;

/// Decodes the only or first picture of a file, laid on white where it is transparent.
pub(super) fn decode(body: &Body<'_>) -> Result<Raster, Refusal> {
    let decoded = catch_unwind(AssertUnwindSafe(|| match body {
        Body::Jpeg(jpeg) => jpeg::decode(jpeg),
        Body::Png(png) => png::decode(png),
        Body::Webp(webp) => webp::decode(webp),
        Body::Gif(gif) => gif::decode(gif),
    }));
    decoded.unwrap_or(Err(Refusal::Undecodable))
}

/// Lays pixels of `N` colour samples and one of alpha on white, in place, and drops the alpha.
fn flatten<const N: usize>(mut data: Vec<u8>) -> Vec<u8> {
    let pixels = data.len() / (N + 1);
    for pixel in 0..pixels {
        let from = pixel * (N + 1);
        let to = pixel * N;
        let alpha = data[from + N];
        for i in 0..N {
            data[to + i] = on_white(data[from + i], alpha);
        }
    }
    data.truncate(pixels * N);
    data.shrink_to_fit();
    data
}

/// A sample of a pixel that covers `alpha` / 255 of white.
fn on_white(sample: u8, alpha: u8) -> u8 {
    let (sample, alpha) = (u32::from(sample), u32::from(alpha));
    let mixed = (sample * alpha + 255 * (255 - alpha) + 127) / 255;
    u8::try_from(mixed).unwrap_or(u8::MAX)
}

/// Drops the fourth sample of every pixel, in place.
fn drop_fourth(mut data: Vec<u8>) -> Vec<u8> {
    let pixels = data.len() / 4;
    for pixel in 0..pixels {
        data.copy_within(pixel * 4..pixel * 4 + 3, pixel * 3);
    }
    data.truncate(pixels * 3);
    data.shrink_to_fit();
    data
}

fn rgb(width: u32, height: u32, data: Vec<u8>) -> Raster {
    Raster {
        width,
        height,
        samples: Samples::Rgb,
        data,
    }
}

fn grey(width: u32, height: u32, data: Vec<u8>) -> Raster {
    Raster {
        width,
        height,
        samples: Samples::Grey,
        data,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn transparent_is_white_and_opaque_is_unchanged() {
        assert_eq!(
            flatten::<3>(vec![9, 8, 7, 255, 1, 2, 3, 0]),
            [9, 8, 7, 255, 255, 255]
        );
        assert_eq!(flatten::<1>(vec![10, 255, 10, 0, 0, 128]), [10, 255, 127]);
        assert_eq!(
            drop_fourth(vec![1, 2, 3, 0, 4, 5, 6, 0]),
            [1, 2, 3, 4, 5, 6]
        );
    }
}
